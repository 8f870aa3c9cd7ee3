"""How evenly something is shared: every measure is weighted by the people concerned.

A measure refuses unknown values (nan): call `known` first, and show the weight it left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector


@dataclass(frozen=True, slots=True)
class Known:
    """The part of a distribution that is known.

    Attributes
    ----------
    values, weights
        (n,) without nan.
    excluded_weight
        People whose value is unknown.
    excluded_count
        Places whose value is unknown.
    """

    values: Array
    weights: Array
    excluded_weight: float
    excluded_count: int


@dataclass(frozen=True, slots=True)
class Under:
    """Who is strictly under a threshold: places, people, share of the people."""

    count: int
    weight: float
    share: float


def known(values: Array | Sequence[float], weights: Array | Sequence[float]) -> Known:
    """Set apart the places whose value is unknown, and say how many people live there.

    Parameters
    ----------
    values
        (n,) ≥ 0, nan where unknown.
    weights
        (n,) people, ≥ 0, none unknown.

    Always true
    -----------
    The weights kept and the weight excluded sum to the weights given.

    Examples
    --------
    >>> known([1.0, np.nan], [10.0, 5.0]).excluded_weight
    5.0
    """
    values, weights = _pair(values, weights)
    is_known = ~np.isnan(values)
    return Known(
        values[is_known],
        weights[is_known],
        float(weights[~is_known].sum()),
        int((~is_known).sum()),
    )


def mean(values: Array | Sequence[float], weights: Array | Sequence[float]) -> float:
    """Mean weighted by people.

    Raises
    ------
    ShapeError
        When a value is unknown, or when nobody is concerned.

    Examples
    --------
    >>> mean([2.0, 4.0], [3.0, 1.0])
    2.5
    """
    values, weights = _distribution(values, weights)
    return float(values @ weights / weights.sum())


def lorenz(
    values: Array | Sequence[float], weights: Array | Sequence[float]
) -> tuple[Array, Array]:
    """Cumulative share of people, worst served first, and the share of the total they have.

    Parameters
    ----------
    values
        (n,) ≥ 0.
    weights
        (n,) people, ≥ 0.

    Returns
    -------
        (n + 1,) people and (n + 1,) total, both from 0 to 1. When everybody has 0, the diagonal.

    Always true
    -----------
    The curve rises from (0, 0) to (1, 1), never above the diagonal.

    Examples
    --------
    >>> lorenz([1.0, 3.0], [1.0, 1.0])[1]
    array([0.  , 0.25, 1.  ])
    """
    values, weights = _distribution(values, weights)
    order = np.argsort(values, kind="stable")
    people = np.concatenate([[0.0], np.cumsum(weights[order])])
    total = np.concatenate([[0.0], np.cumsum(weights[order] * values[order])])
    people /= people[-1]
    # Everybody at 0 is an equal share: the diagonal.
    return people, total / total[-1] if total[-1] > 0 else people.copy()


def gini(values: Array | Sequence[float], weights: Array | Sequence[float]) -> float:
    """Gini index: twice the area between the diagonal and the Lorenz curve.

    Parameters
    ----------
    values
        (n,) ≥ 0.
    weights
        (n,) people, ≥ 0.

    Always true
    -----------
    0 when everybody has the same.
    Between 0 and 1, 1 excluded.
    Unchanged when every value is multiplied, and when every weight is.
    Splitting a place into two with the same value changes nothing.

    Examples
    --------
    >>> gini([1.0, 3.0], [1.0, 1.0])
    0.25
    """
    people, total = lorenz(values, weights)
    index = 1.0 - float(np.sum(np.diff(people) * (total[1:] + total[:-1])))
    return max(0.0, index)  # equal values leave a rounding of either sign


def theil(values: Array | Sequence[float], weights: Array | Sequence[float]) -> float:
    """Theil index (T): more sensitive than Gini to the best served.

    Always true
    -----------
    0 when everybody has the same, never negative.
    Unchanged when every value is multiplied.

    Examples
    --------
    >>> round(theil([1.0, 3.0], [1.0, 1.0]), 4)
    0.1308
    """
    values, weights = _distribution(values, weights)
    average = mean(values, weights)
    if average == 0:
        return 0.0
    relative = values / average
    # x ln x tends to 0 with x.
    entropy = relative * np.log(relative, out=np.zeros_like(relative), where=relative > 0)
    return max(0.0, float(entropy @ weights / weights.sum()))


def palma(values: Array | Sequence[float], weights: Array | Sequence[float]) -> float:
    """What the best-served 10 % have, over what the worst-served 40 % have.

    Returns
    -------
        0.25 when everybody has the same; inf when the worst-served 40 % have nothing and others
        have something.

    Always true
    -----------
    At least 0.25.
    Unchanged when every value is multiplied.

    Examples
    --------
    >>> round(palma([2.0, 2.0], [1.0, 9.0]), 3)
    0.25
    """
    people, total = lorenz(values, weights)
    bottom = float(np.interp(0.4, people, total))
    top = 1.0 - float(np.interp(0.9, people, total))
    return top / bottom if bottom > 0 else float("inf")


def worst_served_mean(
    values: Array | Sequence[float], weights: Array | Sequence[float], share: float = 0.1
) -> float:
    """Mean of the worst-served share of the people (a tenth by default).

    A place across the limit counts for the part of its people that is needed.

    Always true
    -----------
    Never above the mean; the mean itself when share is 1.

    Examples
    --------
    >>> round(worst_served_mean([1.0, 5.0], [1.0, 9.0]), 3)
    1.0
    """
    _check_share(share)
    people, total = lorenz(values, weights)
    return float(np.interp(share, people, total)) / share * mean(values, weights)


def best_served_mean(
    values: Array | Sequence[float], weights: Array | Sequence[float], share: float = 0.1
) -> float:
    """Mean of the best-served share of the people (a tenth by default).

    Always true
    -----------
    Never under the mean; the mean itself when share is 1.

    Examples
    --------
    >>> round(best_served_mean([1.0, 5.0], [9.0, 1.0]), 3)
    5.0
    """
    _check_share(share)
    people, total = lorenz(values, weights)
    return (1.0 - float(np.interp(1.0 - share, people, total))) / share * mean(values, weights)


def tenth_ratio(values: Array | Sequence[float], weights: Array | Sequence[float]) -> float:
    """Mean of the best-served tenth over mean of the worst-served tenth (D10/D1).

    Returns
    -------
        1 when everybody has the same; inf when the worst-served tenth has nothing and others
        have something.

    Always true
    -----------
    At least 1.

    Examples
    --------
    >>> round(tenth_ratio([1.0, 5.0], [5.0, 5.0]), 3)
    5.0
    """
    worst = worst_served_mean(values, weights)
    best = best_served_mean(values, weights)
    if worst > 0:
        return best / worst
    return 1.0 if best == 0 else float("inf")


def under(
    values: Array | Sequence[float], weights: Array | Sequence[float], threshold: float
) -> Under:
    """Places and people strictly under a threshold.

    Parameters
    ----------
    values
        (n,) ≥ 0.
    weights
        (n,) people, ≥ 0.
    threshold
        A value equal to it is not under it.

    Always true
    -----------
    Raising the threshold never lowers a count.

    Examples
    --------
    >>> under([2.4, 2.5], [10.0, 30.0], 2.5)
    Under(count=1, weight=10.0, share=0.25)
    """
    values, weights = _distribution(values, weights)
    is_under = values < threshold
    weight = float(weights[is_under].sum())
    return Under(int(is_under.sum()), weight, weight / float(weights.sum()))


def _pair(values: Array | Sequence[float], weights: Array | Sequence[float]) -> tuple[Array, Array]:
    values = vector("values", values)
    weights = vector("weights", weights, len(values))
    if np.any(np.isnan(weights)):
        raise ShapeError("weights : des poids inconnus, attendu une population pour chaque valeur")
    return values, weights


def _distribution(
    values: Array | Sequence[float], weights: Array | Sequence[float]
) -> tuple[Array, Array]:
    values, weights = _pair(values, weights)
    if np.any(np.isnan(values)):
        raise ShapeError("values : des valeurs inconnues, les écarter avec known()")
    if weights.sum() <= 0:
        raise ShapeError("weights : aucun habitant concerné")
    return values, weights


def _check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise ValueError(f"part {share} : attendu entre 0 exclu et 1")
