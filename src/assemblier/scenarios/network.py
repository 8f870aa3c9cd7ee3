"""Homes, candidates, and what each candidate would bring: what a choice of places is made on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp

from assemblier.maths import siting
from assemblier.maths.arrays import Array


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Who lives where, and what each candidate would bring.

    Attributes
    ----------
    score
        (homes,) today; nan where unknown.
    people
        (homes,) inhabitants the choice looks at, ≥ 0.
    gains
        (homes, candidates) consultations per head a year that a place adds to a home.
    minutes
        (homes, candidates), a pair that is not stored is out of reach.
    target
        The score under which people lack.
    within
        Minutes that count as covered.
    weight
        (homes,) what each inhabitant counts for in the choice; empty when each counts for one.
    """

    score: Array
    people: Array
    gains: sp.csc_array
    minutes: sp.csc_array
    target: float
    within: float
    weight: Array = field(default_factory=lambda: np.empty(0))

    @property
    def weighed(self) -> Array:
        """(homes,) inhabitants, each counted as often as equity asks."""
        return self.people * self.weight if len(self.weight) else self.people

    @property
    def lacks(self) -> np.ndarray:
        """(homes,) whether the score is known and under the target."""
        found: np.ndarray = self.score < self.target
        return found

    @property
    def lacking_people(self) -> Array:
        """(homes,) inhabitants who lack, as equity counts them."""
        return np.where(self.lacks, self.weighed, 0.0)

    def after(self, chosen: Sequence[int]) -> Array:
        """Return (homes,) the scores once places are open."""
        found = self.score.copy()
        for one in chosen:
            kept = slice(self.gains.indptr[one], self.gains.indptr[one + 1])
            found[self.gains.indices[kept]] += self.gains.data[kept]
        return found

    def once_open(self, places: Sequence[int]) -> "Network":
        """Return the network where some places are already open."""
        return replace(self, score=self.after(places)) if places else self

    def of_those_who_lack(self) -> "Network":
        """Return the network of the homes the choice looks at and that lack."""
        homes = np.flatnonzero(self.lacks & (self.people > 0))
        return replace(
            self,
            score=self.score[homes],
            people=self.people[homes],
            gains=sp.csc_array(self.gains[homes]),
            minutes=sp.csc_array(self.minutes[homes]),
            weight=self.weight[homes] if len(self.weight) else self.weight,
        )

    def removed(self, chosen: Sequence[int]) -> float:
        """Return the shortfall that places take away."""
        before, after = (
            siting.shortfall(score, self.weighed, self.target)
            for score in (self.score, self.after(chosen))
        )
        return before - after

    def passing(self, chosen: Sequence[int]) -> np.ndarray:
        """Return (homes,) whether each passes the target."""
        found: np.ndarray = self.lacks & (self.after(chosen) >= self.target)
        return found

    def raised(self, chosen: Sequence[int]) -> float:
        """Return the inhabitants who pass the target."""
        return float(self.people[self.passing(chosen)].sum())

    def reach(self) -> sp.csr_array:
        """Return (homes, candidates) the pairs near enough, zero minutes included."""
        pairs = sp.coo_array(self.minutes)
        near = pairs.data <= self.within
        coords = pairs.coords[0][near], pairs.coords[1][near]
        return sp.csr_array((np.ones(int(near.sum())), coords), shape=pairs.shape)

    def near(self, chosen: Sequence[int]) -> np.ndarray:
        """Return (homes,) whether one of some places is near enough."""
        found = np.zeros(len(self.people), dtype=bool)
        for one in chosen:
            kept = slice(self.minutes.indptr[one], self.minutes.indptr[one + 1])
            found[self.minutes.indices[kept][self.minutes.data[kept] <= self.within]] = True
        return found

    def travel(self, chosen: Sequence[int]) -> float:
        """Return the mean minutes to the nearest place; who reaches none counts as the farthest."""
        far = float(self.minutes.data.max(initial=0.0))
        nearest = np.full(len(self.people), far)
        columns = self.minutes
        for one in chosen:
            kept = slice(columns.indptr[one], columns.indptr[one + 1])
            homes = columns.indices[kept]
            nearest[homes] = np.minimum(nearest[homes], columns.data[kept])
        total = float(self.people.sum())
        return float(self.people @ nearest) / total if total else 0.0
