"""When people cease to practise: laws of exit by age, and draws from them.

A year runs as in `cohort`: everybody becomes one year older, then a part of those who reach an age
ceases. Draws are inverse transforms of whole numbers on two bytes: one chance gives one year for
every law, so that two laws compared on the same chances differ by the laws alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier.errors import ShapeError
from assemblier.maths import fast
from assemblier.maths.arrays import Array

STEPS = 1 << 16
"""Chances are whole numbers under it: a probability is read to the nearest of these parts."""
Chances = NDArray[np.uint16]
Years = NDArray[np.int8]
Floats = NDArray[np.float32]
WORTHWHILE = 500_000
"""People × draws from which compiling pays within one run."""
BLOCK = 1 << 19
"""People × draws looked up at once."""
DRAWS = 32
"""Draws of one place that fill two lines of cache."""
ROWS = 256
"""People whose draws are parted at once: they stay in the cache meanwhile."""
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
    edges = np.concatenate([[0], _parts(cumulative), [STEPS]])
    years = np.arange(1, len(cumulative) + 2, dtype=np.int8)
    return np.repeat(years, np.diff(edges))


def _parts(cumulative: Array) -> NDArray[np.int64]:
    """Return the chances under which each year is reached: (…, years) whole numbers."""
    return np.rint(cumulative * STEPS).astype(np.int64)


def _looked_up(table: NDArray[np.int8], rows: NDArray[np.int32], chances: Chances) -> Years:
    people, draws = chances.shape
    found, flat = np.empty((people, draws), np.int8), table.ravel()
    # Block by block: an index takes eight times the place of the year it finds.
    step = max(1, BLOCK // max(1, draws))
    for start in range(0, people, step):
        block = slice(start, start + step)
        found[block] = flat[(rows[block] << 16) | chances[block]]
    return found


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Who practises some years more after they retire.

    Attributes
    ----------
    share
        Part of those who retire at the age or later, 0 to 1.
    age
        From which age.
    years
        How many years each goes on, 0 or more, on average: whole ones, and a chance of one more.
    """

    share: float
    age: int
    years: float


