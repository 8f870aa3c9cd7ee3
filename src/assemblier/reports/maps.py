"""Maps of communes drawn as SVG from our contours, the same drawing everywhere.

Each class has its colour and its mark, repeated as a texture, so that a map reads in black and
white; what is unknown is white under a light hatch. On the page each commune can be reached by
keyboard and says its name, its value and its class.
"""

import itertools
from collections.abc import Collection, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from assemblier.french import french_spaces, number
from assemblier.reports.document import Map, MapClass, Table
from assemblier.reports.map_plan import WIDTH_PX, Geometries, Plan, embedded_plan, middle
from assemblier.reports.map_projection import Sheet
from assemblier.reports.placement import Placed, placed_names
from assemblier.reports.svg import (
    coordinate,
    element,
    picture,
    svg_png,
    text,
    text_px,
    wrapped,
)
from assemblier.reports.theme import THEME, UNKNOWN_COLOUR, UNKNOWN_LABEL, ink_on

__all__ = [
    "legend_classes",
    "legend_text",
    "map_svg",
    "row_anchor",
    "source_line",
    "svg_png",
    "swatch_svg",
    "table_anchor",
    "without_contour",
]

_LABEL_PX = 12.5
_PHONE_LABEL_PX = 25.0
_PHONE_NAMES = 5
"""On a phone the map is drawn at less than half its width: fewer names, twice as large."""
_CROWDED = 1000
"""Beyond so many communes their borders are drawn thinner."""
_TILE = 16.0


def map_svg(
    drawn: Map,
    geometries: Geometries | None = None,
    interactive: bool = False,
    rows: Collection[str] | None = None,
    heading: bool = False,
) -> str:
    """Draw a map.

    Parameters
    ----------
    drawn
        The map: its communes, their classes, its context and its outlines.
    geometries
        Contour of each commune in longitudes and latitudes; by default those of the map, else
        those of the embedded data. A commune that is a point is drawn as a disc.
    interactive
        For the page: communes are links to their row of the table and can be focused; the
        legend and the source are then left to the page. Otherwise the drawing holds them.
    rows
        Codes of the communes whose row the page shows; those of the table by default.
    heading
        Whether the title is written in the drawing.

    Returns
    -------
        An SVG element with its name (`<title>`) and its description (`<desc>`).

    Always true
    -----------
    Every commune of `class_of` that has a contour is drawn once, but those out of the frame where
    the map has one; those that have no contour are named.

    Raises
    ------
    ValueError
        When no commune of the map has a contour.
    """
    plan = _plan(drawn, geometries)
    shapes, sheet, placed = plan.shapes, plan.sheet, plan.placed
    shown = frozenset(drawn.table.codes if rows is None else rows)
    ground = [
        _context(drawn, plan),
        _communes(drawn, plan, shown if interactive else None),
        _textures(drawn, plan),
        _borders(drawn, plan),
    ]
    body = [
        _patterns(drawn, sheet.units),
        *(_framed(drawn, plan, ground) if plan.is_framed else ground),
        _names(drawn, placed, sheet, interactive),
        _marked(drawn, plan),
        _scale_bar(sheet),
    ]
    top = 0.0
    if heading:
        top, head = _heading(drawn)
        body = [head, element("g", {"transform": f"translate(0 {coordinate(top)})"}, "".join(body))]
    bottom, foot = (0.0, "") if interactive else _foot(drawn, shapes, top + sheet.height)
    size = (WIDTH_PX, top + sheet.height + bottom)
    role = "group" if interactive else "img"
    title, words = french_spaces(drawn.title), _description(drawn, shapes)
    return picture(drawn.key, size, title, words, "".join(body) + foot, role)


def _plan(drawn: Map, geometries: Geometries | None) -> Plan:
    """Return the lines of a map; those of the embedded contours are kept for the next map."""
    shapes = drawn.shapes if geometries is None else geometries
    if shapes is not None:
        return Plan(drawn.class_of, shapes, drawn.frame)
    return embedded_plan(tuple(drawn.class_of), tuple(drawn.context), drawn.frame)


def without_contour(drawn: Map, geometries: Geometries | None = None) -> tuple[str, ...]:
    """Return the names of the communes of a map that cannot be drawn, for want of a contour."""
    shapes = _plan(drawn, None).shapes if geometries is None else geometries
    return tuple(drawn.name_of.get(code, code) for code in drawn.class_of if code not in shapes)


def row_anchor(table: Table, code: str) -> str:
    """Return the identifier, in the page, of the row of a commune."""
    return f"ligne-{table.key}-{code}"


def table_anchor(table: Table) -> str:
    """Return the identifier, in the page, of a table."""
    return f"tableau-{table.key}"


