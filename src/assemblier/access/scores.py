"""The indicator of one profession in a perimeter, its borders included."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from assemblier.access.demand import Demand
from assemblier.access.method import Method
from assemblier.access.supply import Supply, check_reachable
from assemblier.errors import InputError, Problem
from assemblier.figures import Nature, Provenance
from assemblier.maths.arrays import Array
from assemblier.maths.catchment import supply_to_demand_ratio
from assemblier.maths.decay import weighted_pairs
from assemblier.maths.variants import VARIANTS
from assemblier.territory import index
from assemblier.travel import Engine, TravelTimes

if TYPE_CHECKING:
    from assemblier.territory import Perimeter

Flags = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of a perimeter, and all that explains them.

    Attributes
    ----------
    codes
        (communes,) of the perimeter.
    score
        (communes,) in the unit of the method; 0 where nothing is in reach, nan where it cannot be
        known.
    is_lower_bound
        (communes,) whether a commune in reach has an unknown supply: the score is at least this.
    method, supply, demand
        What was computed with.
    travel
        Minutes of all that counts: homes inside and around, communes of the places.
    weights
        (homes, places) of `travel`, after the decay.
    ratio
        (places,) activity per weighted standardised inhabitant, in the unit of the score.
    variant
        Form of the catchment.
    provenance
        Sources, method, parameters.
    """

    codes: tuple[str, ...]
    score: Array
    is_lower_bound: Flags
    method: Method
    supply: Supply
    demand: Demand
    travel: TravelTimes
    weights: sp.csr_array
    ratio: Array
    variant: str
    provenance: Provenance

    @property
    def nature(self) -> Nature:
        """Estimated as soon as a parameter or the minutes are."""
        is_estimate = self.method.unconfirmed or self.travel.nature is Nature.ESTIME
        return Nature.ESTIME if is_estimate else Nature.CALCULE

    @property
    def rows(self) -> np.ndarray:
        """Where the communes of the perimeter are in the index."""
        return index().positions(self.codes)


def scores(
    perimeter: "Perimeter",
    method: Method,
    supply: Supply,
    demand: Demand,
    engine: Engine,
    variant: str = "e2sfca",
) -> Scores:
    """Return the scores of a perimeter; sites outside feed homes inside, and the reverse.

    Parameters
    ----------
    perimeter
        The territory.
    method, supply, demand
        Of one profession.
    engine
        Gives the minutes.
    variant
        One of `maths.variants.VARIANTS`; the DREES form by default.

    Always true
    -----------
    The score of a commune does not depend on the perimeter it is asked in.
    Adding supply never lowers a score.
    A score that is a lower bound reaches a commune whose supply is unknown.

    Raises
    ------
    InputError
        When the source of the supply describes no commune of the perimeter, or the supply lies
        outside any commune.
    """
    check_reachable(supply, perimeter.codes)
    _check_communes(supply)
    travel = surroundings(perimeter.codes, engine, method.bands.reach_minutes)
    offered = supply.by_commune()
    values = np.array([offered.get(place, np.nan) for place in travel.places])
    known = ~np.isnan(values)
    people = np.nan_to_num(demand.standardised[index().positions(travel.homes)])
    weights = weighted_pairs(travel.minutes, method.bands.decay)
    activity = np.where(known, values, 0.0) * method.multiplier
    every = VARIANTS[variant](activity, people, weights)
    missing = np.asarray(weights @ (~known).astype(float)) > 0
    row_of = {home: row for row, home in enumerate(travel.homes)}
    rows = np.array([row_of[code] for code in perimeter.codes], dtype=np.intp)
    return Scores(
        perimeter.codes,
        _unknown_where_nobody_counts(every[rows], perimeter.codes),
        missing[rows],
        method,
        supply,
        demand,
        travel,
        weights,
        supply_to_demand_ratio(activity, people, weights),
        variant,
        method.provenance | supply.provenance | demand.provenance | travel.provenance,
    )


def surroundings(codes: Sequence[str], engine: Engine, reach_minutes: float) -> TravelTimes:
    """Return the minutes a perimeter needs: what it reaches, and everybody who reaches that.

    Parameters
    ----------
    codes
        Communes of the perimeter.
    engine
        Gives the minutes.
    reach_minutes
        Beyond it a place is out of reach.

    Always true
    -----------
    Every commune of the perimeter is a home.
    """
    every = index().codes
    reached = engine.times(codes, every, reach_minutes)
    columns = np.unique(reached.minutes.indices)
    places = tuple(every[column] for column in columns)
    back = engine.times(every, places, reach_minutes)
    homes = np.union1d(np.flatnonzero(np.diff(back.minutes.indptr)), index().positions(codes))
    return back.restricted([every[home] for home in homes], places)


def _unknown_where_nobody_counts(found: Array, codes: Sequence[str]) -> Array:
    # A commune without a point reaches only itself for want of a place on the map: unknown.
    rows = index().positions(codes)
    return np.where(np.isnan(index().longitude[rows]), np.nan, found)


def _check_communes(supply: Supply) -> None:
    known = set(index().codes)
    lost = [code for code in supply.table["code_commune"].unique() if code not in known]
    if lost:
        raise InputError(
            [
                Problem(
                    "offre",
                    f"une offre hors de toute commune : {', '.join(sorted(lost)[:5])}",
                    "des codes de communes actuelles",
                    "corriger les codes de l'offre",
                )
            ]
        )
