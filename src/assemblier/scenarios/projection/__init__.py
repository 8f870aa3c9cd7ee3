"""What becomes of the practitioners of a territory, draw by draw, and of the access to them."""

from assemblier.scenarios.projection.arrivals import LIBERAL, MODES, SALARIE, Arrival
from assemblier.scenarios.projection.hypotheses import Hypotheses, Hypothesis, Variant
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.scenarios.projection.results import (
    Chance,
    Cliff,
    Effect,
    Horizon,
    Interval,
    Projection,
    Score,
    Year,
    Zoned,
)

__all__ = [
    "LIBERAL",
    "MODES",
    "SALARIE",
    "Arrival",
    "Chance",
    "Cliff",
    "Effect",
    "Group",
    "Horizon",
    "Hypotheses",
    "Hypothesis",
    "Interval",
    "Practitioners",
    "Projection",
    "Score",
    "Variant",
    "Year",
    "Zoned",
]
