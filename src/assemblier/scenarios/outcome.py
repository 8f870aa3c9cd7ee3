"""What a scenario changes: every score before and after, and who loses what others gain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from math import fsum

import numpy as np
import scipy.sparse as sp

from assemblier.access import Baseline
from assemblier.access.aggregation import people_under
from assemblier.errors import InputError, Problem
from assemblier.french import date_text
from assemblier.maths import inequality
from assemblier.maths.arrays import Array
from assemblier.maths.assimilation import score_operator
from assemblier.scenarios.effects import Context, apply
from assemblier.scenarios.ledger import Ledger, Move, Nature
from assemblier.scenarios.scenario import GP, Change, Scenario
from assemblier.territory import Perimeter, index, parse
from assemblier.travel import Engine

THRESHOLDS = (1.0, 2.5, 4.0)
"""Scores whose crossing is counted, in consultations."""
MOST_LISTED = 10
FELT = 0.005
"""A change of score of general practitioners that no two-decimal figure shows."""
FELT_FULL_TIME = 0.05
"""The same for a score in full-time equivalents, which has one decimal."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Who passes a threshold.

    Attributes
    ----------
    threshold
        In the unit of the score.
    lifted, dropped
        Inhabitants of the communes that pass it upwards, downwards.
    communes_lifted, communes_dropped
        How many communes.
    """

    threshold: float
    lifted: float
    dropped: float
    communes_lifted: int
    communes_dropped: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Activity a year, gained and lost, as it reaches inhabitants.

    Attributes
    ----------
    gained, lost
        Consultations that reach the inhabitants of communes whose score rises, that no longer
        reach those of communes whose score falls; both ≥ 0.
    communes_up, communes_down
        How many communes.
    """

    gained: float
    lost: float
    communes_up: int
    communes_down: int

    @property
    def net(self) -> float:
        """Gained less lost."""
        return self.gained - self.lost


