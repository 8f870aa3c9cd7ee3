"""Where to open a few places of care so that those who lack most gain most.

The score is linear in the supply, so a new place adds a known column of gains, whatever else
opens: `Gains`. The deficit under a target is strictly convex in the score, so the value of a set
of places is submodular: the greedy choice comes with a bound of what any other choice could reach,
and that bound is given with the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector
from assemblier.maths.edits import SupplyEdits
from assemblier.maths.fast import is_available, kernel, unsigned

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """What each candidate adds to the score of each home.

    Attributes
    ----------
    by_candidate
        (homes, candidates) consultations per head gained, compressed by column.
    people
        (homes,) inhabitants, each counted as often as equity asks.
    """

    by_candidate: sp.csc_array
    people: Array

    @classmethod
    def of(
        cls,
        edits: SupplyEdits,
        capacity: Array | Sequence[float],
        people: Array | Sequence[float],
    ) -> "Gains":
        """Prepare the gains of candidates of some capacity.

        Parameters
        ----------
        edits
            Weights from homes to candidates and the demand that reaches each.
        capacity
            (candidates,) consultations a year each would offer, ≥ 0.
        people
            (homes,) inhabitants, times what equity asks, ≥ 0.

        Raises
        ------
        ShapeError
            When the shapes do not fit.

        Examples
        --------
        >>> edits = SupplyEdits.of(np.array([5.0]), sp.csr_array([[1.0]]))
        >>> Gains.of(edits, [10.0], [5.0]).by_candidate.toarray()
        array([[2.]])
        """
        homes, candidates = edits.by_place.shape
        capacity = vector("capacity", capacity, candidates)
        demand = edits.weighted_demand
        ratio = np.divide(capacity, demand, out=np.zeros(candidates), where=demand > 0)
        spread = np.repeat(ratio, np.diff(edits.by_place.indptr))
        parts = (edits.by_place.data * spread, edits.by_place.indices, edits.by_place.indptr)
        return cls(sp.csc_array(parts, shape=edits.by_place.shape), vector("people", people, homes))

    def column(self, candidate: int) -> tuple[Rows, Array]:
        """Return the homes a candidate serves and what each gains."""
        start, end = self.by_candidate.indptr[candidate : candidate + 2]
        return self.by_candidate.indices[start:end], self.by_candidate.data[start:end]


def shortfall(score: Array, people: Array, target: float) -> float:
    """Return Σ people · max(0, target − score)²; homes of unknown score count for nothing.

    A strictly convex shortfall: with the plain one, a consultation given to people who all lack
    is worth the same wherever it is given, and nothing could be chosen.

    Examples
    --------
    >>> shortfall(np.array([1.0, 3.0]), np.array([10.0, 10.0]), 2.5)
    22.5
    """
    lacking = np.maximum(0.0, target - np.nan_to_num(score, nan=np.inf))
    return float(people @ (lacking * lacking))


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Places chosen one after the other.

    Attributes
    ----------
    chosen
        Candidates, in the order of their choice; those already decided are not among them.
    value
        Shortfall removed by them.
    bound
        No other choice of the same size, or of the same cost, removes more than this.
    score
        (homes,) scores once all are open.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    score: Array = field(repr=False)

    @property
    def gap(self) -> float:
        """Share of the bound that may be missed, 0 when the choice is proven the best."""
        return 0.0 if self.bound <= 0 else max(0.0, 1.0 - self.value / self.bound)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked of a placement.

    Attributes
    ----------
    score
        (homes,) scores today, nan where unknown.
    target
        The score under which people lack.
    count
        Places to open at most.
    costs
        (candidates,) cost of each, > 0; or None when only their number counts.
    budget
        Total cost at most; infinite when only their number counts.
    fixed
        Candidates already decided: they open first and count neither in number nor in cost.
    forbidden
        Candidates left out.
    """

    score: Array
    target: float
    count: int
    costs: Array | None = None
    budget: float = np.inf
    fixed: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()


