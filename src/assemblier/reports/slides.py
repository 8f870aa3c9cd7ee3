"""What a slide is made of here: a title that is an answer, a body, a foot with its sources.

Slides are 16:9. Their colours are those of the theme of the file, so that what a person adds
matches; their texts are in French; each picture, table and chart has what is read aloud.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from assemblier.reports.columns import column_characters
from assemblier.reports.packing import xml_text
from assemblier.reports.theme import THEME

Deck: TypeAlias = Any
Slide: TypeAlias = Any
"""Objects of python-pptx, whose types are partial."""

FACE = "Calibri"
WIDTH, HEIGHT = 13.333, 7.5
"""Size of a slide, in inches."""
MARGIN = 0.6
BODY_TOP, BODY_BOTTOM = 1.75, 6.75
BODY_WIDTH = WIDTH - 2 * MARGIN
BODY_HEIGHT = BODY_BOTTOM - BODY_TOP

_TITLE_ONLY = 5
_TITLE_SIZES = ((85, 30), (150, 26), (230, 22), (10_000, 18))
"""Up to so many characters, a title is in letters of so many points: it holds on two lines."""
_FOOT_CHARACTERS = 330
_CHARACTER, _CELL_MARGIN = 0.52, 2.5
"""Width of a character, in parts of its size; margins of a cell, in characters."""
_TABLE_POINTS = (14, 12, 10, 9)
_LEADING, _CELL_HEIGHT = 1.2, 0.09
"""Height of a line in parts of its letters; what margins add to a row, in inches."""
_THEME_COLOURS = {
    "dk2": THEME.ink,
    "accent1": THEME.accent,
    "accent2": THEME.neutral_soft,
    "accent3": THEME.neutral,
    "accent4": THEME.accent_line,
    "accent5": THEME.warning,
    "accent6": THEME.muted,
    "hlink": THEME.accent,
}


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def lengths(self) -> tuple[Any, Any, Any, Any]:
        """Return the place in the unit of the file: left, top, width, height."""
        from pptx.util import Inches

        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text, the size of its letters in points, how it is set."""

    text: str
    points: float = 16
    bold: bool = False
    colour: str = THEME.ink
    bullet: bool = False
    space: float = 4


BODY = Box(MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)


def new_deck() -> Deck:
    """Return an empty 16:9 presentation with our colours."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    ratio = Inches(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)
    _set_theme(deck)
    return deck


def _set_theme(deck: Deck) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode()
    for name, colour in _THEME_COLOURS.items():
        swatch = f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", swatch, text, count=1, flags=re.S)
    part._blob = text.encode()


# ── the frame of a slide ──────────────────────────────────────────────────────────────────────


def add_slide(deck: Deck, title: str, sources: str, notes: str) -> Slide:
    """Add a slide with its title, its sources at the foot, its number, and its notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    _write_title(slide, title)
    if sources:
        foot = sources if len(sources) <= _FOOT_CHARACTERS else f"{sources[:_FOOT_CHARACTERS]}…"
        box = Box(MARGIN, 6.85, BODY_WIDTH - 1, 0.5)
        add_text(slide, box, [Line(foot, 10, colour=THEME.muted)])
    _write_number(slide)
    if notes:
        slide.notes_slide.notes_text_frame.text = xml_text(notes)
    return slide


def set_apart(slide: Slide, lines: Sequence[Line]) -> None:
    """Make a slide that opens something: its title lower, its lines under it, an accent band."""
    from pptx.enum.shapes import MSO_SHAPE

    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(0, 0, 0.3, HEIGHT).lengths())
    band.fill.solid()
    band.fill.fore_color.rgb = colour_of(THEME.accent)
    band.line.fill.background()
    band.name = "Bandeau"
    slide.shapes.title.top = Box(0, 1.5, 0, 0).lengths()[1]
    add_text(slide, Box(MARGIN, 2.8, BODY_WIDTH, 3.8), lines)


def _write_title(slide: Slide, title: str) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = Box(MARGIN, 0.4, BODY_WIDTH, 1.2).lengths()
    size = next(points for longest, points in _TITLE_SIZES if len(title) <= longest)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = 0
    _write_lines(frame, [Line(title, size, bold=True, colour=THEME.accent)])
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _write_number(slide: Slide) -> None:
    from pptx.oxml import parse_xml

    shape = slide.shapes.add_textbox(*Box(WIDTH - MARGIN - 0.9, 6.85, 0.9, 0.4).lengths())
    shape.name = "Numéro de diapositive"
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    number = len(slide.part.package.presentation_part.presentation.slides)
    line = parse_xml(
        f'<a:p xmlns:a="{space}"><a:pPr algn="r"/><a:fld id="{{{_FIELD}}}" type="slidenum">'
        f'<a:rPr lang="fr-FR" sz="1000"><a:solidFill><a:srgbClr val="{THEME.muted[1:]}"/>'
        f"</a:solidFill></a:rPr><a:t>{number}</a:t></a:fld></a:p>"
    )
    body = shape.text_frame._txBody
    body.replace(body.p_lst[0], line)


_FIELD = "B6F15528-21DE-4FAA-801E-634DDDAF4B2B"


# ── texts ─────────────────────────────────────────────────────────────────────────────────────


