"""Charts drawn from their tables as SVG, the same drawing on the page, in the PDF and on slides.

Numbers and names are written beside what they measure, so that no chart needs its colours to be
read; what is unknown is a gap marked "n.d.". No figure is computed here: values are placed, never
combined.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assemblier.figures import Figure, Nature
from assemblier.french import UNKNOWN_SHORT, french_spaces, number
from assemblier.reports.document import Cell, Chart, ChartKind, Column
from assemblier.reports.svg import element, line, picture, svg_png, text, text_px, wrapped
from assemblier.reports.theme import THEME
from assemblier.reports.typography import cell_text, nature_label

__all__ = ["NARROW_PX", "chart_svg", "grid_values", "svg_png"]

LINE_PX = 17.0
NARROW_PX = 480
"""Under this width a chart is drawn for a phone: names stand above their bars."""
_CURVE_PX = 440
"""A curve of shares is square and no wider than this."""
_FINEST = 1e-9
"""Under this difference two values stand at the same place."""
_SEVERAL = 2
"""From so many fans on, the ends of each are written beside its median."""
_TOP = 28.0
_GAP = 6.0

# Fill and border of the series of one chart: told apart by lightness, and named in full.
_FILLS = (THEME.accent, THEME.neutral_soft, THEME.white, THEME.neutral)
_BORDERS = (THEME.accent, THEME.neutral, THEME.line, THEME.ink)
_STROKES = (THEME.accent, THEME.ink, THEME.neutral, THEME.muted, THEME.accent_line)
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "1 3")


def chart_svg(chart: Chart, width_px: int = 640) -> str:
    """Draw a chart.

    Parameters
    ----------
    chart
        Its table holds the values, see `ChartKind`.
    width_px
        Width of the drawing; under `NARROW_PX` names stand above their bars.

    Returns
    -------
        An SVG element with its name (`<title>`) and its description (`<desc>`), to be written in
        a page as it is or turned into a picture by `svg_png`.

    Always true
    -----------
    The result is well-formed XML, no wider than asked, and holds the text of every value of a table
    of bars.

    Examples
    --------
    >>> from assemblier.reports.document import Table
    >>> table = Table("t", "T", (Column("a", "A"), Column("b", "B")), (("Le Puy", 3),))
    >>> chart_svg(Chart("c", "Titre", ChartKind.BARS, table, "Une phrase."))[:4]
    '<svg'
    """
    width = min(width_px, _CURVE_PX) if chart.kind is ChartKind.CURVE else width_px
    height, body = _FORMS[chart.kind](chart, float(width))
    title, summary = french_spaces(chart.title), french_spaces(chart.summary)
    return picture(f"{chart.key}-{width_px}", (width, height), title, summary, body)


# --- reading the table


def _value(cell: Cell) -> float | None:
    if isinstance(cell, Figure):
        return cell.value
    return float(cell) if isinstance(cell, int | float) and not math.isnan(cell) else None


def _nature(chart: Chart, cell: Cell) -> Nature:
    return cell.nature if isinstance(cell, Figure) else chart.table.nature


def _value_text(chart: Chart, cell: Cell, column: Column) -> str:
    """Write a value; where cité and calculé stand in one chart, it says which it is."""
    if _value(cell) is None:
        return UNKNOWN_SHORT
    natures = {_nature(chart, other) for other in _drawn_cells(chart) if _value(other) is not None}
    written = _change_sign(chart, cell) + cell_text(cell, column)
    return f"{written} ({nature_label(_nature(chart, cell))})" if len(natures) > 1 else written


def _drawn_cells(chart: Chart) -> list[Cell]:
    """Return the cells that the chart shows, whatever else its table holds."""
    drawn = {
        ChartKind.BARS: 2, ChartKind.CURVE: 2, ChartKind.PYRAMID: 3, ChartKind.FLOWS: 3,
    }.get(chart.kind)  # fmt: skip
    return [cell for row in chart.table.rows for cell in row[1:drawn]]


def _change_sign(chart: Chart, cell: Cell) -> str:
    """Return "+" before a rise, in a chart of bars that also shows falls."""
    values = [_value(drawn) or 0.0 for drawn in _drawn_cells(chart)]
    is_bars = chart.kind in (ChartKind.BARS, ChartKind.GROUPED_BARS)
    is_change = is_bars and min(values) < 0
    return "+" if is_change and (_value(cell) or 0.0) > 0 else ""


def _name(chart: Chart, row: Sequence[Cell]) -> str:
    return cell_text(row[0], chart.table.columns[0])


def _is_highlighted(chart: Chart, row: Sequence[Cell]) -> bool:
    return str(row[0]) in chart.highlight


@dataclass(frozen=True, slots=True)
class _Scale:
    """A straight scale from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def _bar_scale(values: Iterable[float | None], start: float, end: float, room: float) -> _Scale:
    """Return a scale that holds zero and keeps `room` pixels beyond the bars for their texts."""
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high - low < _FINEST:
        high = low + 1.0
    left = start + (room if low < 0 else 0)
    right = end - (room if high > 0 else 0)
    return _Scale(low, high, left, max(right, left + 1))


