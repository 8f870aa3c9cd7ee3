"""The profile: what a professional or a structure says of itself, in YAML or in a spreadsheet.

Everything may be left out: what is missing is unknown, and asked for where it decides. What is
written is checked: the name and the choices of each input, bounds, units of amounts, and answers
that cannot be true together (an intern with a practice).
"""

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from assemblier.aids.amounts import Period, read_amount
from assemblier.aids.catalogue import saisies
from assemblier.aids.inputs import INCONNU, Genre, Saisie
from assemblier.aids.legality.files import read_yaml
from assemblier.aids.legality.reading import read_day
from assemblier.aids.words import measure
from assemblier.errors import InputError, Problem
from assemblier.french import date_text
from assemblier.sources.workbook import sheet_rows

Profile: TypeAlias = Mapping[str, Any]
"""By input, its value: a code, a number, a day; what is not there is unknown."""
SHEET = "Profil"
HEADERS = ("Clé", "Question", "Réponse", "Comment l'écrire")
_YES = {"oui": "oui", "o": "oui", "vrai": "oui", "true": "oui", "yes": "oui", "1": "oui"}
_NO = {"non": "non", "n": "non", "faux": "non", "false": "non", "no": "non", "0": "non"}


_ONE_FILE = "un fichier YAML, ou le classeur de « assemblier modele profil »"


def read_profile(path: Path) -> Profile:
    """Read a profile: YAML (``cle: valeur``), or the spreadsheet of ``modele profil``.

    Raises
    ------
    InputError
        For a file that cannot be read, or any wrong answer in it: all the problems at once.
    """
    is_sheet = path.suffix.lower() in (".xlsx", ".ods")
    written = _sheet_answers(path) if is_sheet else read_yaml(path, _ONE_FILE)
    return checked(written, path.name)


def _sheet_answers(path: Path) -> dict[str, Any]:
    rows = sheet_rows(path, SHEET)
    answers = {row[0]: row[2] for row in rows if len(row) > 2 and row[0] != HEADERS[0]}
    return {key: answer for key, answer in answers.items() if key and answer}


