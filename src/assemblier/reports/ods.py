"""The workbook of a document as an OpenDocument spreadsheet, for LibreOffice and Excel.

Written as XML directly: an object for each cell, as office libraries make, costs more CPU than
all the other files of a report together.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from assemblier.reports.document import Cell, Column, Document
from assemblier.reports.metadata import document_moment
from assemblier.reports.packing import steady_entry, xml_text
from assemblier.reports.sheet import Sheet, is_number, value_of
from assemblier.reports.theme import THEME
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
    shown_text,
    widths,
)

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0",
    "table": f"{_OASIS}table:1.0",
    "text": f"{_OASIS}text:1.0",
    "style": f"{_OASIS}style:1.0",
    "number": f"{_OASIS}datastyle:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "config": f"{_OASIS}config:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_DECIMALS = range(10)
"""The numbers of decimals a cell can be shown with."""
_PAGES = {"portrait": (21, 29.7), "paysage": (29.7, 21), "paysage-a3": (42, 29.7)}
"""Width and height of the pages, in cm."""
_CHARACTER_CM, _LINE_CM, _TITLE_CM = 0.22, 0.53, 0.8


def render(document: Document) -> bytes:
    """Return the workbook of a document.

    Always true
    -----------
    The same document gives the same bytes.
    Numbers read back are the numbers of the tables.
    """
    book = leaves(document)
    entries = {
        "content.xml": _content(book),
        "styles.xml": _page_styles(),
        "meta.xml": _meta(document),
        "settings.xml": _settings(book),
    }
    entries["META-INF/manifest.xml"] = _manifest(entries)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(steady_entry("mimetype", zipfile.ZIP_STORED), _MIMETYPE)
        for name, text in entries.items():
            archive.writestr(steady_entry(name), text)
    return packed.getvalue()


# ── XML ───────────────────────────────────────────────────────────────────────────────────────


def _tag(name: str, content: str = "", **attributes: object) -> str:
    """Return an element; `table_name` is written ``table:name``, other underscores are dashes."""
    said = "".join(
        f" {_attribute(key)}={quoteattr(xml_text(str(value)))}" for key, value in attributes.items()
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


@cache
def _attribute(key: str) -> str:
    space, _, name = key.partition("_")
    return f"{space}:{name.replace('_', '-')}"


def _root(name: str, content: str) -> str:
    spaces = "".join(f' xmlns:{space}="{address}"' for space, address in _SPACES.items())
    version = f'{name.partition(":")[0]}:version="1.3"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}{spaces} {version}>{content}</{name}>'


def _paragraph(text: str) -> str:
    return f"<text:p>{escape(xml_text(text))}</text:p>" if text else ""


# ── the leaves ────────────────────────────────────────────────────────────────────────────────


def _content(book: tuple[Leaf, ...]) -> str:
    # The styles of rows and columns are known once the leaves are written.
    sizes = _Sizes()
    tables = "".join(_table(leaf, sizes) for leaf in book)
    styles = "".join((*_cell_styles(), *_table_styles(), *sizes.styles()))
    spreadsheet = tables + _tag("table:database-ranges", "".join(_filters(book)))
    return _root(
        "office:document-content",
        _tag("office:automatic-styles", styles)
        + _tag("office:body", _tag("office:spreadsheet", spreadsheet)),
    )


class _Sizes:
    """The widths of columns and heights of rows that were asked for, each made a style once."""

    def __init__(self) -> None:
        self._columns: dict[str, float] = {}
        self._rows: dict[str, float] = {}

    def column(self, characters: int) -> str:
        name = f"co{characters}"
        self._columns[name] = characters * _CHARACTER_CM
        return name

    def row(self, lines: int, line_cm: float = _LINE_CM) -> str:
        name = f"ro{lines}-{int(line_cm * 100)}"
        self._rows[name] = lines * line_cm
        return name

    def styles(self) -> Iterator[str]:
        for name, width in self._columns.items():
            size = _tag("style:table-column-properties", style_column_width=f"{width:.2f}cm")
            yield _tag("style:style", size, style_name=name, style_family="table-column")
        for name, height in self._rows.items():
            size = _tag("style:table-row-properties", style_row_height=f"{height:.2f}cm")
            yield _tag("style:style", size, style_name=name, style_family="table-row")


def _table(leaf: Leaf, sizes: _Sizes) -> str:
    rooms = widths(leaf.sheet)
    page = f"ta-{_side_of_page(sum(rooms))}"
    columns = (_tag("table:table-column", table_style_name=sizes.column(room)) for room in rooms)
    parts = (*columns, *_heading(leaf, rooms, sizes), *_rows(leaf, rooms, sizes))
    return _tag("table:table", "".join(parts), table_name=leaf.name, table_style_name=page)


def _side_of_page(room: int) -> str:
    if room <= PORTRAIT_WIDTH:
        return "portrait"
    return "paysage" if room <= LANDSCAPE_WIDTH else "paysage-a3"


def _heading(leaf: Leaf, rooms: tuple[int, ...], sizes: _Sizes) -> Iterator[str]:
    """Yield the title, the origin and the note, each in one wide cell, then the header."""
    room = max(sum(rooms), TEXT_WIDTH)
    title_lines = lines_of(leaf.title, int(room * 0.7))
    yield _row(_wide("titre", leaf.title, rooms), sizes.row(title_lines, _TITLE_CM))
    for text in (leaf.origin, leaf.note):
        yield _row(_wide("note", text, rooms), sizes.row(lines_of(text, room)))
    yield _row(_tag("table:table-cell"), sizes.row(1))
    headers = [header_text(column) for column in leaf.sheet.columns]
    cells = "".join(
        _cell(f"entete-{_side(column)}", text)
        for text, column in zip(headers, leaf.sheet.columns, strict=True)
    )
    high = max((lines_of(t, r - 2) for t, r in zip(headers, rooms, strict=True)), default=1)
    yield _tag("table:table-header-rows", _row(cells, sizes.row(high)))


def _wide(style: str, text: str, rooms: tuple[int, ...]) -> str:
    """Return a cell over as many columns as a line of text wants, beyond the table if need be."""
    missing = max(TEXT_WIDTH - sum(rooms), 0)
    span = max(len(rooms) + -(-missing // 11), 2)
    cell = _tag(
        "table:table-cell",
        _paragraph(text),
        table_style_name=style,
        office_value_type="string",
        table_number_columns_spanned=span,
        table_number_rows_spanned=1,
    )
    return cell + _tag("table:covered-table-cell", table_number_columns_repeated=span - 1)


def _rows(leaf: Leaf, rooms: tuple[int, ...], sizes: _Sizes) -> Iterator[str]:
    columns = leaf.sheet.columns
    for row in leaf.sheet.rows:
        cells = [_value(cell, column) for cell, column in zip(row, columns, strict=True)]
        if leaf.links:
            cells[0] = _link(str(row[0]))
        yield _row("".join(cells), sizes.row(row_lines(row, columns, rooms)))


def _row(cells: str, style: str) -> str:
    return f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'


def _cell(style: str, text: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{_paragraph(text)}</table:table-cell>"
    )


def _link(name: str) -> str:
    link = _tag("text:a", escape(name), xlink_href=f"#'{name}'.A1", xlink_type="simple")
    content = _tag("text:p", link)
    return _tag("table:table-cell", content, table_style_name="lien", office_value_type="string")


def _value(cell: Cell, column: Column) -> str:
    match value_of(cell):
        case None:
            return _cell(f"inconnu-{_side(column)}", shown_text(cell, column))
        case str() as text:
            return _cell("texte", text)
        case value:
            decimals = min(shown_decimals(cell, column), _DECIMALS[-1])
            style = f"nombre-{decimals}" if is_number(column) else "rang"
            return (
                f'<table:table-cell table:style-name="{style}" office:value-type="float" '
                f'office:value="{float(value)!r}"><text:p>{shown_text(cell, column)}</text:p>'
                "</table:table-cell>"
            )


def _side(column: Column) -> str:
    return "nombre" if is_number(column) else "texte"


def _filters(book: tuple[Leaf, ...]) -> Iterator[str]:
    for place, leaf in enumerate(book):
        if leaf.links or not leaf.sheet.columns:
            continue
        last = f"{column_name(len(leaf.sheet.columns) - 1)}{HEADER_LINE + 1 + _height(leaf.sheet)}"
        yield _tag(
            "table:database-range",
            table_name=f"__Anonymous_Sheet_DB__{place}",
            table_target_range_address=f"'{leaf.name}'.A{HEADER_LINE + 1}:'{leaf.name}'.{last}",
            table_display_filter_buttons="true",
        )


def _height(sheet: Sheet) -> int:
    return max(len(sheet.rows), 1)


def column_name(place: int) -> str:
    """Return the letters of a column from its place, from 0.

    Examples
    --------
    >>> column_name(0), column_name(25), column_name(26)
    ('A', 'Z', 'AA')
    """
    before, letter = divmod(place, 26)
    return (column_name(before - 1) if before else "") + chr(ord("A") + letter)


# ── styles ────────────────────────────────────────────────────────────────────────────────────


def _cell_styles() -> Iterator[str]:
    yield _tag("number:number-style", _digits(0, "false"), style_name="n-rang")
    for decimals in _DECIMALS:
        yield _tag("number:number-style", _digits(decimals, "true"), style_name=f"n{decimals}")
    white, accent, muted = THEME.white, THEME.accent, THEME.muted
    yield _style("titre", "start", fo_font_size="15pt", fo_font_weight="bold", fo_color=accent)
    yield _style("note", "start", fo_font_size="10pt", fo_color=muted)
    for side, align in (("texte", "start"), ("nombre", "end")):
        yield _style(
            f"entete-{side}", align, background=accent, fo_font_weight="bold", fo_color=white
        )
        yield _style(f"inconnu-{side}", align, ruled=True, fo_font_style="italic", fo_color=muted)
    yield _style("texte", "start", ruled=True)
    yield _style("lien", "start", ruled=True, fo_color=accent)
    yield _style("rang", "start", ruled=True, data="n-rang")
    for decimals in _DECIMALS:
        yield _style(f"nombre-{decimals}", "end", ruled=True, data=f"n{decimals}")


def _digits(decimals: int, grouping: str) -> str:
    return _tag(
        "number:number",
        number_decimal_places=decimals,
        number_min_decimal_places=decimals,
        number_min_integer_digits=1,
        number_grouping=grouping,
    )


def _style(
    name: str,
    align: str,
    *,
    ruled: bool = False,
    background: str = "",
    data: str = "",
    **text: str,
) -> str:
    """Return the style of a kind of cell; `text` holds the properties of its letters."""
    box = {"fo_wrap_option": "wrap", "style_vertical_align": "top", "fo_padding": "0.05cm"}
    if ruled:
        box["fo_border_bottom"] = f"0.5pt solid {THEME.rule}"
    if background:
        box["fo_background_color"] = background
    properties = (
        _tag("style:table-cell-properties", **box),
        _tag("style:paragraph-properties", fo_text_align=align, fo_margin_left="0.15cm"),
        _tag("style:text-properties", **{"fo_color": THEME.ink, **text}),
    )
    attributes = {"style_name": name, "style_family": "table-cell"}
    if data:
        attributes["style_data_style_name"] = data
    return _tag("style:style", "".join(properties), **attributes)


def _table_styles() -> Iterator[str]:
    for side in _PAGES:
        yield _tag(
            "style:style",
            _tag("style:table-properties", table_display="true"),
            style_name=f"ta-{side}",
            style_family="table",
            style_master_page_name=side,
        )


def _page_styles() -> str:
    letters = _tag(
        "style:text-properties",
        fo_font_family="Calibri, Carlito, sans-serif",
        fo_font_size="11pt",
        fo_language="fr",
        fo_country="FR",
    )
    default = _tag("style:default-style", letters, style_family="table-cell")
    layouts, masters = zip(
        *(_page(side, size) for side, size in _PAGES.items()),
        strict=True,
    )
    return _root(
        "office:document-styles",
        _tag("office:styles", default)
        + _tag("office:automatic-styles", "".join(layouts))
        + _tag("office:master-styles", "".join(masters)),
    )


def _page(side: str, size: tuple[float, float]) -> tuple[str, str]:
    """Return the layout and the master of a page, as wide as its table, numbered."""
    properties = _tag(
        "style:page-layout-properties",
        fo_page_width=f"{size[0]}cm",
        fo_page_height=f"{size[1]}cm",
        style_print_orientation="portrait" if side == "portrait" else "landscape",
        fo_margin="1.5cm",
        style_scale_to_X=1,
        style_scale_to_Y=0,
    )
    numbers = f"page {_tag('text:page-number', '1')} / {_tag('text:page-count', '1')}"
    name = _tag("text:sheet-name", "feuille")
    footer = _tag("style:footer", _tag("text:p", f"{name} · {numbers}"))
    room = _tag("style:header-footer-properties", fo_min_height="0.8cm", fo_margin_top="0.3cm")
    parts = properties + _tag("style:header-style") + _tag("style:footer-style", room)
    layout = _tag("style:page-layout", parts, style_name=f"pl-{side}")
    master = _tag("style:master-page", footer, style_name=side, style_page_layout_name=f"pl-{side}")
    return layout, master


# ── what goes with the leaves ─────────────────────────────────────────────────────────────────


def _meta(document: Document) -> str:
    made = document_moment(document).strftime("%Y-%m-%dT%H:%M:%S")
    said = (
        _tag("dc:title", escape(xml_text(document.title)))
        + _tag("dc:subject", escape(xml_text(document.subtitle)))
        + _tag("dc:language", "fr-FR")
        + _tag("meta:creation-date", made)
        + _tag("dc:date", made)
    )
    return _root("office:document-meta", _tag("office:meta", said))


def _settings(book: tuple[Leaf, ...]) -> str:
    """Freeze the header of every leaf, and the first column of those that hold data."""
    views = "".join(
        _tag("config:config-item-map-entry", _frozen(leaf), config_name=leaf.name) for leaf in book
    )
    tables = _tag("config:config-item-map-named", views, config_name="Tables")
    entry = _tag("config:config-item-map-entry", _setting("ViewId", "string", "view1") + tables)
    indexed = _tag("config:config-item-map-indexed", entry, config_name="Views")
    whole = _tag("config:config-item-set", indexed, config_name="ooo:view-settings")
    return _root("office:document-settings", _tag("office:settings", whole))


def _frozen(leaf: Leaf) -> str:
    columns = 0 if leaf.links else 1
    numbers: Iterable[tuple[str, str, int]] = (
        ("HorizontalSplitMode", "short", 2 if columns else 0),
        ("VerticalSplitMode", "short", 2),
        ("HorizontalSplitPosition", "int", columns),
        ("VerticalSplitPosition", "int", HEADER_LINE + 1),
        ("ActiveSplitRange", "short", 3 if columns else 2),
        ("PositionLeft", "int", 0),
        ("PositionRight", "int", columns),
        ("PositionTop", "int", 0),
        ("PositionBottom", "int", HEADER_LINE + 1),
    )
    return "".join(_setting(name, kind, value) for name, kind, value in numbers)


def _setting(name: str, kind: str, value: object) -> str:
    return _tag("config:config-item", escape(str(value)), config_name=name, config_type=kind)


def _manifest(entries: Iterable[str]) -> str:
    files = [("/", _MIMETYPE), *((name, "text/xml") for name in entries)]
    return _root(
        "manifest:manifest",
        "".join(
            _tag("manifest:file-entry", manifest_full_path=name, manifest_media_type=kind)
            for name, kind in files
        ),
    )
