"""What a project answers: a calculation, sentences, lists, refusals; no layout."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assemblier.figures import Confidence, Figure, Nature, Provenance, Source, unavailable
from assemblier.french import NO_BREAK, number, unit_text
from assemblier.projects.calculation import Calculation, Row
from assemblier.projects.expressions import Place

_WORST = (Confidence.NON_CONFIRME, Confidence.SECONDAIRE)


@dataclass(frozen=True)
class Statement:
    """A sentence and the cells it quotes."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """What cannot be, why, and what to do instead."""

    what: str
    why: str
    action: str

    def __str__(self) -> str:
        return f"Refusé : {self.what}\n  pourquoi : {self.why}\n  à faire : {self.action}"


class Drawn(StrEnum):
    """How a picture is drawn."""

    BARS = "barres"
    """One bar a row of the calculation."""
    LINES = "courbes"
    """One line a row, along its columns."""


@dataclass(frozen=True)
class Picture:
    """A chart of cells of the calculation."""

    key: str
    title: str
    form: Drawn
    keys: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Listing:
    """A table of words beside the calculation."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Study:
    """The answer to a project.

    Attributes
    ----------
    kind
        ``"centre-de-sante"``, ``"msp"``…
    title, subtitle
        As printed on the first page.
    on
        The day that chose the parameters.
    calculation
        Entries and formulas; None where the project has only words.
    findings
        The answer first.
    result
        The cell whose range is told, or None.
    pictures, listings, warnings, refusals
        Beside the calculation; any refusal makes the command return 1.
    sources
        Documents quoted by the findings.
    """

    kind: str
    title: str
    subtitle: str
    on: dt.date
    calculation: Calculation
    findings: tuple[Statement, ...]
    result: Place | None = None
    pictures: tuple[Picture, ...] = ()
    listings: tuple[Listing, ...] = ()
    warnings: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    sources: tuple[Source, ...] = ()

    def value(self, key: str, column: int = 0) -> Fraction | None:
        """Return one cell."""
        return self.calculation.value(key, column)

    def known(self, key: str, column: int = 0) -> Fraction:
        """Return one cell that must be known; raises ValueError when it is not."""
        found = self.value(key, column)
        if found is None:
            raise ValueError(f"{key} : non disponible")
        return found

    def missing(self) -> tuple[str, ...]:
        """Return the labels of the entries nobody gave."""
        return tuple(
            row.label for row in self.calculation.rows() if row.is_entry and None in row.cells
        )

    def figure(self, key: str, column: int = 0) -> Figure:
        """Return one cell as a figure, with where it comes from."""
        return figure_of(self.calculation, (key, column), self.on, self.sources)


def figure_of(
    calculation: Calculation, place: Place, on: dt.date, sources: tuple[Source, ...] = ()
) -> Figure:
    """Return a cell as a figure: its formula is its method, its entries are its parameters."""
    key, column = calculation.place(place)
    row = calculation.row_of[key]
    value = calculation.central[key, column]
    entries = calculation.entries_of((key, column))
    if value is None:
        lacking = [one.label for one in entries if None in one.cells]
        return unavailable(
            row.label, ", ".join(lacking) or calculation.formula(key, column), row.unit
        )
    confidence = next(
        (level for level in _WORST if any(one.confidence is level for one in entries)),
        Confidence.CONFIRME,
    )
    read_in = tuple(dict.fromkeys((*(one.source for one in entries if one.source), *sources)))
    origins = dict.fromkeys(f"{one.label} : {one.origin}" for one in entries if one.origin)
    return Figure(
        row.label,
        float(value),
        row.unit,
        _nature(row, confidence),
        vintage=str(on.year),
        provenance=Provenance(read_in, calculation.formula(key, column), tuple(origins)),
        decimals=row.decimals,
        confidence=confidence,
    )


def _nature(row: Row, confidence: Confidence) -> Nature:
    if confidence is Confidence.NON_CONFIRME:
        return Nature.ESTIME
    if not row.is_entry:
        return Nature.CALCULE
    return row.nature or Nature.CITE


def quantity(value: Fraction | None, unit: str, decimals: int = 0) -> str:
    """Write a number and its unit; « non disponible » when it is unknown.

    Examples
    --------
    >>> quantity(Fraction(63000), "€") == "63\u202f000\u00a0€"
    True
    """
    if value is None:
        return "non disponible"
    return f"{number(float(value), decimals)}{NO_BREAK}{unit_text(float(value), unit)}"


def decimals_of(value: Fraction) -> int:
    """Return how many decimals a number needs, two at most."""
    return next((places for places in (0, 1) if (value * 10**places).denominator == 1), 2)
