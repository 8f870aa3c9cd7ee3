"""The sheet "Calcul" of the workbook: entries to change, formulas that follow.

Each row of the calculation is one line. An entry is a yellow cell; a formula is the one that
computed the value stored beside it. A cell whose entries are not all known reads
« non disponible », before as after a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assemblier.french import french_spaces
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.expressions import Expression, Place
from assemblier.projects.study import Drawn, Picture, Study
from assemblier.reports.theme import THEME
from assemblier.reports.typography import UNKNOWN
from assemblier.reports.workbook import lines_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = "Calcul"
CHARTS = "Graphiques"
_FIRST_LINE = 4
_ENTRY = "#fff8dc"
_LABEL_WIDTH, _ORIGIN_WIDTH = 44, 90
_LINE_POINTS = 15.0
_INSTRUCTION = (
    "Les cases jaunes se changent : tout le reste suit. Une case « non disponible » attend une "
    "réponse ; l'inconnu ne vaut jamais zéro."
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each cell of a calculation stands.

    Attributes
    ----------
    cells
        Line and column, from 0, of each cell.
    lines
        Line of each row.
    heads
        Line of the title of each block.
    width
        How many columns hold values.
    """

    cells: Mapping[Place, tuple[int, int]]
    lines: Mapping[str, int]
    heads: tuple[int, ...]
    width: int

    def address(self, place: Place) -> str:
        """Return the absolute address of a cell, such as ``$B$7``."""
        line, column = self.cells[place]
        return f"${chr(ord('A') + column)}${line + 1}"


def layout_of(calculation: Calculation) -> Layout:
    """Return where each cell stands: a title a block, a line a row, a blank line between."""
    cells: dict[Place, tuple[int, int]] = {}
    lines: dict[str, int] = {}
    heads = []
    line = _FIRST_LINE
    for block in calculation.blocks:
        heads.append(line)
        for row in block.rows:
            line += 1
            lines[row.key] = line
            for column in range(len(row.cells)):
                cells[row.key, column] = line, column + 1
        line += 2
    return Layout(cells, lines, tuple(heads), max(len(b.columns) for b in calculation.blocks))


def formula_of(calculation: Calculation, place: Place, layout: Layout) -> str:
    """Return the formula of a cell; it reads « non disponible » where an entry is not a number.

    Always true
    -----------
    Computed by a spreadsheet, it gives the value of the calculation.
    """
    cell = calculation.row_of[place[0]].cells[place[1]]
    assert isinstance(cell, Expression)

    def address(asked: Place) -> str:
        return layout.address(calculation.place(asked))

    needed = dict.fromkeys(address(one) for one in cell.places(place[1]))
    said = f'IFERROR({cell.excel(address, place[1])},"{UNKNOWN}")'
    if not needed:
        return f"={said}"
    return f'=IF(COUNT({",".join(needed)})<{len(needed)},"{UNKNOWN}",{said})'


def write_live_sheets(book: "Workbook", study: Study) -> None:
    """Write the sheet of the calculation, then its charts."""
    layout = layout_of(study.calculation)
    page = book.add_worksheet(SHEET)
    styles = _Styles(book)
    _write_heading(page, study, layout, styles)
    for head, block in zip(layout.heads, study.calculation.blocks, strict=True):
        _write_block(page, study.calculation, block, (head, layout), styles)
    _write_charts(book, study, layout)


class _Styles:
    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    def number(self, decimals: int, is_entry: bool) -> Any:
        shown = "#,##0" + "." * bool(decimals) + "0" * decimals
        ruled: dict[str, object] = {"bottom": 1, "bottom_color": THEME.rule, "num_format": shown}
        if is_entry:
            ruled |= {"bg_color": _ENTRY, "locked": False}
        return self(align="right", **ruled)


