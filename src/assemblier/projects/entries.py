"""Entries of a calculation: what the user said, else a dated parameter, else unknown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from assemblier.data.facts import source
from assemblier.figures import Confidence, Nature, Source
from assemblier.parameters import explain
from assemblier.projects.calculation import Row
from assemblier.projects.expressions import Expression
from assemblier.projects.form import Answers
from assemblier.projects.study import decimals_of

ANSWERED = "votre réponse"
TO_SAY = "à renseigner"
OPTIONAL = "ligne facultative, non demandée"
RANGE = "projets.fourchette"
GUIDE, PANORAMA = "guide-elus-2019", "panorama-haute-loire-2023"


def guide(page: str) -> Source:
    """Return the guide of 2019 for local officials, at a chapter."""
    return source(GUIDE).at(page)


def panorama(page: int) -> Source:
    """Return the presentation of 2023, at a page."""
    return source(PANORAMA).at(f"page {page}")


def fraction(value: Any) -> Fraction:
    """Return a number read in a parameter exactly as it is written there."""
    return value if isinstance(value, Fraction) else Fraction(str(value))


@dataclass(frozen=True, slots=True)
class Entries:
    """Makes the rows that are entered.

    Attributes
    ----------
    answers
        What the user said.
    on
        The day that chooses the parameters.
    """

    answers: Answers
    on: dt.date

    def entry(
        self,
        key: str,
        label: str,
        unit: str,
        parameter: str = "",
        *,
        optional: bool = False,
        ranged: bool = False,
    ) -> Row:
        """Return the row of one number.

        Parameters
        ----------
        key, label, unit
            Of the row and of its question.
        parameter
            Path of the value that stands where nothing is answered.
        optional
            Whether no answer means that the line is not asked for: it then counts for nothing.
        ranged
            Whether it is moved by the share of `projets.fourchette` (or the user's).
        """
        said = self.answers.number(key)
        if said is not None:
            told = (ANSWERED, Confidence.CONFIRME)
            origin, confidence = self.answers.origins.get(key, told)
            row = self._row(key, label, unit, said, origin, confidence, ranged)
            return replace(row, nature=self._said_nature(key))
        if parameter:
            found = explain(parameter, self.on)
            value = fraction(found.value)
            return self._row(key, label, unit, value, found.as_text(), found.confidence, ranged)
        if optional:
            row = self._row(key, label, unit, Fraction(0), OPTIONAL, Confidence.CONFIRME, False)
            return replace(row, nature=Nature.REPONSE)
        return Row(key, label, unit, (None,), origin=TO_SAY)

    def _said_nature(self, key: str) -> Nature | None:
        """Return what an answer is: the user's, unless a worked example or a scenario gave it."""
        if key in self.answers.origins:
            return self.answers.natures.get(key)
        return Nature.REPONSE

    def _row(
        self,
        key: str,
        label: str,
        unit: str,
        value: Fraction,
        origin: str,
        confidence: Confidence,
        ranged: bool,
    ) -> Row:
        low, high = self._range(value, unit) if ranged else (None, None)
        return Row(key, label, unit, (value,), decimals_of(value), origin, confidence, low, high)

    def _range(self, value: Fraction, unit: str) -> tuple[Fraction, Fraction]:
        share = self.answers.number("fourchette")
        percent = fraction(explain(RANGE, self.on).value) if share is None else share
        low, high = (value * (100 + sign * percent) / 100 for sign in (-1, 1))
        return low, min(high, Fraction(100)) if unit == "%" else high

    def listed(self, parameter: str, rank: int, key: str, label: str, unit: str) -> Row:
        """Return the row of one element of a parameter that is a list."""
        found = explain(parameter, self.on)
        value = fraction(found.value[rank])
        return Row(
            key, label, unit, (value,), decimals_of(value), found.as_text(), found.confidence
        )

    def given(self, key: str, label: str, unit: str, parameter: str) -> Row:
        """Return the row of a parameter the user does not choose."""
        found = explain(parameter, self.on)
        value = fraction(found.value)
        return Row(
            key, label, unit, (value,), decimals_of(value), found.as_text(), found.confidence
        )

    def said(self, key: str, label: str, unit: str, value: Any, *, ranged: bool = False) -> Row:
        """Return the row of a number of a list the user wrote; None is unknown."""
        if value is None:
            return Row(key, label, unit, (None,), origin=TO_SAY)
        number = Fraction(value)
        row = self._row(key, label, unit, number, ANSWERED, Confidence.CONFIRME, ranged)
        return replace(row, nature=Nature.REPONSE)


def computed(
    key: str, label: str, unit: str, formula: Expression, decimals: int = 0, columns: int = 1
) -> Row:
    """Return a row of one formula, the same in every column."""
    return Row(key, label, unit, (formula,) * columns, decimals)


def read_example(
    names: Mapping[str, str], on: dt.date
) -> tuple[dict[str, Fraction], dict[str, tuple[str, Confidence]]]:
    """Return the answers that parameters give to some questions, and where each comes from."""
    found = {key: explain(path, on) for key, path in names.items()}
    values = {key: fraction(one.value) for key, one in found.items()}
    return values, {key: (one.as_text(), one.confidence) for key, one in found.items()}
