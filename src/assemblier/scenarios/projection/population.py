"""Everybody of a projection: those who are there and those who come, draw by draw."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.maths.arrays import Array
from assemblier.scenarios.projection.arrivals import Arrival
from assemblier.scenarios.projection.hypotheses import Hypotheses
from assemblier.scenarios.projection.laws import rates_of
from assemblier.scenarios.projection.lives import Lives, entrant_lives, present_lives
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.scenarios.projection.waves import Wave, expected_stock, waves_of


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Who practises in each draw.

    Attributes
    ----------
    found, groups
        The hypotheses, those who are there.
    waves
        Arrivals.
    rates
        (ages,) of exit.
    years
        How many follow the first.
    present
        Lives of those who are there, in the order of the groups.
    entrants
        Lives of each wave.
    """

    found: Hypotheses
    groups: tuple[Group, ...]
    waves: tuple[Wave, ...]
    rates: Array
    years: int
    present: Lives
    entrants: tuple[Lives, ...]

    @property
    def expected(self) -> Array:
        """(years + 1,) the stock on average, without any draw."""
        return expected_stock(self.found, self.groups, self.waves, self.rates, self.years)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of each year and draw: (years + 1, draws).

    Attributes
    ----------
    stock, exits, entries
        Practitioners at the end of the year, and those who ceased or came in it.
    time
        Full-time equivalents of the stock.

    Always true
    -----------
    The stock of a year is that of the year before, plus the entries, minus the exits.
    """

    stock: Array
    exits: Array
    entries: Array
    time: Array


def crowd(now: Practitioners, found: Hypotheses, announced: Sequence[Arrival], years: int) -> Crowd:
    """Draw everybody.

    Parameters
    ----------
    now, found, announced
        Those who are there, the hypotheses, those who are announced.
    years
        How many follow the first.

    Always true
    -----------
    The same graine gives the same lives.
    """
    rates = rates_of(found, now.groups)
    waves = waves_of(found, now.groups, announced, rates, now.year, years)
    entrants = tuple(
        entrant_lives(wave, rank, found, rates, years) for rank, wave in enumerate(waves)
    )
    present = present_lives(now.groups, found, rates, years)
    return Crowd(found, now.groups, waves, rates, years, present, entrants)


def usual_time(found: Hypotheses, sex: str, women: float) -> float:
    """Return the part of a full time that somebody works on average.

    Parameters
    ----------
    found
        The hypotheses.
    sex
        ``"F"``, ``"H"``, or empty: the share of women then counts.
    women
        Share of women, where the sex is not known.

    Always true
    -----------
    More part-time never raises it.
    """
    share = {"F": 1.0, "H": 0.0}.get(sex, women)
    partial = share * found.part_time_women + (1 - share) * found.part_time_men
    return 1 - partial * (1 - found.part_time)


def tally(everybody: Crowd) -> Tally:
    """Count a crowd, year by year."""
    shape = (everybody.years + 1, everybody.found.draws)
    found = Tally(*(np.zeros(shape) for _ in range(4)))
    start = 0
    for sex, count in _runs(everybody.groups):
        rows = slice(start, start + count)
        time = usual_time(everybody.found, sex, everybody.found.women)
        _add(found, _part(everybody.present, rows), time, everybody.found)
        start += count
    time = usual_time(everybody.found, "", everybody.found.women_entrants)
    for lives in everybody.entrants:
        _add(found, lives, time, everybody.found)
    return found


def _runs(groups: Sequence[Group]) -> list[tuple[str, int]]:
    """Return how many have the same sex, those that follow each other together."""
    found: list[tuple[str, int]] = []
    for one in groups:
        if found and found[-1][0] == one.sex:
            found[-1] = (one.sex, found[-1][1] + one.count)
        else:
            found.append((one.sex, one.count))
    return found


def _part(lives: Lives, rows: slice) -> Lives:
    return Lives(lives.ages[rows], lives.arrives[rows], lives.retires[rows], lives.ends[rows])


def _add(found: Tally, lives: Lives, time: float, settled: Hypotheses) -> None:
    """Add some lives to the counts, in place."""
    for year in range(len(found.stock)):
        present = lives.present(year).sum(axis=0)
        found.stock[year] += present
        reduced = lives.in_cumul(year).sum(axis=0) if settled.has_cumul else 0
        found.time[year] += time * (present - (1 - settled.cumul_time) * reduced)
        if year:
            found.exits[year] += ((lives.ends == year) & (lives.arrives < year)).sum(axis=0)
            found.entries[year] += ((lives.arrives == year) & (lives.ends > year)).sum(axis=0)
