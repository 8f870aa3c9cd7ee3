"""The register of contradictions: what the documents sources say differently, and what is used."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from assemblier.data.facts import read_yaml, source
from assemblier.figures import Source


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document says on a subject.

    Attributes
    ----------
    says
        In our words or the document's, with its value and unit.
    date
        The date of the statement, as the document writes it.
    source
        The document, at the place of the statement.
    """

    says: str
    date: str
    source: Source


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that do not agree; all are kept.

    Attributes
    ----------
    key
        ``"X-01"``…
    subject
        What it is about.
    kind
        ``"dépassé"``, ``"conflit"``, ``"erreur"``, ``"nuance"``, ``"désaccord"``.
    statements
        At least one; two or more unless the error is inside one statement.
    used
        The statement the software follows, or None when it follows none of them or several.
    decision
        What the software does, in French.

    Always true
    -----------
    `used` is one of `statements`, or None.
    """

    key: str
    subject: str
    kind: str
    statements: tuple[Statement, ...]
    used: Statement | None
    decision: str


@cache
def contradictions() -> tuple[Contradiction, ...]:
    """Return the whole register, in the order of the keys.

    Examples
    --------
    >>> contradictions()[0].used.says
    '287 000 à 580 000 € selon la taille de la CPTS'
    """
    return tuple(_contradiction(key, entry) for key, entry in read_yaml(_FILE).items())


_FILE = "contradictions.yaml"


def _contradiction(key: str, entry: dict[str, Any]) -> Contradiction:
    statements = tuple(_statement(found) for found in entry["statements"])
    used = entry.get("used")
    return Contradiction(
        key=key,
        subject=entry["subject"],
        kind=entry["kind"],
        statements=statements,
        used=None if used is None else statements[used - 1],
        decision=entry["decision"],
    )


def _statement(entry: dict[str, Any]) -> Statement:
    origin = source(entry["source"])
    place = origin.at(f"page {entry['page']}") if "page" in entry else origin
    return Statement(says=entry["says"], date=entry.get("date", origin.vintage), source=place)
