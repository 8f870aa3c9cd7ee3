"""Which aids may be held together, pair by pair, as the texts say it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from assemblier.aids.legality.opinion import ROOT, Law, known_law
from assemblier.errors import InputError, Problem
from assemblier.parameters import paths

_PREFIX, _LINK = f"{ROOT}.cumuls.", "_et_"


class Cumul(StrEnum):
    """What the texts say of two aids held together."""

    AUTORISE = "autorisé"
    DECONSEILLE = "légal mais déconseillé"
    INTERDIT = "interdit"
    A_CONFIRMER = "à confirmer"


@dataclass(frozen=True, slots=True)
class Pair:
    """The answer for two aids.

    Attributes
    ----------
    cumul
        See `Cumul`; to be confirmed where no text that was read names the two.
    sentence
        Why, in French.
    law
        The text, or None.
    """

    cumul: Cumul
    sentence: str
    law: Law | None = None


_VALUES = {
    "autorise": Cumul.AUTORISE,
    "deconseille": Cumul.DECONSEILLE,
    "interdit": Cumul.INTERDIT,
}


def known_aids() -> tuple[str, ...]:
    """Return the aids some pair names, in alphabetical order."""
    pairs = (path.removeprefix(_PREFIX) for path in paths() if path.startswith(_PREFIX))
    return tuple(sorted({aid for pair in pairs for aid in pair.split(_LINK)}))


def cumulation(one: str, other: str, on: dt.date) -> Pair:
    """Say whether two aids may be held at the same time.

    Raises
    ------
    InputError
        When an aid is unknown, or is named twice: all problems at once.

    Always true
    -----------
    The order of the two aids changes nothing.

    Examples
    --------
    >>> cumulation("logement_gratuit", "indemnite_stage", dt.date(2019, 12, 31)).cumul
    <Cumul.INTERDIT: 'interdit'>
    """
    known = known_aids()
    problems = [
        Problem("aide", f"« {aid} »", ", ".join(known), "choisir l'une de ces aides")
        for aid in (one, other)
        if aid not in known
    ]
    if one == other and not problems:
        problems = [Problem("aides", f"deux fois « {one} »", "deux aides", "en changer une")]
    if problems:
        raise InputError(problems)
    path = f"cumuls.{_LINK.join(sorted((one, other)))}"
    found = known_law(path, on) if f"{ROOT}.{path}" in paths() else None
    if found is None:
        return Pair(Cumul.A_CONFIRMER, "Aucun texte lu ne nomme ces deux aides ensemble.")
    reason = found.documentation.split(" Non modélisé")[0]
    return Pair(_VALUES[found.value], reason, Law.of(found, on))
