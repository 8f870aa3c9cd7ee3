"""Direct standardisation: the rate a population would have with the ages of a reference."""

from dataclasses import dataclass

import numpy as np

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array

__all__ = ["Standardised", "direct"]


@dataclass(frozen=True, slots=True, eq=False)
class Standardised:
    """Standardised rates, one per zone, each with its interval.

    Attributes
    ----------
    rate
        (zones,) events per head of the reference population.
    low, high
        (zones,) its confidence interval.
    """

    rate: Array
    low: Array
    high: Array


def direct(events: Array, people: Array, reference: Array, level: float = 0.95) -> Standardised:
    """Return the rate each zone would have if its people had the ages of a reference.

    The rate is Σ_a w_a · d_a / n_a, with w_a the part of the reference at age a. The interval is
    the gamma one of Fay and Feuer: exact for one age, never negative, wide where events are few.

    Parameters
    ----------
    events
        (zones, ages) events counted, ≥ 0: each is taken as Poisson.
    people
        (zones, ages) person-years, > 0.
    reference
        (ages,) people of the reference population, ≥ 0, not all zero.
    level
        Of the interval, 0 to 1.

    Always true
    -----------
    The rate lies between the lowest and the highest rate by age of its zone, and in its interval.
    A zone whose ages are those of the reference keeps its crude rate.
    Only the shares of the reference count, not its size.

    Raises
    ------
    ShapeError
        When the arrays do not fit together, or an age has nobody.

    References
    ----------
    Fay and Feuer, Statistics in Medicine 16, 1997, p. 791-801.

    Examples
    --------
    >>> found = direct(np.array([[1.0, 9.0]]), np.array([[100.0, 300.0]]), np.array([1.0, 1.0]))
    >>> found.rate.tolist()
    [0.02]
    """
    from scipy.stats import gamma

    counted, living = np.atleast_2d(events), np.atleast_2d(people)
    if counted.shape != living.shape or counted.shape[1:] != np.shape(reference):
        raise ShapeError(
            f"décès {counted.shape}, population {living.shape}, référence {np.shape(reference)} : "
            "zones × âges, et les mêmes âges, attendus"
        )
    if not (living > 0).all() or not np.sum(reference) > 0:
        raise ShapeError("population ou référence vide à un âge : le taux n'existe pas")
    weights = np.asarray(reference, dtype=np.float64) / np.sum(reference) / living
    rate = (weights * counted).sum(axis=1)
    variance = (weights**2 * counted).sum(axis=1)
    # Above, the largest weight stands for the event that was not seen.
    widest = weights.max(axis=1)
    tail = (1 - level) / 2
    safe = np.where(variance > 0, variance, 1.0)
    low = gamma.ppf(tail, np.where(rate > 0, rate**2 / safe, 1.0), scale=safe / _positive(rate))
    above, spread = rate + widest, variance + widest**2
    high = gamma.ppf(1 - tail, above**2 / spread, scale=spread / above)
    return Standardised(rate, np.where(rate > 0, low, 0.0), high)


def _positive(values: Array) -> Array:
    return np.where(values > 0, values, 1.0)
