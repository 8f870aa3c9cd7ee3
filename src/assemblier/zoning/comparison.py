"""Two zonings side by side: communes and inhabitants that change, what that ends or opens."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum

from assemblier.zoning.classes import MEDECIN, Niveau, Zonage
from assemblier.zoning.rules import Aid, aids_opened, installation_rule, level_aids

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
class QuarterMove:
    """A quarter (QPV) classed otherwise; None where it follows its commune."""

    quarter: str
    before: Zonage | None
    after: Zonage | None


def quarter_moves(
    before: Mapping[str, Zonage], after: Mapping[str, Zonage]
) -> tuple[QuarterMove, ...]:
    """Return the quarters that two zonings class otherwise, in ascending order of codes."""
    codes = sorted({*before, *after})
    moves = (QuarterMove(code, before.get(code), after.get(code)) for code in codes)
    return tuple(move for move in moves if move.before is not move.after)


Opening = Callable[[AnyZone, str, dt.date], tuple[Aid, ...]]
"""What opens the aids of a zone to a profession at a date: `opened_by_texts`, or fuller rules."""


def opened_by_texts(zone: AnyZone, profession: str, on: dt.date) -> tuple[Aid, ...]:
    """Return what a zone opens or imposes at a date, from the dated parameters of the zoning.

    Raises
    ------
    TypeError
        When the zone is not one of the profession.

    Examples
    --------
    >>> [one.key for one in opened_by_texts(Niveau.SUR_DOTEE, "infirmier", dt.date(2022, 1, 1))]
    ['regulation']
    """
    if isinstance(zone, Zonage) and profession == MEDECIN:
        return aids_opened(zone, on)
    if not isinstance(zone, Niveau) or profession == MEDECIN:
        raise TypeError("les deux zones sont de la même profession")
    rule = installation_rule(profession, zone, on)
    found = level_aids(profession, zone, on)
    if rule.since is None or not rule.needs_cessation:
        return found
    return (*found, Aid("regulation", rule.sentence, rule.reference, rule.since, rule.confidence))


@dataclass(frozen=True, slots=True)
class Effects:
    """What passing from a zone to another ends and opens for those who settle after a date."""

    ended: tuple[Aid, ...]
    opened: tuple[Aid, ...]


def effects(
    before: AnyZone,
    after: AnyZone,
    profession: str,
    on: dt.date,
    opening: Opening = opened_by_texts,
) -> Effects:
    """Return what a change of zone ends and opens at a date; nothing where it does not change.

    Parameters
    ----------
    before, after
        Zones of the profession.
    profession, on
        As tables name it; the day somebody settles.
    opening
        What opens the aids of a zone.

    Always true
    -----------
    What a change opens, the opposite change ends.

    Examples
    --------
    >>> effects(Zonage.ZIP, Zonage.ZAC, MEDECIN, dt.date(2022, 1, 1)).opened
    ()
    """
    old, new = opening(before, profession, on), opening(after, profession, on)
    return Effects(
        tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)
    )
