"""The supply that reproduces published scores while staying close to what is known of it.

A score is linear in supply: A = W diag(1 / WᵀP) S. Knowing A on some homes says much of S; the
rest is held by a prior.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector
from assemblier.maths.catchment import _check_shape

MOST_STEPS = 400
TOLERANCE = 1e-7
"""Relative progress of the objective under which the search stops."""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What is known of a supply before any score is read.

    Attributes
    ----------
    supply
        (places,) expected supply, ≥ 0.
    spread
        (places,) standard deviation of it, > 0: how far from it a place may go.
    rarity
        (places,) ≥ 0: what the first unit of spread added to a place costs, so that places where
        nobody is known stay empty unless several scores ask for somebody. 0: nothing.

    Raises
    ------
    ShapeError
        When lengths differ, or a spread is not above 0.
    """

    supply: Array
    spread: Array
    rarity: Array

    def __post_init__(self) -> None:
        places = len(vector("supply", self.supply))
        vector("rarity", self.rarity, places)
        if not np.all(vector("spread", self.spread, places) > 0):
            raise ShapeError("spread : attendu des écarts types positifs")


def score_operator(demand: Array, weights: sp.csr_array) -> sp.csr_array:
    """Return (homes, places) what one unit of supply at a place adds to the score of a home.

    Parameters
    ----------
    demand
        (homes,) standardised inhabitants, ≥ 0.
    weights
        (homes, places), from a decay.

    Always true
    -----------
    Times a supply, it is `catchment.two_step`.

    Raises
    ------
    ShapeError
        When weights is not (homes, places).

    Examples
    --------
    >>> score_operator(np.array([5.0]), sp.csr_array([[1.0]])).toarray()
    array([[0.2]])
    """
    demand = vector("demand", demand)
    _check_shape(np.zeros(weights.shape[1]), demand, weights)
    asked = np.asarray(weights.T @ demand, np.float64)
    share = np.divide(1.0, asked, out=np.zeros_like(asked), where=asked != 0)
    return sp.csr_array(weights @ sp.diags_array(share))


def assimilated(operator: sp.csr_array, scores: Array, noise: float, prior: Prior) -> Array:
    """Return the most likely supply, given a prior and the scores of some homes.

    Minimises ½ Σ ((A s − y) / noise)² + ½ Σ u² + Σ rarity·max(u, 0) over s ≥ 0, where u is the
    departure from the prior, in spreads.

    Parameters
    ----------
    operator
        (homes, places), from `score_operator`.
    scores
        (homes,) published scores; nan where unknown or not to be used.
    noise
        Standard deviation of what no supply explains in a score, > 0: travel, rounding.
    prior
        What is known of the places.

    Returns
    -------
        (places,) supply, ≥ 0. A place no known score depends on keeps its prior.

    Always true
    -----------
    No supply is negative.
    Without any score the prior comes back.
    It is never farther from the scores than the prior is.
    Inputs are unchanged.

    Raises
    ------
    ShapeError
        When lengths do not fit, or noise is not above 0.

    Examples
    --------
    >>> prior = Prior(np.array([10.0]), np.array([10.0]), np.zeros(1))
    >>> assimilated(sp.csr_array([[0.1]]), np.array([2.0]), 0.01, prior).round(1)
    array([20.])
    """
    homes, places = operator.shape
    if scores.shape != (homes,) or prior.supply.shape != (places,) or not noise > 0:
        raise ShapeError(f"scores {scores.shape}, offre {prior.supply.shape}, bruit {noise}")
    known = np.flatnonzero(~np.isnan(scores))
    rows = sp.csr_array(operator[known])
    columns = np.unique(rows.indices[rows.data != 0])
    found = prior.supply.astype(np.float64)
    if len(columns):
        gap = (np.asarray(rows @ prior.supply) - scores[known]) / noise
        held = Prior(prior.supply[columns], prior.spread[columns], prior.rarity[columns])
        found[columns] += held.spread * _departure(rows[:, columns], gap, noise, held)
    # The bound is held up to rounding.
    return np.maximum(found, 0.0)


def _departure(rows: sp.csr_array, gap: Array, noise: float, prior: Prior) -> Array:
    """Return the departure from the prior, in spreads.

    Ups and downs are two variables: the price of rarity then has a slope everywhere. Each is
    scaled by the curvature of the objective along it: a third fewer steps.
    """
    step = sp.csr_array(rows @ sp.diags_array(prior.spread / noise))
    scale = 1 / np.sqrt(1.0 + np.asarray(step.multiply(step).sum(axis=0)).ravel())
    step = sp.csr_array(step @ sp.diags_array(scale))
    back = sp.csr_array(step.T)
    places, rarity = len(prior.supply), prior.rarity * scale

    def objective(both: Array) -> tuple[float, Array]:
        moved = both[:places] - both[places:]
        misfit = step @ moved + gap
        held = scale * moved
        slope = back @ misfit + scale * held
        worth = 0.5 * float(misfit @ misfit) + 0.5 * float(held @ held)
        cost = worth + float(rarity @ both[:places])
        return cost, np.concatenate([slope + rarity, -slope])

    most = np.concatenate([np.full(places, np.inf), prior.supply / prior.spread / scale])
    ended = minimize(
        objective,
        np.zeros(2 * places),
        jac=True,
        method="L-BFGS-B",
        bounds=np.column_stack([np.zeros(2 * places), most]),
        options={"maxiter": MOST_STEPS, "ftol": TOLERANCE, "maxfun": 2 * MOST_STEPS},
    )
    return np.asarray(scale * (ended.x[:places] - ended.x[places:]), np.float64)
