"""Places that cover the most people within reach, with the proof of how good the choice is.

The maximal covering location problem, solved by HiGHS: the answer comes with the bound it proves.
A greedy choice is made too: where time is short HiGHS may find worse.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector
from assemblier.maths.programme import WHOLE, Programme, solved


@dataclass(frozen=True, slots=True, eq=False)
class Covering:
    """Places chosen together.

    Attributes
    ----------
    chosen
        Candidates, in ascending order; those already decided are not among them.
    covered
        People within reach of a place, those of the places already decided included.
    bound
        No choice covers more than this.
    """

    chosen: tuple[int, ...]
    covered: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the bound that may be missed, 0 when the choice is proven the best."""
        return 0.0 if self.bound <= 0 else max(0.0, 1.0 - self.covered / self.bound)


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Who is within reach of which candidate, and what may be opened.

    Attributes
    ----------
    reach
        (homes, candidates) sparse; a stored pair is within reach.
    people
        (homes,) inhabitants, each counted as often as equity asks, ≥ 0.
    count
        Places to open at most.
    costs, budget
        (candidates,) cost of each, ≥ 0, and their total at most; or None and infinite.
    capacity
        (candidates,) people each can serve; None when each serves all within reach.
    fixed
        Candidates already decided: they count neither in number nor in cost.
    forbidden
        Candidates left out.
    """

    reach: sp.csr_array
    people: Array
    count: int
    costs: Array | None = None
    budget: float = np.inf
    capacity: Array | None = None
    fixed: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()


def cover(coverage: Coverage, seconds: float = 60.0, nodes: int | None = None) -> Covering:
    """Choose the places that together cover the most people.

    Parameters
    ----------
    coverage
        What is asked.
    seconds
        Time after which the best choice found is returned, with the bound proven so far.
    nodes
        Branches after which it is, or None.

    Always true
    -----------
    On a small network nobody finds better by trying every choice.
    The people covered never exceed the bound.

    Raises
    ------
    ShapeError
        When the shapes do not fit.

    References
    ----------
    Church and ReVelle 1974, the maximal covering location problem.

    Examples
    --------
    >>> reach = sp.csr_array([[1, 0], [1, 1], [0, 1]])
    >>> cover(Coverage(reach, np.array([5.0, 1.0, 9.0]), count=1)).covered
    10.0
    """
    _check(coverage)
    quick = _greedy(coverage)
    if coverage.capacity is None:
        programme, places = _whole(coverage)
    else:
        programme, places = _shared(coverage, vector("capacity", coverage.capacity))
    found = solved(programme, seconds, nodes)
    everybody = float(coverage.people[np.diff(coverage.reach.indptr) > 0].sum())
    bound = min(found.bound, everybody)
    proven = quick
    if found.values is not None:
        opened = np.flatnonzero(found.values[:places] > WHOLE).tolist()
        chosen = tuple(one for one in opened if one not in set(coverage.fixed))
        value = float(programme.worth @ found.values)
        proven = max((Covering(chosen, value, bound), quick), key=lambda one: one.covered)
    return Covering(proven.chosen, proven.covered, max(proven.covered, bound))


def _greedy(coverage: Coverage) -> Covering:
    """Choose by people covered, then by people for the money where there is some, and compare."""
    found = [_one_by_one(coverage, by_money=False)]
    if coverage.costs is not None and np.isfinite(coverage.budget):
        found.append(_one_by_one(coverage, by_money=True))
    return max(found, key=lambda one: one.covered)


def _one_by_one(coverage: Coverage, *, by_money: bool) -> Covering:
    reach = sp.csc_array(coverage.reach)
    reach.data = np.ones(reach.nnz)
    left = np.array(coverage.people, dtype=np.float64)
    for one in coverage.fixed:
        left -= _served(coverage, reach, left, one)
    costs = np.zeros(reach.shape[1]) if coverage.costs is None else coverage.costs
    free = np.ones(reach.shape[1], dtype=bool)
    free[[*coverage.fixed, *coverage.forbidden]] = False
    money, chosen = coverage.budget, list[int]()
    while len(chosen) < coverage.count:
        worth = reach.T @ left
        if coverage.capacity is not None:
            worth = np.minimum(worth, coverage.capacity)
        worth = np.where(free & (costs <= money), worth, 0.0)
        rate = worth / np.maximum(costs, 1e-12) if by_money else worth
        best = int(np.argmax(rate))
        if not worth[best] > 0:
            break
        left -= _served(coverage, reach, left, best)
        free[best], money = False, money - costs[best]
        chosen.append(best)
    covered = float((coverage.people - left).sum())
    return Covering(tuple(sorted(chosen)), covered, np.inf)


def _served(coverage: Coverage, reach: sp.csc_array, left: Array, one: int) -> Array:
    """Return (homes,) those still uncovered whom a place covers, up to what it can serve."""
    taken = np.zeros_like(left)
    homes = reach.indices[reach.indptr[one] : reach.indptr[one + 1]]
    taken[homes] = left[homes]
    if coverage.capacity is not None:
        before = np.cumsum(taken) - taken
        taken = np.clip(coverage.capacity[one] - before, 0.0, taken)
    return taken


def _whole(coverage: Coverage) -> tuple[Programme, int]:
    """A home is covered when one place within reach is open: y ≤ Σ x."""
    reach, people = _grouped(coverage.reach, coverage.people)
    groups, places = reach.shape
    rows = sp.hstack([-reach, sp.eye_array(groups)])
    limits, ceilings = _limits(coverage, groups)
    model = Programme(
        worth=np.concatenate([np.zeros(places), people]),
        floor=np.concatenate([_floor(coverage), np.zeros(groups)]),
        ceiling=np.concatenate([_ceiling(coverage), np.ones(groups)]),
        integers=places,
        rows=sp.csr_array(sp.vstack([rows, limits])),
        upper=np.concatenate([np.zeros(groups), ceilings]),
    )
    return model, places


def _shared(coverage: Coverage, capacity: Array) -> tuple[Programme, int]:
    """Each place serves part of the homes within reach, up to its capacity."""
    reach, people = _grouped(coverage.reach, coverage.people)
    pairs = sp.coo_array(reach)
    (homes, places), count = pairs.coords, pairs.nnz
    groups, candidates = reach.shape
    order = np.arange(count)
    served = sp.csr_array((np.ones(count), (homes, order)), shape=(groups, count))
    given = sp.csr_array((np.ones(count), (places, order)), shape=(candidates, count))
    linked = sp.csr_array((np.ones(count), (order, order)), shape=(count, count))
    opened = sp.csr_array((-people[homes], (order, places)), shape=(count, candidates))
    limits, ceilings = _limits(coverage, count)
    rows = [
        sp.hstack([sp.csr_array((groups, candidates)), served]),
        sp.hstack([-sp.diags_array(capacity), given]),
        # Nobody is served by a closed place; implied, but it tightens the relaxation a lot.
        sp.hstack([opened, linked]),
        limits,
    ]
    model = Programme(
        worth=np.concatenate([np.zeros(candidates), np.ones(count)]),
        floor=np.concatenate([_floor(coverage), np.zeros(count)]),
        ceiling=np.concatenate([_ceiling(coverage), people[homes]]),
        integers=candidates,
        rows=sp.csr_array(sp.vstack(rows)),
        upper=np.concatenate([people, np.zeros(candidates), np.zeros(count), ceilings]),
    )
    return model, candidates


def _grouped(reach: sp.csr_array, people: Array) -> tuple[sp.csr_array, Array]:
    """Put together the homes that the same candidates cover; leave out those nobody covers."""
    pairs = sp.csr_array((np.ones(reach.nnz), reach.indices, reach.indptr), shape=reach.shape)
    pairs.sum_duplicates()
    pairs.data[:] = 1.0
    keys: dict[bytes, int] = {}
    counted: list[float] = []
    first: list[int] = []
    for home in range(pairs.shape[0]):
        columns = pairs.indices[pairs.indptr[home] : pairs.indptr[home + 1]]
        if not len(columns) or people[home] == 0:
            continue
        group = keys.setdefault(columns.tobytes(), len(counted))
        if group == len(counted):
            counted.append(0.0)
            first.append(home)
        counted[group] += float(people[home])
    return sp.csr_array(pairs[first]), np.asarray(counted)


def _limits(coverage: Coverage, others: int) -> tuple[sp.csr_array, Array]:
    """At most so many places, at most so much money; what is decided is free."""
    candidates = coverage.reach.shape[1]
    free = np.ones(candidates)
    free[list(coverage.fixed)] = 0.0
    rows, upper = [free], [float(coverage.count)]
    if coverage.costs is not None and np.isfinite(coverage.budget):
        rows.append(free * coverage.costs)
        upper.append(coverage.budget)
    left = sp.csr_array(np.vstack(rows))
    return sp.csr_array(sp.hstack([left, sp.csr_array((len(rows), others))])), np.asarray(upper)


def _floor(coverage: Coverage) -> Array:
    found = np.zeros(coverage.reach.shape[1])
    found[list(coverage.fixed)] = 1.0
    return found


def _ceiling(coverage: Coverage) -> Array:
    found = np.ones(coverage.reach.shape[1])
    found[list(coverage.forbidden)] = 0.0
    return found


def _check(coverage: Coverage) -> None:
    homes, candidates = coverage.reach.shape
    vector("people", coverage.people, homes)
    for name, values in (("costs", coverage.costs), ("capacity", coverage.capacity)):
        if values is not None:
            vector(name, values, candidates)
    asked = (*coverage.fixed, *coverage.forbidden)
    if any(not 0 <= one < candidates for one in asked):
        raise ShapeError(f"candidats {asked} : attendu des positions entre 0 et {candidates - 1}")
    both = sorted(set(coverage.fixed) & set(coverage.forbidden))
    if both:
        raise ShapeError(f"candidats {both} : à la fois décidés et exclus")
