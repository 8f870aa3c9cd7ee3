"""Le point de chaque commune : sa mairie, ou un point du contour si elle est douteuse."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from reference import projections
from reference.lecture import Ligne, connu

# Les contours sont généralisés : une mairie proche de la limite peut tomber juste au-delà.
# Plus loin, c'est l'adresse d'une commune homonyme.
ECART_ADMIS_M = 200.0
DECIMALES_DEGRE = 5


@dataclass(frozen=True)
class Point:
    """Longitude et latitude, et d'où elles viennent."""

    longitude: float
    latitude: float
    origine: str


def mairies(lignes: list[Ligne]) -> dict[str, shapely.Point]:
    """Rend le point de mairie (longitude, latitude) de chaque commune qui en a un."""
    return {
        ligne["code"]: shapely.from_wkb(ligne["mairie_localisation"])
        for ligne in lignes
        if ligne["type"] in ("COM", "ARM") and connu(ligne["mairie_localisation"])
    }


def placer(
    codes: list[str], contours: projections.Geometries, epsg: int, mairie_de: Mapping[str, object]
) -> tuple[dict[str, Point], list[tuple[str, float]]]:
    """Rend le point de chaque commune et les mairies écartées avec leur distance en km."""
    points: dict[str, Point] = {}
    ecartees: list[tuple[str, float]] = []
    connues = [i for i, code in enumerate(codes) if code in mairie_de]
    positions = projections.projeter(np.array([mairie_de[codes[i]] for i in connues]), epsg)
    ecarts = dict(zip(connues, shapely.distance(positions, contours[connues]), strict=True))
    interieurs = projections.deprojeter(shapely.point_on_surface(contours), epsg, DECIMALES_DEGRE)
    for i, code in enumerate(codes):
        ecart = ecarts.get(i)
        if ecart is not None and ecart <= ECART_ADMIS_M:
            points[code] = _point(mairie_de[code], "mairie")
            continue
        if ecart is not None:
            ecartees.append((code, float(ecart) / 1000))
        points[code] = _point(interieurs[i], "contour")
    return points, ecartees


def _point(geometrie: object, origine: str) -> Point:
    x, y = shapely.get_coordinates(geometrie)[0].round(DECIMALES_DEGRE).tolist()
    return Point(x, y, origine)
