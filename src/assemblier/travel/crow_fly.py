"""Travel times without roads: the distance as the crow flies, lengthened, at one speed.

An estimate, and said to be one: relief, bridges and motorways are not modelled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from scipy.spatial import cKDTree

from assemblier.errors import ShapeError
from assemblier.figures import NOWHERE, Nature, Provenance
from assemblier.maths.arrays import Array
from assemblier.travel.times import TravelTimes

EARTH_RADIUS_KM = 6371.0088

Points: TypeAlias = Array
"""(n, 2) longitude and latitude in degrees, WGS 84."""


@dataclass(frozen=True, slots=True)
class CrowFly:
    """How a distance as the crow flies becomes minutes.

    Attributes
    ----------
    sinuosity
        Kilometres by road for one kilometre as the crow flies, ≥ 1.
    speed_kmh
        Mean speed by road, > 0.
    minutes_inside
        Minutes between a commune and itself.
    provenance
        The parameters these come from.
    """

    sinuosity: float
    speed_kmh: float
    minutes_inside: float = 0.0
    provenance: Provenance = NOWHERE

    def __post_init__(self) -> None:
        if self.sinuosity < 1 or self.speed_kmh <= 0 or self.minutes_inside < 0:
            raise ValueError(
                f"{self} : attendu une sinuosité ≥ 1, une vitesse > 0 et une durée ≥ 0"
            )

    def minutes(self, distance_km: Array) -> Array:
        """Return the minutes of a distance as the crow flies.

        Examples
        --------
        >>> CrowFly(1.3, 45).minutes(np.array([10.0])).round(1)
        array([17.3])
        """
        return np.asarray(distance_km) * self.sinuosity / self.speed_kmh * 60

    def distance_km(self, minutes: float) -> float:
        """Return how far, as the crow flies, one goes in some minutes."""
        return minutes / 60 * self.speed_kmh / self.sinuosity

    @property
    def method(self) -> str:
        """The method, as the reader sees it."""
        sinuosity = f"{self.sinuosity:g}".replace(".", ",")
        speed = f"{self.speed_kmh:g}".replace(".", ",")
        return (
            f"Trajet estimé : distance à vol d'oiseau entre mairies, multipliée par {sinuosity}, "
            f"parcourue à {speed} km/h ; ni relief, ni routes."
        )


def great_circle_km(one: Points, other: Points) -> Array:
    """Distance over the sphere between points taken two by two.

    Parameters
    ----------
    one, other
        (n, 2) longitude, latitude in degrees.

    Returns
    -------
        (n,) kilometres.

    Always true
    -----------
    The same both ways; 0 from a point to itself; at most half the circumference.

    Examples
    --------
    >>> great_circle_km(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])).round(2)
    array([111.2])
    """
    return _arc_km(np.linalg.norm(_on_sphere(one) - _on_sphere(other), axis=1))


def crow_fly_times(
    homes: Sequence[str],
    home_points: Points,
    places: Sequence[str],
    place_points: Points,
    model: CrowFly,
    cutoff_minutes: float,
) -> TravelTimes:
    """Minutes between every home and every place within a cutoff.

    Parameters
    ----------
    homes, places
        Codes; a place with the code of a home is inside it.
    home_points, place_points
        (homes, 2) and (places, 2) longitude, latitude in degrees. nan where unknown: that
        commune is then in reach of nobody but itself.
    model
        Sinuosity, speed, minutes inside a commune.
    cutoff_minutes
        Pairs farther than that are not stored; a pair exactly there is.

    Always true
    -----------
    Every stored value is between 0 and the cutoff.
    A commune reaches itself, in `minutes_inside`.
    Every pair within the cutoff is stored, and no other.

    Raises
    ------
    ShapeError
        When points and codes do not fit.
    """
    home_points, place_points = _points(homes, home_points), _points(places, place_points)
    rows, columns, minutes = _pairs_within(home_points, place_points, model, cutoff_minutes)
    same = np.asarray(homes, dtype=object)[rows] == np.asarray(places, dtype=object)[columns]
    own_rows, own_columns = _own_pairs(homes, places, model, cutoff_minutes)
    matrix = sp.csr_array(
        (
            np.concatenate([minutes[~same], np.full(len(own_rows), model.minutes_inside)]),
            (
                np.concatenate([rows[~same], own_rows]),
                np.concatenate([columns[~same], own_columns]),
            ),
        ),
        shape=(len(homes), len(places)),
    )
    return TravelTimes(
        tuple(homes),
        tuple(places),
        matrix,
        cutoff_minutes,
        model.method,
        Nature.ESTIME,
        model.provenance,
    )


def nearest(home_points: Points, place_points: Points) -> tuple[np.ndarray, Array]:
    """Return, for each home, the nearest place as the crow flies and how far it is.

    Parameters
    ----------
    home_points, place_points
        (n, 2) and (p, 2) longitude, latitude in degrees.

    Returns
    -------
        (n,) position of the place, −1 where there is none; (n,) kilometres, nan where the home
        has no point or there is no place.

    Always true
    -----------
    No place is nearer than the one returned.

    Examples
    --------
    >>> found, km = nearest(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0], [0.1, 0.0]]))
    >>> int(found[0]), float(km[0].round(1))
    (1, 11.1)
    """
    found = np.full(len(home_points), -1, dtype=np.intp)
    distance_km = np.full(len(home_points), np.nan)
    has_place = ~np.isnan(place_points).any(axis=1)
    has_point = ~np.isnan(home_points).any(axis=1)
    if has_place.any() and has_point.any():
        tree = cKDTree(_on_sphere(place_points[has_place]))
        chord, index = tree.query(_on_sphere(home_points[has_point]))
        found[has_point] = np.flatnonzero(has_place)[index]
        distance_km[has_point] = _arc_km(chord)
    return found, distance_km


def _points(codes: Sequence[str], points: Points) -> Points:
    points = np.asarray(points, dtype=np.float64)
    if points.shape != (len(codes), 2):
        raise ShapeError(f"points : forme {points.shape}, attendu ({len(codes)}, 2)")
    return points


def _on_sphere(points: Points) -> Array:
    """Return (n, 3) points of the unit sphere: there, the nearest by chord is the nearest."""
    longitude, latitude = np.radians(points).T
    return np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=1,
    )


def _arc_km(chord: Array) -> Array:
    # Rounding can put a chord just over the diameter.
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chord / 2, 0, 1))


def _chord(arc_km: float) -> float:
    return float(2 * np.sin(min(arc_km / (2 * EARTH_RADIUS_KM), np.pi / 2)))


def _pairs_within(
    home_points: Points, place_points: Points, model: CrowFly, cutoff_minutes: float
) -> tuple[np.ndarray, np.ndarray, Array]:
    """Return rows, columns and minutes of the pairs within the cutoff."""
    rows = np.flatnonzero(~np.isnan(home_points).any(axis=1))
    columns = np.flatnonzero(~np.isnan(place_points).any(axis=1))
    if len(rows) == 0 or len(columns) == 0:
        return rows[:0], columns[:0], np.zeros(0)
    # A hair over the cutoff, then an exact cut: the edge must not depend on the tree's rounding.
    reach = _chord(model.distance_km(cutoff_minutes) * (1 + 1e-9) + 1e-9)
    pairs = cKDTree(_on_sphere(home_points[rows])).sparse_distance_matrix(
        cKDTree(_on_sphere(place_points[columns])), reach, output_type="ndarray"
    )
    minutes = model.minutes(_arc_km(pairs["v"]))
    kept = minutes <= cutoff_minutes
    return rows[pairs["i"][kept]], columns[pairs["j"][kept]], minutes[kept]


def _own_pairs(
    homes: Sequence[str], places: Sequence[str], model: CrowFly, cutoff_minutes: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of the pairs inside one commune."""
    if model.minutes_inside > cutoff_minutes:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    row_of = {code: row for row, code in enumerate(homes)}
    own = [(row_of[code], column) for column, code in enumerate(places) if code in row_of]
    array = np.array(own, dtype=np.intp).reshape(-1, 2)
    return array[:, 0], array[:, 1]
