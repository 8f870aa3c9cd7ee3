"""Values an officer enters because no text that was read gives them today."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assemblier.aids.amounts import Amount, Period, read_amount
from assemblier.aids.legality.opinion import ROOT, Law, known_law
from assemblier.aids.settings import Valeurs
from assemblier.aids.words import euros
from assemblier.errors import InputError, Problem
from assemblier.figures import Confidence
from assemblier.french import date_text

EMOLUMENTS = "emoluments_annuels"
ENTRIES = {EMOLUMENTS: "émoluments annuels bruts d'un interne de troisième année, en € par an"}
"""What can be entered, and what it is."""
PATHS = {EMOLUMENTS: f"{ROOT}.interne.emoluments_annuels"}
"""The parameter each stands for."""
WHERE = "--valeurs"


@dataclass(frozen=True, slots=True)
class Entered:
    """One value that was entered.

    Attributes
    ----------
    amount
        With its unit.
    text
        The text it was read in, as the officer writes it; empty where it was not said.
    since
        The first day it holds.
    """

    amount: Amount
    text: str = ""
    since: dt.date = dt.date.min


@dataclass(frozen=True)
class Emoluments:
    """The annual pay the caps rest on.

    Attributes
    ----------
    yearly
        Euros a year, or None where nothing is known at this date.
    law
        Where it comes from.
    is_sure
        Whether a verdict may rest on it.
    """

    yearly: Fraction | None
    law: Law
    is_sure: bool


@dataclass(frozen=True)
class Values:
    """What was entered, by key of `ENTRIES`; the latest that holds on a day is used."""

    entered: Mapping[str, tuple[Entered, ...]] = field(default_factory=dict)

    def __or__(self, other: "Values") -> "Values":
        """Return the values of both."""
        keys = dict.fromkeys((*self.entered, *other.entered))
        return Values({key: self.entered.get(key, ()) + other.entered.get(key, ()) for key in keys})

    def _on(self, key: str, on: dt.date) -> Entered | None:
        held = [one for one in self.entered.get(key, ()) if one.since <= on]
        return max(held, key=lambda one: one.since) if held else None

    def emoluments(self, on: dt.date) -> Emoluments:
        """Return the pay of a day: the one that was entered, else the one of the texts."""
        given = self._on(EMOLUMENTS, on)
        if given is not None:
            yearly = given.amount.yearly()
            said = given.text or "texte non précisé"
            return Emoluments(yearly, Law(f"Valeur saisie par la collectivité ({said})"), True)
        found = known_law("interne.emoluments_annuels", on)
        if found is None:
            missing = Law("Article D. 1511-54 du code général des collectivités territoriales")
            return Emoluments(None, missing, False)
        is_sure = found.confidence is Confidence.CONFIRME
        return Emoluments(Fraction(found.value), Law.of(found, on), is_sure)


NOTHING = Values()


def read_values(pairs: Mapping[str, object]) -> Values:
    """Read what an officer enters: ``{"emoluments_annuels": "27 000 € par an (arrêté du …)"}``.

    A value may also be a mapping with `valeur` and `texte`.

    Raises
    ------
    InputError
        For an unknown key, a missing unit or a single payment: all problems at once.

    Examples
    --------
    >>> values = read_values({"emoluments_annuels": "27 000 € par an"})
    >>> values.emoluments(dt.date(2026, 1, 1)).yearly
    Fraction(27000, 1)
    """
    problems: list[Problem] = []
    entered: dict[str, tuple[Entered, ...]] = {}
    for key, written in pairs.items():
        where = f"{WHERE} {key}"
        if key not in ENTRIES:
            problems.append(Problem(where, "clé inconnue", ", ".join(ENTRIES), "la corriger"))
            continue
        try:
            entered[key] = (_entered(written),)
        except ValueError as error:
            expected = f"{ENTRIES[key]} ({error})"
            problems.append(Problem(where, f"« {written} »", expected, "écrire 27 000 € par an"))
    if problems:
        raise InputError(problems)
    return Values(entered)


def values_from(settings: Valeurs) -> Values:
    """Return the values of a file that `assemblier aides --valeurs` reads too.

    Examples
    --------
    >>> from assemblier.aids.settings import Valeur
    >>> one = Valeur(PATHS[EMOLUMENTS], 27000, dt.date(2026, 5, 1), "arrêté d'essai")
    >>> values = values_from(Valeurs((one,)))
    >>> values.emoluments(dt.date(2026, 6, 1)).yearly
    Fraction(27000, 1)
    >>> values.emoluments(dt.date(2026, 4, 30)).is_sure
    False
    """
    return Values(
        {
            key: tuple(
                Entered(Amount(Fraction(str(one.valeur)), Period.AN), one.texte, one.depuis)
                for one in settings.entrees
                if one.chemin == path
            )
            for key, path in PATHS.items()
        }
    )


def _entered(written: object) -> Entered:
    told, text = written, ""
    if isinstance(written, Mapping):
        told, text = written.get("valeur", ""), str(written.get("texte", "") or "")
    elif isinstance(written, str) and "(" in written:
        told, _, text = written.partition("(")
    amount = read_amount(str(told))
    if amount.period is Period.UNE_FOIS:
        raise ValueError("une période : par mois ou par an")
    if not amount.value:
        raise ValueError("un montant positif")
    return Entered(amount, text.strip().rstrip(")"))


def what_to_enter(on: dt.date) -> str:
    """Say what to enter so that a cap can be told."""
    found = known_law("interne.emoluments_annuels", on)
    last = f" ; dernier montant lu : {euros(found.value)} par an (2019)" if found else ""
    return (
        f"Entrer les émoluments annuels bruts d'un interne de troisième année au {date_text(on)}, "
        f'avec leur texte : --valeurs "{EMOLUMENTS}=… € par an (arrêté du …)"{last}.'
    )
