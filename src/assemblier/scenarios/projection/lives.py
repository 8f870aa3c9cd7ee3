"""Each practitioner's life in each draw: when they arrive, retire, and cease for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtr

from assemblier.maths.arrays import Array
from assemblier.maths.careers import STEPS, Chances, cumulative_exits, drawn_ages, drawn_exits
from assemblier.scenarios.projection.hypotheses import Hypotheses
from assemblier.scenarios.projection.laws import age_parts
from assemblier.scenarios.projection.practitioners import Group
from assemblier.scenarios.projection.waves import Wave


class Stream(IntEnum):
    """What a chance decides. Each has its own numbers, the same whatever the hypotheses are."""

    AGE = 0
    EXIT = 1
    CUMUL = 2
    LENGTH = 3
    PLACE = 4
    COUNT = 5
    ENTRANT_EXIT = 6
    ENTRANT_CUMUL = 7
    ENTRANT_LENGTH = 8
    ENTRANT_PLACE = 9


PRESENT = (Stream.AGE, Stream.EXIT, Stream.CUMUL, Stream.LENGTH)
"""Streams of those who are there."""
BLOCK = 1 << 21
"""People × draws drawn at once: even, as chances come two by two."""


@dataclass(frozen=True, slots=True, eq=False)
class Lives:
    """Practitioners by draw; a year is a number of years after the first.

    Attributes
    ----------
    ages
        (people, draws) age in the first year, or (people, 1) where it is known; what an entrant's
        would be.
    arrives
        (people, 1) 0 for those who are there.
    retires
        (people, draws) when they retire: from there to the end they practise in cumul.
    ends
        (people, draws) when they cease for good; the year of arrival for an entrant who does not
        come in this draw.
    """

    ages: NDArray[np.integer]
    arrives: NDArray[np.int8]
    retires: NDArray[np.int8]
    ends: NDArray[np.int8]

    def present(self, year: int) -> NDArray[np.bool_]:
        """Return (people, draws) who practises at the end of a year."""
        found: NDArray[np.bool_] = (self.ends > year) & (self.arrives <= year)
        return found

    def in_cumul(self, year: int) -> NDArray[np.bool_]:
        """Return (people, draws) who practises after they retired."""
        found: NDArray[np.bool_] = self.present(year) & (self.retires <= year)
        return found


def generator(seed: int, *key: int) -> np.random.Generator:
    """Return the numbers of one stream; nothing is shared with another."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def chances(seed: int, shape: tuple[int, int], *key: int) -> Chances:
    """Return (people, draws) chances; more people begin with the same ones.

    Always true
    -----------
    One seed and one key give the same numbers.
    """
    return generator(seed, *key).integers(0, STEPS, shape, dtype=np.uint16)


