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
from assemblier.maths.ranking import Ranking

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
        pairs = edits.by_place
        # Four bytes a position where they are enough: every pass reads less.
        small = np.int32 if pairs.nnz < np.iinfo(np.int32).max else pairs.indptr.dtype
        parts = (pairs.data * spread, pairs.indices.astype(small), pairs.indptr.astype(small))
        return cls(sp.csc_array(parts, shape=pairs.shape), vector("people", people, homes))

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
    return _total(people, missing(score, target))


def _total(people: Array, lacking: Array) -> float:
    # Not a dot product: BLAS would wait for every core of a busy machine to add 35,000 numbers.
    return float(np.sum(people * lacking * lacking))


def missing(score: Array, target: float) -> Array:
    """Return max(0, target − score); 0 where the score is unknown: it cannot be judged.

    Examples
    --------
    >>> missing(np.array([1.0, 3.0, np.nan]), 2.5)
    array([1.5, 0. , 0. ])
    """
    # fmax takes 0 where the other is nan.
    return np.fmax(0.0, target - score)


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
    before = missing(start, question.target)
    from_start, ceilings = _best_sum(gains, question, before, _ceilings(gains, before))
    found = [_greedy(gains, question, start, ceilings, by_money=False)]
    if question.costs is not None and np.isfinite(question.budget):
        found.append(_greedy(gains, question, start, ceilings, by_money=True))
    best = max(found, key=lambda placement: placement.value)
    tightest = min(from_start, *(placement.bound for placement in found))
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
    without = missing(opened(gains, start, others), question.target)
    base = shortfall(start, gains.people, question.target)
    kept = base - _total(gains.people, without)
    own = kept + float(alone(gains, without, np.array([chosen[rank]]))[0])
    least = (1.0 - within) * own
    out = np.zeros(gains.by_candidate.shape[1], dtype=np.bool_)
    out[_left_out(question, others)] = True
    out |= _too_dear(question, others, len(out))
    listed, values = _at_least(gains, without, least - kept - 1e-12 * abs(least), out)
    order = np.lexsort((listed != chosen[rank], -values))
    return [(int(listed[one]), kept + float(values[one])) for one in order]


def _at_least(
    gains: Gains, lacking: Array, least: float, out: NDArray[np.bool_]
) -> tuple[Rows, Array]:
    """Return the candidates that alone remove at least so much, and how much each."""
    likely = np.flatnonzero((_ceilings(gains, lacking) >= least) & ~out)
    values = alone(gains, lacking, likely)
    found = values >= least
    return likely[found], values[found]


def removed(gains: Gains, score: Array, target: float) -> Array:
    """Return (candidates,) the shortfall each candidate alone would remove.

    Examples
    --------
    >>> edits = SupplyEdits.of(np.array([5.0]), sp.csr_array([[1.0]]))
    >>> removed(Gains.of(edits, [10.0], [5.0]), np.array([0.0]), 2.5)
    array([30.])
    """
    return alone(gains, missing(score, target), np.arange(gains.by_candidate.shape[1]))


def alone(gains: Gains, lacking: Array, candidates: Rows) -> Array:
    """Return what each of some candidates would remove, the others staying closed.

    Parameters
    ----------
    gains
        Of every candidate.
    lacking
        (homes,) what is missing to reach the target, from `missing`.
    candidates
        Which.
    """
    matrix = gains.by_candidate
    start = matrix.indptr[candidates]
    sizes = matrix.indptr[candidates + 1] - start
    ends = np.cumsum(sizes)
    pairs = np.arange(ends[-1] if len(ends) else 0) + np.repeat(start - ends + sizes, sizes)
    homes = matrix.indices[pairs]
    before = lacking[homes]
    after = np.maximum(0.0, before - matrix.data[pairs])
    worth = gains.people[homes] * (before * before - after * after)
    column = np.repeat(np.arange(len(candidates)), sizes)
    # Without a single pair, bincount counts in integers.
    found = np.bincount(column, weights=worth, minlength=len(candidates))
    return found.astype(np.float64, copy=False)


def _ceilings(gains: Gains, lacking: Array) -> Array:
    """Return (candidates,) what none can exceed: L² − max(0, L − g)² ≤ 2 L g, in one product."""
    found = gains.by_candidate.T @ (gains.people * lacking)
    return np.asarray(2.0 * (1.0 + 1e-9) * found, np.float64)


def _greedy(
    gains: Gains, question: Question, start: Array, ceilings: Array, *, by_money: bool
) -> Placement:
    """Take the best place, again and again; `Ranking` computes only what may matter."""
    lacking = missing(start, question.target)
    costs = _costs(gains, question) if by_money else np.ones(gains.by_candidate.shape[1])
    ranking = _ranking(gains, question, lacking, ceilings, costs)
    chosen: list[int] = []
    left = question.budget
    while len(chosen) < question.count and (found := ranking.best()) is not None:
        one, _ = found
        if question.costs is not None:
            if question.costs[one] > left:
                continue
            left -= float(question.costs[one])
        homes, gain = gains.column(one)
        lacking[homes] = np.maximum(0.0, lacking[homes] - gain)
        chosen.append(one)
        ranking.changed()
    made = _placement(gains, question, tuple(chosen), np.inf)
    # Worths have only fallen: what was computed on the way still stands above.
    above = np.minimum(ranking.ceiling * costs, _ceilings(gains, lacking))
    more, _ = _best_sum(gains, question, lacking, above)
    return Placement(made.chosen, made.value, made.value + more, made.score)


def _ranking(
    gains: Gains, question: Question, lacking: Array, ceilings: Array, divisor: Array
) -> Ranking:
    ceiling = ceilings / divisor
    ceiling[_left_out(question, ())] = -np.inf
    # What costs more than the whole budget is in no choice.
    ceiling[_too_dear(question, (), len(ceiling))] = -np.inf
    return Ranking(ceiling, lambda some: alone(gains, lacking, some) / divisor[some])


def _costs(gains: Gains, question: Question) -> Array:
    return np.ones(gains.by_candidate.shape[1]) if question.costs is None else question.costs


def _placement(
    gains: Gains, question: Question, chosen: tuple[int, ...], bound: float
) -> Placement:
    start = opened(gains, question.score, question.fixed)
    after = opened(gains, start, chosen)
    value = shortfall(start, gains.people, question.target) - shortfall(
        after, gains.people, question.target
    )
    return Placement(chosen, value, bound, after)


def _best_sum(
    gains: Gains, question: Question, lacking: Array, ceilings: Array
) -> tuple[float, Array]:
    """Return the most that places could add, each as if alone, and what was learnt of each.

    Submodular: any set adds at most the sum of what each of its places would add alone, so at
    most the best such sum, which is a plain sum (or a knapsack, here its fractional relaxation).
    """
    by_number = _ranking(gains, question, lacking, ceilings, np.ones(len(ceilings)))
    total = 0.0
    for _ in range(question.count):
        if (found := by_number.best()) is None:
            break
        total += found[1]
    if question.costs is not None and np.isfinite(question.budget):
        by_money = _ranking(gains, question, lacking, by_number.ceiling, question.costs)
        total = min(total, _best_for_money(by_money, question.costs, question.budget))
    return total, by_number.ceiling


def _best_for_money(by_money: Ranking, costs: Array, budget: float) -> float:
    """Return the most that a budget buys, the last place bought in part."""
    left, total = budget, 0.0
    while left > 0 and (found := by_money.best()) is not None:
        one, rate = found
        total += rate * min(float(costs[one]), left)
        left -= float(costs[one])
    return total


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