def drawn_careers(
    cumulative: Array,
    ages: NDArray[np.integer],
    chances: Chances,
    going_on: GoingOn | None = None,
    more: tuple[Chances, Chances] | None = None,
) -> tuple[Years, Years]:
    """Return the year each one retires, and the year each one ceases for good.

    Parameters
    ----------
    cumulative, ages, chances
        As `drawn_exits`.
    going_on
        Who practises after they retire; None: nobody.
    more
        (people, draws) chances that decide who goes on, and who has one year more.

    Returns
    -------
        Twice (people, draws), from 1; years + 1 after the last year.

    Always true
    -----------
    Nobody ceases before they retire.
    Without going on, they cease when they retire.
    Compiled or not, they are the same years.
    """
    if going_on is None or more is None or not going_on.share or not going_on.years:
        retires = drawn_exits(cumulative, ages, chances)
        return retires, retires
    years = cumulative.shape[1] - 1
    if not ages.size or int(ages.max()) + years < going_on.age:
        retires = drawn_exits(cumulative, ages, chances)
        return retires, retires
    if years and chances.size >= WORTHWHILE and not going_on.years % 1 and fast.is_available():
        return _compiled_careers(cumulative, ages, chances, going_on, more[0])
    retires = drawn_exits(cumulative, ages, chances)
    goes_on = (more[0] < round(going_on.share * STEPS)) & (retires <= years)
    goes_on &= ages + retires >= going_on.age
    whole, part = int(going_on.years // 1), going_on.years % 1
    length = whole + (more[1] < round(part * STEPS)) if part else np.int8(whole)
    # Nobody is followed after the year that comes after the last one.
    return retires, np.asarray(np.minimum(retires + goes_on * length, years + 1), np.int8)


def _compiled_careers(
    cumulative: Array,
    ages: NDArray[np.integer],
    chances: Chances,
    going_on: GoingOn,
    more: Chances,
) -> tuple[Years, Years]:
    from assemblier.maths import compiled_careers

    parts = _parts(cumulative[:, 1:]).astype(np.int32)
    retires, ends = np.empty(chances.shape, np.int8), np.empty(chances.shape, np.int8)
    compiled_careers.careers(
        parts,
        ages,
        chances,
        more,
        round(going_on.share * STEPS),
        going_on.age,
        int(going_on.years),
        retires,
        ends,
    )
    return retires, ends


def add_present(
    change: Floats,
    places: NDArray[np.intp],
    acts: Array,
    rows: NDArray[np.intp],
    lives: tuple[Years, Years],
    years: tuple[int, int],
    reduced: float,
) -> None:
    """Add to each place what those who are there do in a year, less what they did; in place.

    Parameters
    ----------
    change
        (places, draws), written.
    places, acts
        (rows,) where each practises, and the activity of each.
    rows
        Which of the people.
    lives
        (people, draws) when each retires, and ceases.
    years
        The one before, and the year.
    reduced
        Part of their activity that those who go on after they retire do.
    """
    if len(rows) * change.shape[1] >= WORTHWHILE and fast.is_available():
        from assemblier.maths import compiled_careers

        light = acts.astype(np.float32)
        compiled_careers.add_present(
            change, places, light, rows, *lives, *years, np.float32(reduced)
        )
        return
    order = np.argsort(places, kind="stable")
    step = max(1, BLOCK // change.shape[1])
    for start in range(0, len(rows), step):
        block = order[start : start + step]
        retires, ends = (one[rows[block]] for one in lives)
        before, after = (part_of(retires, ends, year, reduced) for year in years)
        gather_at(change, places[block], acts[block], after - before)


def part_of(retires: Years, ends: Years, year: int, reduced: float) -> Floats:
    """Return the part of a usual activity each one does: all, reduced once retired, then none.

    Nobody ceases before they retire: the two terms add up.
    """
    part: Floats = (ends > year) * np.float32(reduced)
    part += (retires > year) * np.float32(1 - reduced)
    return part


def gather_at(change: Floats, places: NDArray[np.intp], acts: Array, part: Floats) -> None:
    """Add activities to their places, in place: (rows, draws) parts of (rows,) activities."""
    own, rank = np.unique(places, return_inverse=True)
    pairs = (rank, np.arange(len(places)))
    gather = sp.csr_array((acts.astype(np.float32), pairs), shape=(len(own), len(places)))
    change[own] += gather @ part


@dataclass(frozen=True, slots=True, eq=False)
class Arrived:
    """Those of one wave of arrivals.

    Attributes
    ----------
    year
        When they arrive.
    places
        Where they may be.
    act
        Usual activity of each.
    ranks
        (people, draws) which of these places each one has, `by_draws`.
    retires, ends
        (people, draws) years, `by_draws`; somebody who does not come ceases the year they would
        arrive.
    """

    year: int
    places: NDArray[np.int32]
    act: float
    ranks: tuple[NDArray[np.integer], ...]
    retires: tuple[Years, ...]
    ends: tuple[Years, ...]

    @property
    def size(self) -> int:
        """How many people × draws."""
        return sum(part.size for part in self.ends)

    def since(self, years: tuple[int, int]) -> tuple[int, int]:
        """Return the two years to compare: one when nobody is there, for those who came since."""
        before, year = years
        return (before if before >= self.year else MOST_YEARS), year


def add_arrived(
    change: Floats, waves: Sequence[Arrived], years: tuple[int, int], reduced: float
) -> None:
    """Add to its place what each one who arrived does in a year, less what they did; in place.

    Parameters
    ----------
    change
        (places, draws), written.
    waves
        Those who arrived by that year.
    years, reduced
        As `add_present`.
    """
    if not waves:
        return
    is_many = sum(wave.size for wave in waves) >= WORTHWHILE and fast.is_available()
    (_add_compiled if is_many else _add_by_numpy)(change, waves, years, reduced)


def _add_by_numpy(
    change: Floats, waves: Sequence[Arrived], years: tuple[int, int], reduced: float
) -> None:
    for wave in waves:
        parts = zip(wave.ranks, wave.retires, wave.ends, strict=True)
        for rank, (ranks, retires, ends) in enumerate(parts):
            before, after = (part_of(retires, ends, year, reduced) for year in wave.since(years))
            block = slice(rank * DRAWS, rank * DRAWS + ranks.shape[1])
            act = np.float32(wave.act)
            scatter_at(change[:, block], wave.places[ranks], (after - before) * act)


def _add_compiled(
    change: Floats, waves: Sequence[Arrived], years: tuple[int, int], reduced: float
) -> None:
    from assemblier.maths import compiled_careers

    # Places come at random: some draws at a time, held side by side, they stay in the cache.
    held = np.zeros((len(change), DRAWS), np.float32)
    for rank, first in enumerate(range(0, change.shape[1], DRAWS)):
        some = held if first + DRAWS <= change.shape[1] else held[:, : change.shape[1] - first]
        for wave in waves:
            compiled_careers.add_arrived(
                some, wave.places, wave.ranks[rank], np.float32(wave.act), wave.retires[rank],
                wave.ends[rank], *wave.since(years), np.float32(reduced),
            )  # fmt: skip
        compiled_careers.spill(change, some, first)


def by_draws(values: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return (people, draws) values `DRAWS` draws at a time, those of each time side by side.

    Always true
    -----------
    One beside the other, they are the values.

    Examples
    --------
    >>> [part.shape for part in by_draws(np.zeros((5, 40)))]
    [(5, 32), (5, 8)]
    """
    people, draws = values.shape
    starts = range(0, draws, DRAWS)
    parts = tuple(np.empty((people, min(DRAWS, draws - first)), values.dtype) for first in starts)
    # Some people at a time: the values are read once, in their order.
    for start in range(0, people, ROWS):
        rows = slice(start, start + ROWS)
        for first, part in zip(starts, parts, strict=True):
            part[rows] = values[rows, first : first + DRAWS]
    return parts


def scatter_at(change: Floats, places: NDArray[np.integer], part: Floats) -> None:
    """Add what each one does in each draw to its place in this draw, in place.

    Some draws at a time: what is added to stays in the cache of the processor.
    """
    step = max(16, BLOCK // max(1, len(change)))
    for start in range(0, change.shape[1], step):
        block = slice(start, min(start + step, change.shape[1]))
        width = block.stop - block.start
        cells = places[:, block].astype(np.int32) * np.int32(width)
        cells += np.arange(width, dtype=np.int32)
        added = np.bincount(cells.ravel(), part[:, block].ravel(), len(change) * width)
        change[:, block] += added.reshape(-1, width)


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
    table = np.repeat(np.arange(len(parts), dtype=np.uint8), np.diff(edges, prepend=0))
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