# --- one bar per row


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar to draw: its value, what is written at its end, its colours."""

    value: float | None
    text: str
    fill: str
    border: str
    weight: int = 400
    series: str = ""

    @property
    def text_px(self) -> float:
        """Room that the text needs, the name of the series included."""
        return text_px(self.text, weight=self.weight) + text_px(f" {self.series}")


@dataclass(frozen=True, slots=True)
class _Group:
    """A name and its bars."""

    name: str
    weight: int
    bars: tuple[_Bar, ...]


def _bars(chart: Chart, width: float) -> tuple[float, str]:
    column = chart.table.columns[1]
    groups = []
    for row in chart.table.rows:
        is_first = not chart.highlight or _is_highlighted(chart, row)
        fill = THEME.accent if is_first else THEME.neutral_soft
        border = THEME.accent if is_first else THEME.neutral
        weight = 600 if _is_highlighted(chart, row) else 400
        bar = _Bar(_value(row[1]), _value_text(chart, row[1], column), fill, border, weight)
        groups.append(_Group(_name(chart, row), weight, (bar,)))
    return _draw_groups(groups, width, column.label)


def _grouped_bars(chart: Chart, width: float) -> tuple[float, str]:
    columns = chart.table.columns[1:]
    names, measured = _series_names(columns)
    groups = []
    for row in chart.table.rows:
        bars = tuple(
            _Bar(
                _value(cell),
                _value_text(chart, cell, column),
                _FILLS[rank % len(_FILLS)],
                _BORDERS[rank % len(_BORDERS)],
                600,
                names[rank],
            )
            for rank, (cell, column) in enumerate(zip(row[1:], columns, strict=True))
        )
        weight = 600 if _is_highlighted(chart, row) else 400
        groups.append(_Group(_name(chart, row), weight, bars))
    return _draw_groups(groups, width, measured)


def _series_names(columns: Sequence[Column]) -> tuple[list[str], str]:
    """Return the name of each series, and the unit in brackets that ends all of them, once."""
    labels = [french_spaces(column.label) for column in columns]
    units = {label[label.find(" (") :] if label.endswith(")") else "" for label in labels}
    unit = units.pop() if len(units) == 1 else ""
    if not unit:
        return labels, ""
    return [label.removesuffix(unit) for label in labels], unit.strip(" ()")


def _draw_groups(groups: Sequence[_Group], width: float, measured: str) -> tuple[float, str]:
    """Lay out names and bars: names at the left when wide, above their bars on a phone."""
    is_narrow = width < NARROW_PX
    room = width if is_narrow else width * 0.36
    names = [wrapped(group.name, room - _GAP, weight=group.weight) for group in groups]
    longest = max(
        (
            text_px(part, weight=group.weight)
            for group, name in zip(groups, names, strict=True)
            for part in name
        ),
        default=0.0,
    )
    left = 1.0 if is_narrow else longest + 2 * _GAP
    bars = [bar for group in groups for bar in group.bars]
    ends = max((bar.text_px for bar in bars), default=0.0) + 2 * _GAP
    scale = _bar_scale((bar.value for bar in bars), left, width, min(ends, (width - left) * 0.85))
    thick = 17.0 if all(len(group.bars) == 1 for group in groups) else 15.0
    y = _TOP if measured else _GAP
    pieces = (
        [text(left, _TOP / 2 - 2, french_spaces(measured), fill=THEME.muted)] if measured else []
    )
    for group, name in zip(groups, names, strict=True):
        step, drawn = _draw_group(group, name, y, left, scale, thick, is_narrow)
        pieces += drawn
        y += step
    return y + 4, "".join(pieces)


def _draw_group(
    group: _Group,
    name: Sequence[str],
    y: float,
    left: float,
    scale: _Scale,
    thick: float,
    is_narrow: bool,
) -> tuple[float, list[str]]:
    """Return the height of a group and its elements."""
    pieces = []
    bars_px = (thick + 3) * len(group.bars) - 3
    names_px = LINE_PX * len(name) + (3 if is_narrow else 0)
    space = 10 if len(group.bars) == 1 else 16
    step = names_px + bars_px + space if is_narrow else max(bars_px, names_px) + space
    first = y + LINE_PX / 2 if is_narrow else y + (step - names_px + LINE_PX) / 2
    anchor, x = ("start", left) if is_narrow else ("end", left - _GAP)
    for rank, part in enumerate(name):
        pieces.append(text(x, first + rank * LINE_PX, part, anchor, group.weight))
    bar_y = y + names_px if is_narrow else y + (step - bars_px) / 2
    for rank, bar in enumerate(group.bars):
        pieces += _draw_bar(bar, bar_y + rank * (thick + 3), thick, scale)
    reach = (bar_y - 3, bar_y + bars_px + 3) if is_narrow else (y, y + step)
    pieces.append(line(scale(0), reach[0], scale(0), reach[1], THEME.line))
    return step, pieces


def _draw_bar(bar: _Bar, y: float, thick: float, scale: _Scale) -> list[str]:
    zero, middle = scale(0), y + thick / 2
    end = zero if bar.value is None else scale(bar.value)
    is_left = bar.value is not None and bar.value < 0
    x = end - _GAP - bar.text_px if is_left else end + _GAP
    pieces = (
        []
        if bar.value is None
        else [_box(min(zero, end), y, abs(end - zero), thick, bar.fill, bar.border)]
    )
    ink = THEME.muted if bar.value is None else THEME.ink
    pieces.append(text(x, middle, bar.text, weight=bar.weight, fill=ink))
    if bar.series:
        after = x + text_px(f"{bar.text} ", weight=bar.weight)
        pieces.append(text(after, middle, bar.series, fill=THEME.muted))
    return pieces


def _box(x: float, y: float, width: float, height: float, fill: str, border: str) -> str:
    place: dict[str, str | float] = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", place | {"fill": fill, "stroke": border, "stroke_width": 1})


# --- ages


def _pyramid(chart: Chart, width: float) -> tuple[float, str]:
    """Draw men at the left and women at the right, as Insee does, the youngest at the bottom."""
    _, women, men = chart.table.columns[:3]
    rows = list(reversed(chart.table.rows))
    names = [_name(chart, row) for row in rows]
    centre = max(text_px(name) for name in names) + 3 * _GAP if names else 0.0
    texts = [
        _value_text(chart, row[side], chart.table.columns[side]) for row in rows for side in (1, 2)
    ]
    room = max((text_px(part) for part in texts), default=0.0) + 2 * _GAP
    values = [_value(row[side]) or 0.0 for row in rows for side in (1, 2)]
    largest = max([*values, _FINEST])
    half = (width - centre) / 2
    length = _Scale(0, largest, 0, half - room)
    step = 20.0 if len(rows) > 12 else 24.0
    pieces = [
        text(half, _TOP / 2, french_spaces(men.label), "end", 600, THEME.muted),
        text(half + centre, _TOP / 2, french_spaces(women.label), "start", 600, THEME.accent),
    ]
    for rank, (row, name) in enumerate(zip(rows, names, strict=True)):
        y = _TOP + rank * step
        pieces.append(text(width / 2, y + step / 2, name, "middle"))
        pieces += _age_bar(chart, row[2], men, half, y, step, length, -1)
        pieces += _age_bar(chart, row[1], women, half + centre, y, step, length, 1)
    return _TOP + len(rows) * step + 4, "".join(pieces)


def _age_bar(
    chart: Chart,
    cell: Cell,
    column: Column,
    foot: float,
    y: float,
    step: float,
    length: _Scale,
    side: int,
) -> list[str]:
    """Draw one class of age and sex from the foot of its half, towards `side`."""
    value, written = _value(cell), _value_text(chart, cell, column)
    anchor = "start" if side > 0 else "end"
    if value is None:
        return [text(foot + side * _GAP, y + step / 2, written, anchor, fill=THEME.muted)]
    long = length(value)
    fill, border = (THEME.accent, THEME.accent) if side > 0 else (THEME.neutral_soft, THEME.neutral)
    return [
        _box(foot if side > 0 else foot - long, y + 1.5, long, step - 3, fill, border),
        text(foot + side * (long + _GAP), y + step / 2, written, anchor),
    ]


# --- years


def _lines(chart: Chart, width: float) -> tuple[float, str]:
    """Draw one line per column; each is named at its end and has its own dash and mark."""
    columns = chart.table.columns[1:]
    years, ticks = _years(chart)
    series = [[_value(row[rank + 1]) for row in chart.table.rows] for rank in range(len(columns))]
    ends = _end_texts(chart)
    is_narrow = width < NARROW_PX
    grid = grid_values([value for line_ in series for value in line_ if value is not None])
    ticks_px = max(text_px(number(value)) for value in grid)
    left, height = max(46.0, ticks_px + 2 * _GAP), 230.0
    names_px = max((text_px(end, weight=600) for end in ends), default=0.0) + 30
    right = 16.0 if is_narrow else min(names_px, width * 0.45)
    x = _Scale(min(years, default=0), max(years, default=1) or 1, left + 8, width - right)
    if x.low == x.high:
        x = _Scale(x.low - 1, x.high + 1, left + 8, width - right)
    y = _Scale(grid[0], grid[-1], height - 28, 20)
    decimals = max(column.decimals for column in columns)
    pieces = _grid(grid, y, left, width - right, decimals)
    pieces += _year_names(ticks, years, x, height - 10)
    for rank in reversed(_fans(chart)):
        fill = THEME.neutral_soft if rank else THEME.accent_soft
        pieces += _interval(series[rank + 1], series[rank + 2], years, x, y, fill)
    for rank in _back_to_front(chart, len(columns)):
        is_marked = not _is_end(chart, rank)
        # The ends of a second fan are dotted alike: a solid one would be read as a median.
        dash = rank if is_marked else min(rank, len(_DASHES) - 1)
        pieces += _draw_line(series[rank], years, x, y, _stroke(chart, rank), dash, is_marked)
    pieces += _gaps(chart, series, years, x, height)
    words = [_series_names(columns)[1], "l'axe ne part pas de zéro" if grid[0] > 0 else ""]
    heading = " · ".join(word for word in words if word)
    pieces.append(text(left, 6, heading, fill=THEME.muted, size=11.5))
    if is_narrow:
        pieces += _listed_names(chart, ends, height)
        return height + LINE_PX * sum(map(bool, ends)) + _GAP, "".join(pieces)
    pieces += _end_names(chart, series, ends, y, x.end)
    return height, "".join(pieces)


def _is_end(chart: Chart, rank: int) -> bool:
    """Whether a series is an end of the interval of a fan."""
    return any(rank in (first + 1, first + 2) for first in _fans(chart))


def _fans(chart: Chart) -> list[int]:
    """Return where each fan begins among the series: its median, then its two ends."""
    if chart.kind is not ChartKind.FAN:
        return []
    return list(range(0, len(chart.table.columns) - 3, 3))


def _years(chart: Chart) -> tuple[list[float], list[str]]:
    """Return where each row stands and its name: years at their distance, else in order."""
    names = [_name(chart, row) for row in chart.table.rows]
    if all(name.isdigit() for name in names):
        return [float(name) for name in names], names
    return [float(rank) for rank in range(len(names))], names


def _first_series(chart: Chart) -> int:
    labels = [column.label for column in chart.table.columns[1:]]
    return next((labels.index(name) for name in chart.highlight if name in labels), 0)


def _stroke(chart: Chart, rank: int) -> str:
    others = [stroke for stroke in _STROKES if stroke != THEME.accent]
    if rank == _first_series(chart):
        return THEME.accent
    return others[rank % len(others)]


def _back_to_front(chart: Chart, count: int) -> list[int]:
    first = _first_series(chart)
    return [rank for rank in range(count) if rank != first] + [first]


def _end_texts(chart: Chart) -> list[str]:
    """Return the words at the end of each series; where fans are several, a median has its ends."""
    texts = [_end_text(chart, rank) for rank in range(len(chart.table.columns) - 1)]
    fans = _fans(chart)
    if len(fans) < _SEVERAL:
        return texts
    for first in fans:
        low, high = (texts[first + place].split(" ")[0] for place in (1, 2))
        value, name = texts[first].split(" ", 1)
        texts[first] = french_spaces(f"{value} (de {low} à {high}) {name}")
        texts[first + 1] = texts[first + 2] = ""
    return texts


def _end_text(chart: Chart, rank: int) -> str:
    """Return the name of a series and its last known value."""
    column = chart.table.columns[rank + 1]
    cells = [row[rank + 1] for row in chart.table.rows if _value(row[rank + 1]) is not None]
    last = _value_text(chart, cells[-1], column) if cells else UNKNOWN_SHORT
    names, _ = _series_names(chart.table.columns[1:])
    return f"{last} {names[rank]}"


def grid_values(values: Sequence[float]) -> list[float]:
    """Return round values that hold all of them; from zero unless that would flatten them.

    Even then a quarter of the largest value is shown, so that a small change looks small.
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low > 0:
        low = 0.0 if low < 0.6 * high else min(low, 0.75 * high)
    if high - low < _FINEST:
        low, high = min(0.0, low), max(0.0, high)
    if high - low < _FINEST:
        high = low + 1.0
    raw = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(rank * step, 10) for rank in range(first, last + 1)]


