"""Plain curves in SVG: points joined by a line, named at its end, both axes from zero."""

from collections.abc import Mapping, Sequence
from html import escape

from assemblier.french import number

WIDTH, HEIGHT = 640, 380
LEFT, RIGHT, TOP, BOTTOM = 60, 30, 30, 70
DASHES = ("none", "5 4")
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


def curves(
    series: Mapping[str, Sequence[tuple[float, float]]], title: str, x_label: str, y_label: str
) -> str:
    """Return the drawing; its title says what it shows, for those who do not see it."""
    every = [point for points in series.values() for point in points]
    x_ticks, y_ticks = ticks(max(x for x, _ in every)), ticks(max(y for _, y in every))

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
    for rank, (name, points) in enumerate(series.items()):
        found = [(x_of(x), y_of(y)) for x, y in sorted(points)]
        parts += line(found, DASHES[rank % len(DASHES)])
        parts.append(key(rank, name, DASHES[rank % len(DASHES)]))
    parts.append(text(LEFT, 18, "start", y_label))
    parts.append(text(WIDTH - RIGHT, HEIGHT - 44 + 18, "end", x_label))
    return "\n".join([*parts, "</svg>\n"])


def line(points: Sequence[tuple[float, float]], dash: str) -> list[str]:
    """Return one curve: its line and its points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = f'stroke="{ACCENT}" stroke-width="2" stroke-dasharray="{dash}"'
    return [
        f'<polyline points="{path}" fill="none" {stroke}/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ACCENT}"/>' for x, y in points),
    ]


def key(rank: int, name: str, dash: str) -> str:
    """Return one line of the legend, under the drawing."""
    y = HEIGHT - 10
    x = LEFT + rank * (WIDTH - LEFT - RIGHT) / 2
    stroke = f'stroke="{ACCENT}" stroke-width="2" stroke-dasharray="{dash}"'
    return f'<path d="M{x:.1f} {y - 4}h30" {stroke}/>' + text(x + 38, y, "start", name)


def text(x: float, y: float, anchor: str, content: str) -> str:
    """Return one text of the drawing."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'