def checked(written: Mapping[str, Any], where: str) -> Profile:
    """Return the values of what was written.

    Raises
    ------
    InputError
        For a name or a value that is not understood: all the problems at once.

    Examples
    --------
    >>> checked({"statut": "interne", "honoraires_mois": "4 000 € par mois"}, "profil")
    {'statut': 'interne', 'honoraires_mois': 4000.0}
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for name, value in written.items():
        saisie = saisies().get(name)
        if saisie is None:
            problems.append(_unknown(name, where))
            continue
        if value is None or str(value).strip().casefold() in ("", INCONNU, "inconnue"):
            continue
        try:
            found[name] = _READERS[saisie.genre](saisie, value)
        except ValueError as error:
            problems.append(
                Problem(f"{where}, {name}", f"« {value} »", str(error), "corriger la réponse")
            )
    if problems:
        raise InputError(problems)
    return found


def _unknown(name: str, where: str) -> Problem:
    close = difflib.get_close_matches(name, saisies(), n=3, cutoff=0.5)
    expected = f"peut-être {', '.join(close)}" if close else "un nom de « modele profil »"
    return Problem(f"{where}, {name}", "nom inconnu", expected, "corriger le nom")


def _answer(_saisie: Saisie, value: Any) -> str:
    word = str(value).strip().casefold()
    found = _YES.get(word) or _NO.get(word)
    if found is None:
        raise ValueError("oui ou non")
    return found


def _choice(saisie: Saisie, value: Any) -> str:
    word = str(value).strip().casefold()
    for code, label in saisie.choix:
        # A sheet drops the zero of « 01 ».
        if word.isdigit() and word.zfill(len(code)) == code:
            return code
        if word in (
            code.casefold(),
            label.casefold(),
            code.casefold().removeprefix(f"{saisie.nom}_"),
        ):
            return code
    raise ValueError(f"un de : {', '.join(saisie.answers)}")


def _day(_saisie: Saisie, value: Any) -> dt.date:
    try:
        return read_day(value)
    except ValueError:
        raise ValueError("un jour, comme 22/11/2026") from None


def _number(saisie: Saisie, value: Any) -> float:
    if saisie.is_amount:
        return _euros(saisie, value)
    bare = str(value).replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    try:
        number = float(bare.replace(",", "."))
    except ValueError:
        raise ValueError(f"un nombre ({saisie.unite})") from None
    if isinstance(value, bool) or not saisie.minimum <= number <= saisie.maximum:
        low, high = measure(saisie.minimum, ""), measure(saisie.maximum, "")
        raise ValueError(f"un nombre de {low} à {high} ({saisie.unite})")
    return number


def _euros(saisie: Saisie, value: Any) -> float:
    """Return an amount in the unit of its input, whatever the period it was written for."""
    amount = read_amount(str(value))
    wanted = {f"€ {period}": period for period in Period}.get(saisie.unite, Period.UNE_FOIS)
    if wanted.months is None or amount.period.months is None:
        if amount.period is not wanted:
            raise ValueError(f"un montant en {saisie.unite}")
        return float(amount.value)
    return float(amount.value * wanted.months / amount.period.months)


_READERS: dict[Genre, Callable[[Saisie, Any], Any]] = {
    Genre.REPONSE: _answer,
    Genre.CHOIX: _choice,
    Genre.DATE: _day,
    Genre.NOMBRE: _number,
}


# --- what cannot be true together


@dataclass(frozen=True, slots=True)
class Impossible:
    """Answers that contradict each other."""

    keys: str
    found: str
    expected: str
    is_so: Callable[[Profile, dt.date], bool]


_STUDENTS = ("interne", "etudiant")
_INTERNES = ("medecin_generaliste", "medecin_specialiste", "chirurgien_dentiste", "pharmacien")


def _is_after(profile: Profile, name: str, day: dt.date) -> bool:
    return name in profile and profile[name] > day


IMPOSSIBLE = (
    Impossible(
        "statut, date_installation, cabinet_principal, site_secondaire",
        "un interne ou un étudiant qui a un cabinet",
        "un interne sans cabinet, ou le statut de qui s'installe",
        lambda one, _: (
            one.get("statut") in _STUDENTS
            and (
                "date_installation" in one
                or "oui" in (one.get("cabinet_principal"), one.get("site_secondaire"))
            )
        ),
    ),
    Impossible(
        "statut, secteur",
        "un interne ou un étudiant qui a un secteur conventionnel",
        "pas de secteur tant que l'on n'exerce pas",
        lambda one, _: one.get("statut") in _STUDENTS and "secteur" in one,
    ),
    Impossible(
        "statut, maitre_de_stage",
        "un interne ou un étudiant maître de stage",
        "un médecin installé",
        lambda one, _: one.get("statut") in _STUDENTS and one.get("maitre_de_stage") == "oui",
    ),
    Impossible(
        "statut, profession",
        "un interne d'une profession sans internat",
        "un interne en médecine, en odontologie ou en pharmacie",
        lambda one, _: (
            one.get("statut") == "interne" and one.get("profession", _INTERNES[0]) not in _INTERNES
        ),
    ),
    Impossible(
        "cabinet_principal, site_secondaire",
        "un cabinet principal qui est un site secondaire",
        "l'un ou l'autre",
        lambda one, _: one.get("cabinet_principal") == one.get("site_secondaire") == "oui",
    ),
    Impossible(
        "statut, date_installation",
        "une installation à venir, déjà passée",
        "le statut « installe », ou une date à venir",
        lambda one, on: (
            one.get("statut") == "projet"
            and "date_installation" in one
            and one["date_installation"] < on
        ),
    ),
    Impossible(
        "statut, date_installation",
        "une installation faite, à une date à venir",
        "le statut « projet », ou une date passée",
        lambda one, on: one.get("statut") == "installe" and _is_after(one, "date_installation", on),
    ),
    Impossible(
        "date_these",
        "une thèse soutenue à une date à venir",
        "une date passée, ou rien",
        lambda one, on: _is_after(one, "date_these", on),
    ),
    Impossible(
        "jours_par_semaine, demi_journees_par_semaine",
        "plus de demi-journées que n'en font les jours",
        "deux demi-journées par jour au plus",
        lambda one, _: (
            one.get("demi_journees_par_semaine", 0) > 2 * one.get("jours_par_semaine", 7)
        ),
    ),
    Impossible(
        "statut, age",
        "un retraité de moins de 50 ans",
        "un âge de retraite, ou un autre statut",
        lambda one, _: (
            one.get("statut") in ("retraite_actif", "retraite") and one.get("age", 99) < 50
        ),
    ),
    Impossible(
        "age",
        "un professionnel ou un étudiant de moins de 16 ans",
        "un âge de 16 ans ou plus",
        lambda one, _: one.get("age", 99) < 16,
    ),
)
"""What a profile cannot say; each one is told in the words of the inputs."""


def consistent(profile: Profile, on: dt.date, where: str) -> Profile:
    """Return a profile that can be true on a day, completed by what follows from it.

    Raises
    ------
    InputError
        When answers contradict each other: all the problems at once.

    Examples
    --------
    >>> day = dt.date(2019, 6, 1)
    >>> consistent({"date_installation": dt.date(2019, 1, 1)}, day, "profil")["statut"]
    'installe'
    """
    problems = [
        Problem(f"{where}, {one.keys}", one.found, one.expected, f"corriger (au {date_text(on)})")
        for one in IMPOSSIBLE
        if one.is_so(profile, on)
    ]
    if problems:
        raise InputError(problems)
    found = dict(profile)
    if "statut" not in found and "date_installation" in found:
        found["statut"] = "projet" if found["date_installation"] > on else "installe"
    return found