def add_text(slide: Slide, box: Box, lines: Sequence[Line]) -> None:
    """Write paragraphs in a box."""
    shape = slide.shapes.add_textbox(*box.lengths())
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    _write_lines(frame, lines)


def _write_lines(frame: Any, lines: Sequence[Line]) -> None:
    from pptx.util import Pt

    for rank, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(line.space)
        if line.bullet:
            _set_bullet(paragraph)
        _write_run(paragraph, line)


def colour_of(code: str) -> Any:
    """Return a colour ``#rrggbb`` as python-pptx has them."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(code[1:]))  # type: ignore[no-untyped-call]


def _write_run(paragraph: Any, line: Line) -> None:
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = xml_text(line.text)
    run.font.size, run.font.bold, run.font.name = Pt(line.points), line.bold, FACE
    run.font.color.rgb = colour_of(line.colour)
    run._r.get_or_add_rPr().set("lang", "fr-FR")


def _set_bullet(paragraph: Any) -> None:
    from pptx.oxml import parse_xml

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "228600")
    properties.set("indent", "-228600")
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    properties.append(parse_xml(f'<a:buChar xmlns:a="{space}" char="•"/>'))


# ── pictures and tables ───────────────────────────────────────────────────────────────────────


def add_picture(slide: Slide, png: bytes, box: Box, alternative: str) -> float:
    """Put a picture in a box, as large as it fits; returns its width in inches."""
    from pptx.util import Inches

    left, top, width, height = box.lengths()
    shape = slide.shapes.add_picture(io.BytesIO(png), left, top, width=width)
    if shape.height > height:
        shape.width, shape.height = int(shape.width * height / shape.height), height
    describe(shape, alternative)
    return float(shape.width / Inches(1))


def describe(shape: Any, alternative: str) -> None:
    """Set what is read aloud in place of a picture, a chart or a table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", xml_text(alternative))


@dataclass(frozen=True, slots=True)
class TableSetting:
    """How a table is set in a box: size of its letters, how many of its rows hold."""

    points: float
    rows: int


def table_setting(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], box: Box
) -> TableSetting:
    """Return the largest letters in which a table holds in a box; else the smallest, and cut.

    Always true
    -----------
    One row at least is kept, where there is one.
    """
    for points in _TABLE_POINTS:
        kept = _rows_that_hold(headers, rows, numbers, box, points)
        if kept == len(rows):
            break
    return TableSetting(points, max(kept, min(len(rows), 1)))


def _rows_that_hold(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    box: Box,
    points: float,
) -> int:
    widths = _characters(headers, rows, numbers, box.width, points)
    line = points * _LEADING / 72
    left = box.height - line * _line_count(headers, widths) - _CELL_HEIGHT
    for place, row in enumerate(rows):
        left -= line * _line_count(row, widths) + _CELL_HEIGHT
        if left < 0:
            return place
    return len(rows)


def _line_count(row: Sequence[str], widths: Sequence[float]) -> int:
    return max(-(-len(text) // max(int(width), 1)) for text, width in zip(row, widths, strict=True))


def _characters(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    width: float,
    points: float,
) -> list[float]:
    """Return how many characters hold in each column, which together fill the width."""
    room = width * 72 / (points * _CHARACTER) - len(numbers) * _CELL_MARGIN
    asked = column_characters(headers, rows, numbers, room)
    stretch = max(room / sum(asked), 1.0) if asked else 1.0
    return [one * stretch for one in asked]


def add_table(
    slide: Slide,
    box: Box,
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    alternative: str,
    points: float,
) -> None:
    """Add a native table, its first row the header, as wide as the box."""
    left, top, width, _ = box.lengths()
    height = Box(0, 0, 0, (points * _LEADING / 72 + _CELL_HEIGHT) * len(rows)).lengths()[3]
    frame = slide.shapes.add_table(len(rows), len(numbers), left, top, width, height)
    describe(frame, alternative)
    wide = [
        one + _CELL_MARGIN for one in _characters(rows[0], rows[1:], numbers, box.width, points)
    ]
    for place, one in enumerate(wide):
        frame.table.columns[place].width = int(width * one / sum(wide))
    for rank, (row, line) in enumerate(zip(rows, frame.table._tbl.tr_lst, strict=True)):
        for text, is_number, cell in zip(row, numbers, line.tc_lst, strict=True):
            _write_cell(cell, text, points, is_number, is_header=rank == 0)


def _write_cell(cell: Any, text: str, points: float, is_number: bool, is_header: bool) -> None:
    """Write a cell as XML: through objects, a table of a hundred cells takes a second."""
    from xml.sax.saxutils import escape

    from pptx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    colour = THEME.white if is_header else THEME.ink
    body = parse_xml(
        f'<a:txBody xmlns:a="{space}"><a:bodyPr/><a:lstStyle/><a:p>'
        f'<a:pPr algn="{"r" if is_number else "l"}"/><a:r>'
        f'<a:rPr lang="fr-FR" sz="{int(points * 100)}" b="{int(is_header)}"><a:solidFill>'
        f'<a:srgbClr val="{colour[1:]}"/></a:solidFill><a:latin typeface="{FACE}"/></a:rPr>'
        f"<a:t>{escape(xml_text(text))}</a:t></a:r></a:p></a:txBody>"
    )
    cell.replace(cell.txBody, body)
    properties = cell.get_or_add_tcPr()
    for side in ("marT", "marB"):
        properties.set(side, "25400")
