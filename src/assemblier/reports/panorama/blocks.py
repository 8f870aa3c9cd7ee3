"""Small shapes shared by the sections: columns, findings, tables of figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assemblier.diagnosis.wording import Sentence
from assemblier.figures import NOWHERE, Figure, Nature, Provenance
from assemblier.reports.document import Align, Cell, Column, Finding, Items, Table, Tone


def text_column(key: str, label: str) -> Column:
    """Return a column of words."""
    return Column(key, label)


def number_column(key: str, label: str, decimals: int = 0, unit: str = "") -> Column:
    """Return a column of numbers."""
    return Column(key, label, Align.NUMBER, decimals, unit)


def finding(sentence: Sentence) -> Finding:
    """Return the block of a sentence of the diagnosis."""
    return Finding(sentence.text, sentence.figures)


def capitalised(text: str) -> str:
    """Return a text with its first letter in capital, the others as they are.

    Examples
    --------
    >>> capitalised("indice de Gini")
    'Indice de Gini'
    """
    return text[:1].upper() + text[1:]


def missing(what: str, file: str) -> Items:
    """Return the block that says what is not available and which file would bring it."""
    return Items(f"{what} : non disponible", (f"Ce qui l'apporterait : {file}.",), Tone.MISSING)


def provenance_of(figures: Iterable[Figure]) -> Provenance:
    """Return where several figures come from, together."""
    whole = NOWHERE
    for figure in figures:
        whole = whole | figure.provenance
    return whole


def _with_unit(column: Column, rows: Sequence[tuple[Cell, ...]], place: int) -> Column:
    """Give a column the unit most of its figures have: only the others will repeat theirs."""
    cells = (row[place] for row in rows)
    units = Counter(cell.unit for cell in cells if isinstance(cell, Figure))
    if column.unit or not units:
        return column
    return replace(column, unit=units.most_common(1)[0][0])


def figures_table(
    key: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    note: str = "",
    visible_rows: int = 0,
    codes: Sequence[str] = (),
    nature: Nature = Nature.CALCULE,
) -> Table:
    """Return a table of figures; its provenance is that of its cells."""
    cells = (cell for row in rows for cell in row if isinstance(cell, Figure))
    return Table(
        key=key,
        title=title,
        columns=tuple(_with_unit(column, rows, place) for place, column in enumerate(columns)),
        rows=tuple(rows),
        nature=nature,
        provenance=provenance_of(cells),
        note=note,
        visible_rows=visible_rows,
        codes=tuple(codes),
    )
