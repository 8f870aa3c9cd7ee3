"""Who will arrive: by rate, by list, from training places, announced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.maths.arrays import Array
from assemblier.scenarios.projection.arrivals import Arrival
from assemblier.scenarios.projection.hypotheses import Hypotheses, Variant
from assemblier.scenarios.projection.laws import by_age, staying
from assemblier.scenarios.projection.practitioners import Group


@dataclass(frozen=True, slots=True)
class Wave:
    """Arrivals of one year, of one origin.

    Attributes
    ----------
    year
        After the first, from 1.
    count
        How many on average.
    is_rate
        Whether their number is drawn around the average (law of Poisson); else it is that number,
        a part being a chance.
    commune, mode
        As in `Arrival`.
    """

    year: int
    count: float
    is_rate: bool
    commune: str | None = None
    mode: str = ""


def waves_of(
    found: Hypotheses,
    groups: Sequence[Group],
    announced: Iterable[Arrival],
    rates: Array,
    first: int,
    years: int,
) -> tuple[Wave, ...]:
    """Return the waves of arrivals of a projection, always in the same order.

    Parameters
    ----------
    found, groups, announced
        The hypotheses, those who are there, those who are announced.
    rates
        (ages,) of exit.
    first
        The year the ages were told at.
    years
        How many years follow.

    Always true
    -----------
    Students arrive once trained, never before.
    Without national growth, each year brings no more than the departures that are replaced.
    """
    listed = [*_listed(found), *((one.year, one.count, one) for one in announced)]
    others = [
        Wave(year - first, count, False, one.commune if one else None, one.mode if one else "")
        for year, count, one in listed
        if 0 < year - first <= years
    ]
    trained = [
        Wave(year + found.training_years - first, count, True)
        for year, count in _trained(found)
        if 0 < year + found.training_years - first <= years
    ]
    usual = _usual(found, groups, rates, years)
    return (*usual, *others, *trained)


def _listed(found: Hypotheses) -> list[tuple[int, float, Arrival | None]]:
    if found.variant is not Variant.OBSERVEE:
        return []
    return [(year, count, None) for year, count in found.installations]


def _trained(found: Hypotheses) -> list[tuple[int, float]]:
    local = [(year, count * found.local_return) for year, count in found.local_students]
    return [*found.training_places, *local]


def _usual(
    found: Hypotheses, groups: Sequence[Group], rates: Array, years: int
) -> tuple[Wave, ...]:
    """Return the arrivals of every year that a rate gives, one wave a year even if empty."""
    stock = sum(one.count for one in groups)
    if found.variant is Variant.SANS_CROISSANCE:
        counts = _replaced(found, groups, rates, years)
    elif found.variant is Variant.OBSERVEE and not found.installations:
        counts = [stock * found.installation_rate] * years
    else:
        counts = [0.0] * years
    return tuple(Wave(year, count, True) for year, count in enumerate(counts, 1))


def _replaced(found: Hypotheses, groups: Sequence[Group], rates: Array, years: int) -> list[float]:
    """Return the departures of each year, on average, times the part that is replaced."""
    left = staying(rates, found, years)
    now, entrant = by_age(found, groups) @ left, left[found.arrival_age]
    came: list[float] = []
    for year in range(1, years + 1):
        gone = now[year - 1] - now[year]
        gone += sum(
            count * (entrant[year - 1 - then] - entrant[year - then])
            for then, count in enumerate(came, 1)
        )
        came.append(found.replacement * max(float(gone), 0.0))
    return came


def expected_stock(
    found: Hypotheses, groups: Sequence[Group], waves: Sequence[Wave], rates: Array, years: int
) -> Array:
    """Return (years + 1,) the stock on average, computed without any draw.

    Always true
    -----------
    Without cumul it is the total of a `cohort`.
    """
    left = staying(rates, found, years)
    stock = np.asarray(by_age(found, groups) @ left, np.float64)
    entrant = left[found.arrival_age]
    for wave in waves:
        stock[wave.year :] += wave.count * entrant[: years + 1 - wave.year]
    return stock
