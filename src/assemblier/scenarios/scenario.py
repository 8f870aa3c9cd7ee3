"""A scenario: an ordered list of small frozen changes, identified by what it holds."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from assemblier.french import at_name
from assemblier.scenarios.kinds import KINDS, Kind

GP = "medecin_generaliste"
Value: TypeAlias = str | float | int | bool | tuple[str, ...]
"""What a field holds: communes and territories by their codes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes
    ----------
    rank
        Its place in the list, from 1.
    kind
        A key of `kinds.KINDS`.
    values
        The fields that are said, in the order of the kind.
    """

    rank: int
    kind: str
    values: tuple[tuple[str, Value], ...]

    @property
    def spec(self) -> Kind:
        """Its kind."""
        return KINDS[self.kind]

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"changement {self.rank} ({self.spec.label})"

    @property
    def called(self) -> str:
        """How reports name it: its kind and where, without a rank."""
        from assemblier.territory import index

        code, label = self.text("commune"), self.spec.label
        label = label[:1].upper() + label[1:]
        if not code:
            return label
        return f"{label}, {at_name(str(index().nom[index().positions([code])[0]]))}"

    @property
    def day(self) -> date | None:
        """The day it is said to happen; None where nothing is said."""
        said = self.text("le")
        return date.fromisoformat(said) if said else None

    def text(self, key: str) -> str:
        """Return a field that holds a word; empty where it is not said."""
        return str(dict(self.values).get(key, ""))

    def number(self, key: str, default: float = 0.0) -> float:
        """Return a field that holds a number."""
        value = dict(self.values).get(key, default)
        return float(value) if isinstance(value, int | float) else default

    def says(self, key: str) -> bool:
        """Whether a field is said, and is not « non »."""
        return bool(dict(self.values).get(key, False))

    def listed(self, key: str) -> tuple[str, ...]:
        """Return a field that holds several codes."""
        value = dict(self.values).get(key, ())
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is tried.

    Attributes
    ----------
    nom
        As its author calls it.
    territoire
        Expression of the perimeter it is read in.
    changes
        In the order they happen.
    profession
        Who they are about.
    """

    nom: str
    territoire: str
    changes: tuple[Change, ...]
    profession: str = GP

    @property
    def days(self) -> tuple[date | None, ...]:
        """When each change happens: its day, else that of the one before; None from the start."""
        found: list[date | None] = []
        for change in self.changes:
            found.append(change.day or (found[-1] if found else None))
        return tuple(found)

    @property
    def identity(self) -> str:
        """Twelve letters that name its content: the same changes have the same, whatever its name.

        Examples
        --------
        >>> one = Scenario("a", "departement:43", ())
        >>> one.identity == Scenario("b", "departement:43", ()).identity
        True
        """
        held = [[change.kind, *sorted(map(list, change.values))] for change in self.changes]
        who = [] if self.profession == GP else [self.profession]
        text = json.dumps([self.territoire, held, *who], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
