"""A plain curve in SVG: points joined by a line, both axes from zero."""

from collections.abc import Sequence
from html import escape

from assemblier.reports.typography import number

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 30, 60
INK, ACCENT, GRID = "#1f2933", "#0b5394", "#d9dee3"


def round_step(largest: float) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that cuts `largest` in three to seven."""
    step = 10.0 ** (len(str(int(max(largest, 1)))) - 2)
    for factor in (1, 2, 5, 10, 20, 50):
        if largest / (step * factor) <= 7:
            return step * factor
    return largest


def ticks(largest: float) -> list[float]:
    """Return the graduations from zero to just above `largest`."""
    step = round_step(largest)
    count = int(-(-largest // step))
    return [step * n for n in range(count + 1)]


def curve(points: Sequence[tuple[float, float]], title: str, x_label: str, y_label: str) -> str:
    """Return the drawing; its text says what it shows, for those who do not see it."""
    points = sorted(points)
    x_ticks, y_ticks = ticks(points[-1][0]), ticks(max(y for _, y in points))

    def x_of(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * value / x_ticks[-1]

    def y_of(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / y_ticks[-1]

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for value in x_ticks:
        x = x_of(value)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{GRID}"/>')
        parts.append(text(x, HEIGHT - BOTTOM + 18, "middle", number(value)))
    for value in y_ticks:
        y = y_of(value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        parts.append(text(LEFT - 8, y + 4, "end", number(value, 0 if y_ticks[1] >= 1 else 1)))
    line = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{ACCENT}" stroke-width="2"/>')
    parts += [
        f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="4" fill="{ACCENT}"/>' for x, y in points
    ]
    parts.append(text(LEFT, 18, "start", y_label))
    parts.append(text(WIDTH - RIGHT, HEIGHT - 16, "end", x_label))
    return "\n".join([*parts, "</svg>\n"])


def text(x: float, y: float, anchor: str, content: str) -> str:
    """Return one text of the drawing."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'
