"""The choice of places: three objectives, the same limits, and always how good it is proven."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import comb

import numpy as np

from assemblier.errors import InputError, Problem
from assemblier.french import number
from assemblier.maths import covering, raising, siting
from assemblier.maths.arrays import Array
from assemblier.maths.branching import proven
from assemblier.scenarios.network import Network

MOST_TRIED = 50_000
"""Choices that are tried one by one, at most."""
ROUNDING = 1e-9
"""Share of a value that is only rounding."""
CLOSE = 0.01
"""Share of the result that an alternative may lose."""
SECONDS = 20.0
"""Time given to a proof."""
QUICK = 1
"""Branches looked at for one point of a curve."""


class Objective(StrEnum):
    """What a choice is judged on."""

    MANQUE = "manque"
    """Σ inhabitants · (threshold − score)², what it takes away."""
    COUVERTURE = "couverture"
    """Inhabitants under the threshold with a place within some minutes."""
    SEUIL = "seuil"
    """Inhabitants raised to the threshold; at equality, the least travel time."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What a choice must respect.

    Attributes
    ----------
    count
        Places to open at most.
    costs
        (candidates,) euros each, > 0; None where only their number counts.
    budget
        Euros in all; infinite where only their number counts.
    fixed
        Candidates open whatever is chosen: they count neither in number nor in cost.
    forbidden
        Candidates left out.
    served
        (candidates,) inhabitants each can serve; None where that is not limited.
    """

    count: int
    costs: Array | None = None
    budget: float = np.inf
    fixed: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()
    served: Array | None = None

    @property
    def is_paid(self) -> bool:
        """Whether money limits the choice."""
        return self.costs is not None and bool(np.isfinite(self.budget))

    def free(self, candidates: int) -> tuple[int, ...]:
        """Return the candidates that may be chosen."""
        closed = {*self.fixed, *self.forbidden}
        return tuple(one for one in range(candidates) if one not in closed)

    def pays(self, chosen: Sequence[int]) -> bool:
        """Whether some places are within the budget, up to rounding."""
        if self.costs is None or not self.is_paid:
            return True
        return float(self.costs[list(chosen)].sum()) <= self.budget * (1 + ROUNDING)

    def choices(self, candidates: int) -> int:
        """Return how many choices there are, the budget apart."""
        free = len(self.free(candidates))
        most = min(self.count, free)
        return (
            sum(comb(free, size) for size in range(most + 1)) if self.is_paid else comb(free, most)
        )

    def every(self, candidates: int) -> Iterator[tuple[int, ...]]:
        """Yield every choice: of the full number, or with a budget of any that it pays."""
        free = self.free(candidates)
        most = min(self.count, len(free))
        for size in range(0 if self.is_paid else most, most + 1):
            yield from (one for one in combinations(free, size) if self.pays(one))


@dataclass(frozen=True, slots=True)
class Choice:
    """Places chosen.

    Attributes
    ----------
    chosen
        Candidates; those that are open anyway are not among them.
    value
        What they add, in the unit of the objective.
    bound
        No other choice within the same rules does better than this.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the bound that may be missed; 0 when proven the best."""
        return 0.0 if self.bound <= 0 else max(0.0, 1.0 - self.value / self.bound)


def choice(
    network: Network, objective: Objective, rules: Rules, seconds: float = SECONDS
) -> Choice:
    """Return the places to open.

    Parameters
    ----------
    network
        Homes and candidates.
    objective
        What a choice is judged on.
    rules
        What it must respect.
    seconds
        Time given to a proof.

    Always true
    -----------
    No choice within the rules does better than the bound.
    The places chosen respect the rules.

    Raises
    ------
    InputError
        When there are fewer candidates than asked for.
    """
    _check_count(network, rules)
    match objective:
        case Objective.MANQUE:
            return _least_lack(network.once_open(rules.fixed), rules)
        case Objective.COUVERTURE:
            return _most_covered(network, rules, seconds)
        case Objective.SEUIL:
            return _most_raised(network.once_open(rules.fixed), rules, seconds)


def value_of(
    network: Network, objective: Objective, rules: Rules
) -> Callable[[Sequence[int]], float]:
    """Return what gives the value of any choice: what it adds to what is open anyway.

    Parameters
    ----------
    network, objective, rules
        As `choice`.
    """
    if objective is Objective.COUVERTURE:
        return _coverage_value(network, rules)
    after = network.once_open(rules.fixed)
    if objective is Objective.SEUIL:
        return lambda chosen: float(after.weighed[after.passing(chosen)].sum())
    return after.removed


def alternatives(
    network: Network, objective: Objective, rules: Rules, found: Choice
) -> tuple[tuple[int, int, float], ...]:
    """Return the exchanges of one place that lose at most `CLOSE`: out, in, new value.

    Parameters
    ----------
    network, objective, rules
        As `choice`.
    found
        The choice.

    Always true
    -----------
    Each is within the rules and reaches at least 99 % of the value.
    """
    if found.value <= 0:
        return ()
    value = value_of(network, objective, rules)
    close = []
    for out in found.chosen:
        others = [one for one in found.chosen if one != out]
        for new in rules.free(network.gains.shape[1]):
            if new in found.chosen or not rules.pays([*others, new]):
                continue
            reached = value([*others, new])
            if reached >= (1 - CLOSE) * found.value:
                close.append((out, new, reached))
    return tuple(sorted(close, key=lambda one: -one[2]))


def growth(
    network: Network, objective: Objective, rules: Rules, found: Choice, most: int
) -> tuple[tuple[int, float], ...]:
    """Return what 0, 1, 2… places take, each number chosen anew; money does not limit it.

    Parameters
    ----------
    network, objective, rules
        As `choice`.
    found
        The choice made.
    most
        Where to stop.

    Always true
    -----------
    One more place never takes less.
    """
    last = min(most, len(rules.free(network.gains.shape[1])))
    points, reached = [(0, 0.0)], 0.0
    for count in range(1, last + 1):
        asked = replace(rules, count=count, costs=None, budget=np.inf)
        made = _quick(network, objective, asked, found)
        if count >= len(found.chosen):
            made = max(made, found.value)
        reached = max(reached, made)
        points.append((count, reached))
    return tuple(points)


def _quick(network: Network, objective: Objective, rules: Rules, found: Choice) -> float:
    if objective is Objective.MANQUE:
        gains, asked = _question(network.once_open(rules.fixed), rules)
        return siting.improved(gains, asked, siting.place(gains, asked)).value
    if objective is Objective.COUVERTURE:
        return _most_covered(network, rules, nodes=QUICK).value
    opened = network.once_open(rules.fixed)
    start = found.chosen if rules.count >= len(found.chosen) else ()
    return _counted(opened, raising.raise_by_exchange(_raising(opened, rules), start))


# --- what is lacking


def _question(network: Network, rules: Rules) -> tuple[siting.Gains, siting.Question]:
    network = network.of_those_who_lack()
    closed = (*rules.fixed, *rules.forbidden)
    asked = siting.Question(
        network.score, network.target, rules.count, rules.costs, rules.budget, forbidden=closed
    )
    return siting.Gains(network.gains, network.weighed), asked


def _least_lack(network: Network, rules: Rules) -> Choice:
    """Choose one after the other, exchange, then look for better in what cannot be set aside."""
    gains, asked = _question(network, rules)
    found = proven(gains, asked, siting.improved(gains, asked, siting.place(gains, asked)))
    return Choice(found.chosen, found.value, found.bound)


# --- who is near


def _coverage(network: Network, rules: Rules) -> covering.Coverage:
    return covering.Coverage(
        network.reach(), network.lacking_people, rules.count, rules.costs, rules.budget,
        rules.served, rules.fixed, rules.forbidden,
    )  # fmt: skip


def _most_covered(
    network: Network, rules: Rules, seconds: float = SECONDS, nodes: int | None = None
) -> Choice:
    asked = _coverage(network, rules)
    found = covering.cover(asked, seconds, nodes)
    already = covering.cover(replace(asked, count=0), seconds).covered
    return Choice(found.chosen, found.covered - already, found.bound - already)


def _coverage_value(network: Network, rules: Rules) -> Callable[[Sequence[int]], float]:
    if rules.served is not None:
        asked = replace(_coverage(network, rules), count=0, costs=None, budget=np.inf, forbidden=())
        already = covering.cover(asked).covered
        return lambda chosen: (
            covering.cover(replace(asked, fixed=(*rules.fixed, *chosen))).covered - already
        )
    people, covered = network.lacking_people, network.near(rules.fixed)
    return lambda chosen: float(people[network.near(chosen) & ~covered].sum())


# --- who passes the threshold


def _most_raised(network: Network, rules: Rules, seconds: float) -> Choice:
    """Try every choice where they are few; elsewhere solve an integer programme."""
    candidates = network.gains.shape[1]
    if rules.choices(candidates) > MOST_TRIED:
        found = _raised_by_programme(network, rules, seconds)
        return replace(found, chosen=_nearest_of_equals(network, rules, found))
    lacking = network.of_those_who_lack()
    most, equals = -1.0, list[tuple[int, ...]]()
    for one in rules.every(candidates):
        raised = float(lacking.weighed[lacking.passing(one)].sum())
        if raised > most:
            most, equals = raised, [one]
        elif raised == most:
            equals.append(one)
    nearest = min(equals, key=lambda one: network.travel((*rules.fixed, *one)))
    return Choice(nearest, most, most)


def _raising(network: Network, rules: Rules) -> raising.Raising:
    lacking = network.of_those_who_lack()
    closed = (*rules.fixed, *rules.forbidden)
    return raising.Raising(
        lacking.gains, lacking.target - lacking.score, lacking.weighed, rules.count, rules.costs,
        rules.budget, closed,
    )  # fmt: skip


def _counted(network: Network, chosen: Sequence[int]) -> float:
    """Count who passes by the definition: a programme holds its constraints up to rounding."""
    return float(network.weighed[network.passing(chosen)].sum())


def _raised_by_programme(network: Network, rules: Rules, seconds: float) -> Choice:
    """Keep the better of the programme, which may lack time, and of exchanges."""
    asked = _raising(network, rules)
    found = raising.raise_most(asked, seconds)
    tried = (found.chosen, raising.raise_by_exchange(asked))
    best = max(tried, key=lambda chosen: _counted(network, chosen))
    value = _counted(network, best)
    return Choice(best, value, max(value, found.bound))


def _nearest_of_equals(network: Network, rules: Rules, found: Choice) -> tuple[int, ...]:
    """Exchange places one by one for nearer ones, as long as as many people pass."""
    value = value_of(network, Objective.SEUIL, replace(rules, fixed=()))
    chosen, free = list(found.chosen), rules.free(network.gains.shape[1])
    for rank in range(len(chosen)):
        tried = ([*chosen[:rank], new, *chosen[rank + 1 :]] for new in free if new not in chosen)
        equals = [one for one in tried if rules.pays(one) and value(one) >= found.value]
        chosen = min([chosen, *equals], key=lambda one: network.travel((*rules.fixed, *one)))
    return tuple(chosen)


def _check_count(network: Network, rules: Rules) -> None:
    free = len(rules.free(network.gains.shape[1]))
    if not 1 <= rules.count <= free:
        raise InputError([Problem(
            "--nombre",
            number(rules.count),
            f"un nombre de 1 à {number(free)}, celui des lieux possibles" if free
            else "au moins un lieu possible : tous sont déjà ouverts ou exclus",
            "demander moins de lieux, ou un territoire plus grand",
        )])  # fmt: skip
