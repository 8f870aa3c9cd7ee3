"""The laws behind the draws: rates of exit and ages as arrays, what is expected on average."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assemblier import parameters
from assemblier.maths.arrays import Array
from assemblier.maths.careers import cumulative_exits, scale_for
from assemblier.scenarios.projection.hypotheses import Hypotheses
from assemblier.scenarios.projection.practitioners import Group

AGES = 101
"""Single ages, 0 to 100; the last is open."""


def rates_of(found: Hypotheses, groups: Sequence[Group]) -> Array:
    """Return (`AGES`,) the rates of exit: by age, scaled to what was observed, times the factor.

    Always true
    -----------
    A higher factor never lowers a rate.
    Scaled, those who cease on average in the first year are the part observed, where cumul is as
    its parameters say.
    """
    rank = np.searchsorted(np.array(found.exit_ages), np.arange(AGES), side="right") - 1
    rates = np.array(found.exit_rates, np.float64)[rank]
    if found.observed_exits is not None and groups:
        rates = np.minimum(rates * _scale(rates, found, groups), 1.0)
    return np.minimum(rates * found.exit_factor, 1.0)


def _scale(rates: Array, found: Hypotheses, groups: Sequence[Group]) -> float:
    people, then = by_age(found, groups), _as_observed(found)

    def exits(factor: float) -> float:
        left = staying(np.minimum(rates * factor, 1.0), then, 1)[:, 1]
        return 1 - float(people @ left) / float(people.sum())

    return scale_for(found.observed_exits or 0.0, exits)


def _as_observed(found: Hypotheses) -> Hypotheses:
    """Return the hypotheses of the year observed: what the user edits is about the years to come.

    Otherwise a longer cumul, which the same departures observed would then hide, would bring
    earlier ones.
    """
    share, years, age = (
        parameters.value(f"projection.cumul_{name}", found.on) for name in ("part", "annees", "age")
    )
    return replace(
        found, has_cumul=True, cumul_share=share, cumul_years=float(years), cumul_age=age
    )


def age_parts(found: Hypotheses, youngest: int | None, oldest: int | None) -> Array:
    """Return (`AGES`,) the part of each age in a class: even, or as unknown ages are supposed.

    Always true
    -----------
    Parts sum to one.
    """
    if youngest is not None:
        last = youngest if oldest is None else min(oldest, AGES - 1)
        inside = (np.arange(AGES) >= youngest) & (np.arange(AGES) <= last)
        return np.asarray(inside / inside.sum(), np.float64)
    firsts = found.unknown_ages
    ends = [*(one - 1 for one in firsts[1:]), max(found.oldest, firsts[-1])]
    parts = np.zeros(AGES)
    for first, last, part in zip(firsts, ends, found.unknown_parts, strict=True):
        parts[first : last + 1] += part / (last - first + 1)
    return parts


def by_age(found: Hypotheses, groups: Sequence[Group]) -> Array:
    """Return (`AGES`,) those who are there, by single age, on average."""
    counts: Counter[tuple[int | None, int | None]] = Counter()
    for one in groups:
        counts[one.youngest, one.oldest] += one.count
    people = np.zeros(AGES)
    for band, count in counts.items():
        people += count * age_parts(found, *band)
    return people


def staying(rates: Array, found: Hypotheses, years: int) -> Array:
    """Return (`AGES`, years + 1) the part of each age that still practises, cumul included.

    Always true
    -----------
    More years never raise it.
    Without cumul it is what a `cohort` leaves; with it, never less.
    """
    retired = cumulative_exits(rates, years)
    if not found.has_cumul:
        return 1 - retired
    leaving = np.diff(retired, axis=1, prepend=0.0)
    reached = np.arange(AGES)[:, None] + np.arange(years + 1)
    going_on = found.cumul_share * leaving * (reached >= found.cumul_age)
    whole, part = int(found.cumul_years // 1), found.cumul_years % 1
    still = _within(going_on, whole) * (1 - part) + _within(going_on, whole + 1) * part
    return 1 - retired + still


def _within(starting: Array, length: int) -> Array:
    """Return who started in the last years, as many as a length: (ages, years)."""
    total = np.cumsum(starting, axis=1)
    older = np.zeros_like(total)
    if length < total.shape[1]:
        older[:, length:] = total[:, : total.shape[1] - length]
    return total - older
