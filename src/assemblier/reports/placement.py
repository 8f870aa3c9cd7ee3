"""Where the names of towns go on a map: beside their point, never over one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assemblier.reports.svg import text_px


@dataclass(frozen=True, slots=True)
class Placed:
    """A name and its place: the point, then where its text starts and its middle height."""

    name: str
    x: float
    y: float
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_inside(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


def placed_names(
    points: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    size: float,
    sheet: tuple[float, float],
) -> list[Placed]:
    """Place the names that can be read; the first ones are served first.

    Parameters
    ----------
    points
        Place of each commune, in pixels.
    names
        What is written, the most important first; a commune without a point is left out.
    size
        Of the text, in pixels.
    sheet
        Width and height of the drawing.

    Always true
    -----------
    No two names touch, and every name is inside the sheet.
    """
    dots = {code: _dot(*points[code]) for code in names if code in points}
    taken: list[_Box] = []
    found: list[Placed] = []
    for code in dots:
        x, y = points[code]
        others = [dot for other, dot in dots.items() if other != code]
        for text_x, text_y in _around(x, y, text_px(names[code], size, 600), size):
            box = _text_box(text_x, text_y, text_px(names[code], size, 600), size)
            if box.is_inside(*sheet) and not _any_touches(box, [*taken, *others]):
                taken.append(box)
                found.append(Placed(names[code], x, y, text_x, text_y))
                break
    return found


def _dot(x: float, y: float) -> _Box:
    return _Box(x - 3, y - 3, x + 3, y + 3)


def _text_box(x: float, y: float, width: float, size: float) -> _Box:
    return _Box(x - 2, y - 0.6 * size, x + width + 2, y + 0.6 * size)


def _around(x: float, y: float, width: float, size: float) -> list[tuple[float, float]]:
    """Return the places tried, the best first: right, left, above, below, then the corners."""
    right, left, middle = x + 6, x - 6 - width, x - width / 2
    above, below = y - 0.95 * size, y + 0.95 * size
    return [
        (right, y),
        (left, y),
        (middle, above),
        (middle, below),
        (right, above),
        (right, below),
        (left, above),
        (left, below),
    ]


def _any_touches(box: _Box, others: Sequence[_Box]) -> bool:
    return any(box.touches(other) for other in others)
