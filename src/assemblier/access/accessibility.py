"""Accessibility of the communes of a perimeter, their neighbours taken into account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier import territory
from assemblier.access.banded import BandedDecay, banded_decay
from assemblier.errors import ShapeError
from assemblier.figures import Nature, Provenance
from assemblier.maths.arrays import Array
from assemblier.maths.catchment import two_step
from assemblier.maths.decay import weighted_pairs
from assemblier.travel import TravelTimes, crow_fly_model, crow_fly_times

if TYPE_CHECKING:
    from assemblier.territory import Perimeter

Selection: TypeAlias = NDArray[np.bool_]

METHOD = (
    "Offre accessible : effectifs partagés entre tous les habitants qui les atteignent, pondérés "
    "par le temps de trajet (bassins flottants en deux étapes) ; population non standardisée."
)


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What is in reach of each commune, per inhabitant.

    Attributes
    ----------
    codes
        (communes,) of the perimeter.
    score
        (communes,) units of supply per inhabitant; 0 where nothing is in reach, nan where the
        population in reach is unknown.
    is_lower_bound
        (communes,) whether a place in reach has an unknown supply: the score is then at least
        this.
    nature
        Of the travel times: an estimate stays one.
    provenance
        Sources, method, parameters.
    """

    codes: tuple[str, ...]
    score: Array
    is_lower_bound: Selection
    nature: Nature
    provenance: Provenance


def accessibility(
    codes: Sequence[str],
    supply: Mapping[str, float],
    demand: Mapping[str, float],
    travel: TravelTimes,
    bands: BandedDecay,
    *,
    include_neighbours: bool = True,
) -> Accessibility:
    """Return what is in reach of some communes, shared with everybody who reaches it.

    Parameters
    ----------
    codes
        Communes of the perimeter, among the homes of `travel`.
    supply
        Units of supply by place, ≥ 0. A place of `travel` that is absent is unknown, not empty.
    demand
        Inhabitants by home, ≥ 0.
    travel
        Minutes from homes to places: the perimeter, and around it everything its people reach
        and everybody who reaches that.
    bands
        The decay.
    include_neighbours
        True: places and homes outside the perimeter count. False cuts the world at the border:
        only to show what the border effect would be.

    Always true
    -----------
    Adding supply anywhere never lowers a score.
    A score that is a lower bound is one that reaches a place whose supply is unknown.
    With neighbours, the score of a commune does not depend on the perimeter it is asked in.

    Raises
    ------
    ShapeError
        When a home has no population, or a commune is not among the homes.
    """
    if not include_neighbours:
        inside = set(codes)
        places = [place for place in travel.places if place in inside]
        travel = travel.restricted(codes, places)
    offered, is_known = _supply(travel.places, supply)
    weights = weighted_pairs(travel.minutes, bands.decay)
    score = two_step(offered, _demand(travel.homes, demand), weights)
    unknown = np.asarray(weights @ (~is_known).astype(float)) > 0
    rows = _rows(travel.homes, codes)
    return Accessibility(
        tuple(codes),
        score[rows],
        unknown[rows],
        travel.nature,
        travel.provenance | bands.provenance | Provenance(method=METHOD),
    )


def perimeter_accessibility(
    perimeter: "Perimeter",
    supply: Mapping[str, float],
    on: date,
    provenance: Provenance,
    *,
    include_neighbours: bool = True,
) -> Accessibility:
    """Return what is in reach of the communes of a perimeter, by crow-fly times.

    Parameters
    ----------
    perimeter
        The territory.
    supply
        Units of supply by commune; a commune that is absent is unknown, not empty.
    on
        Date of the parameters.
    provenance
        Where the supply comes from.
    include_neighbours
        See `accessibility`.

    Always true
    -----------
    With neighbours, the score of a commune does not depend on the perimeter it is asked in.
    """
    index = territory.index()
    bands = banded_decay(on)
    travel = surrounding_times(perimeter.codes, bands.reach_minutes, on)
    demand = {
        code: float(index.population[row])
        for code, row in zip(travel.homes, index.positions(travel.homes), strict=True)
    }
    found = accessibility(
        perimeter.codes, supply, demand, travel, bands, include_neighbours=include_neighbours
    )
    return Accessibility(
        found.codes,
        found.score,
        found.is_lower_bound,
        found.nature,
        provenance | index.provenance("population") | found.provenance,
    )


def surrounding_times(codes: Sequence[str], reach_minutes: float, on: date) -> TravelTimes:
    """Return the times a perimeter needs: what its people reach, and everybody who reaches that.

    Parameters
    ----------
    codes
        Communes of the perimeter.
    reach_minutes
        Beyond it a place is out of reach.
    on
        Date of the parameters of the crow-fly model.
    """
    index = territory.index()
    model = crow_fly_model(on)
    every = tuple(index.codes)
    points = np.column_stack([index.longitude, index.latitude])
    own = index.positions(codes)
    # Forward: the places the perimeter reaches. Backward: everybody who reaches one of them.
    reached = crow_fly_times(codes, points[own], every, points, model, reach_minutes)
    places = np.unique(reached.minutes.indices)
    back = crow_fly_times(
        [every[place] for place in places], points[places], every, points, model, reach_minutes
    )
    homes = np.union1d(np.unique(back.minutes.indices), own)
    minutes = sp.csr_array(back.minutes[:, homes].T)
    return TravelTimes(
        tuple(every[home] for home in homes),
        tuple(every[place] for place in places),
        minutes,
        reach_minutes,
        back.method,
        back.nature,
        back.provenance,
    )


def _supply(places: Sequence[str], supply: Mapping[str, float]) -> tuple[Array, Selection]:
    """Return the known supply (0 where unknown) and whether it is known."""
    offered = np.array([supply.get(place, np.nan) for place in places], dtype=np.float64)
    is_known = ~np.isnan(offered)
    return np.where(is_known, offered, 0.0), is_known


def _demand(homes: Sequence[str], demand: Mapping[str, float]) -> Array:
    missing = [home for home in homes if home not in demand]
    if missing:
        raise ShapeError(f"population : {', '.join(missing[:5])} sans valeur")
    return np.array([demand[home] for home in homes], dtype=np.float64)


def _rows(homes: Sequence[str], codes: Sequence[str]) -> NDArray[np.intp]:
    position = {home: row for row, home in enumerate(homes)}
    missing = [code for code in codes if code not in position]
    if missing:
        raise ShapeError(f"temps de trajet : {', '.join(missing[:5])} absentes de la recherche")
    return np.array([position[code] for code in codes], dtype=np.intp)
