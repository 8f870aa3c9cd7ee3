"""What a baseline is fitted on, as arrays: minutes, people, counts, published scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import scipy.sparse as sp
from scipy.spatial import cKDTree

from assemblier.access.baseline_settings import Settings
from assemblier.maths.arrays import Array
from assemblier.maths.assimilation import Prior, assimilated, score_operator
from assemblier.maths.blur import Blurred
from assemblier.maths.decay import Decay, Stepped, weighted_pairs
from assemblier.territory import index

TENFOLD_AT = 4.0
"""log10 of the people around a place whose activity is the reference one: 10,000."""
LEAST_SHARE = 0.25
"""A place of practice is never expected to do less than this share of the reference."""
FEWEST = 0.05
"""Spread of the supply of a commune, in places of practice, below which nothing could be fitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known before fitting.

    Attributes
    ----------
    minutes
        (homes, places).
    demand
        (homes,) standardised inhabitants.
    counts
        (places,) places of practice counted in each; nan where the supply is unknown.
    inhabitants
        (places,) residents of the commune.
    around
        (places,) residents within the radius of the settings.
    published
        (homes,) scores; nan where unknown, outside the area, or in conflict with the counts.
    """

    minutes: sp.csr_array
    demand: Array
    counts: Array
    inhabitants: Array
    around: Array
    published: Array

    def without(self, homes: np.ndarray) -> "Evidence":
        """Return the same, the scores of some homes unread."""
        return self.reading(np.where(homes, np.nan, self.published))

    def reading(self, published: Array) -> "Evidence":
        """Return the same with other scores."""
        return replace(self, published=published)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A supply that explains published scores.

    Attributes
    ----------
    weights
        (homes, places).
    operator
        (homes, places): times a supply, the scores.
    expected
        (places,) supply before any score was read.
    supply
        (places,) supply fitted.
    """

    weights: sp.csr_array
    operator: sp.csr_array
    expected: Array
    supply: Array

    @property
    def score(self) -> Array:
        """(homes,) scores of the supply fitted."""
        return np.asarray(self.operator @ self.supply, np.float64)

    @property
    def expected_score(self) -> Array:
        """(homes,) scores of the supply expected, no published score read."""
        return np.asarray(self.operator @ self.expected, np.float64)


def decay_of(bands: Stepped, chosen: Settings, is_estimate: bool) -> tuple[Decay, float]:
    """Return the decay, blurred where minutes are estimated, and how far it reaches."""
    if not is_estimate:
        return bands, float(bands.edges[-1])
    blurred = Blurred(bands, chosen.sd_minutes)
    return blurred, blurred.reach_minutes


def fitted(evidence: Evidence, decay: Decay, chosen: Settings) -> Fit:
    """Return the supply that explains the published scores of some evidence.

    Parameters
    ----------
    evidence
        What is known.
    decay
        From minutes to weights.
    chosen
        How sure each thing is.

    Always true
    -----------
    A score that is not in the evidence changes nothing.
    """
    weights = weighted_pairs(evidence.minutes, decay)
    operator = score_operator(evidence.demand, weights)
    prior = prior_of(evidence, chosen)
    supply = assimilated(operator, evidence.published, chosen.sd_score, prior)
    return Fit(weights, operator, prior.supply, supply)


def held_out(evidence: Evidence, first: Fit, folds: np.ndarray, chosen: Settings) -> Array:
    """Return the score of each home from a fit that never read the scores of its fold.

    Parameters
    ----------
    evidence, first, chosen
        As in `fitted`, and what it returned.
    folds
        (homes,) number of the fold of each home.

    Always true
    -----------
    The score of a home does not depend on what was published for its fold.
    """
    found = np.full(len(folds), np.nan)
    prior = prior_of(evidence, chosen)
    for fold in np.unique(folds[~np.isnan(evidence.published)]):
        inside = folds == fold
        scores = evidence.without(inside).published
        supply = assimilated(first.operator, scores, chosen.sd_score, prior)
        found[inside] = np.asarray(first.operator @ supply)[inside]
    return found


def prior_of(evidence: Evidence, chosen: Settings) -> Prior:
    """Return what is known of the supply of each place, and how well."""
    tenfolds = np.log10(np.maximum(evidence.around, 1.0)) - TENFOLD_AT
    each = np.maximum(
        chosen.acts_per_place + chosen.acts_per_tenfold * tenfolds,
        LEAST_SHARE * chosen.acts_per_place,
    )
    known = ~np.isnan(evidence.counts)
    counts = np.nan_to_num(evidence.counts)
    people = np.nan_to_num(evidence.inhabitants)
    # Unknown is not zero: elsewhere, the supply per head of the places that are known.
    per_head = float(each @ counts) / max(float(people[known].sum()), 1.0)
    supposed = per_head * people
    spread = each * np.sqrt(counts * chosen.sd_practice**2 + chosen.sd_commune**2)
    outside = np.maximum(chosen.sd_outside * supposed, FEWEST * each)
    return Prior(
        np.where(known, each * counts, supposed),
        np.where(known, spread, outside),
        np.where(known & (counts == 0), chosen.rarity, 0.0),
    )


def people_around(codes: Sequence[str], radius_km: float) -> Array:
    """Return the residents whose town hall is within a radius of that of each commune.

    Examples
    --------
    >>> bool(people_around(["43157"], 8.0)[0] > 40_000)
    True
    """
    rows = index().positions(codes)
    return _around(radius_km)[rows]


@cache
def _around(radius_km: float) -> Array:
    every = index()
    found = np.nan_to_num(every.population).astype(np.float64)
    people = np.nan_to_num(every.population)
    placed = ~np.isnan(every.x_m)
    for epsg in np.unique(every.epsg[placed]).tolist():
        rows = np.flatnonzero(placed & (every.epsg == epsg))
        points = np.column_stack([every.x_m[rows], every.y_m[rows]])
        near = cKDTree(points).query_ball_point(points, radius_km * 1000)
        found[rows] = [people[rows[some]].sum() for some in near]
    return found
