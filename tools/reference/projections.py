"""Projections officielles : une par territoire, en mètres."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

LAMBERT_93 = 2154
# RGAF09, RGFG95, RGR92, RGM04, RGSPM06 : projections UTM légales d'outre-mer.
OUTRE_MER = {
    "971": 5490,
    "972": 5490,
    "973": 2972,
    "974": 2975,
    "975": 4467,
    "976": 4471,
    "977": 5490,
    "978": 5490,
}
WGS_84 = 4326
GEODE = pyproj.Geod(ellps="GRS80")

Geometries = NDArray[np.object_]


def epsg(code_commune: str) -> int | None:
    """Rend la projection légale d'une commune, ou rien là où le projet n'en retient pas."""
    if not code_commune.startswith(("97", "98")):
        return LAMBERT_93
    return OUTRE_MER.get(code_commune[:3])


def projeter(geometries: Geometries, vers: int) -> Geometries:
    """Passe de longitude et latitude à des mètres."""
    return _transformer(geometries, WGS_84, vers, None)


def deprojeter(geometries: Geometries, depuis: int, decimales: int) -> Geometries:
    """Passe de mètres à longitude et latitude arrondies."""
    return _transformer(geometries, depuis, WGS_84, decimales)


@cache
def _passage(depuis: int, vers: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(depuis, vers, always_xy=True)


def _transformer(
    geometries: Geometries, depuis: int, vers: int, decimales: int | None
) -> Geometries:
    passage = _passage(depuis, vers)

    def convertir(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = passage.transform(points[:, 0], points[:, 1])
        colonnes = np.column_stack([x, y])
        return colonnes if decimales is None else np.round(colonnes, decimales)

    return shapely.transform(geometries, convertir)


def superficies_km2(geometries: Iterable[shapely.Geometry]) -> list[float]:
    """Rend les superficies géodésiques ; une projection les fausserait de quelques millièmes."""
    return [abs(GEODE.geometry_area_perimeter(g)[0]) / 1e6 for g in geometries]
