"""What a Word file is made of here: its styles, and the pieces python-docx does not make.

Styles are those Word knows ("Titre 1", "Légende"…), so that a person can restyle the whole text,
and three of ours: "Constat", "Mention" and the table style "Tableau Assemblier".
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from assemblier.reports.columns import column_characters
from assemblier.reports.packing import xml_text
from assemblier.reports.theme import THEME

if TYPE_CHECKING:
    from docx.document import Document as Word

FACE = "Calibri"
FINDING, MENTION, TABLE, CELL = "Constat", "Mention", "Tableau Assemblier", "Cellule"
PAGE_CM = 17.0
"""Width of the text: A4 less two margins of 20 mm."""

_IDS = {
    "Heading 1": "Heading1",
    "Heading 2": "Heading2",
    "Heading 3": "Heading3",
    "List Bullet": "ListBullet",
    "TOC Heading": "TOCHeading",
    "toc 1": "toc1",
    "toc 2": "toc2",
    TABLE: "TableauAssemblier",
}
"""Identifiers of styles where they are not their names."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS = 567  # in a centimetre
_SIZES = {
    "Normal": (10.5, 0, 6),
    "Title": (26, 0, 4),
    "Subtitle": (14, 0, 10),
    "Heading 1": (18, 0, 10),
    "Heading 2": (13, 16, 6),
    "Heading 3": (10.5, 10, 3),
    "Caption": (9.5, 12, 4),
    "List Bullet": (10.5, 0, 3),
    "toc 1": (10.5, 4, 2),
    "toc 2": (10.5, 0, 2),
    FINDING: (11.5, 8, 2),
    MENTION: (8.5, 2, 4),
    CELL: (9, 0, 0),
}
"""Each style: size of its letters, room before and after, in points."""
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_MARGIN_CM, _SHEET_MARGIN_CM, _SHEET_SCALE = 2.0, 1.2, 0.82
_CHARACTER_TWIPS, _PADDING_TWIPS = 95, 210
_SHORT_TABLE = 24  # rows


def new_word(is_sheet: bool) -> "Word":
    """Return an empty A4 text in French with its styles; those of a sheet are closer set."""
    import docx

    word = docx.Document()
    _set_page(word, _SHEET_MARGIN_CM if is_sheet else _MARGIN_CM)
    _set_language(word)
    _set_styles(word, _SHEET_SCALE if is_sheet else 1.0)
    word.styles["Heading 1"].paragraph_format.page_break_before = not is_sheet
    return word