@dataclass(frozen=True, eq=False)
class Outcome:
    """A scenario and its effects.

    Attributes
    ----------
    scenario, baseline
        What was tried, on what.
    perimeter
        The territory of the scenario.
    moves
        The account.
    supply_change
        (places,) activity added to each place.
    people_after
        (homes,) standardised inhabitants after.
    gain
        (homes,) change of the score.
    notes
        What the reader must know.
    remote_hours
        Hours a week of consultation at a distance, by commune: outside the score.
    day
        The day whose effects these are; None for all the changes.
    steps
        The same after each day of the changes, in order; empty where no change has a day.
    """

    scenario: Scenario
    baseline: Baseline
    perimeter: Perimeter
    moves: tuple[Move, ...]
    supply_change: Array
    people_after: Array
    gain: Array
    notes: tuple[str, ...]
    remote_hours: tuple[tuple[str, float], ...]
    day: date | None = None
    steps: "tuple[Outcome, ...]" = ()

    @property
    def pending(self) -> tuple[Change, ...]:
        """The changes that come after its day: they are not counted."""
        if self.day is None:
            return ()
        pairs = zip(self.scenario.changes, self.scenario.days, strict=True)
        return tuple(one for one, day in pairs if day is not None and day > self.day)

    @property
    def identity(self) -> str:
        """Twelve letters that name what is counted: the changes done by its day."""
        waiting = self.pending
        done = tuple(one for one in self.scenario.changes if one not in waiting)
        return replace(self.scenario, changes=done).identity

    @property
    def periods(self) -> "tuple[tuple[Outcome, date | None], ...]":
        """Each step, and the last day it lasts; None for the last one.

        Always true
        -----------
        Periods follow each other without a gap.
        """
        ends = [one.day - timedelta(days=1) if one.day else None for one in self.steps[1:]]
        return tuple(zip(self.steps, (*ends, None), strict=True))

    @property
    def emptied(self) -> tuple[str, ...]:
        """Communes whose last professional has left, where nobody brings any activity."""
        return tuple(code for code in self.touched if self._is_empty(code))

    def _is_empty(self, code: str) -> bool:
        counted = float(self.baseline.counts[self.baseline.places.index(code)])
        moves = [move for move in self.moves if move.commune == code]
        left = counted + fsum(move.heads for move in moves)
        brought = fsum(move.acts for move in moves if move.acts > 0)
        return counted > 0 and left <= 0 and brought <= 0

    @property
    def floored(self) -> tuple[int, ...]:
        """Homes of the territory that would lose more than their score: it is brought to 0."""
        return tuple(np.flatnonzero(self.is_inside & (self.before + self.gain < 0)).tolist())

    def at(self, day: date) -> "Outcome":
        """Return what has changed on a day: the changes that come later are not counted.

        Parameters
        ----------
        day
            Any day.

        Always true
        -----------
        After the last day of a scenario, everything has changed.
        """
        done = tuple(one for one in self.steps if one.day is None or one.day <= day)
        if done or not self.steps:
            return replace(done[-1] if done else self, day=day, steps=done)
        none = np.zeros_like(self.gain)
        return replace(
            self, moves=(), supply_change=np.zeros_like(self.supply_change), gain=none,
            people_after=self.baseline.people, notes=(), remote_hours=(), day=day, steps=(),
        )  # fmt: skip

    @property
    def is_gp(self) -> bool:
        """Whether the score counts consultations of general practitioners."""
        return self.baseline.method.profession == GP

    @property
    def felt(self) -> float:
        """The smallest change of score that a figure shows."""
        return FELT if self.is_gp else FELT_FULL_TIME

    @cached_property
    def before(self) -> Array:
        """(homes,) the published score; nan where it is unknown or contradicted."""
        return self.baseline.official

    @cached_property
    def after(self) -> Array:
        """(homes,) the published score and the change; never under 0."""
        return np.maximum(self.before + self.gain, 0.0)

    @cached_property
    def is_inside(self) -> np.ndarray:
        """(homes,) whether the commune is of the territory."""
        inside = set(self.perimeter.codes)
        return np.array([code in inside for code in self.baseline.homes])

    @cached_property
    def residents(self) -> Array:
        """(homes,) all residents today; nan where unknown."""
        return np.asarray(index().population[index().positions(self.baseline.homes)], np.float64)

    @property
    def touched(self) -> tuple[str, ...]:
        """Communes where an activity appears, disappears or moves, in the order of the changes."""
        return tuple(dict.fromkeys(move.commune for move in self.moves if move.commune))

    @property
    def changes_demand(self) -> bool:
        """Whether the inhabitants change too: gains then are not supply alone."""
        return not np.array_equal(self.people_after, self.baseline.people)

    def balance(self, homes: np.ndarray | None = None) -> Balance:
        """Return what some homes gain and lose; all of them by default.

        Always true
        -----------
        What everybody gains less what everybody loses is the activity added, where somebody
        reaches it and inhabitants do not change.
        """
        kept = np.ones(len(self.gain), dtype=bool) if homes is None else homes
        reached = np.where(kept, self.gain * self.people_after, 0.0)
        return Balance(
            fsum(reached[reached > 0]),
            -fsum(reached[reached < 0]),
            int((kept & (self.gain >= self.felt)).sum()),
            int((kept & (self.gain <= -self.felt)).sum()),
        )

    def acts(self, nature: Nature) -> float:
        """Return the activity of one nature; a move counts once."""
        acts = [move.acts for move in self.moves if move.nature is nature]
        return fsum(one for one in acts if one > 0) if nature is Nature.DEPLACEE else fsum(acts)

    def crossings(self) -> tuple[Crossing, ...]:
        """Return who passes each threshold in the territory; only consultations have any."""
        if not self.is_gp:
            return ()
        inside = self.is_inside
        return tuple(
            _crossing(one, self.before[inside], self.after[inside], self.residents[inside])
            for one in THRESHOLDS
        )

    def passing(self, threshold: float, *, up: bool) -> tuple[int, ...]:
        """Return the homes of the territory that pass a threshold, upwards or downwards."""
        under, over = self.before < threshold, self.before >= threshold
        passed = under & (self.after >= threshold) if up else over & (self.after < threshold)
        return tuple(np.flatnonzero(passed & self.is_inside).tolist())

    def gini(self) -> tuple[float, float]:
        """Return the inequality of the scores of the territory, before and after."""
        known = self.is_inside & ~np.isnan(self.before)
        people = np.nan_to_num(self.residents[known])
        return (
            inequality.gini(self.before[known], people),
            inequality.gini(self.after[known], people),
        )

    def classes(self) -> tuple[Array, Array]:
        """Return (homes,) the class before and after, between the thresholds; nan where unknown.

        Only the score of general practitioners has classes: another is in none, everywhere.
        """
        if not self.is_gp:
            none = np.full(len(self.gain), np.nan)
            return none, none
        before, after = (
            np.where(np.isnan(one), np.nan, np.digitize(one, THRESHOLDS))
            for one in (self.before, self.after)
        )
        return before, after

    def most(self, sign: int) -> tuple[int, ...]:
        """Return the ten homes that gain (1) or lose (−1) most, wherever they are."""
        order = np.argsort(-sign * self.gain, kind="stable")[:MOST_LISTED]
        return tuple(int(home) for home in order if sign * self.gain[home] >= self.felt)


