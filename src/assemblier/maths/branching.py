"""The proof that a choice of places is the best, or a closer bound, by looking at every other one.

Whole families of choices are set aside at once: the value of a set of places is submodular, so
none of a family removes more than what each of its places would remove alone, added up.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array
from assemblier.maths.siting import (
    Gains,
    Placement,
    Question,
    Rows,
    alone,
    missing,
    opened,
    shortfall,
)

MOST_NODES = 20_000
"""Families looked at; beyond it what is left only bounds the answer."""
ROUNDING = 1e-9
"""A family that could only do better by rounding is set aside."""


def proven(
    gains: Gains, question: Question, found: Placement, nodes: int = MOST_NODES
) -> Placement:
    """Return the best choice, or the choice given with a bound at least as close.

    Parameters
    ----------
    gains, question
        As `siting.place`.
    found
        A good choice: the better it is, the more families are set aside.
    nodes
        Families looked at, at most.

    Always true
    -----------
    On a small network it is as good as the best of all choices.
    The value never falls and the bound never rises.
    With any number of nodes, no choice removes more than the bound.

    References
    ----------
    Nemhauser and Wolsey 1981, maximising submodular set functions.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from assemblier.maths.edits import SupplyEdits
    >>> from assemblier.maths.siting import place
    >>> edits = SupplyEdits.of(np.array([5.0, 5.0]), sp.csr_array(np.eye(2)))
    >>> gains = Gains.of(edits, [10.0, 10.0], [5.0, 50.0])
    >>> asked = Question(np.zeros(2), 2.5, count=2)
    >>> proven(gains, asked, place(gains, asked)).gap
    0.0
    """
    if found.gap <= ROUNDING:
        return found
    start = opened(gains, question.score, question.fixed)
    free = np.ones(gains.by_candidate.shape[1], dtype=np.bool_)
    free[[*question.fixed, *question.forbidden]] = False
    search = _Search(gains, question.costs, found.chosen, found.value, nodes)
    family = _Family((), 0.0, question.count, question.budget, np.flatnonzero(free))
    search.explore(family, missing(start, question.target))
    bound = min(found.bound, max(search.value, search.unexplored))
    if search.value <= found.value:
        return Placement(found.chosen, found.value, max(found.value, bound), found.score)
    score = opened(gains, start, search.chosen)
    value = shortfall(start, gains.people, question.target) - shortfall(
        score, gains.people, question.target
    )
    return Placement(search.chosen, value, max(value, bound), score)


@dataclass(frozen=True, slots=True, eq=False)
class _Family:
    """Every choice that holds some places, and among others at most so many, for so much money."""

    chosen: tuple[int, ...]
    value: float
    count: int
    money: float
    others: Rows


@dataclass(slots=True, eq=False)
class _Search:
    """The best choice seen, and the ceiling of the families that were not looked at."""

    gains: Gains
    costs: Array | None
    chosen: tuple[int, ...]
    value: float
    nodes: int
    unexplored: float = field(default=0.0)

    def explore(self, family: _Family, lacking: Array) -> None:
        """Look at every choice of a family that may be better than the best seen."""
        self.nodes -= 1
        others, worth = self._ordered(family, lacking)
        if not len(others) or family.count == 0:
            return
        self._see((*family.chosen, int(others[0])), family.value + float(worth[0]))
        if family.count == 1:
            return
        ceilings = family.value + self._ceilings(family, others, worth)
        for rank, one in enumerate(others.tolist()):
            # What follows holds none of the places before: its ceiling is lower still.
            if ceilings[rank] <= self.value * (1 + ROUNDING):
                return
            if self.nodes <= 0:
                self.unexplored = max(self.unexplored, float(ceilings[rank]))
                return
            homes, gain = self.gains.column(one)
            after = lacking.copy()
            after[homes] = np.maximum(0.0, after[homes] - gain)
            self.explore(
                _Family(
                    (*family.chosen, one),
                    family.value + float(worth[rank]),
                    family.count - 1,
                    family.money - self._cost(one),
                    others[rank + 1 :],
                ),
                after,
            )

    def _see(self, chosen: tuple[int, ...], value: float) -> None:
        if value > self.value * (1 + ROUNDING):
            self.chosen, self.value = chosen, value

    def _cost(self, one: int) -> float:
        return 0.0 if self.costs is None else float(self.costs[one])

    def _ordered(self, family: _Family, lacking: Array) -> tuple[Rows, Array]:
        """Return the places that may be added, the one that removes most first."""
        others = family.others
        if self.costs is not None:
            others = others[self.costs[others] <= family.money]
        worth = alone(self.gains, lacking, others)
        order = np.argsort(-worth, kind="stable")
        order = order[worth[order] > 0]
        return others[order], worth[order]

    def _ceilings(self, family: _Family, others: Rows, worth: Array) -> Array:
        """Return (others,) the most that each and those after it may add."""
        count = min(family.count, len(worth))
        sums = np.concatenate([[0.0], np.cumsum(worth), np.full(count, worth.sum())])
        by_number = sums[count : count + len(worth)] - sums[: len(worth)]
        if self.costs is None or not np.isfinite(family.money):
            return np.asarray(by_number)
        costs = self.costs[others]
        by_money = [_bought(worth[rank:], costs[rank:], family.money) for rank in range(len(worth))]
        return np.asarray(np.minimum(by_number, by_money), np.float64)


def _bought(worth: Array, costs: Array, money: float) -> float:
    """Return the most that money buys, the last place bought in part."""
    order: NDArray[np.intp] = np.argsort(-worth / costs, kind="stable")
    spent = np.cumsum(costs[order])
    share = np.clip((money - (spent - costs[order])) / costs[order], 0.0, 1.0)
    return float(worth[order] @ share)