def _grid(
    values: Sequence[float], y: _Scale, left: float, right: float, decimals: int
) -> list[str]:
    fine = decimals if any(value != round(value) for value in values) else 0
    pieces = []
    for value in values:
        stroke = THEME.line if value == values[0] else THEME.rule
        pieces.append(line(left, y(value), right, y(value), stroke))
        pieces.append(text(left - _GAP, y(value), number(value, fine), "end", fill=THEME.muted))
    return pieces


def _year_names(names: Sequence[str], years: Sequence[float], x: _Scale, y: float) -> list[str]:
    """Write the years that have room, the last one always."""
    pieces = []
    free_from = math.inf
    for name, year in sorted(zip(names, years, strict=True), key=lambda pair: -pair[1]):
        half = text_px(name) / 2 + 4
        if x(year) + half <= free_from:
            pieces.append(text(x(year), y, name, "middle", fill=THEME.muted))
            free_from = x(year) - half
    return pieces


def _draw_line(
    values: Sequence[float | None],
    years: Sequence[float],
    x: _Scale,
    y: _Scale,
    stroke: str,
    rank: int,
    is_marked: bool = True,
) -> list[str]:
    """Draw the known stretches of a series; an unknown year breaks the line."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for value, year in zip(values, years, strict=True):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append((x(year), y(value)))
    pieces = []
    for stretch in stretches:
        points = " ".join(f"{across:.1f},{down:.1f}" for across, down in stretch)
        shape: dict[str, str | float] = {"points": points, "fill": "none", "stroke": stroke}
        shape |= {"stroke_width": 2.5 if stroke == THEME.accent else 1.7}
        if _DASHES[rank % len(_DASHES)]:
            shape["stroke_dasharray"] = _DASHES[rank % len(_DASHES)]
        if len(stretch) > 1:
            pieces.append(element("polyline", shape))
        if is_marked:
            pieces += [_mark(across, down, rank, stroke) for across, down in stretch]
    return pieces


def _interval(
    low: Sequence[float | None],
    high: Sequence[float | None],
    years: Sequence[float],
    x: _Scale,
    y: _Scale,
    fill: str,
) -> list[str]:
    """Fill what lies between two series, where both are known."""
    known = [
        (x(year), y(under), y(over))
        for year, under, over in zip(years, low, high, strict=True)
        if under is not None and over is not None
    ]
    edge = [(across, over) for across, _, over in known]
    edge += [(across, under) for across, under, _ in reversed(known)]
    points = " ".join(f"{across:.1f},{down:.1f}" for across, down in edge)
    return [element("polygon", {"points": points, "fill": fill})] if known else []


def _mark(x: float, y: float, rank: int, stroke: str) -> str:
    """Return the mark of a series: a disc, a square, a triangle, a diamond."""
    shapes = (
        "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
        "M-3.2-3.2h6.4v6.4h-6.4z",
        "M0-4.2L4 3.2H-4z",
        "M0-4.5L4.5 0L0 4.5L-4.5 0z",
    )
    place = f"translate({x:.1f} {y:.1f})"
    shape = {"d": shapes[rank % len(shapes)], "transform": place, "fill": stroke}
    return element("path", shape | {"stroke": THEME.white, "stroke_width": "1"})


def _end_names(
    chart: Chart,
    series: Sequence[Sequence[float | None]],
    ends: Sequence[str],
    y: _Scale,
    x: float,
) -> list[str]:
    """Write each series at the end of its line, moved apart where two would touch."""
    wanted = []
    for rank, values in enumerate(series):
        if not ends[rank]:
            continue
        known = [value for value in values if value is not None]
        wanted.append((y(known[-1]) if known else y.start, rank))
    wanted.sort()
    places = _apart([place for place, _ in wanted], LINE_PX, y.end, y.start)
    pieces = []
    for (end, rank), place in zip(wanted, places, strict=True):
        name = _series_name(chart, ends[rank], rank, x + 12, place)
        # Beside the end of its line a name needs no mark of its own.
        pieces += name if abs(end - place) > LINE_PX / 3 else name[1:]
    return pieces


def _listed_names(chart: Chart, ends: Sequence[str], y: float) -> list[str]:
    """Write the series under a drawing too narrow to name them at the end of their lines."""
    pieces = []
    named = [rank for rank in reversed(_back_to_front(chart, len(ends))) if ends[rank]]
    for row, rank in enumerate(named):
        name = _series_name(chart, ends[rank], rank, 8, y + LINE_PX * (row + 0.5))
        # The ends of an interval are drawn without marks.
        pieces += name[1:] if _is_end(chart, rank) else name
    return pieces


def _series_name(chart: Chart, words: str, rank: int, x: float, y: float) -> list[str]:
    weight = 600 if rank == _first_series(chart) else 400
    return [_mark(x, y, rank, _stroke(chart, rank)), text(x + 8, y, words, weight=weight)]


def _apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move sorted places down, then up, until they are `gap` apart; they stay in order."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else max(place, low))
    for rank in range(len(moved) - 1, -1, -1):
        ceiling = moved[rank + 1] - gap if rank + 1 < len(moved) else high
        moved[rank] = min(moved[rank], ceiling)
    return moved


def _gaps(
    chart: Chart,
    series: Sequence[Sequence[float | None]],
    years: Sequence[float],
    x: _Scale,
    height: float,
) -> list[str]:
    """Mark each unknown value at the foot of its year, with its series unless all are unknown."""
    pieces = []
    names, _ = _series_names(chart.table.columns[1:])
    for place, year in enumerate(years):
        missing = [rank for rank, values in enumerate(series) if values[place] is None]
        is_whole = len(missing) == len(series)
        for row, rank in enumerate(missing[:1] if is_whole else missing):
            name = "" if is_whole else f" {names[rank]}"
            words = f"{UNKNOWN_SHORT}{name}"
            down = height - 40 - row * 14
            pieces.append(text(x(year), down, words, "middle", fill=THEME.muted, size=11))
    return pieces


# --- arrivals and departures


def _flows(chart: Chart, width: float) -> tuple[float, str]:
    """Draw a column for each year: what arrives above the line, what leaves below."""
    arrivals, departures = chart.table.columns[1:3]
    years = [_name(chart, row) for row in chart.table.rows]
    pairs = [(_value(row[1]), _value(row[2])) for row in chart.table.rows]
    height, left = 250.0, 8.0
    most = [max((pair[side] or 0.0 for pair in pairs), default=0.0) for side in (0, 1)]
    top, foot = 3 * LINE_PX, height - 2.6 * LINE_PX
    scale = _Scale(-max(most[1], _FINEST), max(most[0], _FINEST), foot, top)
    step = (width - 2 * left) / max(len(pairs), 1)
    pieces = _flow_names(arrivals, departures, left, LINE_PX / 2)
    for rank, (came, gone) in enumerate(pairs):
        middle = left + (rank + 0.5) * step
        sides = ((came, 1, arrivals), (gone, -1, departures))
        for place, (value, sign, column) in enumerate(sides, start=1):
            cell = chart.table.rows[rank][place]
            written = _value_text(chart, cell, column)
            pieces += _flow_column(value, written, sign, middle, step, scale)
    pieces.append(line(left, scale(0), width - left, scale(0), THEME.line))
    x = _Scale(0, max(len(pairs), 1), left, width - left)
    centres = [rank + 0.5 for rank in range(len(years))]
    pieces += _year_names(years, centres, x, height - LINE_PX / 2)
    return height, "".join(pieces)


def _flow_names(arrivals: Column, departures: Column, left: float, y: float) -> list[str]:
    """Name what stands above the line and below it, each with its colour."""
    pieces, x = [], left
    for column, sign in ((arrivals, 1), (departures, -1)):
        fill, border = _flow_colours(sign)
        words = french_spaces(column.label)
        pieces.append(_box(x, y - 5, 10, 10, fill, border))
        pieces.append(text(x + 16, y, words, weight=600))
        x += text_px(words, weight=600) + 40
    return pieces


def _flow_colours(sign: int) -> tuple[str, str]:
    if sign > 0:
        return THEME.accent, THEME.accent
    return THEME.neutral_soft, THEME.neutral


def _flow_column(
    value: float | None, written: str, sign: int, middle: float, step: float, scale: _Scale
) -> list[str]:
    """Draw one column; its number stands at its end, where it has room."""
    end = scale(sign * (value or 0.0))
    beyond = end - sign * LINE_PX / 2
    fits = text_px(written, size=11) <= step
    pieces = [text(middle, beyond, written, "middle", size=11)] if fits else []
    if value is None:
        return pieces
    fill, border = _flow_colours(sign)
    half = min(step * 0.34, 16)
    top = min(end, scale(0))
    return [_box(middle - half, top, 2 * half, abs(end - scale(0)), fill, border), *pieces]


# --- Lorenz


def _curve(chart: Chart, width: float) -> tuple[float, str]:
    """Draw shares against shares, with the diagonal of equality."""
    across, up = chart.table.columns[:2]
    left, top = 52.0, 26.0
    plot = width - left - 12
    x, y = _Scale(0, 1, left, left + plot), _Scale(0, 1, top + plot, top)
    points = [(_value(row[0]), _value(row[1])) for row in chart.table.rows]
    known = [(x(a), y(b)) for a, b in points if a is not None and b is not None]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in known)
    area = f"{path} {x(1):.1f},{y(1):.1f} {x(0):.1f},{y(0):.1f}"
    pieces = [element("polygon", {"points": area, "fill": THEME.accent_soft})]
    pieces += _share_grid(x, y)
    dash = {"stroke_dasharray": "5 4"}
    ends: dict[str, str | float] = {"x1": x(0), "y1": y(0), "x2": x(1), "y2": y(1)}
    pieces.append(element("line", ends | {"stroke": THEME.muted, "stroke_width": 1.3} | dash))
    curve = {"points": path, "fill": "none", "stroke": THEME.accent}
    pieces.append(element("polyline", curve | {"stroke_width": "2.5"}))
    pieces.append(text(2, 10, french_spaces(up.label), fill=THEME.muted))
    names = wrapped(french_spaces(across.label), width - 14)
    foot = top + plot + 36
    pieces += [
        text(width - 12, foot + rank * LINE_PX, name, "end", fill=THEME.muted)
        for rank, name in enumerate(names)
    ]
    turn = f"rotate(-45 {x(0.5):.1f} {y(0.5):.1f})"
    pieces.append(
        element(
            "g",
            {"transform": turn},
            text(x(0.5), y(0.5) - 10, "égalité", "middle", fill=THEME.muted),
        )
    )
    return foot + len(names) * LINE_PX, "".join(pieces)


def _share_grid(x: _Scale, y: _Scale) -> list[str]:
    pieces = []
    for quarter in range(5):
        share = quarter / 4
        stroke = THEME.line if quarter == 0 else THEME.rule
        words = f"{25 * quarter}\u202f%"
        pieces.append(line(x(0), y(share), x(1), y(share), stroke))
        pieces.append(line(x(share), y(0), x(share), y(1), stroke))
        pieces.append(text(x(0) - _GAP, y(share), words, "end", fill=THEME.muted, size=12))
        anchor = "end" if quarter == 4 else "middle"
        pieces.append(text(x(share), y(0) + 14, words, anchor, fill=THEME.muted, size=12))
    return pieces


_FORMS: dict[ChartKind, Callable[[Chart, float], tuple[float, str]]] = {
    ChartKind.BARS: _bars,
    ChartKind.GROUPED_BARS: _grouped_bars,
    ChartKind.PYRAMID: _pyramid,
    ChartKind.LINES: _lines,
    ChartKind.CURVE: _curve,
    ChartKind.FAN: _lines,
    ChartKind.FLOWS: _flows,
}