def present_lives(groups: Sequence[Group], found: Hypotheses, rates: Array, years: int) -> Lives:
    """Draw the lives of those who are there.

    Parameters
    ----------
    groups
        Everybody.
    found
        The hypotheses.
    rates
        (ages,) of exit.
    years
        How many.
    """
    people, draws = sum(group.count for group in groups), found.draws
    streams = {one: generator(found.seed, one) for one in PRESENT}
    laws = _laws(groups, found)
    known = all(len(np.flatnonzero(law)) == 1 for law in laws.values())
    cumulative = cumulative_exits(rates, years)
    bands = np.array([rank for rank, one in enumerate(groups) for _ in range(one.count)])
    keys = [(one.youngest, one.oldest) for one in groups]
    ages = np.empty((people, 1 if known else draws), np.uint8)
    retires, ends = (np.empty((people, draws), np.int8) for _ in range(2))
    # Block by block, so that only years on one byte are held for everybody.
    step = max(1, BLOCK // draws)
    for start in range(0, people, step):
        rows = slice(start, min(start + step, people))
        shape = (rows.stop - rows.start, draws)
        drawn = {
            one: stream.integers(0, STEPS, shape, np.uint16) for one, stream in streams.items()
        }
        own = [keys[rank] for rank in bands[rows]]
        ages[rows] = _ages(own, laws, drawn[Stream.AGE])[:, : ages.shape[1]]
        retires[rows] = drawn_exits(cumulative, ages[rows], drawn[Stream.EXIT])
        two = (drawn[Stream.CUMUL], drawn[Stream.LENGTH])
        ends[rows] = _ends(ages[rows], retires[rows], found, years, two)
    return Lives(ages, np.zeros((people, 1), np.int8), retires, ends)


Band = tuple[int | None, int | None]


def _laws(groups: Sequence[Group], found: Hypotheses) -> dict[Band, Array]:
    bands = dict.fromkeys((one.youngest, one.oldest) for one in groups)
    return {band: age_parts(found, *band) for band in bands}


def _ages(own: Sequence[Band], laws: Mapping[Band, Array], chance: Chances) -> NDArray[np.uint8]:
    """Return (people, draws) the ages of some people, each drawn in their own class."""
    drawn = np.empty(chance.shape, np.uint8)
    for band in dict.fromkeys(own):
        rows = np.array([one == band for one in own])
        drawn[rows] = drawn_ages(laws[band], chance[rows])
    return drawn


def _ends(
    ages: NDArray[np.integer],
    retires: NDArray[np.int8],
    found: Hypotheses,
    years: int,
    two: Sequence[Chances],
) -> NDArray[np.int8]:
    """Return when each ceases for good: at retirement, or some years after."""
    if not found.has_cumul or not found.cumul_share or not found.cumul_years:
        return retires
    whole, part = int(found.cumul_years // 1), found.cumul_years % 1
    goes_on = two[0] < round(found.cumul_share * STEPS)
    goes_on &= ages + retires >= found.cumul_age
    goes_on &= retires <= years
    more = whole + (two[1] < round(part * STEPS)) if part else np.int8(whole)
    # Nobody is followed after the year that comes after the last one.
    return np.asarray(np.minimum(retires + goes_on * more, years + 1), np.int8)


def entrant_lives(wave: Wave, rank: int, found: Hypotheses, rates: Array, years: int) -> Lives:
    """Draw the lives of those of one wave of arrivals.

    Parameters
    ----------
    wave
        When and how many.
    rank
        Of the wave: its own numbers.
    found, rates, years
        As `present_lives`.
    """
    counts = arrivals(wave, rank, found)
    shape, seed = (int(counts.max(initial=0)), found.draws), found.seed
    left = years - wave.year
    ages = np.full((shape[0], 1), found.arrival_age, np.int16)
    two = [chances(seed, shape, key, rank) for key in (Stream.ENTRANT_CUMUL, Stream.ENTRANT_LENGTH)]
    drawn = chances(seed, shape, Stream.ENTRANT_EXIT, rank)
    retires = drawn_exits(cumulative_exits(rates, left), ages, drawn)
    ends = _ends(ages, retires, found, left, two)
    comes = np.arange(shape[0])[:, None] < counts
    arrives = np.full((shape[0], 1), wave.year, np.int8)
    since_first = [(wave.year + np.where(comes, one, 0)).astype(np.int8) for one in (retires, ends)]
    return Lives((ages - wave.year).astype(np.int16), arrives, since_first[0], since_first[1])


def arrivals(wave: Wave, rank: int, found: Hypotheses) -> NDArray[np.int64]:
    """Return (draws,) how many come.

    Always true
    -----------
    Without chance, it is the count of the wave when that is whole.
    A larger count never brings fewer, for the same seed.
    """
    drawn = generator(found.seed, Stream.COUNT, rank).random(found.draws)
    if not wave.is_rate:
        return (wave.count + drawn).astype(np.int64)
    most = int(wave.count + 12 * wave.count**0.5 + 30)
    below = pdtr(np.arange(most), wave.count)
    return np.asarray(np.searchsorted(below, drawn, side="right"), np.int64)
