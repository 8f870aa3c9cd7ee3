"""The questions of a project and the answers to them: a YAML file or the spreadsheet."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.files import read_yaml
from assemblier.aids.legality.reading import read_day, read_fields
from assemblier.errors import DataError, Problem
from assemblier.figures import Confidence, Nature

PROJECT = "projet"
DATE = "date"


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of things, each described by the same fields.

    Attributes
    ----------
    key, label
        In the file; the name of its sheet.
    fields
        Of each thing.
    least
        How many are needed.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    least: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of one kind of project.

    Attributes
    ----------
    kind
        As on the command line.
    title
        In French.
    fields
        Questions of one answer.
    lists
        Questions of several rows.
    check
        What must hold between answers, or None; it gets what could be read.
    command
        Of `assemblier`, that reads the file; by default that of the project.
    """

    kind: str
    title: str
    fields: tuple[Field, ...]
    lists: tuple[Rows, ...] = ()
    check: "Callable[[Answers], Iterable[Problem]] | None" = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; what was not is absent.

    Attributes
    ----------
    values
        Each answer by its key.
    lists
        The rows of each list.
    origins
        Where an answer of a worked example comes from, and how sure it is; the others are the
        user's.
    natures
        What kind of figure an answer with an origin is; by default, one that a document prints.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    origins: Mapping[str, tuple[str, Confidence]] = field(default_factory=dict)
    natures: Mapping[str, Nature] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """Return an answer, or None."""
        return self.values.get(key)

    def number(self, key: str) -> Fraction | None:
        """Return a number, or None."""
        found = self.values.get(key)
        return None if found is None else Fraction(found)

    def rows(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """Return the rows of a list, none where nothing was answered."""
        return self.lists.get(key, ())


def question(
    key: str,
    label: str,
    kind: Kind = Kind.NOMBRE,
    choices: tuple[str, ...] = (),
    *,
    is_required: bool = False,
    least: int = 0,
    most: int | None = None,
    hint: str = "",
) -> Field:
    """Return a question; a share is a number of 0 to 100."""
    return Field(
        key, label, kind, choices, is_required=is_required, least=least, most=most, hint=hint
    )


def share(key: str, label: str, *, is_required: bool = False) -> Field:
    """Return a question whose answer is a percentage."""
    return question(key, f"{label} (en %, de 0 à 100)", is_required=is_required, most=100)


def read_form(path: Path, form: Form) -> Answers:
    """Read the answers of a YAML file or of the spreadsheet of `assemblier modele projet`.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    return answers_of(read_told(path, form), form, str(path))


def answers_of(told: Mapping[str, Any], form: Form, where: str = "projet") -> Answers:
    """Return the answers some keys hold.

    Raises
    ------
    DataError
        For unknown keys, values that cannot be read, missing answers: all problems at once.

    Examples
    --------
    >>> form = Form("essai", "Essai", (question("medecins", "Médecins", is_required=True),))
    >>> answers_of({"medecins": "2,5"}, form).number("medecins")
    Fraction(5, 2)
    """
    problems: list[Problem] = []
    kept = dict(told)
    kept.pop(DATE, None)  # the day is read before: it chooses the parameters
    _check_kind(kept.pop(PROJECT, None), form, where, problems)
    lists = {
        rows.key: _read_rows(kept.pop(rows.key, None), rows, where, problems) for rows in form.lists
    }
    answers = Answers(read_fields(kept, form.fields, where, problems), lists)
    if form.check:
        problems += _beyond(problems, form.check(answers), where)
    if problems:
        raise DataError(problems)
    return answers


def _beyond(
    problems: Sequence[Problem], more: Iterable[Problem], where: str
) -> tuple[Problem, ...]:
    """Return the problems of a check, but on lines that could not be read."""
    placed = (replace(one, where=f"{where}, {one.where}") for one in more)
    unread = {had.where.rpartition(", ")[0] for had in problems if ", ligne " in had.where}
    return tuple(one for one in placed if one.where not in unread)


def _check_kind(written: Any, form: Form, where: str, problems: list[Problem]) -> None:
    if written is not None and str(written).strip() != form.kind:
        problems.append(
            Problem(
                f"{where}, {PROJECT}",
                f"« {written} »",
                f"« {form.kind} », la commande demandée",
                "corriger le fichier, ou appeler la commande de ce projet",
            )
        )


def _read_rows(
    told: Any, rows: Rows, where: str, problems: list[Problem]
) -> tuple[Mapping[str, Any], ...]:
    place = f"{where}, {rows.key}"
    if told is None:
        told = []
    if not isinstance(told, list) or not all(isinstance(one, Mapping) for one in told):
        expected = f"une liste : « - {rows.fields[0].key}: … »"
        problems.append(Problem(place, f"« {told} »"[:80], expected, "corriger la liste"))
        return ()
    if len(told) < rows.least:
        found = f"{len(told)} ligne{'s' if len(told) > 1 else ''}"
        action = f"décrire : {rows.label.lower()}"
        problems.append(Problem(place, found, f"{rows.least} au moins", action))
    return tuple(
        read_fields(one, rows.fields, f"{place}, ligne {rank}", problems)
        for rank, one in enumerate(told, start=1)
    )


def day_of(told: Mapping[str, Any], where: str = "projet") -> dt.date | None:
    """Return the day written in a file, or None.

    Raises
    ------
    DataError
        When it is not one.
    """
    written = told.get(DATE)
    if written is None:
        return None
    try:
        return read_day(written)
    except ValueError as error:
        problem = Problem(f"{where}, {DATE}", f"« {written} »", str(error), "corriger le jour")
        raise DataError([problem]) from error


def read_told(path: Path, form: Form) -> dict[str, Any]:
    """Return the keys of a YAML file or of the spreadsheet, not yet checked.

    Raises
    ------
    DataError
        When it cannot be read.
    """
    if path.suffix.lower() in (".xlsx", ".ods"):
        from assemblier.projects.workbook import read_workbook

        return read_workbook(path, form)
    return read_yaml(path)
