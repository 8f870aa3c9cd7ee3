"""Each practitioner's life in each draw: when they arrive, retire, and cease for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtr

from assemblier.maths.arrays import Array
from assemblier.maths.careers import (
    Chances,
    GoingOn,
    cumulative_exits,
    drawn_ages,
    drawn_careers,
)
from assemblier.scenarios.projection.hypotheses import Hypotheses
from assemblier.scenarios.projection.laws import age_parts
from assemblier.scenarios.projection.practitioners import Group
from assemblier.scenarios.projection.waves import Wave

Band = tuple[int | None, int | None]
"""First and last age of a class."""


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


BLOCK = 1 << 21
"""People × draws drawn at once."""


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


def generator(graine: int, *key: int) -> np.random.Generator:
    """Return the numbers of one stream; nothing is shared with another."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(graine, spawn_key=key)))


def chances(graine: int, shape: tuple[int, int], *key: int) -> Chances:
    """Return (people, draws) chances; more people begin with the same ones.

    Always true
    -----------
    One graine and one key give the same numbers.
    """
    return even_chances(generator(graine, *key), shape)


def even_chances(numbers: np.random.Generator, shape: tuple[int, int]) -> Chances:
    """Return the next chances of a stream: each raw number of eight bytes is four of them.

    Always true
    -----------
    Every chance from 0 to `STEPS` - 1 is as frequent.
    """
    size = shape[0] * shape[1]
    raw = numbers.bit_generator.random_raw(-(-size // 4))
    # The lowest bytes first on every machine.
    four = raw.astype("<u8", copy=False).view("<u2")
    return four[:size].astype(np.uint16, copy=False).reshape(shape)


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
    laws = _laws(groups, found)
    fixed = all(np.count_nonzero(law) == 1 for law in laws.values())
    streams = {one: generator(found.graine, one) for one in _needed(found, is_known=fixed)}
    cumulative = cumulative_exits(rates, years)
    bands = [] if fixed else [_band(one) for one in groups for _ in range(one.count)]
    ages = _known_ages(groups, laws) if fixed else np.empty((people, draws), np.uint8)
    retires, ends = (np.empty((people, draws), np.int8) for _ in range(2))
    # Block by block, so that only years on one byte are held for everybody.
    step = max(1, BLOCK // draws)
    for start in range(0, people, step):
        rows = slice(start, min(start + step, people))
        shape = (rows.stop - rows.start, draws)
        drawn = {one: even_chances(stream, shape) for one, stream in streams.items()}
        if not fixed:
            ages[rows] = _ages(bands[rows], laws, drawn[Stream.AGE])
        one_draw = np.zeros((shape[0], 1), np.uint16)
        retires[rows], ends[rows] = drawn_careers(
            cumulative,
            ages[rows],
            drawn[Stream.EXIT],
            _going_on(found),
            (drawn.get(Stream.CUMUL, one_draw), drawn.get(Stream.LENGTH, one_draw)),
        )
    return Lives(ages, np.zeros((people, 1), np.int8), retires, ends)


def _known_ages(groups: Sequence[Group], laws: Mapping[Band, Array]) -> NDArray[np.uint8]:
    """Return (people, 1) the ages of people of one age each."""
    only = {band: int(np.flatnonzero(law)[0]) for band, law in laws.items()}
    each = [only[one.youngest, one.oldest] for one in groups]
    return np.repeat(np.array(each, np.uint8), [one.count for one in groups])[:, None]


def _needed(found: Hypotheses, *, is_known: bool) -> tuple[Stream, ...]:
    """Return the streams that decide something: each has its own numbers, so others may rest."""
    ages = () if is_known else (Stream.AGE,)
    cumul = (Stream.CUMUL,) if found.has_cumul else ()
    length = (Stream.LENGTH,) if found.has_cumul and found.cumul_years % 1 else ()
    return (*ages, Stream.EXIT, *cumul, *length)


def _band(group: Group) -> Band:
    return group.youngest, group.oldest


def _laws(groups: Sequence[Group], found: Hypotheses) -> dict[Band, Array]:
    bands = dict.fromkeys(_band(one) for one in groups)
    return {band: age_parts(found, *band) for band in bands}


def _ages(own: Sequence[Band], laws: Mapping[Band, Array], chance: Chances) -> NDArray[np.uint8]:
    """Return (people, draws) the ages of some people, each drawn in their own class."""
    if len(set(own)) == 1:
        return drawn_ages(laws[own[0]], chance)
    drawn = np.empty(chance.shape, np.uint8)
    for band in dict.fromkeys(own):
        rows = np.array([one == band for one in own])
        drawn[rows] = drawn_ages(laws[band], chance[rows])
    return drawn


def _going_on(found: Hypotheses) -> GoingOn | None:
    if not found.has_cumul:
        return None
    return GoingOn(found.cumul_share, found.cumul_age, found.cumul_years)


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
    shape, graine = (int(counts.max(initial=0)), found.draws), found.graine
    left = years - wave.year
    ages = np.full((shape[0], 1), found.arrival_age, np.int16)
    law, drawn = cumulative_exits(rates, left), chances(graine, shape, Stream.ENTRANT_EXIT, rank)
    none = np.zeros((shape[0], 1), np.uint16)
    goes_on = chances(graine, shape, Stream.ENTRANT_CUMUL, rank) if found.has_cumul else none
    length = chances(graine, shape, Stream.ENTRANT_LENGTH, rank) if found.cumul_years % 1 else none
    retires, ends = drawn_careers(law, ages, drawn, _going_on(found), (goes_on, length))
    # Somebody who does not come ceases the year they would arrive.
    comes = np.arange(shape[0])[:, None] < counts
    arrives = np.full((shape[0], 1), wave.year, np.int8)
    late = np.int8(wave.year)
    same = retires is ends
    ends = np.where(comes, ends, 0) + late
    retires = ends if same else np.where(comes, retires, 0) + late
    return Lives((ages - wave.year).astype(np.int16), arrives, retires, ends)


def arrivals(wave: Wave, rank: int, found: Hypotheses) -> NDArray[np.int64]:
    """Return (draws,) how many come.

    Always true
    -----------
    Without chance, it is the count of the wave when that is whole.
    A larger count never brings fewer, for the same graine.
    """
    drawn = generator(found.graine, Stream.COUNT, rank).random(found.draws)
    if not wave.is_rate:
        return (wave.count + drawn).astype(np.int64)
    most = int(wave.count + 12 * wave.count**0.5 + 30)
    below = pdtr(np.arange(most), wave.count)
    return np.asarray(np.searchsorted(below, drawn, side="right"), np.int64)
