"""Maps of the residual: every commune as a dot, and one département with its contours."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import shapely

from assemblier import territory
from assemblier.french import french_spaces, number, signed
from assemblier.reports.document import Align, Column, Map, MapClass, Table
from assemblier.reports.maps import map_svg
from assemblier.territory import index
from benchmarks import essai

EDGES = (-1.5, -0.5, 0.5, 1.5)
CLASSES = (
    ("moins de −1,5", "#b35806"),
    ("−1,5 à −0,5", "#f1a340"),
    ("−0,5 à 0,5", "#d9d9d9"),
    ("0,5 à 1,5", "#7fbf7b"),
    ("plus de 1,5", "#1b7837"),
)
WIDTH = 640.0
TOWNS, APART = 12, 70.0
"""Towns that are named, and how far apart their names are drawn."""

DEPARTEMENT = "43"


def residual(score: np.ndarray) -> np.ndarray:
    """Return computed less published after scaling, nan where nothing is published."""
    apl, people = essai.published()
    known = ~np.isnan(apl) & (people > 0)
    scale = float(apl[known] @ people[known] / (score[known] @ people[known]))
    return np.where(known, scale * score - apl, np.nan)


def dots(error: np.ndarray) -> str:
    """Return the map of every commune as a dot, in the outlines of départements."""
    known = np.flatnonzero(~np.isnan(error))
    frame = Frame.around(index().x_m[known] / 1000, index().y_m[known] / 1000)
    rank = np.digitize(error[known], EDGES)
    full = frame.height + 66
    title = "Écart de l'APL calculée à l'APL publiée 2018, commune par commune"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {full:.0f}" '
        'role="img" font-family="sans-serif" font-size="13" fill="#1f2933">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH:.0f}" height="{full:.0f}" fill="#fff"/>',
        f'<text x="10" y="18" font-size="15" font-weight="bold">{escape(title)}</text>',
        *outlines(known, frame),
    ]
    for place, (label, colour) in enumerate(CLASSES):
        here = known[rank == place]
        at = zip(*frame.at(index().x_m[here] / 1000, index().y_m[here] / 1000), strict=True)
        path = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in at)
        parts.append(
            f'<path d="{path}" stroke="{colour}" stroke-width="3.4" stroke-linecap="round"/>'
        )
        left = 10 + place * 124
        parts.append(f'<rect x="{left}" y="{frame.height + 40:.0f}" width="12" height="12" '
                     f'fill="{colour}"/>')  # fmt: skip
        text = escape(french_spaces(f"{label} ({number(len(here))})"))
        parts.append(f'<text x="{left + 16}" y="{frame.height + 51:.0f}" font-size="11">{text}'
                     "</text>")  # fmt: skip
    return "\n".join([*parts, *towns(known, frame), scale(frame), "</svg>\n"])


@dataclass(frozen=True, slots=True)
class Frame:
    """Kilometres of the projection on the drawing."""

    west: float
    north: float
    ratio: float
    height: float

    @classmethod
    def around(cls, x: np.ndarray, y: np.ndarray) -> "Frame":
        """Return the frame that holds some points."""
        ratio = (WIDTH - 40) / (x.max() - x.min())
        return cls(x.min(), y.max(), ratio, (y.max() - y.min()) * ratio + 50)

    def at(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return where points are drawn."""
        return 20 + (x - self.west) * self.ratio, 40 + (self.north - y) * self.ratio


