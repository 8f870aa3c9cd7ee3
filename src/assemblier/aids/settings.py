"""Values entered by hand: what nobody has confirmed, or what has changed since it was read.

A YAML file gives, for the path of a parameter, its value, from which day, and in which text::

    aides.indemnite_logement_deplacement.plafond_mois:
      valeur: 450
      depuis: 2026-05-01
      texte: arrêté du … fixant les émoluments des internes

On the command line, a value alone is enough, for the day that is asked about::

    --valeurs "emoluments_annuels=27 000 € par an (arrêté du …)"
"""

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assemblier import parameters
from assemblier.aids.amounts import read_amount
from assemblier.errors import InputError, Problem
from assemblier.figures import Confidence

_KEYS = ("valeur", "depuis", "texte")


@dataclass(frozen=True, slots=True)
class Valeur:
    """One value entered: the path of its parameter, itself, its first day, its text."""

    chemin: str
    valeur: Any
    depuis: dt.date
    texte: str


@dataclass(frozen=True, slots=True)
class Valeurs:
    """The values entered, that replace those of the parameters from their first day on."""

    entrees: tuple[Valeur, ...] = ()

    def of(self, chemin: str, on: dt.date) -> Valeur | None:
        """Return the value entered for a parameter on a day, or None."""
        found = [one for one in self.entrees if one.chemin == chemin and one.depuis <= on]
        return max(found, key=lambda one: one.depuis) if found else None

    def apply(self, tree: Any) -> None:
        """Write the values into the parameters of a system."""
        for one in sorted(self.entrees, key=lambda entered: entered.depuis):
            parameter = tree
            for name in one.chemin.split("."):
                parameter = parameter.children[name]
            value = list(one.valeur) if isinstance(one.valeur, tuple) else one.valeur
            parameter.update(start=one.depuis.isoformat(), value=value)
            written = parameter.metadata["confidence"]
            parameter.metadata["confidence"] = {
                dated.instant_str: (
                    Confidence.CONFIRME.value
                    if dated.instant_str == one.depuis.isoformat()
                    else written
                    if isinstance(written, str)
                    else written[dated.instant_str]
                )
                for dated in parameter.values_list
            }


NONE = Valeurs()


def read_values(path: Path) -> Valeurs:
    """Read the values entered in a file.

    Raises
    ------
    InputError
        When the file cannot be read, a parameter is unknown, or a value, a day or a text is
        missing or of another kind: all the problems at once.
    """
    content = _content(path)
    problems: list[Problem] = []
    found = [_value(path, key, entry, problems) for key, entry in content.items()]
    if problems:
        raise InputError(problems)
    return Valeurs(tuple(one for one in found if one is not None))


def read_entered(told: Sequence[str], on: dt.date) -> Valeurs:
    """Read the values given on the command line: files, and ``path=value (text)``.

    Parameters
    ----------
    told
        As written. The last word of a path is enough where only one parameter has it.
    on
        The day asked about: a value without a file holds from then on.

    Raises
    ------
    InputError
        All the problems at once.

    Examples
    --------
    >>> found = read_entered(["emoluments_annuels=27 000 € par an"], dt.date(2026, 1, 1))
    >>> found.entrees[0].chemin, found.entrees[0].valeur
    ('aides.legalite.interne.emoluments_annuels', 27000.0)
    """
    problems: list[Problem] = []
    found: list[Valeur] = []
    for one in told:
        key, equals, written = one.partition("=")
        try:
            found += [_pair(key.strip(), written, on)] if equals else read_values(Path(one)).entrees
        except InputError as error:
            problems += error.problems
    paths = [one.chemin for one in found if one.depuis == on]
    problems += [
        Problem(f"--valeurs {path}", "deux valeurs", "une seule", "en retirer une")
        for path in sorted({path for path in paths if paths.count(path) > 1})
    ]
    if problems:
        raise InputError(problems)
    return Valeurs(tuple(found))


