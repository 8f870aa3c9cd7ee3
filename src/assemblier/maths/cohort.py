"""People by single age, from one year to the next: they age, some leave, some arrive.

Every array may have dimensions before the ages (draws, territories): rates and arrivals drawn at
random give an ensemble by the same three lines.
"""

from dataclasses import dataclass

import numpy as np

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array

__all__ = ["Cohort", "cohort", "leaving_at", "spread"]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """A stock by age, year after year.

    Attributes
    ----------
    stock
        (years + 1, …, ages) people at the end of each year; the first is the one given.
    exits
        (years, …, ages) people who left in the year, at the age they had then.
    entries
        (years, …, ages) people who arrived in the year, at the age they had then.
    """

    stock: Array
    exits: Array
    entries: Array

    def totals(self) -> tuple[Array, Array, Array]:
        """Return stock, exits and entries of each year, all ages together."""
        return self.stock.sum(axis=-1), self.exits.sum(axis=-1), self.entries.sum(axis=-1)


def cohort(stock: Array, exit_rates: Array, entries: Array, years: int) -> Cohort:
    """Follow a stock by age.

    Each year everybody becomes one year older, those whose new age has an exit rate leave in that
    proportion, then the year's arrivals are added: nobody leaves the year they arrive.

    Parameters
    ----------
    stock
        (…, ages) people at each single age, ≥ 0. The last age is open: people stay in it.
    exit_rates
        (…, ages) part of those who reach an age that leaves, 0 to 1.
    entries
        (…, ages) arrivals of one year, at each age, ≥ 0, the same every year.
    years
        How many years, 0 or more.

    Always true
    -----------
    The stock of a year is that of the year before, plus the arrivals, minus the exits.
    Without exit nor entry the total stock does not change.
    The stock is linear in the first stock and the arrivals together.

    Raises
    ------
    ShapeError
        When the three arrays do not have the same ages.

    Examples
    --------
    >>> ages = np.zeros(100)
    >>> ages[66] = 10
    >>> cohort(ages, leaving_at(67, 100), np.zeros(100), 1).stock.sum(axis=-1)
    array([10.,  0.])
    """
    arrays = [np.asarray(one, dtype=np.float64) for one in (stock, exit_rates, entries)]
    if len({one.shape[-1:] for one in arrays}) != 1:
        shapes = " ; ".join(str(one.shape) for one in arrays)
        raise ShapeError(f"effectifs, départs et entrées : formes {shapes}, mêmes âges attendus")
    start, rates, arriving = np.broadcast_arrays(*arrays)
    stocks, exits = [start], []
    for _ in range(years):
        older = _older(stocks[-1])
        leaving = older * rates
        exits.append(leaving)
        stocks.append(older - leaving + arriving)
    none = np.zeros((0, *start.shape))
    return Cohort(
        np.stack(stocks),
        np.stack(exits) if exits else none,
        np.stack([arriving] * years) if years else none,
    )


def _older(stock: Array) -> Array:
    """Return a stock one year older; the last age is open."""
    older = np.roll(stock, 1, axis=-1)
    older[..., -1] += older[..., 0]
    older[..., 0] = 0.0
    return older


def leaving_at(age: int, ages: int) -> Array:
    """Return the exit rates of a world where everybody leaves on reaching an age: (ages,).

    Examples
    --------
    >>> leaving_at(2, 4)
    array([0., 0., 1., 1.])
    """
    return (np.arange(ages) >= age).astype(np.float64)


def spread(first: Array, last: Array, counts: Array, ages: int) -> Array:
    """Return bands of ages as single ages, each band spread evenly over its ages: (ages,).

    Parameters
    ----------
    first, last
        (bands,) first and last age of each band, included.
    counts
        (bands,) people, ≥ 0.
    ages
        How many single ages; a band cannot reach beyond.

    Always true
    -----------
    The single ages of a band sum to its people.

    Raises
    ------
    ShapeError
        When a band is empty or reaches beyond the ages.

    Examples
    --------
    >>> spread(np.array([1]), np.array([2]), np.array([6.0]), 4)
    array([0., 3., 3., 0.])
    """
    found = np.zeros(ages)
    for low, high, count in zip(first, last, counts, strict=True):
        if not 0 <= low <= high < ages:
            raise ShapeError(f"tranche de {low} à {high} ans : hors des {ages} âges")
        found[int(low) : int(high) + 1] += count / (high - low + 1)
    return found
