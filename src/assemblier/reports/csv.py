"""Tables as CSV files: for spreadsheets set to French, and for programs.

UTF-8 with a byte-order mark, semicolons, decimal comma, no thousands separator, CRLF. Headers are
the keys of columns; codes stay texts, with their leading zeros; numbers keep six decimals beyond
those shown: what follows is the noise of binary arithmetic. Unknown is ``non disponible``, never an
empty cell nor a zero. Where a column holds figures, ``…_nature`` beside it says what kind each is,
and ``…_unite`` its unit where units differ. ``lisez-moi.csv`` describes each column,
``sources.csv`` the sources and ``chiffres.csv`` every figure with its provenance.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from assemblier.reports.document import Cell, Column, Document, Table
from assemblier.reports.metadata import figure_table, source_table
from assemblier.reports.numbering import number_document
from assemblier.reports.sheet import sheet_of, value_of
from assemblier.reports.typography import UNKNOWN
from assemblier.reports.workbook import shown_decimals

_BEYOND = 6
"""Decimals kept beyond those shown."""
_BOM = "\ufeff"
_DESCRIPTION = "lisez-moi.csv"
_DESCRIBED = (
    "fichier",
    "titre",
    "colonne",
    "libelle",
    "unite",
    "nature",
    "sources",
    "methode",
    "note",
    "document",
    "date",
)


def render(document: Document) -> dict[str, bytes]:
    """Return the CSV files of a document, by name.

    Always true
    -----------
    One file per table of `Document.tables`, with one line per row, in the same order.
    Numbers read back are the numbers of the table, to half of the last decimal kept.

    Raises
    ------
    ValueError
        When two tables would have the same file.

    Examples
    --------
    >>> sorted(render(Document("d", "Titre", "", "9 mars 2023", (), ())))
    ['chiffres.csv', 'lisez-moi.csv', 'sources.csv']
    """
    tables = (*document.tables(), source_table(document), figure_table(document))
    files = {_DESCRIPTION: _encoded(_descriptions(document, tables))}
    for table in tables:
        name = _file_name(table)
        if name in files:
            raise ValueError(f"{name} : deux tableaux portent cette clé")
        files[name] = render_table(table)
    return files


def render_table(table: Table) -> bytes:
    """Return one table as a CSV file.

    Examples
    --------
    >>> from assemblier.reports.document import Column
    >>> table = Table("t", "T", (Column("apl", "APL"),), ((3.63,), (None,)))
    >>> render_table(table).decode("utf-8-sig").split()
    ['apl', '3,63', 'non', 'disponible']
    """
    sheet = sheet_of(table)
    header = tuple(column.key for column in sheet.columns)
    return _encoded([header, *(tuple(map(_text, row, sheet.columns)) for row in sheet.rows)])


def _encoded(lines: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    return (_BOM + text.getvalue()).encode()


def _text(cell: Cell, column: Column) -> str:
    match value_of(cell):
        case None:
            return UNKNOWN
        case str() as text:
            return text
        case value if value == int(value):
            return str(int(value))
        case value:
            return _number(float(value), shown_decimals(cell, column))


def _number(value: float, decimals: int) -> str:
    """Write a number at six decimals beyond those shown: what follows is noise of the machine.

    Two digits are kept at least, so that what is very small is never zero; never an exponent.
    """
    exact = Decimal(repr(value))
    places = max(decimals + _BEYOND, 1 - exact.adjusted())
    if places < len(f"{exact:f}".partition(".")[2]):
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{exact:f}".rstrip("0").rstrip(".").replace(".", ",")


def _file_name(table: Table) -> str:
    return f"{table.key}.csv"


def _descriptions(document: Document, tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """Yield one line per column of each file: what it holds, from which sources."""
    numbering = number_document(document)
    whole = " · ".join(text for text in (document.title, document.subtitle) if text)
    yield _DESCRIBED
    for table in tables:
        for column in sheet_of(table).columns:
            yield (
                _file_name(table),
                table.title,
                column.key,
                column.label,
                column.unit,
                table.nature.value,
                numbering.references_text(table.provenance).strip("[]"),
                table.provenance.method,
                table.note,
                whole,
                document.date,
            )
