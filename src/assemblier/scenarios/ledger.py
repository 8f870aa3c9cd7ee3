"""The account of a scenario: every activity that appears, disappears or moves, and where."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum, isnan

import numpy as np

from assemblier.access import Baseline
from assemblier.errors import Problem
from assemblier.french import at_name, of_name
from assemblier.maths.arrays import Array
from assemblier.scenarios.scenario import GP, Change
from assemblier.territory import index


class Nature(StrEnum):
    """What happens to an activity."""

    NOUVELLE = "nouvelle"
    PERDUE = "perdue"
    DEPLACEE = "déplacée"
    TEMPS_GAGNE = "temps médical gagné"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the account.

    Attributes
    ----------
    change
        Rank of the change it comes from.
    commune
        Where; empty where an activity comes from outside the territory studied.
    heads
        Places of practice added, or taken away.
    acts
        A year; added, or taken away.
    nature
        See `Nature`. A move has two lines, one negative.
    """

    change: int
    commune: str
    heads: float
    acts: float
    nature: Nature


@dataclass(slots=True)
class Pool:
    """Professionals of one place who came together: those of the baseline, or one arrival."""

    heads: float
    acts: float


@dataclass(slots=True, eq=False)
class Ledger:
    """What changes have done so far to a baseline, which stays untouched.

    Attributes
    ----------
    baseline
        Before.
    moves
        In order.
    growth
        (homes,) factor of the standardised inhabitants.
    problems
        Of changes that cannot be.
    remote_hours
        Hours a week of consultation at a distance, by commune.
    notes
        What the reader must know.
    """

    baseline: Baseline
    moves: list[Move] = field(default_factory=list)
    growth: list[tuple[np.ndarray, Array]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remote_hours: list[tuple[str, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _pools: dict[str, list[Pool]] = field(default_factory=dict)

    def pools(self, commune: str) -> list[Pool]:
        """Return who practises in a commune: those of the baseline, then each arrival."""
        if commune not in self._pools:
            place = _place(self.baseline, commune)
            counted = float(self.baseline.counts[place])
            # What is fitted where nobody is counted belongs to nobody: nobody leaves with it.
            held = float(self.baseline.fit.supply[place]) if counted > 0 else 0.0
            self._pools[commune] = [Pool(counted, held)]
        return self._pools[commune]

    def heads(self, commune: str) -> float:
        """Return the places of practice of a commune; nan where they are unknown."""
        return fsum(pool.heads for pool in self.pools(commune))

    def acts(self, commune: str) -> float:
        """Return the activity of the professionals of a commune."""
        return fsum(pool.acts for pool in self.pools(commune))

    def reaches(self, commune: str) -> bool:
        """Whether a commune is in reach of the territory studied."""
        return commune in set(self.baseline.places)

    def refuse(self, change: Change, found: str, expected: str, action: str) -> None:
        """Note that a change cannot be."""
        self.problems.append(Problem(change.where, found, expected, action))

    def add(self, change: Change, commune: str, heads: float, acts: float, nature: Nature) -> None:
        """Write one line: somebody arrives, or those who are there do more or less."""
        self.moves.append(Move(change.rank, commune, heads, acts, nature))
        if commune and heads > 0:
            self.pools(commune).append(Pool(heads, acts))
        elif commune:
            self.pools(commune)[0].acts += acts

    def takes(
        self,
        change: Change,
        commune: str,
        heads: float,
        nature: Nature,
        *,
        newest_first: bool = False,
    ) -> float | None:
        """Take some places of practice away and return their activity; None where it cannot be."""
        if not self._has(change, commune, heads):
            return None
        shares = _shares(self.pools(commune), heads, newest_first=newest_first)
        parts = [_part_of(pool, taken) for pool, taken in shares]
        for (pool, taken), part in zip(shares, parts, strict=True):
            pool.acts -= part
            pool.heads -= taken
        self.moves.append(Move(change.rank, commune, -heads, -fsum(parts), nature))
        if not fsum(parts):
            self.notes.append(
                f"{change.called} : le socle ne trouve aucune activité {_at(commune)} dans l'APL "
                f"publiée {self.baseline.year} ; ce départ n'y change donc rien, ce que l'offre "
                "comptée contredit."
            )
        return fsum(parts)

    def held_by(self, change: Change, commune: str, heads: float) -> float | None:
        """Return the activity of some of those who are there; None where they are not."""
        if not self._has(change, commune, heads):
            return None
        shares = _shares(self.pools(commune), heads, newest_first=False)
        return fsum(_part_of(pool, taken) for pool, taken in shares)

    def takes_acts(self, change: Change, commune: str, acts: float) -> bool:
        """Take an activity away from a commune whose professionals stay; False if it cannot be."""
        if not self._has(change, commune, 0.0):
            return False
        if acts > self.acts(commune):
            is_gp = self.baseline.method.profession == GP
            unit, digits = ("actes par an", 0) if is_gp else ("ETP", 2)
            self.refuse(
                change,
                f"{name_of(commune)} n'a que {self.acts(commune):.{digits}f} {unit}",
                f"au moins les {acts:.{digits}f} {unit} qui en seraient retirés",
                "réduire la durée, ou dire « temps_nouveau: oui »",
            )
            return False
        self.add(change, commune, 0.0, -acts, Nature.DEPLACEE)
        return True

    def _has(self, change: Change, commune: str, heads: float) -> bool:
        if commune in self.baseline.conflicts:
            self.refuse(
                change,
                f"{_at(commune)} les sources se contredisent : APL publiée "
                f"{self.baseline.year} de 0,00, mais {self.heads(commune):.0f} praticien compté",
                "une offre sur laquelle les sources s'accordent",
                "vérifier auprès de l'ARS ou de la CPAM, puis donner l'offre par --offre FICHIER",
            )
            return False
        present = self.heads(commune)
        if isnan(present):
            self.refuse(
                change,
                f"l'offre {of_name(name_of(commune))} n'est pas connue",
                "une commune dont l'offre est connue, ou « venant_de: ailleurs »",
                "importer une offre qui la décrit, ou la donner par --offre FICHIER",
            )
            return False
        if heads > present:
            self.refuse(
                change,
                f"{heads:.0f} à retirer {_at(commune)}, où il y en a {present:.0f}",
                f"au plus {present:.0f}",
                "corriger le nombre, ou l'offre par --offre FICHIER",
            )
            return False
        return True

    def change_of_supply(self) -> Array:
        """Return (places,) what is added to each place; exactly 0 where everything is undone."""
        found = np.zeros(len(self.baseline.places))
        for commune in dict.fromkeys(move.commune for move in self.moves if move.commune):
            acts = [move.acts for move in self.moves if move.commune == commune]
            # A correct sum: the order of the changes does not matter.
            found[_place(self.baseline, commune)] = fsum(acts)
        return found


def _shares(pools: list[Pool], heads: float, *, newest_first: bool) -> list[tuple[Pool, float]]:
    """Return how many leave each pool: from the newest, or from the oldest."""
    left, found = heads, []
    for pool in reversed(pools) if newest_first else pools:
        taken = min(left, pool.heads)
        if taken > 0:
            found.append((pool, taken))
            left -= taken
    return found


def _part_of(pool: Pool, taken: float) -> float:
    # The last to leave takes everything: nothing is left by rounding.
    return pool.acts if taken == pool.heads else pool.acts * taken / pool.heads


def _place(baseline: Baseline, commune: str) -> int:
    return baseline.places.index(commune)


def name_of(commune: str) -> str:
    """Return the name of a commune."""
    return str(index().nom[index().positions([commune])][0])


def _at(commune: str) -> str:
    return at_name(name_of(commune))
