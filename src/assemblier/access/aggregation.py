"""From communes to a territory, as the method says: each statistic has its own weights.

A mean is weighted by the standardised population; people are counted in total population; the
value of a territoire de vie-santé is weighted by residents. Swapping them changes results.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array


@dataclass(frozen=True, slots=True)
class PeopleUnder:
    """How many live under a threshold.

    Attributes
    ----------
    communes
        Communes under it.
    inhabitants
        All residents of these communes.
    share
        Of the residents of all communes whose score is known; nan where there is none.
    unknown
        Communes whose score is unknown.
    """

    communes: int
    inhabitants: float
    share: float
    unknown: int


def mean_score(score: Array, standardised: Array) -> float:
    """Return the mean score of a territory, weighted by standardised inhabitants.

    Parameters
    ----------
    score
        (communes,); nan where unknown, left out.
    standardised
        (communes,) standardised inhabitants.

    Always true
    -----------
    It lies between the lowest and the highest score.

    Examples
    --------
    >>> mean_score(np.array([2.0, 4.0]), np.array([300.0, 100.0]))
    2.5
    """
    return _mean(score, standardised)


def tvs_score(score: Array, residents: Array) -> float:
    """Return the value a zoning reads for a territoire de vie-santé, weighted by residents.

    Examples
    --------
    >>> tvs_score(np.array([2.0, 4.0]), np.array([100.0, 300.0]))
    3.5
    """
    return _mean(score, residents)


def people_under(
    score: Array, total: Array, threshold: float, *, strict: bool = True
) -> PeopleUnder:
    """Return how many people live in communes under a threshold, in total population.

    Parameters
    ----------
    score
        (communes,); nan where unknown.
    total
        (communes,) all residents.
    threshold
        In the unit of the score.
    strict
        True: a commune exactly there is not under it.

    Always true
    -----------
    A higher threshold never counts fewer people.

    Examples
    --------
    >>> people_under(np.array([2.0, 2.5]), np.array([10.0, 30.0]), 2.5).share
    0.25
    """
    known = _known(score, total)
    below = known & ((score < threshold) if strict else (score <= threshold))
    everybody = float(total[known].sum())
    inhabitants = float(total[below].sum())
    return PeopleUnder(
        int(below.sum()),
        inhabitants,
        inhabitants / everybody if everybody > 0 else float("nan"),
        int((~known).sum()),
    )


def above(codes: Sequence[str], score: Array, threshold: float) -> tuple[tuple[str, float], ...]:
    """Return the territories whose score passes a threshold, highest first.

    Parameters
    ----------
    codes, score
        One score per territory; an unknown one passes nothing.
    threshold
        The user's own: a proposal, no rule in force.

    Always true
    -----------
    A higher threshold never lists more territories.

    Examples
    --------
    >>> above(["43157", "43001"], np.array([5.0, 2.0]), 4.0)
    (('43157', 5.0),)
    """
    passing = [(code, float(value)) for code, value in zip(codes, score, strict=True)]
    kept = [(code, value) for code, value in passing if value > threshold]
    return tuple(sorted(kept, key=lambda one: (-one[1], one[0])))


def _mean(score: Array, weights: Array) -> float:
    known = _known(score, weights)
    total = float(weights[known].sum())
    return float(score[known] @ weights[known] / total) if total > 0 else float("nan")


def _known(score: Array, weights: Array) -> np.ndarray:
    if score.shape != weights.shape:
        raise ShapeError(f"scores {score.shape}, poids {weights.shape} : attendu la même longueur")
    known: np.ndarray = ~np.isnan(score) & ~np.isnan(weights)
    return known
