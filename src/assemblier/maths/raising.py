"""Places that raise the most people to a target, with the proof of how good the choice is.

A home passes or does not: no greedy choice has a bound there, and HiGHS does the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector
from assemblier.maths.programme import WHOLE, Programme, solved


@dataclass(frozen=True, slots=True, eq=False)
class Raised:
    """Places chosen together.

    Attributes
    ----------
    chosen
        Candidates, in ascending order; empty where the time was too short to find any.
    bound
        No choice raises more people than this.
    """

    chosen: tuple[int, ...]
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Raising:
    """What each candidate brings to homes that lack, and what may be opened.

    Attributes
    ----------
    gains
        (homes, candidates) what each adds to the score of each, ≥ 0.
    lacking
        (homes,) what is missing to reach the target, > 0.
    people
        (homes,) inhabitants, each counted as often as equity asks, ≥ 0.
    count
        Places to open at most.
    costs, budget
        (candidates,) cost of each, ≥ 0, and their total at most; or None and infinite.
    left_out
        Candidates that may not open.
    """

    gains: sp.csc_array
    lacking: Array
    people: Array
    count: int
    costs: Array | None = None
    budget: float = np.inf
    left_out: tuple[int, ...] = ()


def raise_most(asked: Raising, seconds: float = 60.0) -> Raised:
    """Choose the places that together raise the most people.

    Parameters
    ----------
    asked
        What is asked.
    seconds
        Time after which the best choice found is returned, with the bound proven so far.

    Always true
    -----------
    On a small network nobody raises more by trying every choice.
    No choice raises more people than the bound.

    Raises
    ------
    ShapeError
        When the shapes do not fit, or a home lacks nothing.

    Examples
    --------
    >>> gains = sp.csc_array([[1.0, 0.4], [0.0, 0.4]])
    >>> asked = Raising(gains, np.array([0.9, 0.3]), np.array([10.0, 7.0]), count=1)
    >>> raise_most(asked)
    Raised(chosen=(0,), bound=10.0)
    """
    homes, candidates = asked.gains.shape
    people = vector("people", asked.people, homes)
    if not np.all(vector("lacking", asked.lacking, homes) > 0):
        raise ShapeError("lacking : attendu ce qui manque à chacun, plus que 0")
    share = sp.csr_array(sp.diags_array(1.0 / asked.lacking) @ asked.gains)
    # Whom all the places together do not raise is out of the programme, and of the bound.
    free = np.ones(candidates)
    free[list(asked.left_out)] = 0.0
    kept = np.flatnonzero((share @ free >= 1.0 - 1e-9) & (people > 0))
    if not len(kept):
        return Raised((), 0.0)
    found = solved(_programme(asked, share[kept], people[kept], free), seconds)
    bound = min(found.bound, float(people[kept].sum()))
    values = np.zeros(candidates) if found.values is None else found.values[:candidates]
    return Raised(tuple(np.flatnonzero(values > WHOLE).tolist()), bound)


def raise_by_exchange(asked: Raising, start: Sequence[int] = ()) -> tuple[int, ...]:
    """Choose places one by one, then exchange each as long as more people pass: quick, no proof.

    Parameters
    ----------
    asked
        What is asked.
    start
        Places to begin with, which it allows.

    Always true
    -----------
    The places chosen respect what is asked.

    Examples
    --------
    >>> gains = sp.csc_array([[1.0, 0.4], [0.0, 0.4]])
    >>> raise_by_exchange(Raising(gains, np.array([0.9, 0.3]), np.array([10.0, 7.0]), count=2))
    (0, 1)
    """
    chosen = list(start)
    while len(chosen) < asked.count and (best := _best_added(asked, chosen)) is not None:
        chosen.append(best)
    reached, changed = _raised(asked, chosen), True
    while changed:
        changed = False
        for rank in range(len(chosen)):
            others = [*chosen[:rank], *chosen[rank + 1 :]]
            best = _best_added(asked, others)
            tried = [*others, chosen[rank] if best is None else best]
            if _raised(asked, tried) > reached * (1 + 1e-9):
                chosen, reached, changed = tried, _raised(asked, tried), True
    return tuple(sorted(chosen))


def _left(asked: Raising, chosen: list[int]) -> Array:
    return asked.lacking - np.asarray(asked.gains[:, chosen].sum(axis=1), np.float64).ravel()


def _raised(asked: Raising, chosen: list[int]) -> float:
    return float(asked.people[_left(asked, chosen) <= 0].sum())


def _best_added(asked: Raising, chosen: list[int]) -> int | None:
    """Return the place that makes most people pass, or at equality brings them nearest to it."""
    left, gains = _left(asked, chosen), asked.gains
    before = left[gains.indices]
    lacks = before > 0
    near = np.where(lacks, np.minimum(gains.data, before) / asked.lacking[gains.indices], 0.0)
    people = asked.people[gains.indices]
    columns = np.repeat(np.arange(gains.shape[1]), np.diff(gains.indptr))
    passing, progress = (
        np.bincount(columns, weights=people * one, minlength=gains.shape[1])
        for one in (lacks & (gains.data >= before), near)
    )
    free = np.ones(gains.shape[1], dtype=bool)
    free[[*asked.left_out, *chosen]] = False
    if asked.costs is not None:
        free &= asked.costs <= asked.budget - asked.costs[chosen].sum()
    progress = np.where(free, progress, -1.0)
    best = int(np.lexsort((progress, np.where(free, passing, -1.0)))[-1])
    return best if progress[best] > 0 else None


def _programme(asked: Raising, share: sp.csr_array, people: Array, free: Array) -> Programme:
    """A home passes when what the open places bring is what it lacks: y ≤ Σ (gain ÷ lacking) x."""
    homes, candidates = share.shape
    passing = sp.hstack([-share, sp.eye_array(homes)])
    limits, upper = [np.ones(candidates)], [float(asked.count)]
    if asked.costs is not None and np.isfinite(asked.budget):
        limits.append(vector("costs", asked.costs, candidates))
        upper.append(asked.budget)
    above = sp.csr_array(np.hstack([np.vstack(limits), np.zeros((len(limits), homes))]))
    return Programme(
        worth=np.concatenate([np.zeros(candidates), people]),
        floor=np.zeros(candidates + homes),
        ceiling=np.concatenate([free, np.ones(homes)]),
        integers=candidates + homes,
        rows=sp.csr_array(sp.vstack([passing, above])),
        upper=np.concatenate([np.zeros(homes), upper]),
    )
