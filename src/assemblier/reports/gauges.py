"""A gauge as a drawing: a scale, the value on it, its threshold and its companions."""

from assemblier.french import french_spaces, number, unit_text
from assemblier.reports.document import Gauge
from assemblier.reports.svg import coordinate, element, line, picture, text, text_px
from assemblier.reports.theme import THEME
from assemblier.reports.typography import UNKNOWN, figure_text

_LEFT = 10.0
_TRACK_Y = 44.0
_TRACK_PX = 14.0
_ROW_PX = 16.0
_SMALL_PX = 12.0


def gauge_svg(key: str, gauge: Gauge, width_px: int = 340) -> str:
    """Draw one gauge: where the value stands, the threshold, the territories it compares with.

    Parameters
    ----------
    key
        Makes the identifiers of the drawing unique in a page.
    gauge
        What is drawn. A value or a companion outside the scale is drawn at its end, with its
        true number.
    width_px
        Width of the drawing.

    Returns
    -------
        An SVG element, named by the gauge and described by `gauge_words`.

    Always true
    -----------
    What is not known has no mark on the scale.
    """
    right = width_px - _LEFT
    pieces = [_track(gauge, right), _ends(gauge, right)]
    if gauge.figure.value is not None:
        pieces.append(_needle(gauge, gauge.figure.value, right))
    if gauge.alert is not None:
        pieces.append(_threshold(gauge, gauge.alert, right))
    known = [(name, one) for name, one in gauge.companions if one.value is not None]
    for row, (name, one) in enumerate(known):
        written = f"{name} {number(one.value, one.decimals)}"
        pieces.append(_companion(gauge, one.known_value(), written, row, right))
    height = _TRACK_Y + _TRACK_PX + 22 + _ROW_PX * len(known) + 4
    name = french_spaces(gauge.name)
    return picture(key, (width_px, height), name, gauge_words(gauge), "".join(pieces))


def gauge_words(gauge: Gauge) -> str:
    r"""Say in words what a gauge shows: value, threshold, companions.

    Examples
    --------
    >>> from assemblier.figures import Figure
    >>> gauge_words(Gauge("Jauge", Figure("densité", 8.7, decimals=1), 0, 20, None, "Phrase."))
    'densité\xa0: 8,7'
    """
    words = [f"{gauge.figure.label} : {figure_text(gauge.figure)}"]
    if gauge.alert is not None:
        words.append(f"seuil d'alerte : {_alert_text(gauge, gauge.alert)}")
    words += [f"{name} : {figure_text(figure)}" for name, figure in gauge.companions]
    return french_spaces(" ; ".join(words))


def _alert_text(gauge: Gauge, alert: float) -> str:
    decimals = 0 if alert == round(alert) else max(gauge.figure.decimals, 1)
    return f"{number(alert, decimals)} {unit_text(alert, gauge.figure.unit)}".strip()


def _place(gauge: Gauge, value: float, right: float) -> float:
    share = (value - gauge.low) / (gauge.high - gauge.low)
    return _LEFT + min(max(share, 0.0), 1.0) * (right - _LEFT)


def _track(gauge: Gauge, right: float) -> str:
    box = {"x": _LEFT, "y": _TRACK_Y, "width": right - _LEFT, "height": _TRACK_PX, "rx": 3.0}
    is_known = gauge.figure.value is not None
    look = {"fill": THEME.soft if is_known else THEME.white, "stroke": THEME.line}
    dash = {} if is_known else {"stroke_dasharray": "4 3"}
    bar = element("rect", {**box, **look, **dash})
    if is_known:
        return bar
    middle = (_LEFT + right) / 2
    return bar + text(middle, _TRACK_Y - 12, UNKNOWN, "middle", 600, THEME.muted)


def _needle(gauge: Gauge, value: float, right: float) -> str:
    """Fill the scale up to the value and write the number above it, inside the drawing."""
    x = _place(gauge, value, right)
    place = {"x": _LEFT, "y": _TRACK_Y, "width": max(x - _LEFT, 0.0), "height": _TRACK_PX}
    fill = element("rect", {**place, "rx": 3.0, "fill": THEME.accent})
    top = _TRACK_Y - 6
    arrow = f"M{coordinate(x)} {coordinate(top + 5)}l-6-8h12z"
    written = number(value, gauge.figure.decimals)
    half = text_px(written, 18, 600) / 2
    middle = min(max(x, half + _LEFT), right - half)
    return (
        fill
        + element("path", {"d": arrow, "fill": THEME.ink})
        + text(middle, top - 16, written, "middle", 600, size=18)
    )


def _threshold(gauge: Gauge, alert: float, right: float) -> str:
    """Cut the scale where the alert begins, and write the threshold under it."""
    x = _place(gauge, alert, right)
    foot = _TRACK_Y + _TRACK_PX
    words = f"seuil {number(alert, 0 if alert == round(alert) else 1)}"
    half = text_px(words, _SMALL_PX, 600) / 2
    middle = min(max(x, half + 34), right - half - 34)
    return (
        line(x, _TRACK_Y - 5, x, foot + 5, THEME.white, 5)
        + line(x, _TRACK_Y - 5, x, foot + 5, THEME.warning, 2.5)
        + text(middle, foot + 13, words, "middle", 600, THEME.warning, _SMALL_PX)
    )


def _ends(gauge: Gauge, right: float) -> str:
    y = _TRACK_Y + _TRACK_PX + 13
    low, high = (number(end, 0 if end == round(end) else 1) for end in (gauge.low, gauge.high))
    return text(_LEFT, y, low, fill=THEME.muted, size=_SMALL_PX) + text(
        right, y, high, "end", fill=THEME.muted, size=_SMALL_PX
    )


def _companion(gauge: Gauge, value: float, written: str, row: int, right: float) -> str:
    """Mark a territory on the scale, its name on a line of its own under the scale."""
    x = _place(gauge, value, right)
    y = _TRACK_Y + _TRACK_PX + 22 + _ROW_PX * (row + 0.5)
    width = text_px(written, _SMALL_PX)
    is_left = x + 8 + width > right + _LEFT
    anchor, text_x = ("end", x - 6) if is_left else ("start", x + 6)
    return (
        line(x, _TRACK_Y + _TRACK_PX - 4, x, y, THEME.muted)
        + element("circle", {"cx": x, "cy": y, "r": 2.5, "fill": THEME.muted})
        + text(text_x, y, written, anchor, size=_SMALL_PX)
    )
