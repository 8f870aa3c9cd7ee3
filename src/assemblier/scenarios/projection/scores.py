"""APL and zones at a horizon, from what each draw adds to the supply of the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier.access import Baseline, published
from assemblier.maths.arrays import Array
from assemblier.maths.assimilation import score_operator
from assemblier.maths.careers import Floats
from assemblier.maths.ensemble import Summary, quantiles_of, summary
from assemblier.scenarios.projection.ageing import Ageing, need_factors
from assemblier.scenarios.projection.placement import Placement, supply_change
from assemblier.territory import Perimeter, index
from assemblier.zoning.units import Partition

SHARES = (0.1, 0.5, 0.9)
"""Parts of the draws under the low end, the median and the high end."""
ZONING_AGE = 65
GP = "medecin_generaliste"


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores of a horizon.

    Attributes
    ----------
    rows
        Ranks of the homes of the territory whose score is known.
    quantiles
        (3, rows).
    mean
        (draws,) mean score of the territory.
    """

    rows: NDArray[np.intp]
    quantiles: Array
    mean: Array


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The territoires de vie-santé of a territory whose published score is whole.

    Attributes
    ----------
    codes, noms
        Of each.
    rows
        Ranks of the homes of all of them.
    start
        (rows,) published score, doctors of 65 or less.
    weights
        (units, rows) share of the residents of each.
    """

    codes: tuple[str, ...]
    noms: tuple[str, ...]
    rows: NDArray[np.intp]
    start: Array
    weights: sp.csr_array

    @property
    def today(self) -> Array:
        """(units,) the mean published score."""
        return np.asarray(self.weights @ self.start, np.float64)


def operator_at(baseline: Baseline, ageing: Ageing, year: int) -> tuple[sp.csr_array, Array]:
    """Return what a unit of supply adds to each score in a year, and the change ageing makes.

    Always true
    -----------
    Where needs do not change, it is the operator of the baseline and no change.
    """
    factors = need_factors(ageing, baseline, year)
    if (factors == 1).all():
        return baseline.fit.operator, np.zeros(len(baseline.homes))
    operator = score_operator(baseline.people * factors, baseline.fit.weights)
    shift = np.asarray(operator @ baseline.fit.supply - baseline.fit.score, np.float64)
    return operator, shift


def known_homes(perimeter: Perimeter, baseline: Baseline) -> NDArray[np.intp]:
    """Return the ranks of the homes of a territory whose published score is read."""
    inside = np.isin(baseline.homes, perimeter.codes)
    return np.flatnonzero(inside & ~np.isnan(baseline.official))


def scored(
    perimeter: Perimeter, baseline: Baseline, change: Floats, at: tuple[sp.csr_array, Array]
) -> Scored:
    """Return the scores of a territory some years after the first.

    Parameters
    ----------
    perimeter, baseline
        The territory, the situation before.
    change
        (places, draws) what each draw adds to each place.
    at
        From `operator_at`.

    Always true
    -----------
    Where nobody leaves or comes, and needs do not change, they are the published scores.
    """
    operator, shift = at
    rows = known_homes(perimeter, baseline)
    people = baseline.people[rows]
    share = people / people.sum() if people.sum() else np.zeros(len(rows))
    found = summary(
        sp.csr_array(operator[rows]),
        change,
        baseline.official[rows] + shift[rows],
        SHARES,
        sp.csr_array(share[None, :]),
    )
    return Scored(rows, found.quantiles, found.groups[0])


def units_of(perimeter: Perimeter, baseline: Baseline, partition: Partition | None) -> Units | None:
    """Return the territories a zoning classes, or None where they or their scores are unknown."""
    if partition is None:
        return None
    scores = published(GP, baseline.year, ZONING_AGE, perimeter.codes).scores
    members = partition.members()
    touched = sorted({unit for code in perimeter.codes if (unit := partition.unit_of.get(code))})
    rank = {code: home for home, code in enumerate(baseline.homes)}
    whole = [unit for unit in touched if _is_whole(members[unit], scores, rank)]
    if not whole:
        return None
    codes = [code for unit in whole for code in members[unit]]
    weights = _weights(whole, members)
    names = _names()
    return Units(
        tuple(whole),
        tuple(partition.nom.get(unit) or names.get(unit, unit) for unit in whole),
        np.array([rank[code] for code in codes], np.intp),
        np.array([scores[code] for code in codes]),
        weights,
    )


def _names() -> dict[str, str]:
    return dict(zip(index().codes, index().nom.tolist(), strict=True))


def _is_whole(codes: Sequence[str], scores: Mapping[str, float], rank: Mapping[str, int]) -> bool:
    return all(code in scores and code in rank for code in codes)


def _weights(units: Sequence[str], members: Mapping[str, Sequence[str]]) -> sp.csr_array:
    """Return (units, their homes one after the other) shares of the residents of each."""
    parts = []
    for unit in units:
        people = np.nan_to_num(index().population[index().positions(members[unit])])
        parts.append(people / people.sum() if people.sum() else people)
    rows = np.repeat(np.arange(len(units)), [len(one) for one in parts])
    shares = np.concatenate(parts)
    return sp.csr_array((shares, (rows, np.arange(len(shares)))), (len(units), len(shares)))


def unit_draws(units: Units, where: Placement, year: int, at: tuple[sp.csr_array, Array]) -> Array:
    """Return (units, draws) the score a zoning reads, some years after the first."""
    operator, shift = at
    found: Summary = summary(
        sp.csr_array(operator[units.rows]),
        supply_change(where, year, ZONING_AGE),
        units.start + shift[units.rows],
        (),
        units.weights,
    )
    return found.groups


def positions(draws: Array, zip_le: float, vivier_le: float) -> Array:
    """Return (3, units) the part of the draws in the mandatory ZIP, the pool, above it.

    Always true
    -----------
    The three parts of a territory sum to one.

    Examples
    --------
    >>> positions(np.array([[2.0, 2.5, 3.0, 5.0]]), 2.5, 4.0)[:, 0]
    array([0.5 , 0.25, 0.25])
    """
    low, high = (draws <= zip_le).mean(axis=1), (draws > vivier_le).mean(axis=1)
    return np.stack([low, 1 - low - high, high])


def mean_quantiles(found: Scored) -> Array:
    """Return (3,) the quantiles of the mean score of the territory."""
    return quantiles_of(found.mean, SHARES)
