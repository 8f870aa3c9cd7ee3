"""Two zonings side by side: communes and inhabitants that change, what that ends or opens."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from assemblier.zoning.classes import Niveau, Zonage
from assemblier.zoning.rules import Aid, aids_opened, installation_rule

AnyZone = Zonage | Niveau


@dataclass(frozen=True, slots=True)
class Move:
    """A commune in two zonings; None where a zoning does not say."""

    code_commune: str
    before: AnyZone | None
    after: AnyZone | None
    inhabitants: float

    @property
    def is_change(self) -> bool:
        """Whether both zonings say, and differ."""
        return None not in (self.before, self.after) and self.before is not self.after


@dataclass(frozen=True, slots=True)
class Passage:
    """The communes that pass from a zone to another, or stay."""

    before: AnyZone | None
    after: AnyZone | None
    communes: int
    inhabitants: float


@dataclass(frozen=True)
class Comparison:
    """What changes from a zoning to another.

    Attributes
    ----------
    moves
        One for each commune, in ascending order of codes.
    passages
        The same, summed by pair of zones, the most inhabitants first.
    """

    moves: tuple[Move, ...]
    passages: tuple[Passage, ...]

    @property
    def changed(self) -> tuple[Move, ...]:
        """Return the communes that change zone."""
        return tuple(move for move in self.moves if move.is_change)

    @property
    def inhabitants_changed(self) -> float:
        """Return the residents of the communes that change zone."""
        return fsum(move.inhabitants for move in self.changed)


def compare(
    before: Mapping[str, AnyZone],
    after: Mapping[str, AnyZone],
    population: Mapping[str, float],
) -> Comparison:
    """Compare two zonings commune by commune.

    Parameters
    ----------
    before, after
        Zone by commune; a commune of one only is unknown in the other.
    population
        Inhabitants by commune.

    Always true
    -----------
    The communes of the passages are all the communes, each once.
    """
    codes = sorted({*before, *after})
    moves = tuple(
        Move(code, before.get(code), after.get(code), population.get(code, float("nan")))
        for code in codes
    )
    pairs: dict[tuple[AnyZone | None, AnyZone | None], list[float]] = {}
    for move in moves:
        pairs.setdefault((move.before, move.after), []).append(move.inhabitants)
    passages = [
        Passage(old, new, len(people), fsum(people)) for (old, new), people in pairs.items()
    ]
    passages.sort(key=lambda one: (-one.inhabitants, str(one.before), str(one.after)))
    return Comparison(moves, tuple(passages))


@dataclass(frozen=True, slots=True)
class Effects:
    """What passing from a zone to another ends and opens for those who settle after a date."""

    ended: tuple[str, ...]
    opened: tuple[str, ...]


def effects(before: AnyZone, after: AnyZone, profession: str, on: dt.date) -> Effects:
    """Return what a change of zone ends and opens at a date; nothing where it does not change.

    Examples
    --------
    >>> effects(Zonage.ZIP, Zonage.ZAC, "medecin_generaliste", dt.date(2022, 1, 1)).opened
    ()
    """
    if isinstance(before, Zonage) and isinstance(after, Zonage):
        old, new = _labels(aids_opened(before, on)), _labels(aids_opened(after, on))
    elif isinstance(before, Niveau) and isinstance(after, Niveau):
        old, new = _conditions(profession, before, on), _conditions(profession, after, on)
    else:
        raise TypeError("les deux zones sont de la même profession")
    return Effects(
        tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)
    )


def _labels(aids: tuple[Aid, ...]) -> tuple[str, ...]:
    return tuple(one.label for one in aids)


def _conditions(profession: str, level: Niveau, on: dt.date) -> tuple[str, ...]:
    rule = installation_rule(profession, level, on)
    return (rule.sentence,) if rule.needs_cessation else ()
