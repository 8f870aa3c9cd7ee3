"""Doctors in training: when they may settle, and until when a contract binds them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assemblier.scenarios.projection import Arrival
from assemblier.scenarios.projection.arrivals import MODES


class Kind(StrEnum):
    """Who is in training."""

    INTERNE = "interne"
    CESP = "cesp"


LABELS = {
    Kind.INTERNE: "internes",
    Kind.CESP: "signataires d'un contrat d'engagement de service public (CESP)",
}


@dataclass(frozen=True, slots=True)
class Trainees:
    """Some people in training who finish on the same day.

    Attributes
    ----------
    kind
        See `Kind`.
    count
        How many.
    exit
        The day they finish: from then on they may settle.
    months_due
        Months of practice each owes from then on, in the zones of the contract; 0: none.
    share
        Part of them expected to settle here, 0 to 1.
    commune
        Code of the commune where they will; None where it is not known.
    mode
        A key of `projection.MODES`, or empty.
    """

    kind: Kind
    count: int
    exit: dt.date
    months_due: int = 0
    share: float = 1.0
    commune: str | None = None
    mode: str = ""

    @property
    def bound_until(self) -> dt.date | None:
        """Return the last day of the practice they owe; None where they owe none.

        Examples
        --------
        >>> Trainees(Kind.CESP, 1, dt.date(2028, 11, 1), 24).bound_until
        datetime.date(2030, 10, 31)
        """
        if not self.months_due:
            return None
        months = self.exit.year * 12 + self.exit.month - 1 + self.months_due
        first = dt.date(months // 12, months % 12 + 1, 1)
        day = min(self.exit.day, _last_day(first))
        return first.replace(day=day) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promotion:
    """Those who may settle in one year.

    Attributes
    ----------
    internes, cesp
        How many finish.
    expected
        How many are expected to settle here.
    bound_until
        The last year in which one of them is bound by a contract; None where none is.
    """

    year: int
    internes: int
    cesp: int
    expected: float
    bound_until: int | None


def arrivals(trainees: Sequence[Trainees]) -> tuple[Arrival, ...]:
    """Return the arrivals that some trainees make, in the year they finish.

    Parameters
    ----------
    trainees
        In any order.

    Always true
    -----------
    Somebody bound by a contract arrives in the year they finish, not when the contract ends.
    As many arrive as are expected to settle.

    Examples
    --------
    >>> arrivals([Trainees(Kind.CESP, 1, dt.date(2028, 11, 1), 24)])[0].year
    2028
    """
    return tuple(
        Arrival(one.exit.year, one.count * one.share, one.commune, one.mode, _label(one))
        for one in sorted(trainees, key=lambda one: one.exit)
    )


def promotions(trainees: Sequence[Trainees]) -> tuple[Promotion, ...]:
    """Return, for each year somebody finishes, how many and how many may stay."""
    years = sorted({one.exit.year for one in trainees})
    return tuple(_promotion(year, [o for o in trainees if o.exit.year == year]) for year in years)


def _promotion(year: int, those: Sequence[Trainees]) -> Promotion:
    count = {kind: sum(one.count for one in those if one.kind is kind) for kind in Kind}
    ends = [one.bound_until.year for one in those if one.bound_until is not None]
    expected = sum(one.count * one.share for one in those)
    return Promotion(year, count[Kind.INTERNE], count[Kind.CESP], expected, max(ends, default=None))


def _label(one: Trainees) -> str:
    how = f", {MODES[one.mode]}" if one.mode else ""
    owed = f", {one.months_due} mois dus" if one.months_due else ""
    return f"{LABELS[one.kind]}{how}{owed}"


def _last_day(first: dt.date) -> int:
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return (following - dt.timedelta(days=1)).day