def place(gains: Gains, question: Question) -> Placement:
    """Choose places by what each removes of the shortfall, and bound what is missed.

    With a budget, the choice by value and the choice by value for money are both made, and the
    better one kept.

    Always true
    -----------
    The value is the shortfall before less the shortfall after.
    Without a budget the value is at least 63 % of the best of all choices.
    With or without a budget, no choice removes more than the bound.
    Fixed places are never chosen again.

    Raises
    ------
    ShapeError
        When score or costs do not fit the gains.

    References
    ----------
    Nemhauser, Wolsey and Fisher 1978 (greedy choice of a submodular function); Leskovec et al.
    2007 (lazy evaluation, and the bound that holds for the choice made).

    Examples
    --------
    >>> edits = SupplyEdits.of(np.array([5.0, 5.0]), sp.csr_array(np.eye(2)))
    >>> gains = Gains.of(edits, [10.0, 10.0], [5.0, 50.0])
    >>> place(gains, Question(np.zeros(2), 2.5, count=1)).chosen
    (1,)
    """
    _check(gains, question)
    start = opened(gains, question.score, question.fixed)
    found = [_greedy(gains, question, start, by_money=False)]
    if question.costs is not None and np.isfinite(question.budget):
        found.append(_greedy(gains, question, start, by_money=True))
    best = max(found, key=lambda placement: placement.value)
    tightest = min(placement.bound for placement in found)
    return Placement(best.chosen, best.value, max(best.value, tightest), best.score)


def opened(gains: Gains, score: Array, candidates: Sequence[int]) -> Array:
    """Return (homes,) the scores once some candidates are open; the input is unchanged."""
    found = np.array(score, dtype=np.float64)
    for candidate in candidates:
        homes, gain = gains.column(candidate)
        found[homes] += gain
    return found


def improved(gains: Gains, question: Question, placement: Placement) -> Placement:
    """Exchange each place in turn for a better one, until none is.

    Always true
    -----------
    The value never falls, the bound is the same.

    Examples
    --------
    >>> edits = SupplyEdits.of(np.array([5.0, 5.0]), sp.csr_array(np.eye(2)))
    >>> gains = Gains.of(edits, [10.0, 10.0], [5.0, 50.0])
    >>> asked = Question(np.zeros(2), 2.5, count=1)
    >>> improved(gains, asked, place(gains, asked)).chosen
    (1,)
    """
    chosen, changed = list(placement.chosen), True
    while changed:
        changed = False
        for rank in range(len(chosen)):
            options = exchanges(gains, question, tuple(chosen), rank)
            best, value = options[0]
            # A gain of rounding is none: two choices could be exchanged for ever.
            if value > dict(options)[chosen[rank]] * (1.0 + 1e-9):
                chosen[rank], changed = best, True
    found = _placement(gains, question, tuple(chosen), placement.bound)
    return found if found.value >= placement.value else placement


def exchanges(
    gains: Gains, question: Question, chosen: tuple[int, ...], rank: int, within: float = 0.0
) -> list[tuple[int, float]]:
    """Return what could stand instead of one place, the best first, with the value of the whole.

    Parameters
    ----------
    gains, question
        As `place`.
    chosen
        The places.
    rank
        Which of them to exchange.
    within
        Share of the value of the places given that an exchange may lose.

    Returns
    -------
        Candidates and values, the place itself among them when it is within.

    Always true
    -----------
    Every value listed is at least (1 − within) times the value of the places given.
    """
    start = opened(gains, question.score, question.fixed)
    others = [*chosen[:rank], *chosen[rank + 1 :]]
    without = opened(gains, start, others)
    base = shortfall(start, gains.people, question.target)
    kept = base - shortfall(without, gains.people, question.target)
    values = kept + removed(gains, without, question.target)
    values[_left_out(question, others)] = -np.inf
    values[_too_dear(question, others, len(values))] = -np.inf
    least = (1.0 - within) * values[chosen[rank]]
    listed = np.flatnonzero(values >= least - 1e-12 * abs(least))
    order = listed[np.lexsort((listed != chosen[rank], -values[listed]))]
    return [(int(one), float(values[one])) for one in order]


def removed(gains: Gains, score: Array, target: float) -> Array:
    """Return (candidates,) the shortfall each candidate alone would remove.

    Examples
    --------
    >>> edits = SupplyEdits.of(np.array([5.0]), sp.csr_array([[1.0]]))
    >>> removed(Gains.of(edits, [10.0], [5.0]), np.array([0.0]), 2.5)
    array([30.])
    """
    lacking = np.maximum(0.0, target - np.nan_to_num(score, nan=np.inf))
    matrix = gains.by_candidate
    if is_available() and matrix.nnz > 100_000:
        pairs = unsigned(matrix.indptr), unsigned(matrix.indices), matrix.data
        found: Array = kernel("removed_by_column")(*pairs, lacking, gains.people)
        return found
    return _removed_by_numpy(matrix, lacking, gains.people)