def _pair(key: str, written: str, on: dt.date) -> Valeur:
    """Return a value written alone."""
    named = [path for path in parameters.paths() if path == key or path.endswith(f".{key}")]
    where = f"--valeurs {key}"
    if len(named) != 1:
        close = named or difflib.get_close_matches(key, parameters.paths(), n=3, cutoff=0.5)
        found = "plusieurs paramètres de ce nom" if named else "paramètre inconnu"
        raise InputError([Problem(where, found, ", ".join(close), "écrire son chemin entier")])
    told, _, text = written.partition("(")
    unit = parameters.explain(named[0], dt.date.max).unit
    try:
        number = _amount(told, unit) if "€" in unit else _number(told)
    except ValueError:
        what = "un montant avec son unité" if "€" in unit else "un nombre"
        expected = f"{what} ({unit})" if unit else f"{what} ; sinon, un fichier"
        raise InputError([Problem(where, f"« {told.strip()} »", expected, "corriger")]) from None
    known = parameters.explain(named[0], dt.date.max).value
    if isinstance(known, bool) or not isinstance(known, int | float):
        problem = Problem(where, "une valeur qui n'est pas un nombre", "un fichier", "l'écrire")
        raise InputError([problem])
    return Valeur(named[0], number, on, text.strip().rstrip(")") or UNSAID)


UNSAID = "texte non précisé"


def _number(written: str) -> float:
    bare = written.translate(str.maketrans("", "", " \u00a0\u202f%")).replace(",", ".")
    return float(bare)


def _amount(written: str, unit: str) -> float:
    """Return an amount in the unit of its parameter, whatever the period it was written for."""
    told, meant = " ".join(written.split()), " ".join(unit.split())
    if told.endswith(meant):  # also « 7 € par point », which is no period
        return _number(told.removesuffix(meant))
    amount = read_amount(written)  # without a unit it is refused: a month is not a year
    months = {"par an": 12, "par trimestre": 3, "par mois": 1}
    wanted = next((count for end, count in months.items() if meant.endswith(end)), None)
    if (wanted is None) != (amount.period.months is None):
        raise ValueError(unit)
    if wanted is None or amount.period.months is None:
        return float(amount.value)
    return float(amount.value * wanted / amount.period.months)


def _content(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        problem = Problem(str(path), f"illisible ({error})", "un fichier YAML", "le corriger")
        raise InputError([problem]) from error
    if not isinstance(content, dict):
        problem = Problem(
            str(path), "pas de noms de paramètres", "chemin : valeur", "voir le guide"
        )
        raise InputError([problem])
    return {str(key): entry for key, entry in content.items()}


def _value(path: Path, key: str, entry: Any, problems: list[Problem]) -> Valeur | None:
    def problem(found: str, expected: str) -> None:
        problems.append(Problem(f"{path}, {key}", found, expected, "corriger"))

    if key not in parameters.paths():
        close = difflib.get_close_matches(key, parameters.paths(), n=3, cutoff=0.5)
        problem(
            "paramètre inconnu", f"un paramètre connu, comme {', '.join(close)}" if close else ""
        )
        return None
    if not isinstance(entry, dict) or set(entry) != set(_KEYS):
        given = ", ".join(map(str, entry)) if isinstance(entry, dict) else f"« {entry} »"
        problem(given, f"les trois lignes {', '.join(_KEYS)}")
        return None
    value, day, text = (entry[name] for name in _KEYS)
    known = parameters.explain(key, dt.date.max).value
    if not _same_kind(value, known):
        problem(f"valeur « {value} »", f"une valeur comme « {known} »")
        return None
    if not isinstance(day, dt.date):
        problem(f"depuis « {day} »", "un jour, comme 2026-05-01")
        return None
    if not isinstance(text, str) or len(text) < 5:
        problem(f"texte « {text} »", "le texte où la valeur se lit")
        return None
    return Valeur(key, tuple(value) if isinstance(value, list) else value, day, text)


def _same_kind(value: Any, known: Any) -> bool:
    if isinstance(known, tuple):
        return isinstance(value, list) and len(value) == len(known)
    if isinstance(known, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(known, bool)
    if isinstance(known, int | float):
        return isinstance(value, int | float)
    return isinstance(value, type(known))
