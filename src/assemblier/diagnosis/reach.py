"""What lies within some minutes of a commune: the communes and inhabitants of isochrones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from assemblier.maths.arrays import Array
from assemblier.territory import index
from assemblier.travel.roads.isochrones import Isochrone

KM_PER_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class Reached:
    """What one surface holds.

    Attributes
    ----------
    minutes
        The limit.
    area_km2
        Of the surface.
    communes
        Codes of the communes whose town hall it holds, largest population first.
    population
        Their inhabitants; a commune of unknown population adds none.
    unknown
        How many of them have an unknown population.
    """

    minutes: float
    area_km2: float
    communes: tuple[str, ...]
    population: float
    unknown: int


def reached(surfaces: Sequence[Isochrone]) -> tuple[Reached, ...]:
    """Return what each surface holds, in the order given.

    A commune is counted whole where its town hall is: some of its inhabitants are farther.

    Parameters
    ----------
    surfaces
        From `travel.roads.isochrones`.

    Always true
    -----------
    A surface that holds another holds its communes too.
    """
    rows = index()
    on_map = np.flatnonzero(~np.isnan(rows.longitude))
    points = shapely.points(rows.longitude[on_map], rows.latitude[on_map])
    return tuple(_reached(one, on_map, points) for one in surfaces)


def _reached(surface: Isochrone, on_map: np.ndarray, points: np.ndarray) -> Reached:
    rows = index()
    shapely.prepare(surface.shape)
    inside = on_map[shapely.intersects(surface.shape, points)]
    people: Array = rows.population[inside]
    order = np.argsort(-np.nan_to_num(people), kind="stable")
    return Reached(
        surface.minutes,
        area_km2(surface),
        tuple(rows.codes[row] for row in inside[order]),
        float(np.nansum(people)),
        int(np.isnan(people).sum()),
    )


def area_km2(surface: Isochrone) -> float:
    """Return the area of a surface, in a projection that keeps areas (sinusoidal)."""

    def flat(points: np.ndarray) -> np.ndarray:
        longitude, latitude = points.T
        cosine = np.cos(np.radians(latitude))
        return np.column_stack([longitude * cosine, latitude]) * KM_PER_DEGREE

    return float(shapely.transform(surface.shape, flat).area)