def _colour(code: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(code.lstrip("#"))


def _set_page(word: "Word", margin_cm: float) -> None:
    from docx.shared import Cm

    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(margin_cm)


def _set_language(word: "Word") -> None:
    name = f"{{{_W}}}val"
    for language in word.styles.element.iter(f"{{{_W}}}lang"):
        language.set(name, "fr-FR")
    for language in word.settings.element.iter(f"{{{_W}}}themeFontLang"):
        language.set(name, "fr-FR")
    for tag, sign in (("decimalSymbol", ","), ("listSeparator", ";")):
        for setting in word.settings.element.iter(f"{{{_W}}}{tag}"):
            setting.set(name, sign)


# ── styles ────────────────────────────────────────────────────────────────────────────────────


def _set_styles(word: "Word", scale: float) -> None:
    """Set every style; letters and the room around paragraphs are multiplied by `scale`."""
    for name, (size, before, after) in _SIZES.items():
        colour = THEME.accent if name in ("Title", "Heading 1") else THEME.ink
        bold = name in ("Title", *_HEADINGS, "Caption", FINDING, "toc 1")
        style = word.styles[name] if _is_known(word, name) else _added(word, name)
        _face(style, size * scale, bold, THEME.muted if name == MENTION else colour)
        _space(style, before * scale, after * scale)
    word.styles["Subtitle"].font.italic = False
    for name in ("Caption", FINDING):
        word.styles[name].paragraph_format.keep_with_next = True
    _bar(word.styles[FINDING])
    for level in (1, 2):
        _indent(word.styles[f"toc {level}"], 14 * (level - 1))
    word.styles.element.append(_parsed(_TABLE_STYLE))


def _is_known(word: "Word", name: str) -> bool:
    return any(style.name == name for style in word.styles)


def _added(word: "Word", name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    return style


def _face(style: Any, size: float, bold: bool, colour: str) -> None:
    from docx.shared import Pt

    properties = style.element.get_or_add_rPr()
    for fonts in properties.findall(f"{{{_W}}}rFonts"):
        properties.remove(fonts)  # those of the theme win over a name
    style.font.name, style.font.size, style.font.bold = FACE, Pt(size), bold
    style.font.color.rgb = _colour(colour)


def _space(style: Any, before: float, after: float) -> None:
    from docx.shared import Pt

    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.08


def _indent(style: Any, points: float) -> None:
    """Set an entry of the contents: its indent, and dots up to the number of its page."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm, Pt

    style.paragraph_format.left_indent = Pt(points)
    stops = style.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(PAGE_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _bar(style: Any) -> None:
    """Draw the accent line on the left of a finding."""
    border = f'<w:left w:val="single" w:sz="18" w:space="6" w:color="{THEME.accent[1:]}"/>'
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        _parsed(f"<w:pBdr {_NAMESPACE}>{border}</w:pBdr>"),
        *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    )


_NAMESPACE = f'xmlns:w="{_W}"'
_TABLE_STYLE = f"""
<w:style {_NAMESPACE} w:type="table" w:customStyle="1" w:styleId="TableauAssemblier">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblStyleRowBandSize w:val="1"/>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="6" w:space="0" w:color="{THEME.line[1:]}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{THEME.rule[1:]}"/>
    </w:tblBorders>
    <w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
      <w:bottom w:w="30" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{THEME.ink[1:]}"/>
    </w:tcBorders></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="band2Horz">
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{THEME.soft[1:]}"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""


# ── pieces ────────────────────────────────────────────────────────────────────────────────────


def _parsed(markup: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(markup)


def _append_to_body(word: "Word", markup: str) -> None:
    word.element.body.sectPr.addprevious(_parsed(markup))


def _add_line(
    into: Any, runs: str, style: str, keep: bool = False, page: bool | None = None
) -> Any:
    """Add a paragraph to a text or a cell.

    Written as XML with the identifier of its style: python-docx reads every style to find it.
    `page` starts it on a new page, or not, whatever its style says.
    """
    kept = "<w:keepNext/>" if keep else ""
    broken = "" if page is None else f'<w:pageBreakBefore w:val="{int(page)}"/>'
    properties = f'<w:pStyle w:val="{_IDS.get(style, style)}"/>{kept}{broken}'
    line = _parsed(f"<w:p {_NAMESPACE}><w:pPr>{properties}</w:pPr>{runs}</w:p>")
    body = getattr(into, "_tc", None)
    if body is None:
        into.element.body.sectPr.addprevious(line)
    else:
        body.append(line)
    return line


def add_text(into: Any, text: str, style: str = "Normal", keep: bool = False) -> None:
    """Add a paragraph of text to a text or a cell; `keep` holds it on the page of the next."""
    _add_line(into, _run(text), style, keep)


def add_number(into: Any, text: str) -> None:
    """Add the large number of a gauge."""
    _add_line(into, _run(text, '<w:b/><w:sz w:val="34"/>'), "Normal")


def _run(text: str, properties: str = "") -> str:
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{escape(xml_text(text))}</w:t></w:r>'


def _field(instruction: str, shown: str) -> str:
    """Return a field that Word updates; `shown` stands there until it does."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{_run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def add_footer(word: "Word", text: str) -> None:
    """Write the foot of every page: a text, and page x / y."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = word.styles[MENTION]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(PAGE_CM), WD_TAB_ALIGNMENT.RIGHT)
    page, pages = _field("PAGE", "1"), _field("NUMPAGES", "1")
    runs = f"{_run(text)}<w:r><w:tab/></w:r>{_run('page ')}{page}{_run(' / ')}{pages}"
    for run in _parsed(f"<w:p {_NAMESPACE}>{runs}</w:p>"):
        paragraph._p.append(run)


def add_heading(word: "Word", title: str, level: int, rank: int, page: bool | None = None) -> None:
    """Add a title that the table of contents leads to; `rank` is its place in it, from 1."""
    start = f'<w:bookmarkStart w:id="{rank}" w:name="{_bookmark(rank)}"/>'
    runs = f'{start}{_run(title)}<w:bookmarkEnd w:id="{rank}"/>'
    _add_line(word, runs, f"Heading {level}", page=page)


def _bookmark(rank: int) -> str:
    return f"_Toc{rank:06d}"


def add_contents(word: "Word", entries: Sequence[tuple[int, str]]) -> None:
    """Add a native table of contents on a new page, its titles there; Word numbers the pages.

    Parameters
    ----------
    word
        The text.
    entries
        Level and title of each heading, in order.
    """
    _add_line(word, _run("Sommaire"), "TOC Heading", page=True)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        f'<w:p><w:pPr><w:pStyle w:val="{_IDS[f"toc {level}"]}"/></w:pPr>'
        f"{begin if rank == 1 else ''}{_entry(rank, title)}</w:p>"
        for rank, (level, title) in enumerate(entries, start=1)
    ]
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    _append_to_body(
        word,
        f"<w:sdt {_NAMESPACE}><w:sdtPr><w:docPartObj>"
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{''.join(lines)}{end}</w:sdtContent></w:sdt>",
    )


def _entry(rank: int, title: str) -> str:
    page = _field(f"PAGEREF {_bookmark(rank)} \\h", " ")
    inside = f"{_run(title)}<w:r><w:tab/></w:r>{page}"
    return f'<w:hyperlink w:anchor="{_bookmark(rank)}" w:history="1">{inside}</w:hyperlink>'


def add_caption(word: "Word", kind: str, number: int, title: str, is_counted: bool = True) -> None:
    """Add a caption that Word numbers: ``"Tableau 3 — title"``.

    A picture shown again is not counted again: its number is then a text.
    """
    text = str(number)
    counted = _field(f"SEQ {kind} \\* ARABIC", text) if is_counted else _run(text)
    _add_line(word, f"{_run(f'{kind} ')}{counted}{_run(f' — {title}')}", "Caption")


def add_mention(into: Any, badge: str, text: str, style: str = MENTION, keep: bool = False) -> None:
    """Add a line of text after its badge, a framed word, to a text or a cell."""
    frame = f'<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{THEME.ink[1:]}"/>'
    _add_line(into, _run(f" {badge} ", frame) + _run(f"  {text}"), style, keep)


def add_picture(word: Any, png: bytes, width_cm: float, alternative: str) -> None:
    """Add a picture with what is read aloud in its place; `word` is a text or a cell."""
    from docx.shared import Cm

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
    shape._inline.docPr.set("descr", xml_text(alternative))


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def add_table(
    word: "Word",
    headers: Sequence[str],
    numbers: Sequence[bool],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float] = (),
) -> None:
    """Add a table in our style; its header is repeated on each page, its rows are not cut.

    Columns are as wide as their texts ask, or as `shares` of the page where it is given. Written
    as XML: a cell at a time, python-docx takes a hundred times longer.
    """
    room = int(PAGE_CM * _TWIPS)
    widths = [int(share * room) for share in shares] or _widths(headers, rows, numbers)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    # A short table stays on one page: each of its rows stays with the next.
    kept = len(rows) - 1 if len(rows) <= _SHORT_TABLE else 0
    lines = [_row(headers, numbers, widths, is_header=True, is_kept=True)]
    for rank, row in enumerate(rows):
        lines.append(_row(row, numbers, widths, is_header=False, is_kept=rank < kept))
    _append_to_body(
        word,
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblStyle w:val="{_IDS[TABLE]}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>",
    )


def _row(
    cells: Sequence[str],
    numbers: Sequence[bool],
    widths: list[int],
    is_header: bool,
    is_kept: bool,
) -> str:
    header = "<w:tblHeader/>" if is_header else ""
    kept = "<w:keepNext/>" if is_kept else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{CELL}"/>{kept}<w:jc w:val="{"right" if is_number else "left"}"/>'
        f"</w:pPr>{_run(text, '<w:b/>' if is_header else '')}</w:p></w:tc>"
        for text, is_number, width in zip(cells, numbers, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{inside}</w:tr>"


def _widths(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]
) -> list[int]:
    """Return the width of each column, in twips: its longest text, the page at most."""
    room = (PAGE_CM * _TWIPS - _PADDING_TWIPS * len(headers)) / _CHARACTER_TWIPS
    characters = column_characters(headers, rows, numbers, room)
    return [int(width * _CHARACTER_TWIPS) + _PADDING_TWIPS for width in characters]


def add_frames(word: "Word", count: int) -> list[Any]:
    """Add framed cells side by side and return them, to be filled."""
    from docx.shared import Cm

    table = word.add_table(rows=1, cols=count)
    side = f'w:val="single" w:sz="6" w:space="0" w:color="{THEME.line[1:]}"'
    sides = "".join(f"<w:{name} {side}/>" for name in ("top", "left", "bottom", "right", "insideV"))
    margins = "".join(
        f'<w:{name} w:w="140" w:type="dxa"/>' for name in ("top", "left", "bottom", "right")
    )
    look = table._tbl.tblPr.find(f"{{{_W}}}tblLook")  # the schema wants what follows before it
    look.addprevious(_parsed(f"<w:tblBorders {_NAMESPACE}>{sides}</w:tblBorders>"))
    look.addprevious(_parsed(f"<w:tblCellMar {_NAMESPACE}>{margins}</w:tblCellMar>"))
    table.rows[0]._tr.get_or_add_trPr().append(_parsed(f"<w:cantSplit {_NAMESPACE}/>"))
    cells = list(table.rows[0].cells)
    for cell in cells:
        cell.width = Cm(PAGE_CM / count)
    return cells
