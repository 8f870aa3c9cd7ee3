"""The years of a projection as figures: stock, exits, entries, medical time, density."""

from collections.abc import Callable

import numpy as np

from assemblier.figures import Figure, Provenance, unavailable
from assemblier.maths.arrays import Array
from assemblier.scenarios.projection.arrivals import LIBERAL, SALARIE
from assemblier.scenarios.projection.intervals import Measure, drawn, estimate
from assemblier.scenarios.projection.population import Crowd, tally
from assemblier.scenarios.projection.results import Interval, Year

PER = 10_000
"""Inhabitants a density is for."""


def years_of(
    everybody: Crowd, first: int, profession: str, inhabitants: Callable[[int], Figure],
    origin: Provenance,
) -> tuple[Year, ...]:  # fmt: skip
    """Return every year of a crowd.

    Parameters
    ----------
    everybody
        Draw by draw.
    first
        The year the ages were told at.
    profession
        In the plural.
    inhabitants
        Of a year; not available where they are not known.
    origin
        Of the figures.
    """
    counted, expected = tally(everybody), everybody.expected
    left, came = _moves(everybody, expected)
    time = Measure("temps médical", "équivalents temps plein", 1)
    found = []
    for rank in range(everybody.years + 1):
        when = str(first + rank)
        stock = drawn(Measure(profession, profession), counted.stock[rank], when, origin)
        found.append(
            Year(
                first + rank,
                stock,
                drawn(Measure("départs", "départs"), counted.exits[rank], when, origin),
                drawn(Measure("arrivées", "arrivées"), counted.entries[rank], when, origin),
                drawn(time, counted.time[rank], when, origin),
                _density(stock, inhabitants(first + rank), when, origin),
                estimate(Measure(f"{profession}, en moyenne", profession, 1), expected[rank], when,
                         origin),
                estimate(Measure("départs, en moyenne", "départs", 1), left[rank], when, origin),
                estimate(Measure("arrivées, en moyenne", "arrivées", 1), came[rank], when, origin),
                _by_mode(everybody, rank, when, origin),
            )
        )  # fmt: skip
    return tuple(found)


def _moves(everybody: Crowd, expected: Array) -> tuple[Array, Array]:
    """Return (years + 1,) the exits and the entries of each year, on average."""
    came = np.zeros(everybody.years + 1)
    for wave in everybody.waves:
        came[wave.year] += wave.count
    left = came - np.diff(expected, prepend=expected[0])
    # Subtracting leaves crumbs: nobody leaves less than not at all.
    return np.maximum(np.round(left, 9), 0.0), np.round(came, 9)


def _density(stock: Interval, people: Figure, when: str, origin: Provenance) -> Interval:
    unit = f"pour {PER} habitants".replace("10000", "10 000")
    measure = Measure("densité", unit, 1)
    if not people.value:
        none = unavailable(measure.label, people.missing or "la population", unit, when)
        return Interval(none, none, none)
    inhabitants, where = people.value, origin | people.provenance
    low, median, high = (
        estimate(measure, PER * one.known_value() / inhabitants, when, where)
        for one in (stock.low, stock.median, stock.high)
    )
    return Interval(low, median, high)


def _by_mode(everybody: Crowd, rank: int, when: str, origin: Provenance) -> dict[str, Figure]:
    """Return the entrants of a year by mode, on average."""
    salaried = everybody.found.salaried
    total = {LIBERAL: 0.0, SALARIE: 0.0}
    for wave in everybody.waves:
        if wave.year != rank:
            continue
        shares = {LIBERAL: 1 - salaried, SALARIE: salaried}
        if wave.mode in total:
            shares = {mode: float(mode == wave.mode) for mode in total}
        for mode, share in shares.items():
            total[mode] += wave.count * share
    measure = Measure("arrivées", "arrivées", 1)
    return {mode: estimate(measure, np.round(count, 9), when, origin)
            for mode, count in total.items()}  # fmt: skip
