"""Writing SVG: elements, texts whose width is known, and pictures of them.

Charts and maps are drawn straight into SVG: every position is decided here, the result is small,
the same on every machine, and needs no renderer until somebody wants a PNG.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from assemblier.reports.theme import FONT_STACK, FONTS, THEME

if TYPE_CHECKING:
    import typst

FONT_PX = 13.0
_BASELINE = 0.36
"""From the middle of a line of figures down to its baseline, in parts of the font size."""


def coordinate(value: float) -> str:
    """Write a coordinate to the tenth, as short as possible.

    Examples
    --------
    >>> coordinate(12.0), coordinate(-0.04), coordinate(3.25)
    ('12', '0', '3.2')
    """
    written = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def element(
    name: str, attributes: Mapping[str, str | float] | None = None, content: str = ""
) -> str:
    """Return one element; `content` is markup already, attributes are escaped here.

    An underscore in the name of an attribute stands for a hyphen.
    """
    pieces = [name]
    for key, value in (attributes or {}).items():
        text = value if isinstance(value, str) else coordinate(value)
        pieces.append(f"{key.replace('_', '-')}={quoteattr(text)}")
    opening = " ".join(pieces)
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def text(
    x: float,
    y: float,
    content: str,
    anchor: str = "start",
    weight: int = 400,
    fill: str = THEME.ink,
    size: float = FONT_PX,
) -> str:
    """Return one line of text whose figures are centred on `y`."""
    attributes: dict[str, str | float] = {"x": x, "y": y + _BASELINE * size, "fill": fill}
    if anchor != "start":
        attributes["text_anchor"] = anchor
    if weight != 400:
        attributes["font_weight"] = str(weight)
    if size != FONT_PX:
        attributes["font_size"] = size
    return element("text", attributes, escape(content))


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1) -> str:
    """Return a straight line."""
    ends: dict[str, str | float] = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("line", ends | {"stroke": stroke, "stroke_width": width})


def picture(
    key: str, size: tuple[float, float], title: str, description: str, body: str, role: str = "img"
) -> str:
    """Return a whole SVG, named and described, that scales with its page.

    Parameters
    ----------
    key
        Makes the identifiers of the title and the description unique in a page.
    size
        Width and height, in pixels.
    title, description
        What is read aloud.
    body
        Markup of the drawing.
    role
        ``"img"``, or ``"group"`` when what is inside can be reached by keyboard.
    """
    width, height = (coordinate(length) for length in size)
    attributes: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": width,
        "height": height,
        "viewBox": f"0 0 {width} {height}",
        "role": role,
        "aria-labelledby": f"{key}-titre {key}-texte",
        "font_family": FONT_STACK,
        "font_size": FONT_PX,
    }
    heading = element("title", {"id": f"{key}-titre"}, escape(title) or " ")
    words = element("desc", {"id": f"{key}-texte"}, escape(description) or " ")
    return element("svg", attributes, heading + words + body)


@cache
def _widths() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = json.loads((FONTS / "widths.json").read_text("utf-8"))
    return table


def text_px(content: str, size: float = FONT_PX, weight: int = 400) -> float:
    """Return the width of a text in our typeface, in pixels.

    A sign the typeface lacks counts as wide as the letter m.

    Examples
    --------
    >>> text_px("11", 10) == text_px("00", 10)
    True
    """
    table = _widths()["600" if weight >= 600 else "400"]
    return sum(table.get(sign, table["m"]) for sign in content) * size / 1000


def wrapped(content: str, width_px: float, size: float = FONT_PX, weight: int = 400) -> list[str]:
    """Break a text at its ordinary spaces into lines no wider than `width_px`.

    A word wider than that keeps a line of its own.
    """
    lines = [""]
    for word in content.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_px(longer, size, weight) > width_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""


@cache
def _fonts() -> "typst.Fonts":
    """Read our typeface once; those of the machine would change the drawing."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def svg_png(svg: str, scale: float = 2.0) -> bytes:
    """Turn an SVG of a chart or a map into a PNG picture on white, `scale` pixels per unit."""
    import typst  # late: only pictures and the PDF need it

    return typst.compile(
        _PAGE,
        format="png",
        ppi=96 * scale,  # a unit of the drawing is a CSS pixel, 1/96 inch
        font_paths=_fonts(),
        sys_inputs={"svg": svg},
    )
