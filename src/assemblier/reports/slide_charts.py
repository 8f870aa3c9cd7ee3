"""The charts of slides: native ones, whose numbers a person can edit.

What is unknown is a gap; `unknown_labels` names it beside the chart.
"""

from collections.abc import Sequence
from typing import Any

from assemblier.french import french_spaces
from assemblier.reports.charts import grid_values
from assemblier.reports.document import Cell, Chart, ChartKind, Column
from assemblier.reports.packing import xml_text
from assemblier.reports.sheet import value_of
from assemblier.reports.slides import FACE, Box, Slide, colour_of, describe
from assemblier.reports.theme import THEME, ink_on
from assemblier.reports.typography import cell_text

_FILLS = (THEME.accent, THEME.neutral_soft, THEME.neutral, THEME.ink, THEME.accent_line)
_TWO_SIDED = (ChartKind.PYRAMID, ChartKind.FLOWS)
"""Kinds whose second side is drawn under zero, and read without its sign."""
_FAN = 3
"""Series of a fan: its median and its two ends."""
_FEW, _MANY = 8, 16
"""Up to so many rows, letters are large, or small."""


def add_chart(slide: Slide, chart: Chart, box: Box, alternative: str) -> None:
    """Draw a chart from its table, as a native chart."""
    frame = slide.shapes.add_chart(_kind(chart), *box.lengths(), _data(chart))
    describe(frame, alternative)
    drawn = frame.chart
    drawn.font.size, drawn.font.name = _points(chart), FACE
    drawn.has_title = False
    _set_language(drawn)
    drawn.has_legend = _series_count(chart) > 1
    if drawn.has_legend:
        _place_legend(drawn)
    _FINISH[chart.kind](drawn, chart)


def _set_language(drawn: Any) -> None:
    from pptx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    language = parse_xml(f'<c:lang xmlns:c="{space}" val="fr-FR"/>')
    first = drawn._chartSpace.find(f"{{{space}}}date1904")
    if first is None:
        drawn._chartSpace.insert(0, language)
    else:
        first.addnext(language)


def unknown_labels(chart: Chart) -> tuple[str, ...]:
    """Return the names of the rows of a chart that have a value missing.

    Examples
    --------
    >>> from assemblier.reports.document import Table
    >>> table = Table("t", "T", (Column("a", "A"), Column("b", "B")), (("Le Puy", None),))
    >>> unknown_labels(Chart("c", "Titre", ChartKind.BARS, table, "Phrase."))
    ('Le Puy',)
    """
    numbers = _number_places(chart)
    return tuple(
        _label(row, chart)
        for row in chart.table.rows
        if any(_number(row[place]) is None for place in numbers)
    )


def starts_at_zero(chart: Chart) -> bool:
    """Whether the axis of a chart holds zero, which it does unless that would flatten it.

    Examples
    --------
    >>> from assemblier.reports.document import Table
    >>> rows = (("2022", 3.5), ("2023", 3.6))
    >>> table = Table("t", "T", (Column("a", "A"), Column("b", "B")), rows)
    >>> starts_at_zero(Chart("c", "Titre", ChartKind.LINES, table, "Phrase."))
    False
    """
    return chart.kind not in (ChartKind.LINES, ChartKind.FAN) or _grid(chart)[0] <= 0


def _grid(chart: Chart) -> list[float]:
    """Return the values of the axis of a chart of lines: those of the drawn chart."""
    cells = (row[place] for row in chart.table.rows for place in _number_places(chart))
    return grid_values([value for value in map(_number, cells) if value is not None])


# ── the data ──────────────────────────────────────────────────────────────────────────────────


def _number(cell: Cell) -> float | None:
    value = value_of(cell)
    return None if value is None or isinstance(value, str) else float(value)


def _label(row: Sequence[Cell], chart: Chart) -> str:
    return xml_text(cell_text(row[0], chart.table.columns[0]))


def _number_places(chart: Chart) -> list[int]:
    """Return the places of the columns that are drawn."""
    if chart.kind is ChartKind.BARS:
        return [1]
    is_pair = chart.kind in _TWO_SIDED
    return list(range(1, 3 if is_pair else len(chart.table.columns)))


def _series_count(chart: Chart) -> int:
    return len(_number_places(chart))


def _data(chart: Chart) -> Any:
    """Return the numbers of a chart, as the file will hold them."""
    if chart.kind is ChartKind.CURVE:
        return _curve_data(chart)
    from pptx.chart.data import CategoryChartData

    columns = chart.table.columns
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [_label(row, chart) for row in chart.table.rows]
    for place in _number_places(chart):
        column = columns[place]
        values = [_number(row[place]) for row in chart.table.rows]
        if chart.kind in _TWO_SIDED and place == 2:
            # The second side is drawn under zero, and read without its sign.
            values = [None if value is None else -value for value in values]
        data.add_series(xml_text(french_spaces(column.label)), values, _format(chart, column))
    return data


def _curve_data(chart: Chart) -> Any:
    """Return the curve, then the diagonal of equality."""
    from pptx.chart.data import XyChartData

    up = chart.table.columns[1]
    data: Any = XyChartData()  # type: ignore[no-untyped-call]
    curve = data.add_series(xml_text(french_spaces(up.label)))
    for row in chart.table.rows:
        x, y = _number(row[0]), _number(row[1])
        if x is not None and y is not None:
            curve.add_data_point(x, y)
    diagonal = data.add_series("Égalité parfaite")
    for end in (0, 1):
        diagonal.add_data_point(end, end)
    return data


