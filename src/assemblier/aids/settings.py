"""Values entered by hand: what nobody has confirmed, or what has changed since it was read.

A YAML file gives, for the path of a parameter, its value, from which day, and in which text::

    aides.indemnite_logement_deplacement.plafond_mois:
      valeur: 450
      depuis: 2026-05-01
      texte: arrêté du … fixant les émoluments des internes
"""

import datetime as dt
import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assemblier import parameters
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
