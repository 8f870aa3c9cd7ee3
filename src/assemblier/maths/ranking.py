"""Candidates from the best down, computing as few exact values as can be.

Most candidates are never worth looking at: a cheap ceiling of what each is worth says so.
"""

from collections.abc import Callable
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array

Positions = NDArray[np.intp]
BLOCK = 256
"""Candidates looked at together: one at a time, calling costs more than computing."""


class Ranking:
    """Candidates known by a ceiling of their worth; the exact worth is computed when it may matter.

    Parameters
    ----------
    ceiling
        (candidates,) no candidate is worth more; −inf for those left out.
    exact
        What some candidates are worth now, each alone.

    Always true
    -----------
    As long as no worth ever rises, the best is never worth less than any other left.

    Examples
    --------
    >>> ranking = Ranking(np.array([9.0, 5.0, 1.0]), np.array([3.0, 4.0, 1.0]).__getitem__)
    >>> ranking.best(), ranking.best()
    ((1, 4.0), (0, 3.0))
    """

    def __init__(self, ceiling: Array, exact: Callable[[Positions], Array]) -> None:
        self.ceiling = ceiling.copy()
        """(candidates,) the same, lowered to the exact worth where it was computed."""
        self._exact = exact
        self._unseen = np.flatnonzero(ceiling > 0)
        self._next = self._highest_unseen()
        self._age = 0
        self._seen: list[tuple[float, int, int]] = []

    def best(self) -> tuple[int, float] | None:
        """Take out the candidate worth most, with its worth; None when none is worth anything."""
        while True:
            if not self._seen or -self._seen[0][0] < self._next:
                if self._next <= 0:
                    return None
                self._see(self._block())
                continue
            worth, candidate, age = heappop(self._seen)
            if age == self._age:
                return (candidate, -worth) if worth < 0 else None
            self._see(np.array([candidate]))

    def changed(self) -> None:
        """Say that what candidates are worth has fallen: what was computed is now a ceiling."""
        self._age += 1

    def _block(self) -> Positions:
        """Take the candidates of the highest ceilings out of those not seen yet."""
        left = self._unseen
        if len(left) <= BLOCK:
            taken, self._unseen = left, left[:0]
        else:
            order = np.argpartition(-self.ceiling[left], BLOCK)
            taken, self._unseen = left[order[:BLOCK]], left[order[BLOCK:]]
        self._next = self._highest_unseen()
        return taken

    def _highest_unseen(self) -> float:
        return float(self.ceiling[self._unseen].max(initial=0.0))

    def _see(self, candidates: Positions) -> None:
        exact = self._exact(candidates)
        self.ceiling[candidates] = exact
        for candidate, worth in zip(candidates.tolist(), exact.tolist(), strict=True):
            heappush(self._seen, (-worth, candidate, self._age))