def _crossing(threshold: float, before: Array, after: Array, people: Array) -> Crossing:
    up = (before < threshold) & (after >= threshold)
    down = (before >= threshold) & (after < threshold)
    residents = np.nan_to_num(people)
    return Crossing(
        threshold,
        float(residents[up].sum()),
        float(residents[down].sum()),
        int(up.sum()),
        int(down.sum()),
    )


def outcome(
    scenario: Scenario,
    baseline: Baseline,
    on: date,
    engine: Engine,
    problems: Sequence[Problem] = (),
) -> Outcome:
    """Return what a scenario changes.

    Parameters
    ----------
    scenario
        The changes.
    baseline
        The situation before, which stays untouched.
    on
        The day of the rules.
    engine
        Gives the minutes of an antenna.
    problems
        Already found while reading: nothing is then computed, all are said at once.

    Always true
    -----------
    A scenario whose changes undo each other gives back the baseline exactly.
    The order of changes at different places does not matter.
    The baseline is unchanged.

    Raises
    ------
    InputError
        When changes cannot be: every problem at once.
    """
    ledger, perimeter = Ledger(baseline), parse(scenario.territoire)
    days, steps = scenario.days, list[Outcome]()
    for rank, change in enumerate(scenario.changes):
        day = days[rank]
        if day is not None and day.year < baseline.year:
            ledger.refuse(
                change,
                f"le {date_text(day)}, avant l'APL publiée d'où l'on part ({baseline.year})",
                f"une date à partir de {baseline.year} : avant, l'APL publiée le compte déjà",
                "corriger la date, ou retirer le changement",
            )
            continue
        # The rules are those of the day it happens.
        apply(change, ledger, Context(day or on, engine))
        is_last = rank + 1 == len(days)
        if (
            any(days)
            and not problems
            and not ledger.problems
            and (is_last or days[rank + 1] != day)
        ):
            steps.append(replace(_state(scenario, ledger, perimeter), day=day))
    if problems or ledger.problems:
        raise InputError([*problems, *ledger.problems])
    return replace(_state(scenario, ledger, perimeter), steps=tuple(steps))


def _state(scenario: Scenario, ledger: Ledger, perimeter: Perimeter) -> Outcome:
    """Return what the changes written so far do."""
    baseline, added = ledger.baseline, ledger.change_of_supply()
    people = baseline.people.copy()
    for homes, factor in ledger.growth:
        people[homes] *= factor
    return Outcome(
        scenario,
        baseline,
        perimeter,
        tuple(ledger.moves),
        added,
        people,
        gains(baseline, added, people),
        tuple(ledger.notes),
        tuple(ledger.remote_hours),
    )


def gains(baseline: Baseline, added: Array, people: Array) -> Array:
    """Return (homes,) the change of every score.

    Parameters
    ----------
    baseline
        Before.
    added
        (places,) activity added.
    people
        (homes,) standardised inhabitants after.

    Always true
    -----------
    It equals the whole computation again, less the one before.
    """
    changed = np.flatnonzero(added)
    if np.array_equal(people, baseline.people):
        columns = sp.csc_array(baseline.fit.operator[:, changed])
        return np.asarray(columns @ added[changed], np.float64)
    after = score_operator(people, baseline.fit.weights) @ (baseline.fit.supply + added)
    return np.asarray(after - baseline.fit.score, np.float64)


def unknown_levels(found: Outcome) -> tuple[int, float]:
    """Return the communes of the territory without a score, and their residents."""
    unknown = found.is_inside & np.isnan(found.before)
    return int(unknown.sum()), float(np.nan_to_num(found.residents[unknown]).sum())


def people_below(found: Outcome, threshold: float) -> tuple[float, float]:
    """Return the residents of the territory under a threshold, before and after."""
    inside = found.is_inside
    before, after = (
        people_under(one[inside], found.residents[inside], threshold).inhabitants
        for one in (found.before, found.after)
    )
    return before, after