def legend_classes(drawn: Map) -> tuple[MapClass, ...]:
    """Return the classes of the legend; unknown is one of them where a commune is unknown."""
    # A frame leaves communes out: a class that is only theirs is not drawn.
    seen = _plan(drawn, None).seen() if drawn.frame else drawn.class_of
    ranks = {drawn.class_of[code] for code in seen}
    kept = tuple(
        kind for rank, kind in enumerate(drawn.classes) if rank in ranks or not drawn.frame
    )
    unknown = MapClass(UNKNOWN_LABEL, UNKNOWN_COLOUR, "")
    return (*kept, unknown) if None in ranks else kept


_WORDS = {
    "[0 ; 2,5[": "moins de 2,5",
    "[2,5 ; 4[": "de 2,5 à moins de 4",
    "[4 ; 100[": "4 et plus",
}
"""What the published classes of the APL say, for who does not read intervals."""


def legend_text(kind: MapClass) -> str:
    """Return the words of a class in a legend: its mark, its name and, of an interval, its words.

    Examples
    --------
    >>> legend_text(MapClass("hausse", "#1b7837", "+"))
    '+ hausse'
    """
    words = f" : {_WORDS[kind.label]}" if kind.label in _WORDS else ""
    return french_spaces(f"{kind.mark} {kind.label}{words}".strip())


def _description(drawn: Map, shapes: Geometries) -> str:
    absent = without_contour(drawn, shapes)
    missing = f" Sans contour : {', '.join(absent)}." if absent else ""
    return french_spaces(drawn.summary + missing)


# --- classes


def _pattern_id(drawn: Map, rank: int | None) -> str:
    return f"{drawn.key}-motif-{'inconnu' if rank is None else rank}"


def _patterns(drawn: Map, units: int) -> str:
    """Return the texture of each class: its mark in quincunx, over the colour."""
    tiles = [_tile(_pattern_id(drawn, None), _hatch(), units)]
    for rank, kind in enumerate(drawn.classes):
        tiles.append(_tile(_pattern_id(drawn, rank), _marks(kind), units))
    return element("defs", content="".join(tiles))


def _tile(identifier: str, drawing: str, units: int) -> str:
    """Return a texture drawn in pixels, for shapes that are drawn in path units."""
    frame: dict[str, str | float] = {"id": identifier, "patternUnits": "userSpaceOnUse"}
    frame |= {"width": _TILE, "height": _TILE}
    if units != 1:
        frame["patternTransform"] = f"scale({units})"
    return element("pattern", frame, drawing)


def _hatch() -> str:
    lines = "M-2 6L6-2M-2 14L14-2M2 18L18 2M10 18L18 10"
    return element("path", {"d": lines, "stroke": THEME.neutral_soft, "stroke_width": "1"})


def _marks(kind: MapClass) -> str:
    ink = ink_on(kind.colour)
    quarter = _TILE / 4
    marks = "".join(
        text(x, y, kind.mark, "middle", fill=ink, size=8.0)
        for x, y in ((quarter, quarter), (3 * quarter, 3 * quarter))
    )
    return element("g", {"opacity": "0.6"}, marks)


def swatch_svg(key: str, kind: MapClass) -> str:
    """Return the sample of one class for a legend outside the drawing; the label stands beside.

    `key` makes its identifier unique in the page.
    """
    size: dict[str, str | float] = {"width": 30, "height": 18, "aria-hidden": "true"}
    return element("svg", size, _swatch(key, kind))


def _swatch(key: str, kind: MapClass) -> str:
    """Return a box of the colour of a class under its texture."""
    drawing = _marks(kind) if kind.mark else _hatch()
    box = {"x": "0.5", "y": "0.5", "width": "29", "height": "17"}
    ground = element("rect", box | {"fill": kind.colour, "stroke": THEME.muted})
    return (
        element("defs", content=_tile(key, drawing, 1))
        + ground
        + element("rect", box | {"fill": f"url(#{key})"})
    )


# --- communes


def _communes(drawn: Map, plan: Plan, rows: Collection[str] | None) -> str:
    """Draw the communes; with `rows`, as links that the keyboard reaches one at a time."""
    pieces: list[str] = []
    first = next(iter(plan.placed))
    for rank, codes in _by_class(drawn, plan.placed).items():
        colour = UNKNOWN_COLOUR if rank is None else drawn.classes[rank].colour
        drawings = []
        for code in codes:
            path = element("path", {"d": plan.outline(code)})
            is_first = code == first
            drawings.append(path if rows is None else _link(drawn, code, path, rows, is_first))
        look = {"fill": colour, "stroke": ink_on(colour)}
        pieces.append(element("g", look, "".join(drawings)))
    thin = 0.6 if len(plan.placed) <= _CROWDED else 0.3
    look = {"class": "communes", "stroke-opacity": "0.45"}
    return _in_units(plan.sheet, look, thin, "".join(pieces))


