"""Maps of the residual: every commune as a dot, and one département with its contours."""

from html import escape
from pathlib import Path

import numpy as np

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
DEPARTEMENT = "43"


def residual(score: np.ndarray) -> np.ndarray:
    """Return computed less published after scaling, nan where nothing is published."""
    apl, people = essai.published()
    known = ~np.isnan(apl) & (people > 0)
    scale = float(apl[known] @ people[known] / (score[known] @ people[known]))
    return np.where(known, scale * score - apl, np.nan)


def dots(error: np.ndarray) -> str:
    """Return the map of every commune as a dot."""
    known = np.flatnonzero(~np.isnan(error))
    x, y = index().x_m[known] / 1000, index().y_m[known] / 1000
    ratio = (WIDTH - 20) / (x.max() - x.min())
    height = (y.max() - y.min()) * ratio + 20
    rank = np.digitize(error[known], EDGES)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height + 60:.0f}" '
        'role="img" font-family="sans-serif" font-size="13" fill="#1f2933">',
        "<title>Écart de l'APL calculée à l'APL publiée 2018, commune par commune</title>",
        f'<rect width="{WIDTH:.0f}" height="{height + 60:.0f}" fill="#fff"/>',
    ]
    for place, (label, colour) in enumerate(CLASSES):
        here = np.flatnonzero(rank == place)
        path = "".join(
            f"M{10 + (x[one] - x.min()) * ratio:.1f} {10 + (y.max() - y[one]) * ratio:.1f}h0"
            for one in here
        )
        parts.append(
            f'<path d="{path}" stroke="{colour}" stroke-width="3.4" stroke-linecap="round"/>'
        )
        left = 10 + place * 124
        parts.append(f'<rect x="{left}" y="{height + 20:.0f}" width="12" height="12" '
                     f'fill="{colour}"/>')  # fmt: skip
        text = escape(french_spaces(f"{label} ({number(len(here))})"))
        parts.append(f'<text x="{left + 16}" y="{height + 31:.0f}" font-size="11">{text}</text>')
    return "\n".join([*parts, "</svg>\n"])


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
