"""What each hypothesis moves, alone, on the same random numbers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assemblier.figures import Figure, Provenance, unavailable
from assemblier.scenarios.projection.hypotheses import Hypotheses
from assemblier.scenarios.projection.intervals import Measure, estimate
from assemblier.scenarios.projection.results import Effect
from assemblier.scenarios.projection.settings import ENTRIES, OTHERS, bound_values, rows

SCALED = "taux_installation"
"""The one whose bounds multiply every arrival that a rate gives."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What the last horizon comes to, in the middle of the draws.

    Attributes
    ----------
    stock
        Median.
    apl
        Median of the mean APL; None without a baseline.
    """

    stock: float
    apl: float | None


def effects(
    found: Hypotheses, ending: Callable[[Hypotheses], Ending], when: str, origin: Provenance
) -> tuple[Effect, ...]:
    """Return what moves when each hypothesis is at its low, then its high value.

    Parameters
    ----------
    found
        The hypotheses.
    ending
        From hypotheses to where they lead.
    when, origin
        Of the figures.

    Always true
    -----------
    A hypothesis whose bounds are its value moves nothing.
    """
    now = ending(found)
    rows_of = []
    for told in rows(found):
        bounds = bound_values(told.key, found.on)
        if bounds is None or told.key in _unused(found):
            continue
        ends = [ending(_at(found, told.key, bound)) for bound in bounds]
        rows_of.append(
            Effect(
                told.key,
                told.label,
                told.low,
                told.high,
                _moved("effectif", "praticiens", 0, [one.stock - now.stock for one in ends],
                       when, origin),
                _moved("APL moyenne", APL_UNIT, 2, [_less(one.apl, now.apl) for one in ends],
                       when, origin),
            )
        )  # fmt: skip
    return tuple(sorted(rows_of, key=_order))


APL_UNIT = "consultations par an et par habitant"


def _unused(found: Hypotheses) -> set[str]:
    """Return the hypotheses that nothing reads in this projection."""
    unused = set()
    if not found.has_cumul:
        unused |= {"cumul_part", "cumul_annees", "cumul_temps"}
    if not found.local_students:
        unused.add("retour_etudiants")
        if not found.training_places:
            unused.add("formation_annees")
    return unused


def _at(found: Hypotheses, key: str, bound: float) -> Hypotheses:
    """Return the hypotheses with one at a bound."""
    if key == SCALED:
        listed = tuple((year, count * bound) for year, count in found.installations)
        return replace(
            found,
            installation_rate=found.installation_rate * bound,
            replacement=found.replacement * bound,
            installations=listed,
        )
    fields = {**{one.key: one.field for one in ENTRIES}, **OTHERS}
    now = getattr(found, fields[key])
    values: dict[str, Any] = {fields[key]: round(bound) if isinstance(now, int) else bound}
    return replace(found, **values)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _moved(
    label: str, unit: str, decimals: int, changes: list[float | None] | list[float], when: str,
    origin: Provenance,
) -> tuple[Figure, Figure]:  # fmt: skip
    measure = Measure(f"{label}, écart", unit, decimals)
    low, high = (
        unavailable(measure.label, "un socle de l'APL", unit, when)
        if one is None
        else estimate(measure, float(np.round(one, 9)), when, origin)
        for one in changes
    )
    return low, high


def _order(one: Effect) -> tuple[float, float, str]:
    stock = max(abs(figure.known_value()) for figure in one.stock)
    apl = max(abs(figure.value or 0.0) for figure in one.apl)
    return -stock, -apl, one.key
