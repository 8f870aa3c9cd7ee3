"""An opinion: findings clause by clause, each with its article, and the verdict they give.

It is not legal advice: it says what the texts that were read say, at a day.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assemblier.errors import ParameterError
from assemblier.figures import Confidence
from assemblier.french import date_text
from assemblier.parameters import Parameter, explain

ROOT = "aides.legalite"


class State(StrEnum):
    """What a clause is, the gravest first."""

    CONTRAIRE = "contraire au texte"
    A_CONFIRMER = "à confirmer"
    A_COMPLETER = "à compléter"
    AVERTISSEMENT = "avertissement"
    CONSEIL = "conseil"
    CONFORME = "conforme"


class Verdict(StrEnum):
    """What all the findings give together."""

    LEGALE = "légale"
    ILLEGALE = "illégale"
    INCOMPLETE = "incomplète"


@dataclass(frozen=True, slots=True)
class Law:
    """The text a finding rests on.

    Attributes
    ----------
    reference
        The article, and where it was read.
    since
        The date from which it says this.
    confidence
        See `Confidence`.
    checked
        The last day it was known to say this, or None.
    overdue
        Whether it was last read more than a year before the day of the question.
    """

    reference: str
    since: dt.date | None = None
    confidence: Confidence = Confidence.CONFIRME
    checked: dt.date | None = None
    overdue: bool = False

    @classmethod
    def of(cls, parameter: Parameter, on: dt.date) -> "Law":
        """Return the text of a parameter, as the reader of a day must take it."""
        return cls(
            parameter.reference,
            parameter.since,
            parameter.confidence,
            parameter.checked,
            parameter.to_reread(on),
        )

    @property
    def note(self) -> str:
        """Say that the text is to be read again, or that it was not read at its source."""
        if self.overdue and self.checked is not None:
            return (
                f"Texte non relu depuis le {date_text(self.checked)} : vérifier qu'il vaut encore."
            )
        if self.confidence is Confidence.SECONDAIRE:
            return "Texte lu dans une source secondaire : à vérifier."
        return ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of a clause.

    Attributes
    ----------
    clause
        Its name.
    state
        See `State`.
    sentence
        The finding.
    law
        The text, or None for a piece of advice that rests on none.
    correction
        What to write or to enter, empty where there is nothing to change.
    note
        A contradiction of the sources, a limit, a doubt; or empty.
    """

    clause: str
    state: State
    sentence: str
    law: Law | None = None
    correction: str = ""
    note: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Return its note and that of its text."""
        return tuple(note for note in (self.note, self.law.note if self.law else "") if note)


@dataclass(frozen=True)
class Opinion:
    """The findings on a subject at a day.

    Attributes
    ----------
    subject
        What was examined, in French.
    on
        The day whose texts hold.
    findings
        In the order of the clauses.
    words
        How this subject says each verdict, in the order legal, illegal, incomplete.

    Always true
    -----------
    It is legal exactly when no clause is contrary, to confirm or to complete.
    One contrary clause makes it illegal, whatever the others.
    """

    subject: str
    on: dt.date
    findings: tuple[Finding, ...]
    words: tuple[str, str, str] = ("légale", "illégale", "incomplète")

    @property
    def verdict(self) -> Verdict:
        """Return the verdict."""
        states = {finding.state for finding in self.findings}
        if State.CONTRAIRE in states:
            return Verdict.ILLEGALE
        if states & {State.A_CONFIRMER, State.A_COMPLETER}:
            return Verdict.INCOMPLETE
        return Verdict.LEGALE

    @property
    def said(self) -> str:
        """Return the verdict in the words of the subject."""
        return self.words[list(Verdict).index(self.verdict)]

    def of(self, clause: str) -> Finding:
        """Return the finding of a clause.

        Raises
        ------
        LookupError
            When the clause was not examined.
        """
        for finding in self.findings:
            if finding.clause == clause:
                return finding
        raise LookupError(f"{clause} : clause non examinée")


def law(path: str, on: dt.date) -> Parameter:
    """Return a legal value of this package at a date.

    Raises
    ------
    ParameterError
        Before the first known text.
    """
    return explain(f"{ROOT}.{path}", on)


def known_law(path: str, on: dt.date) -> Parameter | None:
    """Return a legal value at a date, or None before the first known text."""
    try:
        return law(path, on)
    except ParameterError:
        return None


def judged(
    clause: str,
    holds: bool | None,
    parameter: Parameter,
    on: dt.date,
    said: tuple[str, str, str],
    correction: str = "",
    note: str = "",
) -> Finding:
    """Return the finding of a clause that holds, does not, or is unknown (None).

    Parameters
    ----------
    clause
        Its name.
    holds
        What was told, or None where nothing was.
    parameter
        The rule; where nobody confirmed it, the finding is to be confirmed.
    on
        The day.
    said
        The sentence for each: it holds, it does not, it is unknown.
    correction
        What to write where it does not hold or is unknown.
    note
        See `Finding`.
    """
    text = Law.of(parameter, on)
    if holds is None:
        return Finding(clause, State.A_COMPLETER, said[2], text, correction, note)
    if parameter.confidence is Confidence.NON_CONFIRME:
        action = correction or "vérifier la règle dans son texte"
        return Finding(clause, State.A_CONFIRMER, said[0 if holds else 1], text, action, note)
    if holds:
        return Finding(clause, State.CONFORME, said[0], text, note=note)
    return Finding(clause, State.CONTRAIRE, said[1], text, correction, note)


def gravest_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings, the gravest first, in their order otherwise."""
    order = list(State)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.state)))
