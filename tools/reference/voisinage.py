"""Communes voisines : celles dont les contours partagent un segment de limite."""

import numpy as np
import shapely
from numpy.typing import NDArray

from reference.contours import Couverture

Voisin = tuple[str, str, float]


def voisins(couverture: Couverture) -> list[Voisin]:
    """Rend (code, code, longueur en km) pour chaque limite commune, codes en ordre croissant.

    Dans une couverture, une limite commune est faite de segments identiques : il suffit de trouver
    les segments que deux communes possèdent.
    """
    extremites, proprietaire = _segments(couverture)
    ordre = np.lexsort(extremites.T)
    tries = extremites[ordre]
    double = np.flatnonzero((tries[1:] == tries[:-1]).all(axis=1))
    gauche, droite = proprietaire[ordre[double]], proprietaire[ordre[double + 1]]
    longueur = np.hypot(tries[double, 2] - tries[double, 0], tries[double, 3] - tries[double, 1])
    total: dict[tuple[int, int], float] = {}
    for a, b, metres in zip(gauche.tolist(), droite.tolist(), longueur.tolist(), strict=True):
        paire = (min(a, b), max(a, b))
        total[paire] = total.get(paire, 0.0) + metres
    codes = couverture.codes
    return sorted((codes[a], codes[b], metres / 1000) for (a, b), metres in total.items() if a != b)


def _segments(couverture: Couverture) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Rend les segments (x1, y1, x2, y2), extrémités en ordre croissant, et leur commune."""
    parties, commune = shapely.get_parts(couverture.repares, return_index=True)
    anneaux, partie = shapely.get_rings(parties, return_index=True)
    points, anneau = shapely.get_coordinates(anneaux, return_index=True)
    suite = anneau[1:] == anneau[:-1]
    debut, fin = points[:-1][suite], points[1:][suite]
    inverser = (debut[:, 0] > fin[:, 0]) | ((debut[:, 0] == fin[:, 0]) & (debut[:, 1] > fin[:, 1]))
    debut[inverser], fin[inverser] = fin[inverser], debut[inverser]
    return np.hstack([debut, fin]), commune[partie][anneau[:-1][suite]]
