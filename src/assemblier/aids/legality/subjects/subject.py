"""A subject to check: its questions, and the rule that answers."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, Opinion, judged, law
from assemblier.aids.legality.reading import read_fields
from assemblier.errors import DataError, Problem

Answers = Mapping[str, Any]
"""What was told, by key of question; a key that is absent is unknown."""
CONFORM = ("conforme", "contraire aux textes", "à compléter")


@dataclass(frozen=True)
class Subject:
    """One subject.

    Attributes
    ----------
    key
        As the command line names it.
    label
        In French.
    fields
        Its questions.
    rule
        The findings, from the answers and the day.
    words
        See `Opinion`.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    rule: Callable[[Answers, dt.date], list[Finding]]
    words: tuple[str, str, str] = CONFORM

    def check(self, answers: Answers, on: dt.date) -> Opinion:
        """Return the opinion for answers already read.

        Raises
        ------
        ParameterError
            Before the first known text.
        """
        return Opinion(self.label, on, tuple(self.rule(answers, on)), self.words)

    def read(self, told: Mapping[str, Any], where: str = "réponses") -> dict[str, Any]:
        """Read answers as people write them.

        Raises
        ------
        DataError
            Every problem at once.
        """
        problems: list[Problem] = []
        values = read_fields(told, self.fields, where, problems)
        if problems:
            raise DataError(problems)
        return values


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition people meet or not.

    Attributes
    ----------
    key
        As the parameter names it.
    question
        In French.
    kept, broken
        The sentence when it is met, and when it is not.
    correction
        What to write or to do.
    """

    key: str
    question: str
    kept: str
    broken: str
    correction: str

    @property
    def field(self) -> Field:
        """Return its question."""
        return Field(self.key, self.question, Kind.OUI_NON)


def fields_of(conditions: tuple[Condition, ...]) -> tuple[Field, ...]:
    """Return the questions of conditions."""
    return tuple(one.field for one in conditions)


def condition_findings(
    path: str, conditions: tuple[Condition, ...], answers: Answers, on: dt.date
) -> list[Finding]:
    """Return the finding of each condition a parameter lists at a date."""
    rule = law(path, on)
    return [
        judged(
            one.question,
            answers.get(one.key),
            rule,
            on,
            (one.kept, one.broken, "Non dit."),
            one.correction,
        )
        for one in conditions
        if one.key in rule.value
    ]