def _format(chart: Chart, column: Column) -> str:
    decimals = "." * bool(column.decimals) + "0" * column.decimals
    plain = f"#,##0{decimals}"
    return f"{plain};{plain}" if chart.kind in _TWO_SIDED else plain


# ── the drawing ───────────────────────────────────────────────────────────────────────────────


def _kind(chart: Chart) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    return {
        ChartKind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
        ChartKind.GROUPED_BARS: XL_CHART_TYPE.BAR_CLUSTERED,
        ChartKind.PYRAMID: XL_CHART_TYPE.BAR_STACKED,
        ChartKind.LINES: XL_CHART_TYPE.LINE_MARKERS,
        ChartKind.CURVE: XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
        ChartKind.FAN: XL_CHART_TYPE.LINE,
        ChartKind.FLOWS: XL_CHART_TYPE.COLUMN_STACKED,
    }[chart.kind]


def _points(chart: Chart) -> Any:
    from pptx.util import Pt

    count = len(chart.table.rows)
    return Pt(14 if count <= _FEW else 12 if count <= _MANY else 10)


def _place_legend(drawn: Any) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    drawn.legend.position = XL_LEGEND_POSITION.TOP
    drawn.legend.include_in_layout = False


def _finish_bars(drawn: Any, chart: Chart) -> None:
    """Set bars: the first row at the top, numbers at their ends, no axis of numbers."""
    plot = drawn.plots[0]
    plot.gap_width = 45 if _series_count(chart) == 1 else 60
    _hide_numbers(drawn)
    drawn.category_axis.reverse_order = True
    for rank, series in enumerate(plot.series):
        _paint(series, _FILLS[rank % len(_FILLS)])
        _write_numbers(series, chart.table.columns[_number_places(chart)[rank]], chart)
    if chart.highlight and _series_count(chart) == 1:
        for rank, row in enumerate(chart.table.rows):
            is_first = _label(row, chart) in chart.highlight
            fill = plot.series[0].points[rank].format.fill
            fill.solid()
            fill.fore_color.rgb = colour_of(THEME.accent if is_first else THEME.neutral_soft)


def _finish_pyramid(drawn: Any, chart: Chart) -> None:
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 15, 100
    _hide_numbers(drawn)
    axis = drawn.category_axis
    axis.tick_label_position = _low()
    for rank, series in enumerate(plot.series):
        _paint(series, _FILLS[rank])
        _write_numbers(series, chart.table.columns[rank + 1], chart)
        # Numbers stand inside the bars, which are stacked: they take the ink that reads there.
        series.data_labels.font.color.rgb = colour_of(ink_on(_FILLS[rank]))
        series.data_labels.font.size = _points(chart)


def _finish_flows(drawn: Any, chart: Chart) -> None:
    """Set columns: what arrives above the line, what leaves below, years at the foot."""
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    _hide_numbers(drawn)
    drawn.category_axis.tick_label_position = _low()
    for rank, series in enumerate(plot.series):
        _paint(series, _FILLS[rank])
        _write_numbers(series, chart.table.columns[rank + 1], chart)
        series.data_labels.font.color.rgb = colour_of(ink_on(_FILLS[rank]))


def _finish_lines(drawn: Any, chart: Chart) -> None:
    # The ends of an interval have the colour of its median.
    by = _FAN if chart.kind is ChartKind.FAN and _series_count(chart) > _FAN else 1
    for rank, series in enumerate(drawn.plots[0].series):
        colour = colour_of(_FILLS[rank // by % len(_FILLS)])
        series.smooth = False
        series.format.line.color.rgb = colour
        if rank % by:
            _thin(series)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
    axis, grid = drawn.value_axis, _grid(chart)
    axis.minimum_scale, axis.maximum_scale = grid[0], grid[-1]
    axis.major_unit = round(grid[1] - grid[0], 10)
    axis.major_gridlines.format.line.color.rgb = colour_of(THEME.rule)
    axis.tick_labels.number_format = _format(chart, chart.table.columns[1])
    axis.tick_labels.number_format_is_linked = False


def _thin(series: Any) -> None:
    """Draw an end of an interval thinner than its median."""
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.util import Pt

    series.format.line.width = Pt(1)
    series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _finish_curve(drawn: Any, chart: Chart) -> None:
    for axis in (drawn.category_axis, drawn.value_axis):
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.25
        axis.tick_labels.number_format = "0%"
        axis.tick_labels.number_format_is_linked = False
        axis.major_gridlines.format.line.color.rgb = colour_of(THEME.rule)
    across = chart.table.columns[0]
    drawn.category_axis.axis_title.text_frame.text = xml_text(french_spaces(across.label))
    for series, colour in zip(drawn.plots[0].series, (THEME.accent, THEME.muted), strict=True):
        series.smooth = False
        series.format.line.color.rgb = colour_of(colour)


_FINISH = {
    ChartKind.BARS: _finish_bars,
    ChartKind.GROUPED_BARS: _finish_bars,
    ChartKind.PYRAMID: _finish_pyramid,
    ChartKind.LINES: _finish_lines,
    ChartKind.CURVE: _finish_curve,
    ChartKind.FAN: _finish_lines,
    ChartKind.FLOWS: _finish_flows,
}


def _low() -> Any:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    return XL_TICK_LABEL_POSITION.LOW


def _hide_numbers(drawn: Any) -> None:
    """Leave out the axis of numbers: they are written at the end of bars."""
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.category_axis.format.line.color.rgb = colour_of(THEME.line)
    drawn.category_axis.has_major_gridlines = False


def _paint(series: Any, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour_of(colour)
    series.invert_if_negative = False


def _write_numbers(series: Any, column: Column, chart: Chart) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = _format(chart, column)
    labels.number_format_is_linked = False
