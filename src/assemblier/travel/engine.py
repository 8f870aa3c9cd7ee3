"""One interface for every way to get minutes: crow-fly, from commune to commune, a table, roads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

import numpy as np

from assemblier.territory import index
from assemblier.travel.crow_fly import CrowFly, Points, crow_fly_times
from assemblier.travel.model import crow_fly_model
from assemblier.travel.times import TravelTimes


class Engine(Protocol):
    """Whatever gives minutes between communes of the index; immutable, hence hashable."""

    def __hash__(self) -> int:
        """Return a hash: what was computed with an engine may be kept."""

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes from each home to each place within a cutoff, method included."""


@dataclass(frozen=True, slots=True)
class CrowFlyEngine:
    """Minutes as the crow flies between the town halls of the index."""

    model: CrowFly

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the times of `crow_fly_times`."""
        return crow_fly_times(
            homes, points_of(homes), places, points_of(places), self.model, cutoff_minutes
        )


@dataclass(frozen=True, slots=True)
class ScaledEngine:
    """The minutes of another engine, all longer or shorter in the same proportion.

    Attributes
    ----------
    engine
        The other one.
    factor
        > 0: 1.2 makes every trip a fifth longer.
    """

    engine: Engine
    factor: float

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes of the other engine, scaled, within a cutoff.

        Parameters
        ----------
        homes, places
            Codes of the index.
        cutoff_minutes
            Pairs farther than that, once scaled, are not stored.

        Always true
        -----------
        Every stored value is the one of the other engine times the factor, and no pair within
        the cutoff is missing.
        """
        found = self.engine.times(homes, places, cutoff_minutes / self.factor)
        minutes = found.minutes.copy()
        # A pair at the cutoff stays there whatever the rounding.
        minutes.data = np.minimum(minutes.data * self.factor, cutoff_minutes)
        return replace(found, minutes=minutes, cutoff_minutes=cutoff_minutes)


def crow_fly_engine(on: date) -> CrowFlyEngine:
    """Return the crow-fly engine in force at a date.

    Examples
    --------
    >>> engine = crow_fly_engine(date(2024, 1, 1))
    >>> float(engine.times(["43157"], ["43157"], 20).minutes[0, 0])
    0.0
    """
    return CrowFlyEngine(crow_fly_model(on))


def points_of(codes: Sequence[str]) -> Points:
    """Return (codes, 2) longitude and latitude of communes; nan where unknown.

    Examples
    --------
    >>> points_of(["43157"]).round(1)
    array([[ 3.9, 45. ]])
    """
    return _every_point()[index().positions(codes)]


@cache
def _every_point() -> Points:
    return np.column_stack([index().longitude, index().latitude])
