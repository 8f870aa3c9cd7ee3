"""The content of the workbook, the same as xlsx and as ods (`xlsx` and `ods` write it).

"Lisez-moi" says what the workbook is and lists its leaves; then one leaf per table, "Chiffres"
with the provenance of every figure, and "Sources". A leaf has its title in line 1, where its
numbers come from in line 2, what to know in line 3, its header in line 5. A cell that is a figure
holds its number; its nature is in the column beside it, and its unit too where units differ (see
`sheet`). Unknown is the text "non disponible", never an empty cell nor a zero.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assemblier.figures import Figure
from assemblier.french import french_spaces, number
from assemblier.reports.document import Align, Cell, Column, Document, Table
from assemblier.reports.metadata import figure_table, source_table
from assemblier.reports.numbering import Numbering, number_document
from assemblier.reports.sheet import Sheet, sheet_of, value_of
from assemblier.reports.typography import UNKNOWN

FIRST_LEAF = "Lisez-moi"
HEADER_LINE = 4
"""Place of the header in a leaf, from 0; the rows follow."""

TEXT_WIDTH = 100
"""Characters that the lines above the header may take."""
PORTRAIT_WIDTH = 95
"""Characters that fit across a page held upright."""
LANDSCAPE_WIDTH = 220
"""Characters that are still read on a landscape A4 page; a wider leaf is printed on A3."""

_HOW_TO_READ = (
    "Un chiffre est cité (imprimé par sa source), calculé (par Assemblier), estimé ou non "
    "disponible : la colonne « Nature » le dit. Les nombres sont entiers dans les cellules, "
    "arrondis à l'affichage ; leurs sources sont dans la feuille « Sources »."
)
_NARROWEST, _WIDEST = 9, 46
_MOST_LINES = 6
_LONGEST_NAME = 31  # what spreadsheets accept for the name of a leaf


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the workbook.

    Attributes
    ----------
    name
        What its tab reads, unique.
    title, origin, note
        The lines above the header; empty if nothing.
    sheet
        Header and rows.
    links
        Whether the first column names other leaves, and leads to them.
    """

    name: str
    title: str
    origin: str
    note: str
    sheet: Sheet
    links: bool = False


def leaves(document: Document) -> tuple[Leaf, ...]:
    """Return the leaves of the workbook of a document, the list of them first.

    Always true
    -----------
    One leaf per table of `Document.tables`, in the same order and under its key.

    Raises
    ------
    ValueError
        When a name is too long for a leaf, or when two leaves would have the same.

    Examples
    --------
    >>> [leaf.name for leaf in leaves(Document("d", "Titre", "", "9 mars 2023", (), ()))]
    ['Lisez-moi', 'Chiffres', 'Sources']
    """
    numbering = number_document(document)
    named = [(table.key, table) for table in document.tables()]
    named += [("Chiffres", figure_table(document)), ("Sources", source_table(document))]
    _check_names((FIRST_LEAF, *(name for name, _ in named)))
    data = tuple(
        Leaf(
            name,
            french_spaces(table.title),
            origin_line(table, numbering),
            french_spaces(table.note),
            sheet_of(table),
        )
        for name, table in named
    )
    return _contents(document, data), *data


def _check_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if len(name) > _LONGEST_NAME or name.casefold() in seen:
            raise ValueError(f"{name} : nom de feuille trop long, ou déjà pris")
        seen.add(name.casefold())


def _contents(document: Document, others: tuple[Leaf, ...]) -> Leaf:
    columns = (
        Column("feuille", "Feuille"),
        Column("contenu", "Ce qu'elle contient"),
        Column("lignes", "Lignes", Align.NUMBER),
    )
    return Leaf(
        FIRST_LEAF,
        french_spaces(document.title),
        french_spaces(" · ".join(text for text in (document.subtitle, document.date) if text)),
        french_spaces(_HOW_TO_READ),
        Sheet(columns, tuple((leaf.name, leaf.title, len(leaf.sheet.rows)) for leaf in others)),
        links=True,
    )


def origin_line(table: Table, numbering: Numbering) -> str:
    """Say where the numbers of a table come from: their nature, their sources, the method.

    Returns
    -------
        Empty where the table names neither source nor method.
    """
    texts = []
    for source in table.provenance.sources:
        words = (source.producer, source.title, source.vintage, source.page)
        texts.append(f"{', '.join(word for word in words if word)} [{numbering.source(source)}]")
    parts = (" ; ".join(texts), table.provenance.method)
    said = " — ".join(part for part in parts if part)
    return french_spaces(f"{table.nature.value.capitalize()} : {said}") if said else ""


# ── how a cell is shown ───────────────────────────────────────────────────────────────────────


def shown_decimals(cell: Cell, column: Column) -> int:
    """Return how many decimals a number is shown with; the cell holds them all."""
    return cell.decimals if isinstance(cell, Figure) else column.decimals


def shown_text(cell: Cell, column: Column) -> str:
    """Return what people read in a cell of a leaf."""
    match value_of(cell):
        case None:
            return UNKNOWN
        case str() as text:
            return text
        case int() as value if column.align is Align.TEXT:
            return str(value)
        case value:
            return number(value, shown_decimals(cell, column))


def header_text(column: Column) -> str:
    """Return the header of a column; its label says the unit already."""
    return french_spaces(column.label)


def width(sheet: Sheet, place: int) -> int:
    """Return the width of a column, in characters: its widest cell, within bounds."""
    column = sheet.columns[place]
    # The words of a header may go to the next line, not its longest word.
    words = max((len(word) for word in header_text(column).split()), default=0)
    cells = max((len(shown_text(row[place], column)) for row in sheet.rows), default=0)
    return min(max(_NARROWEST, words + 4, cells + 2), _WIDEST)


def widths(sheet: Sheet) -> tuple[int, ...]:
    """Return the width of each column, in characters."""
    return tuple(width(sheet, place) for place in range(len(sheet.columns)))


@lru_cache(maxsize=4096)
def lines_of(text: str, room: int) -> int:
    """Return how many lines a text takes in a column of so many characters.

    Remembered: figures of one origin repeat the same long text, line after line.

    Examples
    --------
    >>> lines_of("Complications de grossesse", 16), lines_of("", 16)
    (2, 1)
    """
    return 1 if len(text) <= room else len(textwrap.wrap(text, room))


def row_lines(row: tuple[Cell, ...], columns: tuple[Column, ...], rooms: tuple[int, ...]) -> int:
    """Return how many lines high a row is: spreadsheets do not all guess it.

    A very long text is cut on the screen, not in its cell: rows must stay in sight of each other.
    """
    cells = zip(row, columns, rooms, strict=True)
    heights = (lines_of(shown_text(cell, column), room - 1) for cell, column, room in cells)
    return min(max(heights, default=1), _MOST_LINES)
