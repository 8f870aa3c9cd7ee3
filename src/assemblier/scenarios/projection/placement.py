"""Where everybody practises, and what each draw adds to the supply of each place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assemblier.access import Baseline
from assemblier.maths.arrays import Array
from assemblier.maths.careers import (
    BLOCK,
    STEPS,
    Arrived,
    Floats,
    add_arrived,
    add_present,
    by_draws,
    gather_at,
    part_of,
)
from assemblier.scenarios.projection.hypotheses import Hypotheses
from assemblier.scenarios.projection.lives import Stream, generator
from assemblier.scenarios.projection.population import Crowd, usual_time
from assemblier.territory import Perimeter

NOWHERE = -1
"""Somebody whose activity is in no known practice."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The practices of a territory in a baseline.

    Attributes
    ----------
    supply
        (places,) activity of every place of the baseline.
    practices
        (practices,) place of each practice counted.
    acts
        (practices,) its activity a year: the mean of its place.
    rank
        Of each place, by code of commune.
    """

    supply: Array
    practices: NDArray[np.intp]
    acts: Array
    rank: Mapping[str, int]

    @property
    def mean_acts(self) -> float:
        """Mean activity of a practice; 0 where there is none."""
        return float(self.acts.mean()) if len(self.acts) else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Who of a crowd is where.

    Attributes
    ----------
    ground
        The practices.
    crowd
        Everybody.
    located
        (people,) place of those whose commune is known, else `NOWHERE`.
    acts
        (people,) their activity.
    holders
        (practices nobody is located at, draws) which of the others holds each, by rank among
        them; empty where all are located.
    open_practices
        Ranks of these practices.
    arrived
        Those of each wave.
    """

    ground: Ground
    crowd: Crowd
    located: NDArray[np.intp]
    acts: Array
    holders: NDArray[np.int32]
    open_practices: NDArray[np.intp]
    arrived: tuple[Arrived, ...]


def ground_of(perimeter: Perimeter, baseline: Baseline) -> Ground:
    """Return the practices of a territory whose supply nothing contradicts."""
    counts = np.rint(np.nan_to_num(baseline.counts)).astype(np.int64)
    inside = np.isin(baseline.places, perimeter.codes)
    told = inside & ~np.isin(baseline.places, baseline.conflicts) & (counts > 0)
    places = np.flatnonzero(told)
    mean = baseline.fit.supply[places] / counts[places]
    return Ground(
        baseline.fit.supply,
        np.repeat(places, counts[places]),
        np.repeat(mean, counts[places]),
        {code: place for place, code in enumerate(baseline.places)},
    )


def placement(everybody: Crowd, ground: Ground) -> Placement:
    """Place a crowd: in the commune told, else in the practices that are left, draw by draw.

    Always true
    -----------
    Nobody located is moved.
    Each practice nobody is located at has one holder in each draw.
    """
    located, acts = _located(everybody, ground)
    taken = np.isin(ground.practices, located[located != NOWHERE])
    free = np.flatnonzero(~taken)
    communes = [one.commune for one in everybody.groups for _ in range(one.count)]
    unplaced = np.array([one is None for one in communes], bool)
    held = _holders(int(unplaced.sum()), len(free), everybody)
    free = free if held.size else free[:0]
    return Placement(ground, everybody, located, acts, held, free, _arrived(everybody, ground))


def _located(everybody: Crowd, ground: Ground) -> tuple[NDArray[np.intp], Array]:
    known = set(ground.practices.tolist())
    there = [
        ground.rank.get(one.commune or "", NOWHERE)
        for one in everybody.groups
        for _ in range(one.count)
    ]
    found = np.array([one if one in known else NOWHERE for one in there], np.intp)
    told = np.bincount(found[found != NOWHERE], minlength=len(ground.supply))
    counted = np.bincount(ground.practices, minlength=len(ground.supply))
    # Where more are told than were counted, they share the same activity.
    each = ground.supply / np.maximum(np.maximum(told, counted), 1)
    given = np.array(
        [np.nan if one.acts is None else one.acts for one in everybody.groups
         for _ in range(one.count)]
    )  # fmt: skip
    usual = np.where(found == NOWHERE, 0.0, each[found])
    return found, np.where(np.isnan(given) | (found == NOWHERE), usual, given)


def _holders(people: int, practices: int, everybody: Crowd) -> NDArray[np.int32]:
    """Return (practices, draws) who holds each: everybody in turn, in an order drawn at random."""
    draws = everybody.found.draws
    if not people or not practices:
        return np.empty((0, draws), np.int32)
    drawn = generator(everybody.found.graine, Stream.PLACE).random((people, draws))
    order = np.argsort(drawn, axis=0, kind="stable").astype(np.int32)
    return np.asarray(order[np.arange(practices) % people], np.int32)