def _by_class(drawn: Map, placed: Mapping[str, BaseGeometry]) -> dict[int | None, list[str]]:
    """Return the communes of each class, in the order of the map."""
    found: dict[int | None, list[str]] = {}
    for code in placed:
        found.setdefault(drawn.class_of[code], []).append(code)
    return found


def _textures(drawn: Map, plan: Plan) -> str:
    """Lay the texture of each class over all its communes at once: no seam, little to write."""
    pieces = []
    for rank, codes in _by_class(drawn, plan.placed).items():
        fill = f"url(#{_pattern_id(drawn, rank)})"
        pieces.append(element("path", {"d": plan.area(codes), "fill": fill}))
    return _in_units(plan.sheet, {"pointer-events": "none", "stroke": "none"}, 1, "".join(pieces))


def _in_units(sheet: Sheet, look: Mapping[str, str], stroke_px: float, content: str) -> str:
    """Return a group whose content is in path units and whose lines are in pixels."""
    attributes: dict[str, str | float] = {"transform": f"scale({1 / sheet.units:g})", **look}
    attributes |= {"fill-rule": "evenodd"}  # a hole is empty, whichever way its ring turns
    attributes |= {"stroke_width": stroke_px * sheet.units, "stroke_linejoin": "round"}
    return element("g", attributes, content)


def _link(drawn: Map, code: str, path: str, rows: Collection[str], is_first: bool) -> str:
    target = row_anchor(drawn.table, code) if code in rows else table_anchor(drawn.table)
    name, value = drawn.name_of.get(code, code), drawn.value_of.get(code, UNKNOWN_LABEL)
    rank = drawn.class_of[code]
    kind = UNKNOWN_LABEL if rank is None else f"classe {drawn.classes[rank].label}"
    said = f"{name} : {value}" if rank is None else f"{name} : {value}, {kind}"
    attributes = {"href": f"#{target}", "aria-label": french_spaces(said)}
    return element("a", attributes | {"tabindex": "0" if is_first else "-1"}, path)


# --- what surrounds and separates them


def _context(drawn: Map, plan: Plan) -> str:
    """Draw the neighbours in grey."""
    paths = plan.around([code for code in drawn.context if code not in drawn.class_of])
    if not paths:
        return ""
    look = {"fill": THEME.context, "stroke": THEME.white}
    return _in_units(plan.sheet, look, 1.0, element("path", {"d": paths}))


def _framed(drawn: Map, plan: Plan, ground: Sequence[str]) -> list[str]:
    """Cut what goes over the edge of the sheet, and draw that edge: the map goes on beyond."""
    size: dict[str, str | float] = {"width": plan.sheet.width, "height": plan.sheet.height}
    name = f"{drawn.key}-cadre"
    cut = element("clipPath", {"id": name}, element("rect", size))
    edge = element("rect", size | {"fill": "none", "stroke": THEME.neutral_soft})
    content = "".join(ground)
    return [element("defs", content=cut), element("g", {"clip-path": f"url(#{name})"}, content),
            edge]  # fmt: skip


def _marked(drawn: Map, plan: Plan) -> str:
    """Draw a diamond on the places the map is about."""
    pieces = []
    for code in drawn.marked:
        if code in plan.placed:
            x, y = (one / plan.sheet.units for one in middle(plan.placed[code]))
            path = f"M{coordinate(x)} {coordinate(y - 7)}l7 7l-7 7l-7-7z"
            look = {"d": path, "fill": THEME.ink, "stroke": THEME.white, "stroke_width": "1"}
            pieces.append(element("path", look))
    return element("g", {"pointer-events": "none"}, "".join(pieces)) if pieces else ""


def _borders(drawn: Map, plan: Plan) -> str:
    """Outline the groups of communes (EPCI…), then the whole perimeter, thicker."""
    groups, perimeter = plan.borders([codes for _, codes in drawn.outlines])
    sheet, look = plan.sheet, {"fill": "none", "pointer-events": "none"}
    whole = element("path", {"d": perimeter})
    dark, light = look | {"stroke": THEME.ink}, look | {"stroke": THEME.white}
    if not drawn.outlines:
        return _in_units(sheet, dark, 2.2, whole)
    # A light line under the dark one, so that borders are seen on every class.
    borders = f"{drawn.key}-limites"
    inner = element("path", {"id": borders, "d": groups})
    again = element("use", {"href": f"#{borders}"})
    return (
        _in_units(sheet, light, 2.8, inner)
        + _in_units(sheet, dark, 1.1, again)
        + _in_units(sheet, dark, 2.2, whole)
    )


# --- words


