"""The two axes, commune by commune: how far the nearest practitioner, how many people for one.

Two arrays, never one score: a commune may be near a saturated practitioner, or far from one who
has few patients.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector
from assemblier.travel import CrowFly, TravelTimes, crow_fly_times, great_circle_km, nearest
from assemblier.travel.crow_fly import Points

Selection: TypeAlias = NDArray[np.bool_]
Positions: TypeAlias = NDArray[np.intp]

SPATIAL_METHOD = (
    "Axe spatial : commune la plus proche où exerce au moins un praticien connu, de mairie à "
    "mairie."
)
TEMPORAL_METHOD = (
    "Axe temporel : habitants par praticien dans le bassin du praticien le plus proche, c'est-à-"
    "dire dans les communes à portée de lui dont l'offre est connue ; l'éloignement n'y entre pas."
)


@dataclass(frozen=True, slots=True)
class Communes:
    """The communes of a territory and around it.

    Attributes
    ----------
    codes
        (n,)
    points
        (n, 2) longitude, latitude in degrees; nan where unknown.
    population
        (n,) inhabitants, ≥ 0.
    supply
        (n,) practitioners, ≥ 0; nan where unknown.

    Raises
    ------
    ShapeError
        When the arrays do not have one row per code.
    """

    codes: tuple[str, ...]
    points: Points
    population: Array
    supply: Array

    def __post_init__(self) -> None:
        vector("population", self.population, len(self.codes))
        vector("offre", self.supply, len(self.codes))
        if self.points.shape != (len(self.codes), 2):
            raise ShapeError(f"points : forme {self.points.shape}, attendu ({len(self.codes)}, 2)")


@dataclass(frozen=True, slots=True)
class Remoteness:
    """Both axes of every commune; see `remoteness`.

    Attributes
    ----------
    nearest
        (n,) position of the nearest commune with a known practitioner, −1 where there is none.
    distance_km, minutes
        (n,) as the crow flies, and the trip; nan where there is none.
    is_upper_bound
        (n,) whether a commune whose supply is unknown is nearer: there may be somebody there.
    inhabitants, practitioners
        (n,) in the catchment of the nearest practitioner.
    inhabitants_per_practitioner
        (n,) the first over the second; nan where there is none.
    is_truncated
        (n,) whether that catchment runs into communes whose supply is unknown.
    """

    nearest: Positions
    distance_km: Array
    minutes: Array
    is_upper_bound: Selection
    inhabitants: Array
    practitioners: Array
    inhabitants_per_practitioner: Array
    is_truncated: Selection


def remoteness(communes: Communes, model: CrowFly, reach_minutes: float) -> Remoteness:
    """Return both axes of every commune.

    Parameters
    ----------
    communes
        The communes, with enough of them around for the nearest practitioner to be among them.
    model
        From kilometres as the crow flies to minutes.
    reach_minutes
        How far people go to a practitioner: the radius of a catchment.

    Always true
    -----------
    A commune with a practitioner is at the minutes inside a commune from one.
    Moving a commune away changes its minutes, not the load of the practitioner it goes to.
    More practitioners never make the nearest one farther.
    """
    places = places_of(communes)
    if not len(places):
        return _nobody(communes)
    row, distance_km = nearest(communes.points, communes.points[places])
    own = np.flatnonzero(np.isin(np.arange(len(communes.codes)), places))
    row[own] = np.searchsorted(places, own)
    distance_km[own] = 0.0
    minutes = model.minutes(distance_km)
    minutes[own] = model.minutes_inside
    people, practitioners, is_truncated = _catchments(communes, places, model, reach_minutes)
    # A commune without a point, nor a practitioner of its own, goes nowhere: row −1.
    lost = row < 0
    return Remoteness(
        np.where(lost, -1, places[row]),
        distance_km,
        minutes,
        _unknown_is_nearer(communes, distance_km),
        np.where(lost, np.nan, people[row]),
        np.where(lost, np.nan, practitioners[row]),
        np.where(lost, np.nan, people[row] / practitioners[row]),
        ~lost & is_truncated[row],
    )


def remoteness_by(communes: Communes, travel: TravelTimes, reach_minutes: float) -> Remoteness:
    """Return both axes of every commune, by the minutes of any engine.

    Parameters
    ----------
    communes
        The communes, with enough of them around.
    travel
        From all of them to those of `places_of`; a commune from which none is stored has no
        minutes.
    reach_minutes
        How far people go to a practitioner: the radius of a catchment.

    Always true
    -----------
    A commune with a practitioner is at the minutes inside a commune from one.
    More practitioners never make the nearest one farther.

    Raises
    ------
    ShapeError
        When the times are not between these communes and those places.
    """
    places = places_of(communes)
    if not len(places):
        return _nobody(communes)
    trips = _trips(communes, travel, places)
    column, minutes = _shortest(trips)
    column[places] = np.arange(len(places))
    minutes[places] = trips[places, np.arange(len(places))]
    lost = column < 0
    chosen = np.where(lost, -1, places[column])
    distance_km = great_circle_km(communes.points, communes.points[chosen])
    distance_km = np.where(lost, np.nan, distance_km)
    near = trips.copy()
    near.data = (trips.data <= reach_minutes).astype(float)
    people, practitioners, is_truncated = _summed(communes, sp.csr_array(near.T))
    return Remoteness(
        chosen,
        distance_km,
        minutes,
        _unknown_is_nearer(communes, distance_km),
        np.where(lost, np.nan, people[column]),
        np.where(lost, np.nan, practitioners[column]),
        np.where(lost, np.nan, people[column] / practitioners[column]),
        ~lost & is_truncated[column],
    )


def places_of(communes: Communes) -> Positions:
    """Return the communes with at least one known practitioner."""
    return np.flatnonzero(np.nan_to_num(communes.supply) > 0)


def _trips(communes: Communes, travel: TravelTimes, places: Positions) -> sp.csr_array:
    if travel.homes != communes.codes or len(travel.places) != len(places):
        raise ShapeError("temps de trajet : attendu toutes les communes vers celles des praticiens")
    return sp.csr_array(travel.minutes)


def _shortest(trips: sp.csr_array) -> tuple[Positions, Array]:
    """Return, for each row, the column of the shortest trip, −1 where there is none, and it."""
    rows = np.repeat(np.arange(trips.shape[0]), np.diff(trips.indptr))
    order = np.lexsort((trips.indices, trips.data, rows))
    found, first = np.unique(rows[order], return_index=True)
    column = np.full(trips.shape[0], -1, dtype=np.intp)
    minutes = np.full(trips.shape[0], np.nan)
    column[found] = trips.indices[order[first]]
    minutes[found] = trips.data[order[first]]
    return column, minutes


def _nobody(communes: Communes) -> Remoteness:
    unknown = np.full(len(communes.codes), np.nan)
    no = np.zeros(len(communes.codes), dtype=bool)
    nowhere = np.full(len(communes.codes), -1, dtype=np.intp)
    return Remoteness(nowhere, unknown, unknown, no, unknown, unknown, unknown, no)


def _unknown_is_nearer(communes: Communes, distance_km: Array) -> Selection:
    unknown = np.isnan(communes.supply)
    _, unknown_km = nearest(communes.points, communes.points[unknown])
    known_km = np.where(np.isnan(distance_km), np.inf, distance_km)
    # A commune whose own supply is unknown is at 0 km of an unknown supply.
    return np.asarray(np.nan_to_num(unknown_km, nan=np.inf) < known_km)


def _catchments(
    communes: Communes, places: Positions, model: CrowFly, reach_minutes: float
) -> tuple[Array, Array, Selection]:
    """Return inhabitants and practitioners around each place, and whether some are unknown."""
    times = crow_fly_times(
        [communes.codes[place] for place in places],
        communes.points[places],
        communes.codes,
        communes.points,
        model,
        reach_minutes,
    ).minutes
    around = sp.csr_array((np.ones(times.nnz), times.indices, times.indptr), shape=times.shape)
    return _summed(communes, around)


def _summed(communes: Communes, around: sp.csr_array) -> tuple[Array, Array, Selection]:
    """Return inhabitants and practitioners around places, from (places, communes) 0 or 1."""
    is_known = ~np.isnan(communes.supply)
    people = around @ np.where(is_known, communes.population, 0.0)
    practitioners = around @ np.nan_to_num(communes.supply)
    return people, practitioners, np.asarray(around @ (~is_known).astype(float)) > 0