def _write_heading(page: "Worksheet", study: Study, layout: Layout, styles: _Styles) -> None:
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, layout.width, 15)
    page.set_column(layout.width + 1, layout.width + 1, 20)
    page.set_column(layout.width + 2, layout.width + 2, _ORIGIN_WIDTH)
    page.set_column(layout.width + 3, layout.width + 4, 13)
    title = french_spaces(f"{study.title} — {study.subtitle}")
    page.write_string(0, 0, title, styles(bold=True, font_size=15, font_color=THEME.accent))
    page.write_string(1, 0, french_spaces(_INSTRUCTION), styles(font_color=THEME.muted))
    page.freeze_panes(_FIRST_LINE, 1)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&Rpage &P / &N")


def _write_block(
    page: "Worksheet",
    calculation: Calculation,
    block: Block,
    where: tuple[int, Layout],
    styles: _Styles,
) -> None:
    head, layout = where
    dark = {"bold": True, "font_color": THEME.white, "bg_color": THEME.accent, "text_wrap": True}
    titles = [*block.columns, *[""] * (layout.width - len(block.columns))]
    beside = ("Unité", "Formule, ou origine de la valeur", "Au plus bas", "Au plus haut")
    for column, text in enumerate((block.title, *titles, *beside)):
        is_number = 1 <= column <= layout.width or column > layout.width + 2
        page.write_string(
            head,
            column,
            french_spaces(text),
            styles(align="right" if is_number else "left", **dark),
        )
    for row in block.rows:
        _write_row(page, calculation, row, layout, styles)


def _write_row(
    page: "Worksheet", calculation: Calculation, row: Row, layout: Layout, styles: _Styles
) -> None:
    line = layout.lines[row.key]
    text = styles(text_wrap=True, bottom=1, bottom_color=THEME.rule)
    label = row.label[:1].upper() + row.label[1:]
    page.write_string(line, 0, french_spaces(label), text)
    for column, cell in enumerate(row.cells):
        style = styles.number(row.decimals, row.is_entry)
        value = calculation.central[row.key, column]
        if isinstance(cell, Expression):
            formula = formula_of(calculation, (row.key, column), layout)
            stored = UNKNOWN if value is None else float(value)
            page.write_formula(line, column + 1, formula, style, stored)
        elif value is None:
            page.write_string(line, column + 1, UNKNOWN, style)
        else:
            page.write_number(line, column + 1, float(value), style)
    last = layout.width
    words = calculation.formula(row.key, len(row.cells) - 1)
    origin = french_spaces(f"= {words}" if words else row.origin)
    unit = styles(text_wrap=True, bottom=1, bottom_color=THEME.rule, indent=1)
    page.write_string(line, last + 1, french_spaces(row.unit), unit)
    page.write_string(line, last + 2, origin, text)
    lines = max(lines_of(origin, _ORIGIN_WIDTH - 8), lines_of(label, _LABEL_WIDTH - 4))
    page.set_row(line, _LINE_POINTS * lines)
    for column, end in ((last + 3, row.low), (last + 4, row.high)):
        if isinstance(end, Fraction):
            page.write_number(line, column, float(end), styles.number(row.decimals, False))


# ── charts that follow the cells ──────────────────────────────────────────────────────────────


def _write_charts(book: "Workbook", study: Study, layout: Layout) -> None:
    if not study.pictures:
        return
    page = book.add_worksheet(CHARTS)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for rank, picture in enumerate(study.pictures):
        page.insert_chart(1 + rank * 22, 1, _native_chart(book, study, picture, layout))


def _native_chart(book: "Workbook", study: Study, picture: Picture, layout: Layout) -> Any:
    is_lines = picture.form is Drawn.LINES
    chart = book.add_chart({"type": "line" if is_lines else "bar"})
    head_of = {
        row.key: head
        for head, block in zip(layout.heads, study.calculation.blocks, strict=True)
        for row in block.rows
    }
    for key in picture.keys:
        row = study.calculation.row_of[key]
        line, last = layout.lines[key], len(row.cells)
        first = 1 if is_lines else last
        chart.add_series(
            {
                "name": [SHEET, line, 0],
                "categories": [SHEET, head_of[key], first, head_of[key], last],
                "values": [SHEET, line, first, line, last],
            }
        )
    chart.set_title({"name": french_spaces(picture.title), "name_font": {"size": 12}})
    chart.set_size({"width": 760, "height": 400})
    chart.set_legend({"position": "bottom"})
    return chart