def outlines(known: np.ndarray, frame: Frame) -> list[str]:
    """Return the outlines of the départements of some communes."""
    plane = _plane(known)
    drawn = []
    for departement in sorted(set(index().code_departement[known].tolist())):
        codes = index().code_commune[index().code_departement == departement].tolist()
        shape = shapely.simplify(territory.outline(codes), 0.008)
        rings = [part.exterior for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        for ring in rings:
            longitude, latitude = np.asarray(ring.coords).T
            x, y = frame.at(*plane(longitude, latitude))
            line = " ".join(f"{a:.0f},{b:.0f}" for a, b in zip(x, y, strict=True))
            drawn.append(f'<polygon points="{line}" fill="none" stroke="#8a949e"/>')
    return drawn


def _plane(known: np.ndarray) -> Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the way from degrees to kilometres of the map, learnt from the communes on it."""
    held = known[~np.isnan(index().longitude[known])]

    def terms(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        one = np.ones_like(longitude)
        squares = (longitude**2, longitude * latitude, latitude**2)
        return np.column_stack([one, longitude, latitude, *squares])

    given = terms(index().longitude[held], index().latitude[held])
    places = np.column_stack([index().x_m[held], index().y_m[held]]) / 1000
    found = np.linalg.lstsq(given, places, rcond=None)[0]

    def on_map(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x, y = (terms(longitude, latitude) @ found).T
        return x, y

    return on_map


def towns(known: np.ndarray, frame: Frame) -> list[str]:
    """Return the names of the largest towns, never two too near each other."""
    order = known[np.argsort(-np.nan_to_num(index().population[known]))]
    x, y = frame.at(index().x_m[order] / 1000, index().y_m[order] / 1000)
    kept: list[int] = []
    for place in range(len(order)):
        if all(np.hypot(x[place] - x[other], y[place] - y[other]) > APART for other in kept):
            kept.append(place)
        if len(kept) == TOWNS:
            break
    return [
        f'<text x="{x[place]:.0f}" y="{y[place] - 4:.0f}" text-anchor="middle" font-size="12" '
        'font-weight="bold" stroke="#fff" stroke-width="3" paint-order="stroke">'
        f"{escape(str(index().nom[order[place]]).split(' 1er')[0])}</text>"
        for place in kept
    ]


def scale(frame: Frame) -> str:
    """Return a line of fifty kilometres."""
    y, length = frame.height + 24, 50 * frame.ratio
    return (
        f'<path d="M20 {y:.0f}h{length:.0f}" stroke="#1f2933" stroke-width="2"/>'
        f'<text x="{26 + length:.0f}" y="{y + 4:.0f}" font-size="11">50 km — sources : DREES, '
        "Insee ; contours IGN</text>"
    )


def contours(error: np.ndarray) -> str:
    """Return the map of one département with its contours."""
    rows = np.flatnonzero(index().code_departement == DEPARTEMENT)
    codes = index().code_commune[rows].tolist()
    values = dict(zip(codes, error[rows].tolist(), strict=True))
    columns = (Column("commune", "Commune"), Column("ecart", "Écart", Align.NUMBER, 2))
    names = dict(zip(codes, index().nom[rows].tolist(), strict=True))
    cells = tuple((names[code], values[code]) for code in codes)
    marks = ("−", "−", "=", "+", "+")
    drawn = Map(
        "carte-residus",
        "Écart de l'APL calculée à l'APL publiée 2018, Haute-Loire",
        tuple(
            MapClass(label, colour, mark)
            for (label, colour), mark in zip(CLASSES, marks, strict=True)
        ),
        {
            code: None if np.isnan(value) else int(np.digitize(value, EDGES))
            for code, value in values.items()
        },
        {
            code: "non disponible" if np.isnan(value) else signed(value, 2)
            for code, value in values.items()
        },
        names,
        "Calculée moins publiée, après mise à l'échelle.",
        Table("residus", "Écarts", columns, cells),
        territory.neighbours(codes),
        legend="consultations par an et par habitant standardisé",
    )
    return map_svg(drawn, heading=True)


def write(folder: Path, score: np.ndarray) -> list[str]:
    """Write both maps and return the lines that show them."""
    error = residual(score)
    (folder / "precision-ecarts.svg").write_text(dots(error), "utf-8")
    (folder / "precision-haute-loire.svg").write_text(contours(error), "utf-8")
    known = error[~np.isnan(error)]
    near = number(100 * float((np.abs(known) < 0.5).mean()))
    return [
        f"![Écarts de {number(len(known))} communes ; {near} % sont à moins de 0,5 consultation de "
        "l'APL publiée, les plus grands écarts sont en montagne](precision-ecarts.svg)",
        "![Écarts des communes de Haute-Loire](precision-haute-loire.svg)",
    ]
