"""When people cease to practise: laws of exit by age, and draws from them.

A year runs as in `cohort`: everybody becomes one year older, then a part of those who reach an age
ceases. Draws are inverse transforms of whole numbers on two bytes: one chance gives one year for
every law, so that two laws compared on the same chances differ by the laws alone.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array

STEPS = 1 << 16
"""Chances are whole numbers under it: a probability is read to the nearest of these parts."""
Chances = NDArray[np.uint16]
Years = NDArray[np.int8]
BLOCK = 1 << 19
"""People × draws looked up at once."""
MOST_YEARS = 120
"""Years on one byte."""


def cumulative_exits(rates: Array, years: int) -> Array:
    """Return the chance of having ceased, by age today and by year.

    Parameters
    ----------
    rates
        (ages,) part of those who reach an age that ceases, 0 to 1; the last age is open.
    years
        How many years, 0 to `MOST_YEARS`.

    Returns
    -------
        (ages, years + 1), 0 in the first column.

    Always true
    -----------
    More years never lower it, nor do higher rates.
    It is one less the part of a `cohort` that is left.

    Raises
    ------
    ShapeError
        When a rate is not from 0 to 1, or years is out of range.

    Examples
    --------
    >>> cumulative_exits(np.array([0.0, 0.5, 1.0]), 2)[0]
    array([0. , 0.5, 1. ])
    """
    rates = np.asarray(rates, np.float64)
    if rates.ndim != 1 or not len(rates) or not ((rates >= 0) & (rates <= 1)).all():
        raise ShapeError(f"taux de départ {rates.shape} : attendu une part de 0 à 1 par âge")
    if not 0 <= years <= MOST_YEARS:
        raise ShapeError(f"{years} années : attendu de 0 à {MOST_YEARS}")
    left = np.ones((len(rates), years + 1))
    for year in range(1, years + 1):
        reached = np.minimum(np.arange(len(rates)) + year, len(rates) - 1)
        left[:, year] = left[:, year - 1] * (1 - rates[reached])
    return 1 - left


def drawn_exits(cumulative: Array, ages: NDArray[np.integer], chances: Chances) -> Years:
    """Return the year each one ceases, drawn by inverse transform.

    Parameters
    ----------
    cumulative
        (ages, years + 1), from `cumulative_exits`.
    ages
        (people, draws) age today, an index of the first dimension; (people, 1) where it is known.
    chances
        (people, draws) even on 0 to `STEPS` - 1.

    Returns
    -------
        (people, draws) from 1; years + 1 for those who practise after the last year.

    Always true
    -----------
    Higher rates never give a later year for the same chance.
    The part that ceases by a year tends to the cumulative chance.

    Raises
    ------
    ShapeError
        When there is not one line of chances per person.
    """
    if ages.ndim != 2 or chances.ndim != 2 or len(ages) != len(chances):
        raise ShapeError(f"âges {ages.shape}, tirages {chances.shape} : une ligne par personne")
    table, first = _lookup(cumulative, ages)
    return _looked_up(table, np.asarray(ages, np.int32) - first, chances)


def _lookup(cumulative: Array, ages: NDArray[np.integer]) -> tuple[NDArray[np.int8], int]:
    """Return (ages, `STEPS`) the year of each chance for the ages met, and the first age."""
    if not ages.size:
        return np.zeros((1, STEPS), np.int8), 0
    first, last = int(ages.min()), int(ages.max())
    table = np.empty((last - first + 1, STEPS), np.int8)
    for age in range(first, last + 1):
        table[age - first] = _years_of(cumulative[age, 1:])
    return table, first


def _years_of(cumulative: Array) -> NDArray[np.int8]:
    """Return (`STEPS`,) the first year whose cumulative chance is above each chance."""
    parts = np.rint(cumulative * STEPS).astype(np.int64)
    passed = np.searchsorted(parts, np.arange(STEPS), side="right")
    return (passed + 1).astype(np.int8)


def _looked_up(table: NDArray[np.int8], rows: NDArray[np.int32], chances: Chances) -> Years:
    people, draws = chances.shape
    found, flat = np.empty((people, draws), np.int8), table.ravel()
    # Block by block: an index takes eight times the place of the year it finds.
    step = max(1, BLOCK // max(1, draws))
    for start in range(0, people, step):
        block = slice(start, start + step)
        found[block] = flat[(rows[block] << 16) | chances[block]]
    return found


def drawn_ages(parts: Array, chances: Chances) -> NDArray[np.uint8]:
    """Return ages drawn from a distribution.

    Parameters
    ----------
    parts
        (ages,) part of each single age, ≥ 0, any total above 0; at most 256 ages.
    chances
        (…) even on 0 to `STEPS` - 1.

    Always true
    -----------
    Nobody has an age whose part is 0.

    Raises
    ------
    ShapeError
        When there is nobody, or more than 256 ages.

    Examples
    --------
    >>> drawn_ages(np.array([0.0, 1.0, 1.0]), np.array([0, 40000], np.uint16))
    array([1, 2], dtype=uint8)
    """
    parts = np.asarray(parts, np.float64)
    if not 0 < len(parts) <= 256 or not parts.sum() > 0:
        raise ShapeError(f"âges {parts.shape} : attendu de 1 à 256 âges, dont un peuplé")
    edges = np.rint(np.cumsum(parts) / parts.sum() * STEPS).astype(np.int64)
    table = np.searchsorted(edges, np.arange(STEPS), side="right").astype(np.uint8)
    return np.asarray(table[chances], np.uint8)


def scale_for(share: float, exits: Callable[[float], float], most: float = 1e6) -> float:
    """Return the factor of a law whose exits reach a share.

    Parameters
    ----------
    share
        Wanted, ≥ 0.
    exits
        Share of people who cease, for a factor; never decreasing, 0 at 0.
    most
        The largest factor tried; it is returned where even it does not reach the share.

    Always true
    -----------
    The exits of the factor found are the share, where the law can reach it.

    Examples
    --------
    >>> round(scale_for(0.3, lambda factor: min(1.0, 0.1 * factor)), 9)
    3.0
    """
    if share <= 0:
        return 0.0
    if exits(most) < share:
        return most
    low, high = 0.0, 1.0
    while exits(high) < share:
        low, high = high, 2 * high
    # Halved until the two ends touch: about sixty times.
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if exits(middle) < share else (low, middle)
    return high
