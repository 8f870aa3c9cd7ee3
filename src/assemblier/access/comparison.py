"""Computed and published, side by side: how far one is from the other."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a computed indicator stands from the published one.

    Attributes
    ----------
    communes
        Compared: both values known.
    correlation, rank_correlation, weighted_correlation
        Pearson, Spearman, Pearson weighted by people; nan where there is nothing to correlate.
    scale
        What the computed values are multiplied by for their weighted mean to be the published one.
    gap_before, gap_after
        Mean absolute difference before and after that scaling.
    same_band
        Share of communes in the same class of the map, after scaling.
    """

    communes: int
    correlation: float
    rank_correlation: float
    weighted_correlation: float
    scale: float
    gap_before: float
    gap_after: float
    same_band: float


def agreement(
    computed: Array, published: Array, people: Array, bands: tuple[float, ...] = (2.5, 4.0)
) -> Agreement:
    """Return how a computed indicator agrees with the published one.

    Parameters
    ----------
    computed, published
        (communes,); nan where unknown, left out.
    people
        (communes,) weights, those of the published one.
    bands
        Inner edges of the classes, closed on the left.

    Always true
    -----------
    A multiple of the published indicator agrees perfectly after scaling.

    Raises
    ------
    ShapeError
        When shapes differ or nothing can be compared.

    Examples
    --------
    >>> agreement(np.array([1.0, 2.0]), np.array([2.0, 4.0]), np.ones(2)).gap_after
    0.0
    """
    if not computed.shape == published.shape == people.shape:
        raise ShapeError("calculé, publié et population : attendu la même longueur")
    known = ~(np.isnan(computed) | np.isnan(published) | np.isnan(people)) & (people > 0)
    ours, theirs, weights = computed[known], published[known], people[known]
    if len(ours) == 0 or ours @ weights == 0:
        raise ShapeError("rien à comparer : aucune commune connue des deux côtés")
    scale = float(theirs @ weights / (ours @ weights))
    ranks = rankdata(ours), rankdata(theirs)
    return Agreement(
        len(ours),
        weighted_correlation(ours, theirs, np.ones(len(ours))),
        weighted_correlation(*ranks, np.ones(len(ours))),
        weighted_correlation(ours, theirs, weights),
        scale,
        float(np.abs(ours - theirs).mean()),
        float(np.abs(scale * ours - theirs).mean()),
        float((np.digitize(scale * ours, bands) == np.digitize(theirs, bands)).mean()),
    )


def weighted_correlation(one: Array, other: Array, weights: Array) -> float:
    """Return Pearson's correlation, each pair counting for its weight; nan without variation.

    Always true
    -----------
    Between −1 and 1, the same both ways.

    Examples
    --------
    >>> weighted_correlation(np.array([1.0, 2.0]), np.array([3.0, 5.0]), np.ones(2))
    1.0
    """
    share = weights / weights.sum()
    first, second = one - share @ one, other - share @ other
    spread = np.sqrt((share @ first**2) * (share @ second**2))
    if not spread > 0:
        return float("nan")
    return float(np.clip(share @ (first * second) / spread, -1, 1))
