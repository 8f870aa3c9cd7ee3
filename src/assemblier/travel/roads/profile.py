"""How fast one drives where: the profile, read whole from the parameters `trajet.routes`.

A user may replace any of them for one extract, in a YAML file of `name: value` lines, with the
names under `trajet.routes` (`vitesse_kmh.primary: [75, 40]`).
"""

import difflib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assemblier import parameters
from assemblier.errors import DataError, Problem

ROOT = "trajet.routes."
SPEED = "vitesse_kmh."
RANKS = "rangs"
MAX_KMH = 200


@dataclass(frozen=True, slots=True)
class Profile:
    """Every parameter of the roads at one date.

    Attributes
    ----------
    values
        Name under `trajet.routes` to value.
    since
        The date from which all of them hold.
    changed
        Names that the user replaced.
    """

    values: Mapping[str, Any]
    since: date
    changed: tuple[str, ...] = ()

    def number(self, name: str) -> float:
        """Return a parameter that is one number."""
        return float(self.values[name])

    def names(self, name: str) -> tuple[str, ...]:
        """Return a parameter that is a list of words."""
        return tuple(self.values[name])

    def pair(self, name: str) -> tuple[float, float]:
        """Return a parameter that is two numbers."""
        first, second = self.values[name]
        return float(first), float(second)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of road that are driven, from the largest to the smallest."""
        return self.names("classes")

    def speeds(self, class_of_road: str) -> tuple[float, float]:
        """Return the speeds of a class, out of town and in town, in km/h."""
        return self.pair(SPEED + class_of_road)

    @property
    def key(self) -> str:
        """A fingerprint of every value: two profiles with one key give the same minutes."""
        text = json.dumps(self.values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def as_texts(self) -> tuple[str, ...]:
        """Return a few lines for a `Provenance`, in French: the speeds, then the time lost.

        Always true
        -----------
        Every value that the user replaced is named.
        """
        status = f"depuis le {self.since:%d/%m/%Y} ; non confirmé"
        speeds = " ; ".join(
            f"{name} {_written(self.speeds(name)[0])} / {_written(self.speeds(name)[1])}"
            for name in self.classes
        )
        lost = " ; ".join(
            f"{name.partition('.')[2]} {_written(self.number(name))} s"
            for name in self.values
            if name.startswith("penalite.")
        )
        changed = (f"Remplacé par l'utilisateur : {', '.join(self.changed)}",)
        return (
            f"Vitesses par classe de route, hors agglomération / en agglomération, "
            f"en km/h : {speeds} ({status})",
            f"Temps perdus aux croisements : {lost} ({status})",
            *(changed if self.changed else ()),
        )


def road_profile(on: date, changes: Mapping[str, Any] | None = None, where: str = "") -> Profile:
    """Return the profile in force at a date.

    Parameters
    ----------
    on
        Choses the value of each parameter.
    changes
        Values that replace some of them, by name under `trajet.routes`.
    where
        The file of these changes, for the messages.

    Raises
    ------
    DataError
        When a change names no parameter or has another form, or when a class of road has no
        speed: all the problems at once.

    Examples
    --------
    >>> road_profile(date(2024, 1, 1)).speeds("motorway")
    (118.0, 95.0)
    >>> road_profile(date(2017, 6, 1)).number("limite_kmh.hors_agglomeration")
    90.0
    """
    used = [parameters.explain(path, on) for path in parameters.paths() if path.startswith(ROOT)]
    values = {one.path.removeprefix(ROOT): one.value for one in used}
    problems: list[Problem] = []
    for name, value in (changes or {}).items():
        problem = _wrong_change(name, value, values, where)
        if problem is None:
            values[name] = tuple(value) if isinstance(value, list) else value
        else:
            problems.append(problem)
    problems += _wrong_speeds(values, where)
    if problems:
        raise DataError(problems)
    return Profile(values, max(one.since for one in used), tuple(changes or ()))


def read_changes(path: Path) -> dict[str, Any]:
    """Read the values that a user wants instead of those of the parameters.

    Raises
    ------
    DataError
        When it is not a YAML file of `name: value` lines.
    """
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError([_unreadable(path, f"fichier illisible ({error})")]) from error
    if not isinstance(read, dict):
        raise DataError([_unreadable(path, "pas de lignes « nom: valeur »")])
    return {str(name): value for name, value in read.items()}


def _unreadable(path: Path, found: str) -> Problem:
    return Problem(
        str(path),
        found,
        "un YAML de lignes « nom: valeur », par exemple « vitesse_kmh.primary: [75, 40] »",
        "corriger le fichier",
    )


def _wrong_change(name: str, value: Any, values: Mapping[str, Any], where: str) -> Problem | None:
    """Return what is wrong with a change: its name, or the form of its value."""
    is_new_speed = name.startswith(SPEED)
    if name not in values and not is_new_speed:
        near = difflib.get_close_matches(name, values, n=3) or sorted(values)[:5]
        return Problem(where, f"« {name} », inconnu", ", ".join(near), "corriger le nom")
    like = values.get(name, (0.0, 0.0))
    if _form(value) == _form(like) or (name == RANKS and isinstance(value, list)):
        return None  # the ranks are compared with the classes afterwards
    return Problem(
        f"{where}, {name}", f"« {value} »", f"une valeur comme {_written(like)}", "la corriger"
    )


def _form(value: Any) -> object:
    """Return what two values of one parameter share: a number, so many numbers, or words."""
    if isinstance(value, list | tuple):
        kinds = sorted({str(_form(item)) for item in value})
        # Two numbers stay two; a list of words may be longer or shorter.
        return (len(value), "number") if kinds == ["number"] else (*kinds,)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "number" if is_number and value >= 0 else "word" if isinstance(value, str) else None


def _wrong_speeds(values: Mapping[str, Any], where: str) -> list[Problem]:
    """Return the classes without a speed that can be driven, and lists that do not fit."""
    found = []
    for name in values["classes"]:
        speeds = values.get(SPEED + name)
        if speeds is None or len(speeds) != 2 or not all(0 < one <= MAX_KMH for one in speeds):
            found.append(
                Problem(
                    f"{where or ROOT}, {SPEED}{name}",
                    "pas de vitesse" if speeds is None else f"« {_written(speeds)} »",
                    f"deux vitesses entre 0 et {MAX_KMH} km/h pour la classe de route « {name} »",
                    f"ajouter « {SPEED}{name}: [50, 30] » avec vos vitesses, ou retirer la classe",
                )
            )
    ranks = [one for one in values[RANKS] if _form(one) == "number"]
    if not len(ranks) == len(values[RANKS]) == len(values["classes"]):
        found.append(
            Problem(
                f"{where or ROOT}, {RANKS}",
                f"{len(ranks)} rangs",
                f"{len(values['classes'])} nombres, un par classe",
                "donner le rang de chaque classe",
            )
        )
    return found


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else str(value)
