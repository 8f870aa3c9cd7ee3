"""Measures that were put forward and not adopted: shown with their state, never as the law.

What · the proposals of the negotiation of 2022-2023 with the doctors' unions, as the presentation
lists them. A measure of the same amount may have been adopted since by another text: that text
has its own parameter.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assemblier.data.documents import cited_table
from assemblier.figures import Source

_TABLE = "negociations_mesures"
_PUT_FORWARD = datetime.date(2022, 11, 9)
_REFUSED = datetime.date(2023, 2, 28)
_TOTALS = ("Engagement financier total", "dont ")


class Status(StrEnum):
    """Where a measure stands."""

    EN_VIGUEUR = "en vigueur"
    PROPOSEE = "proposée"
    REJETEE = "rejetée"
    ABROGEE = "abrogée"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes
    ----------
    label, amount
        As the document writes them.
    history
        Each status and the day it began, the oldest first.
    source
        The document, at its page.
    """

    label: str
    amount: str
    history: tuple[tuple[datetime.date, Status], ...]
    source: Source

    def status(self, on: datetime.date) -> Status | None:
        """Return the status on a day, or None before the first one.

        Examples
        --------
        >>> measure = measures()[0]
        >>> measure.status(datetime.date(2023, 2, 27)), measure.status(datetime.date(2023, 2, 28))
        (<Status.PROPOSEE: 'proposée'>, <Status.REJETEE: 'rejetée'>)
        """
        reached = [status for day, status in self.history if day <= on]
        return reached[-1] if reached else None


@cache
def measures() -> tuple[Measure, ...]:
    """Return the measures of the negotiation, in the order of the presentation.

    Examples
    --------
    >>> [one.amount for one in measures() if "niveau 1" in one.label]
    ['30€ ou FPMT pour les généralistes ; 35€ pour les spécialistes']
    """
    table = cited_table(_TABLE)
    history = ((_PUT_FORWARD, Status.PROPOSEE), (_REFUSED, Status.REJETEE))
    return tuple(
        Measure(label, amount, history, table.source)
        for label, amount in table.rows
        if not label.startswith(_TOTALS)
    )
