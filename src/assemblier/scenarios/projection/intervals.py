"""From draws to the figures of a projection."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.figures import Confidence, Figure, Nature, Provenance
from assemblier.maths.arrays import Array
from assemblier.maths.ensemble import quantiles_of
from assemblier.scenarios.projection.results import Interval
from assemblier.scenarios.projection.scores import SHARES

ENDS = ("bas de l'intervalle", "médiane", "haut de l'intervalle")


@dataclass(frozen=True, slots=True)
class Measure:
    """What the figures of an interval share.

    Attributes
    ----------
    label, unit, decimals
        As in `Figure`.
    """

    label: str
    unit: str = ""
    decimals: int = 0


def estimate(
    measure: Measure, value: float, vintage: str, origin: Provenance, label: str = ""
) -> Figure:
    """Return one figure that rests on hypotheses nobody confirmed."""
    return Figure(
        label or measure.label,
        float(value),
        measure.unit,
        Nature.ESTIME,
        vintage,
        origin,
        measure.decimals,
        confidence=Confidence.NON_CONFIRME,
    )


def interval(
    measure: Measure, three: Array | Sequence[float], vintage: str, origin: Provenance
) -> Interval:
    """Return the low end, the median and the high end as figures."""
    low, median, high = (
        estimate(measure, value, vintage, origin, f"{measure.label}, {end}")
        for value, end in zip(np.asarray(three, float), ENDS, strict=True)
    )
    return Interval(low, median, high)


def drawn(measure: Measure, draws: Array, vintage: str, origin: Provenance) -> Interval:
    """Return the interval of some draws: (draws,)."""
    return interval(measure, quantiles_of(draws, SHARES), vintage, origin)
