"""The legal acts: each zoning is a dated fact, and a question has the answer of its day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assemblier.errors import DataError, Problem
from assemblier.zoning.classes import MEDECIN, PROFESSIONS, Niveau, Zonage
from assemblier.zoning.rules import region_name, revision_due


@dataclass(frozen=True)
class Acte:
    """One order that fixes a zoning.

    Attributes
    ----------
    key
        Short identifier, unique in a register.
    region, profession
        What it is about.
    signed, published
        Dates of the order and of its publication; `published` may be unknown.
    since, until
        First and last day it holds; `until` is None for an act that holds until the next one.
    reference
        As people cite it.
    source
        The file its zones were read in.
    zones
        Zone by commune; a commune that is absent is not named by what was read.
    quarters
        Zone by quarter (QPV) classed apart.
    address
        Where the order is read, or empty.
    ambiguous
        Communes that the file gives several zones, with these.
    """

    key: str
    region: str
    profession: str
    signed: dt.date
    since: dt.date
    reference: str
    source: str
    zones: Mapping[str, Zonage | Niveau]
    until: dt.date | None = None
    published: dt.date | None = None
    quarters: Mapping[str, Zonage] | None = None
    address: str = ""
    ambiguous: Mapping[str, tuple[str, ...]] | None = None

    def holds(self, on: dt.date, following: dt.date | None = None) -> bool:
        """Whether it is in force on a day, given the first day of the act that follows."""
        ended = self.until is not None and on > self.until
        replaced = self.until is None and following is not None and on >= following
        return on >= self.since and not ended and not replaced


@dataclass(frozen=True, slots=True)
class Answer:
    """The zone of a commune or a quarter on a day, and the act that says it.

    Attributes
    ----------
    zone
        None where no known act says it: it is then asked for.
    act
        The act in force, or None.
    note
        What the reader must know: what is missing, or that a revision is due.
    """

    zone: Zonage | Niveau | None
    act: Acte | None
    note: str = ""


class Register:
    """The known acts, each checked against the others.

    Raises
    ------
    DataError
        When two acts of a region and a profession overlap, an act ends before it begins, or a key
        repeats: all problems at once.
    """

    def __init__(self, acts: Iterable[Acte]) -> None:
        self.acts = _ordered(acts)
        problems = register_problems(self.acts)
        if problems:
            raise DataError(problems)

    def of(self, region: str, profession: str) -> tuple[Acte, ...]:
        """Return the acts of a region and a profession, the oldest first."""
        return tuple(a for a in self.acts if (a.region, a.profession) == (region, profession))

    def act_at(self, region: str, profession: str, on: dt.date) -> Acte | None:
        """Return the act in force on a day, or None where none is known.

        Always true
        -----------
        An act found holds that day; never is a later act carried back.
        """
        acts = self.of(region, profession)
        following = [*(act.since for act in acts[1:]), None]
        for act, after in zip(acts, following, strict=False):  # no act: nothing follows
            if act.holds(on, after):
                return act
        return None

    def zone_at(self, commune: str, region: str, profession: str, on: dt.date) -> Answer:
        """Return the zone of a commune on a day."""
        act = self.act_at(region, profession, on)
        if act is None:
            return Answer(None, None, self._asked(region, profession, on))
        if act.ambiguous and commune in act.ambiguous:
            several = ", ".join(act.ambiguous[commune])
            return Answer(None, act, f"Le fichier donne plusieurs zones à la commune ({several}).")
        if commune not in act.zones:
            return Answer(None, act, "La liste lue de cet acte ne nomme pas la commune.")
        return Answer(act.zones[commune], act, revision_note(act, on))

    def zone_of_quarter(self, quarter: str, commune: str, region: str, on: dt.date) -> Answer:
        """Return the zone of doctors of a quarter on a day: its own, else that of its commune."""
        act = self.act_at(region, MEDECIN, on)
        if act is not None and act.quarters and quarter in act.quarters:
            return Answer(act.quarters[quarter], act, revision_note(act, on))
        found = self.zone_at(commune, region, MEDECIN, on)
        if found.zone is None:
            return found
        note = f"Le quartier suit sa commune. {found.note}".strip()
        return Answer(found.zone, found.act, note)

    def _asked(self, region: str, profession: str, on: dt.date) -> str:
        acts = self.of(region, profession)
        day = f"{on:%d/%m/%Y}"
        if not acts:
            who = PROFESSIONS.get(profession, profession)
            return f"Aucun acte connu ({region_name(region)}, {who}) : donner l'arrêté."
        if on < acts[0].since:
            first = f"{acts[0].since:%d/%m/%Y}"
            return f"Aucun acte connu au {day}, le premier est du {first} : donner l'arrêté."
        return f"Aucun acte connu au {day}, entre ou après ceux qui sont connus : donner l'arrêté."


def revision_note(act: Acte, on: dt.date) -> str:
    """Say when the revision of an act is overdue on a day; empty when it is not."""
    if act.profession != MEDECIN:
        return ""
    due = revision_due(act.since, on)
    if on <= due:
        return ""
    return f"Révision attendue depuis le {due:%d/%m/%Y} : vérifier qu'aucun acte n'a suivi."


def _ordered(acts: Iterable[Acte]) -> tuple[Acte, ...]:
    return tuple(sorted(acts, key=lambda act: (act.profession, act.region, act.since)))


def register_problems(acts: Iterable[Acte]) -> list[Problem]:
    """Return what is wrong in a set of acts: keys that repeat, ends before starts, overlaps."""
    acts = _ordered(acts)
    problems: list[Problem] = []
    seen: set[str] = set()
    for act in acts:
        if act.key in seen:
            problems.append(
                Problem("registre des actes", f"« {act.key} » deux fois", "une clé", "renommer")
            )
        seen.add(act.key)
        if act.until is not None and act.until < act.since:
            problems.append(
                Problem(
                    f"acte {act.key}",
                    f"fin {act.until:%d/%m/%Y} avant le début {act.since:%d/%m/%Y}",
                    "une fin après le début",
                    "corriger les dates",
                )
            )
    for one, other in pairwise(acts):
        same = (one.region, one.profession) == (other.region, other.profession)
        if same and (other.since == one.since or (one.until and one.until >= other.since)):
            problems.append(_overlap(one, other))
    return problems


def _overlap(one: Acte, other: Acte) -> Problem:
    end = f"jusqu'au {one.until:%d/%m/%Y}" if one.until else f"dès le {one.since:%d/%m/%Y}"
    return Problem(
        f"actes {one.key} et {other.key}",
        f"en vigueur ensemble : {end} et à partir du {other.since:%d/%m/%Y}",
        f"un seul acte par jour ({region_name(one.region)}, "
        f"{PROFESSIONS.get(one.profession, one.profession)})",
        "corriger la fin du premier ou le début du second",
    )
