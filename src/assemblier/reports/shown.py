"""A table as it is printed: texts, few enough rows, and the lines under it that say what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from assemblier.figures import Figure, Nature
from assemblier.french import UNKNOWN_SHORT, french_spaces, number
from assemblier.reports.document import Align, Cell, Column, Table
from assemblier.reports.marks import SIGNS
from assemblier.reports.numbering import Numbering
from assemblier.reports.sheet import value_of
from assemblier.reports.typography import cell_text, missing_text

_Rows: TypeAlias = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What is printed of a table.

    Attributes
    ----------
    headers
        One text a column; where every figure of a column has one nature, other than the table's,
        it is said there.
    numbers
        Whether each column is set right.
    rows
        Texts; a number of another nature than its column is followed by its sign.
    legend
        Lines under the table: nature, sources, method, signs, what is missing, note.
    shortened
        How many rows there are in all, where they are not all shown, and where to find them; or
        empty.
    """

    headers: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[str, ...]
    shortened: str


def shown_table(table: Table, numbering: Numbering, most_rows: int = 0) -> ShownTable:
    """Return what is printed of a table.

    Parameters
    ----------
    table
        The whole table.
    numbering
        Numbers of the sources.
    most_rows
        How many rows there is room for, beside what `Table.visible_rows` asks; 0: all.

    Always true
    -----------
    The rows shown are the first rows of the table, in its order.
    Where rows are left out, their number is said.
    """
    limits = [limit for limit in (table.visible_rows, most_rows) if limit]
    rows = table.rows[: min(limits)] if limits else table.rows
    natures = tuple(_nature_of(place, table) for place in range(len(table.columns)))
    shared = _shared_nature(natures, table)
    columns = tuple(zip(table.columns, natures, strict=True))
    return ShownTable(
        headers=tuple(_header(column, nature, shared) for column, nature in columns),
        numbers=tuple(column.align is Align.NUMBER for column in table.columns),
        rows=tuple(
            tuple(
                _text(cell, column, nature)
                for cell, (column, nature) in zip(row, columns, strict=True)
            )
            for row in rows
        ),
        legend=tuple(
            french_spaces(line) for line in _legend(table, rows, shared, natures, numbering)
        ),
        shortened=_shortened(table, len(rows)),
    )


def _nature_of(place: int, table: Table) -> Nature | None:
    """Return the nature of a column: that of its numbers when they agree, else the table's.

    None where it holds only texts, which have no nature.
    """
    cells = [row[place] for row in table.rows if not isinstance(row[place], str)]
    found = {_own_nature(cell, table.nature) for cell in cells if value_of(cell) is not None}
    if len(found) == 1:
        return found.pop()
    return table.nature if cells else None


def _own_nature(cell: Cell, nature: Nature) -> Nature:
    return cell.nature if isinstance(cell, Figure) else nature


def _shared_nature(natures: tuple[Nature | None, ...], table: Table) -> Nature:
    """Return what is said once under the table: the nature of all its columns, or the table's."""
    found = {nature for nature in natures if nature is not None}
    return found.pop() if len(found) == 1 else table.nature


def _header(column: Column, nature: Nature | None, shared: Nature) -> str:
    label = french_spaces(column.label)
    return label if nature in (None, shared) else f"{label} · {nature}"


def _text(cell: Cell, column: Column, nature: Nature | None) -> str:
    return cell_text(cell, column) + _sign(cell, nature)


def _sign(cell: Cell, nature: Nature | None) -> str:
    if isinstance(cell, Figure) and cell.nature is not nature:
        return SIGNS.get(cell.nature, "")
    return ""


_KINDS = {
    Nature.CITE: "Chiffres cités",
    Nature.CALCULE: "Chiffres calculés",
    Nature.ESTIME: "Chiffres estimés",
    Nature.NON_DISPONIBLE: "Chiffres non disponibles",
}


def _legend(
    table: Table,
    rows: _Rows,
    shared: Nature,
    natures: tuple[Nature | None, ...],
    numbering: Numbering,
) -> Iterator[str]:
    cells = [cell for row in rows for cell in row]
    figures = [cell for cell in cells if isinstance(cell, Figure)]
    provenances = (table.provenance, *(figure.provenance for figure in figures))
    has_numbers = any(value_of(cell) is not None and not isinstance(cell, str) for cell in cells)
    kind = _KINDS[shared] if has_numbers else "Sources"
    references = numbering.references_text(*provenances)
    if has_numbers or references:
        yield f"{kind} {references}".strip()
    if method := numbering.method_text(table):
        yield method
    signs = {_sign(cell, nature) for row in rows for cell, nature in zip(row, natures, strict=True)}
    yield from (f"{sign} {nature.value}" for nature, sign in SIGNS.items() if sign in signs)
    if any(_is_unknown(cell) for cell in cells):
        missing = dict.fromkeys(figure.missing for figure in figures if figure.missing)
        what = f" ; {missing_text(tuple(missing))}" if missing else ""
        yield f"{UNKNOWN_SHORT} : non disponible{what}"
    if table.note:
        yield table.note


def _is_unknown(cell: Cell) -> bool:
    return value_of(cell) is None


def _shortened(table: Table, shown: int) -> str:
    if shown == len(table.rows):
        return ""
    return french_spaces(
        f"{shown} lignes sur {number(len(table.rows))} ; toutes sont dans le classeur, "
        f"feuille « {table.key} »."
    )