def _names(drawn: Map, placed: Mapping[str, BaseGeometry], sheet: Sheet, interactive: bool) -> str:
    """Write the names of the main towns; on the page a second set, larger, is for phones."""
    names = dict(drawn.labels or {})
    points = {}
    for code in names:
        if code in placed:
            x, y = (one / sheet.units for one in middle(placed[code]))
            if 0 <= x <= sheet.width and 0 <= y <= sheet.height:
                points[code] = (x, y)
    size = (sheet.width, sheet.height)
    wide = _written(placed_names(points, names, _LABEL_PX, size), _LABEL_PX, "noms")
    if not interactive:
        return wide
    main = dict(itertools.islice(names.items(), _PHONE_NAMES))
    phone = placed_names(points, main, _PHONE_LABEL_PX, size)
    return wide + _written(phone, _PHONE_LABEL_PX, "noms-telephone")


def _written(names: Sequence[Placed], size: float, kind: str) -> str:
    pieces = []
    for name in names:
        dot: dict[str, str | float] = {"cx": name.x, "cy": name.y, "r": 2.4, "fill": THEME.ink}
        pieces.append(element("circle", dot | {"stroke": THEME.white, "stroke_width": 1}))
        pieces.append(text(name.text_x, name.text_y, name.name, weight=600, size=size))
    halo = {"stroke": THEME.white, "stroke-width": coordinate(size / 4), "paint-order": "stroke"}
    look = {"class": kind, "aria-hidden": "true", "pointer-events": "none"}
    return element("g", look | halo | {"stroke-linejoin": "round"}, "".join(pieces))


def _scale_bar(sheet: Sheet) -> str:
    """Draw a round number of kilometres, about a seventh of the width."""
    wanted = sheet.width / 7 / sheet.px_per_km
    km = max((step for step in (1, 2, 5, 10, 20, 50, 100, 200) if step <= wanted), default=1)
    x, y, long = 12.0, sheet.height - 12, km * sheet.px_per_km
    ends = f"M{coordinate(x)} {coordinate(y - 5)}v5h{coordinate(long)}v-5"
    bar = element("path", {"d": ends, "fill": "none", "stroke": THEME.ink, "stroke_width": "1.5"})
    words = text(x + long + 6, y - 3, f"{number(km)}\u00a0km", size=12)
    look = {"class": "echelle", "aria-hidden": "true", "pointer-events": "none"}
    return element("g", look, bar + words)


def _heading(drawn: Map) -> tuple[float, str]:
    lines = wrapped(french_spaces(drawn.title), WIDTH_PX - 8, 16, 600)
    written = [
        text(4, 14 + 21 * rank, part, weight=600, size=16) for rank, part in enumerate(lines)
    ]
    return 21.0 * len(lines) + 8, "".join(written)


def _foot(drawn: Map, shapes: Geometries, top: float) -> tuple[float, str]:
    """Write the legend, then the vintage, the source and what could not be drawn."""
    y = top + 22.0
    pieces: list[str] = []
    if drawn.legend:
        words = french_spaces(drawn.legend)
        pieces.append(text(4, y, words[:1].upper() + words[1:], weight=600))
        y += 24
    x = 4.0
    for kind in legend_classes(drawn):
        words = legend_text(kind)
        room = 38 + text_px(words) + 22
        if x + room > WIDTH_PX and x > 4:
            x, y = 4.0, y + 24
        pieces.append(_legend_box(drawn, kind, x, y - 9))
        pieces.append(text(x + 38, y, words))
        x += room
    y += 24
    for part in wrapped(french_spaces(source_line(drawn, shapes)), WIDTH_PX - 8, 11.5):
        pieces.append(text(4, y, part, fill=THEME.muted, size=11.5))
        y += 15
    return y - top, "".join(pieces)


def _legend_box(drawn: Map, kind: MapClass, x: float, y: float) -> str:
    rank = drawn.classes.index(kind) if kind in drawn.classes else None
    place = f"translate({coordinate(x)} {coordinate(y)})"
    return element("g", {"transform": place}, _swatch(f"{_pattern_id(drawn, rank)}-legende", kind))


def source_line(drawn: Map, geometries: Geometries | None = None) -> str:
    """Return the vintage, the sources and the communes without contour, on one line."""
    sources = dict.fromkeys(
        f"{source.producer}, {source.title}" for source in drawn.provenance.sources
    )
    absent = without_contour(drawn, geometries)
    pieces = [drawn.vintage] if drawn.vintage else []
    if sources:
        pieces.append(f"{'Sources' if len(sources) > 1 else 'Source'} : {' ; '.join(sources)}")
    if absent:
        pieces.append(f"Sans contour : {', '.join(absent)}")
    return ". ".join(pieces) + ("." if pieces else "")