def supply_changes(where: Placement, years: Sequence[int]) -> Iterator[Floats]:
    """Yield (places, draws) what each draw adds to each place, from the first year to others.

    Only what moves between two years is computed: the same array is yielded each time, written
    over.

    Parameters
    ----------
    where
        Who is where.
    years
        After the first, in order.

    Always true
    -----------
    Each is the change of its year alone, to rounding.
    """
    change = np.zeros((len(where.ground.supply), where.crowd.found.draws), np.float32)
    before = 0
    for year in years:
        _add(change, where, (before, year), None)
        yield change
        before = year


def supply_change(where: Placement, year: int, oldest: int | None = None) -> Floats:
    """Return (places, draws) what each draw adds to each place, from the first year to another.

    Parameters
    ----------
    where
        Who is where.
    year
        After the first.
    oldest
        Only the activity of those of this age or less counts, in both years; None: everybody.

    Always true
    -----------
    In the first year nothing has changed.
    The whole change is the activity of those who came less that of those who left.
    """
    change = np.zeros((len(where.ground.supply), where.crowd.found.draws), np.float32)
    _add(change, where, (0, year), oldest)
    return change


def _add(change: Floats, where: Placement, years: tuple[int, int], oldest: int | None) -> None:
    """Add what moves between two years, in place."""
    ground = where.ground
    _add_located(change, where, years, oldest)
    if len(where.open_practices):
        unplaced = np.flatnonzero(_is_unplaced(where.crowd))
        part = _part_change(where, unplaced, years, oldest)
        held = np.take_along_axis(part, where.holders, axis=0)
        gather_at(change, ground.practices[where.open_practices],
                  ground.acts[where.open_practices], held)  # fmt: skip
    _add_entrants(change, where, years, oldest)


def _is_unplaced(everybody: Crowd) -> NDArray[np.bool_]:
    return np.array([one.commune is None for one in everybody.groups for _ in range(one.count)])


def _reduced(found: Hypotheses) -> float:
    """Return the part of their activity that those who retired go on with."""
    return found.cumul_time if found.has_cumul else 1.0


def _part_change(
    where: Placement, rows: NDArray[np.intp], years: tuple[int, int], oldest: int | None
) -> Floats:
    """Return (rows, draws) the part of a usual activity each one does, less that of before."""
    lives, reduced = where.crowd.present, _reduced(where.crowd.found)
    before, after = (
        part_of(lives.retires[rows], lives.ends[rows], year, reduced) for year in years
    )
    if oldest is not None:
        ages = lives.ages[rows]
        before *= ages + np.int16(years[0]) <= oldest
        after *= ages + np.int16(years[1]) <= oldest
    after -= before
    return after


def _add_located(
    change: Floats, where: Placement, years: tuple[int, int], oldest: int | None
) -> None:
    """Add those whose commune is known, in place."""
    rows = np.flatnonzero(where.located != NOWHERE)
    places, acts, lives = where.located[rows], where.acts[rows], where.crowd.present
    if oldest is None:
        ends = (lives.retires, lives.ends)
        add_present(change, places, acts, rows, ends, years, _reduced(where.crowd.found))
        return
    step = max(1, BLOCK // change.shape[1])
    for start in range(0, len(rows), step):
        block = slice(start, start + step)
        part = _part_change(where, rows[block], years, oldest)
        gather_at(change, places[block], acts[block], part)


def _add_entrants(
    change: Floats, where: Placement, years: tuple[int, int], oldest: int | None
) -> None:
    """Add those who arrived: where they said, else where there are practices, in place."""
    if not len(where.ground.practices):
        return
    age = where.crowd.found.arrival_age
    waves = [
        one
        for one in where.arrived
        if one.year <= years[1] and (oldest is None or age + years[1] - one.year <= oldest)
    ]
    add_arrived(change, waves, years, _reduced(where.crowd.found))


def entrant_time(everybody: Crowd) -> float:
    """Return the time an entrant works, as a part of that of those who are there."""
    found = everybody.found
    total = sum(one.count for one in everybody.groups)
    now = sum(one.count * usual_time(found, one.sex, found.women) for one in everybody.groups)
    return usual_time(found, "", found.women_entrants) / (now / total) if total and now else 1.0


def _arrived(everybody: Crowd, ground: Ground) -> tuple[Arrived, ...]:
    """Return those who arrive: where it was announced, else in any practice."""
    act = ground.mean_acts * entrant_time(everybody)
    practices = ground.practices.astype(np.int32)
    kind: type[np.integer] = np.uint16 if len(practices) <= STEPS else np.int32
    found = []
    for rank, (wave, lives) in enumerate(zip(everybody.waves, everybody.entrants, strict=True)):
        places = practices
        if wave.commune is not None:
            places = np.array([ground.rank[wave.commune]], np.int32)
        numbers = generator(everybody.found.graine, Stream.ENTRANT_PLACE, rank)
        drawn = numbers.random(lives.ends.shape, np.float32)
        drawn *= len(places)
        ends = by_draws(lives.ends)
        retires = ends if lives.retires is lives.ends else by_draws(lives.retires)
        found.append(Arrived(wave.year, places, act, by_draws(drawn.astype(kind)), retires, ends))
    return tuple(found)