def _removed_by_numpy(matrix: sp.csc_array, lacking: Array, people: Array) -> Array:
    before = lacking[matrix.indices]
    after = np.maximum(0.0, before - matrix.data)
    pairs = people[matrix.indices] * (before * before - after * after)
    columns = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    # Without a single pair, bincount counts in integers.
    found = np.bincount(columns, weights=pairs, minlength=matrix.shape[1])
    return found.astype(np.float64, copy=False)


def _greedy(gains: Gains, question: Question, start: Array, by_money: bool) -> Placement:
    """Lazy greedy: a stale gain is only too high, so the highest is looked at first."""
    worth = removed(gains, start, question.target)
    worth[_left_out(question, ())] = -np.inf
    costs = np.ones(len(worth)) if question.costs is None else question.costs
    divisor = costs if by_money else np.ones(len(worth))
    rate, asked = worth / divisor, np.zeros(len(worth), dtype=np.intp)
    lacking = np.maximum(0.0, question.target - np.nan_to_num(start, nan=np.inf))
    chosen: list[int] = []
    left = question.budget
    while len(chosen) < question.count:
        best = int(np.argmax(rate))
        if not rate[best] > 0:
            break
        if costs[best] > left:
            rate[best] = -np.inf
            continue
        if asked[best] < len(chosen):
            homes, gain = gains.column(best)
            rate[best] = _worth(lacking[homes], gain, gains.people[homes]) / divisor[best]
            asked[best] = len(chosen)
            continue
        homes, gain = gains.column(best)
        lacking[homes] = np.maximum(0.0, lacking[homes] - gain)
        rate[best], left = -np.inf, left - costs[best]
        chosen.append(best)
    found = _placement(gains, question, tuple(chosen), np.inf)
    return Placement(found.chosen, found.value, _bound(gains, question, found), found.score)


def _worth(lacking: Array, gain: Array, people: Array) -> float:
    after = np.maximum(0.0, lacking - gain)
    return float(people @ (lacking * lacking - after * after))


def _placement(
    gains: Gains, question: Question, chosen: tuple[int, ...], bound: float
) -> Placement:
    start = opened(gains, question.score, question.fixed)
    after = opened(gains, start, chosen)
    value = shortfall(start, gains.people, question.target) - shortfall(
        after, gains.people, question.target
    )
    return Placement(chosen, value, bound, after)


def _bound(gains: Gains, question: Question, found: Placement) -> float:
    """Return the lower of two ceilings: from today's scores, from the scores once all are open.

    Submodular: any set adds at most the sum of what each of its places would add alone, so at
    most the best such sum, which is a plain sum (or a knapsack, here its fractional relaxation).
    """
    start = opened(gains, question.score, question.fixed)
    ceilings = [
        kept + _best_sum(removed(gains, score, question.target), question)
        for kept, score in ((0.0, start), (found.value, found.score))
    ]
    return max(found.value, min(ceilings))


def _best_sum(worth: Array, question: Question) -> float:
    worth = np.array(worth)
    worth[_left_out(question, ())] = 0.0
    by_number = float(np.sort(worth)[::-1][: question.count].sum())
    if question.costs is None or not np.isfinite(question.budget):
        return by_number
    order = np.argsort(-worth / question.costs, kind="stable")
    spent = np.cumsum(question.costs[order])
    share = np.clip(
        (question.budget - (spent - question.costs[order])) / question.costs[order], 0, 1
    )
    return min(by_number, float(worth[order] @ share))


def _left_out(question: Question, others: Sequence[int]) -> Rows:
    out = (*question.fixed, *question.forbidden, *others)
    return np.asarray(out, dtype=np.intp)


def _too_dear(question: Question, others: Sequence[int], candidates: int) -> NDArray[np.bool_]:
    if question.costs is None:
        return np.zeros(candidates, dtype=np.bool_)
    left = question.budget - sum(float(question.costs[one]) for one in others)
    return np.asarray(question.costs > left)


def _check(gains: Gains, question: Question) -> None:
    homes, candidates = gains.by_candidate.shape
    if question.score.shape != (homes,):
        raise ShapeError(f"score : forme {question.score.shape}, attendu ({homes},)")
    if question.costs is None:
        return
    if len(vector("costs", question.costs, candidates)) and not np.all(question.costs > 0):
        raise ShapeError("costs : un coût nul ou négatif, attendu un coût positif par candidat")
