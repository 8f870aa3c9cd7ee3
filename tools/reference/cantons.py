"""Le canton de chaque commune, d'après la part de son contour que couvre le canton.

Le découpage est celui des « cantons ou villes » : une commune partagée entre plusieurs cantons
forme à elle seule un pseudo-canton (Le Puy-en-Velay : 4399), et un canton qui n'est qu'une
fraction de commune n'a aucune commune entière.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from reference.lecture import Ligne, connu

# Les contours des cantons sont faits de contours de communes entières : la part est voisine de 1
# ou de 0. Entre les deux, la commune est dite sans canton connu plutôt que placée au hasard.
PART_MINIMALE = 0.95
TYPES = {"C": "canton", "V": "ville", "N": "commune nouvelle"}
# Composition selon l'Insee : un canton peut contenir, en plus, une fraction de ville.
FRACTIONS = {
    "1": "communes entières",
    "2": "communes entières et une fraction de commune",
    "3": "communes entières et des fractions de communes",
    "4": "une fraction de commune",
    "5": "des fractions de communes",
}


@dataclass(frozen=True)
class Placement:
    """Le canton de chaque commune et ce qui n'a pas pu être placé."""

    canton_de: dict[str, str]
    partages: list[tuple[str, float]]


def placer(contours_de: dict[str, shapely.Geometry], cantons: list[Ligne]) -> Placement:
    """Place chaque commune (contours en degrés) dans le canton qui la couvre."""
    traces = [c for c in cantons if connu(c["geometry"])]
    formes = shapely.make_valid(shapely.from_wkb([c["geometry"] for c in traces]))
    codes = sorted(contours_de)
    communes = np.array([contours_de[code] for code in codes])
    rang, canton = shapely.STRtree(formes).query(communes, predicate="intersects")
    part = shapely.area(shapely.intersection(communes[rang], formes[canton]))
    part /= shapely.area(communes[rang])
    meilleurs: dict[str, tuple[float, str]] = {}
    for i, j, p in zip(rang.tolist(), canton.tolist(), part.tolist(), strict=True):
        meilleurs[codes[i]] = max(meilleurs.get(codes[i], (0.0, "")), (p, traces[j]["code"]))
    return Placement(
        {code: canton for code, (p, canton) in meilleurs.items() if p >= PART_MINIMALE},
        [(code, p) for code, (p, _) in meilleurs.items() if 0.01 < p < PART_MINIMALE],
    )
