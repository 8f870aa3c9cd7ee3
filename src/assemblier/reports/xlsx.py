"""The workbook of a document as an Office Open XML file, for Excel and LibreOffice."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from assemblier.reports.document import Cell, Column, Document
from assemblier.reports.metadata import document_moment
from assemblier.reports.packing import xml_text
from assemblier.reports.sheet import is_number, value_of
from assemblier.reports.theme import THEME
from assemblier.reports.typography import UNKNOWN
from assemblier.reports.workbook import (
    HEADER_LINE,
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    TEXT_WIDTH,
    Leaf,
    header_text,
    leaves,
    lines_of,
    row_lines,
    shown_decimals,
    widths,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT = "Calibri"
_A4, _A3 = 9, 8
_LINE_POINTS, _TITLE_POINTS = 15.0, 22.0
_PLAIN_COLUMN = 8  # characters of a column whose width is not set
_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def render(document: Document, before: "Callable[[Workbook], None] | None" = None) -> bytes:
    """Return the workbook of a document.

    Parameters
    ----------
    document
        The report.
    before
        Writes sheets of its own, which come first.

    Always true
    -----------
    The same document gives the same bytes.
    Numbers read back are the numbers of the tables.
    """
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, _OPTIONS)
    book.set_properties(
        {
            "title": xml_text(document.title),
            "subject": xml_text(document.subtitle),
            "created": document_moment(document).replace(tzinfo=None),
        }
    )
    if before:
        before(book)
    styles = _Styles(book)
    for leaf in leaves(document):
        _write_leaf(book, leaf, styles)
    book.close()
    return packed.getvalue()


class _Styles:
    """The formats of the workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": _FONT, "font_size": 11, "font_color": THEME.ink, "valign": "top"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    def title(self) -> "Format":
        return self(bold=True, font_size=15, font_color=THEME.accent, text_wrap=True)

    def note(self) -> "Format":
        return self(font_size=10, font_color=THEME.muted, text_wrap=True)

    def header(self, column: Column) -> "Format":
        return self(
            bold=True,
            font_color=THEME.white,
            bg_color=THEME.accent,
            text_wrap=True,
            valign="vcenter",
            align="right" if is_number(column) else "left",
            indent=0 if is_number(column) else 1,
        )

    def text(self, is_link: bool) -> "Format":
        if is_link:
            return self(font_color=THEME.accent, underline=1, indent=1, **_RULED)
        return self(text_wrap=True, indent=1, **_RULED)

    def unknown(self, column: Column) -> "Format":
        place = {"align": "right"} if is_number(column) else {"indent": 1}
        return self(italic=True, font_color=THEME.muted, **place, **_RULED)

    def number(self, cell: Cell, column: Column) -> "Format":
        if not is_number(column):  # a year, a rank
            return self(num_format="0", align="left", indent=1, **_RULED)
        decimals = shown_decimals(cell, column)
        return self(num_format="#,##0" + "." * bool(decimals) + "0" * decimals, **_RULED)


_RULED = {"bottom": 1, "bottom_color": THEME.rule}


def _write_leaf(book: "Workbook", leaf: Leaf, styles: _Styles) -> None:
    page = book.add_worksheet(leaf.name)
    rooms = widths(leaf.sheet)
    for place, room in enumerate(rooms):
        page.set_column(place, place, room)
    _write_heading(page, leaf, rooms, styles)
    for line, row in enumerate(leaf.sheet.rows, start=HEADER_LINE + 1):
        page.set_row(line, _LINE_POINTS * row_lines(row, leaf.sheet.columns, rooms))
        for place, (cell, column) in enumerate(zip(row, leaf.sheet.columns, strict=True)):
            _write_cell(page, (line, place), cell, column, styles)
            if leaf.links and place == 0:
                page.write_url(line, place, f"internal:'{cell}'!A1", styles.text(True), str(cell))
    _lay_out(page, leaf, sum(rooms))


def _write_heading(page: "Worksheet", leaf: Leaf, rooms: tuple[int, ...], styles: _Styles) -> None:
    """Write the title, the origin and the note, each in one wide cell, then the header."""
    missing = max(TEXT_WIDTH - sum(rooms), 0)
    last = max(len(rooms) - 1 + -(-missing // _PLAIN_COLUMN), 1)
    room = sum(rooms) + missing
    page.merge_range(0, 0, 0, last, xml_text(leaf.title), styles.title())
    page.set_row(0, _TITLE_POINTS * lines_of(leaf.title, int(room * 0.7)))
    for line, text in enumerate((leaf.origin, leaf.note), start=1):
        page.merge_range(line, 0, line, last, xml_text(text), styles.note())
        page.set_row(line, _LINE_POINTS * lines_of(text, room))
    headers = [header_text(column) for column in leaf.sheet.columns]
    for place, (text, column) in enumerate(zip(headers, leaf.sheet.columns, strict=True)):
        page.write_string(HEADER_LINE, place, xml_text(text), styles.header(column))
    high = max((lines_of(t, r - 2) for t, r in zip(headers, rooms, strict=True)), default=1)
    page.set_row(HEADER_LINE, _LINE_POINTS * high + 4)


def _write_cell(
    page: "Worksheet", where: tuple[int, int], cell: Cell, column: Column, styles: _Styles
) -> None:
    match value_of(cell):
        case None:
            page.write_string(*where, UNKNOWN, styles.unknown(column))
        case str() as text:
            page.write_string(*where, xml_text(text), styles.text(False))
        case value:
            page.write_number(*where, value, styles.number(cell, column))


def _lay_out(page: "Worksheet", leaf: Leaf, room: int) -> None:
    """Freeze and filter the header; print as wide as the page, the header on each."""
    last_column = max(len(leaf.sheet.columns) - 1, 0)
    last_line = HEADER_LINE + max(len(leaf.sheet.rows), 1)
    page.freeze_panes(HEADER_LINE + 1, 0 if leaf.links else 1)
    if not leaf.links and leaf.sheet.columns:
        page.autofilter(HEADER_LINE, 0, last_line, last_column)
    page.hide_gridlines(2)
    if room > PORTRAIT_WIDTH:
        page.set_landscape()
    page.set_paper(_A4 if room <= LANDSCAPE_WIDTH else _A3)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_LINE)
    page.set_footer("&L&A&Rpage &P / &N")
