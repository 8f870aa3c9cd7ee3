"""The reports of the zoning: at a date, simulated, compared, in five levels; the draft order."""

from assemblier.reports.zonage.comparison import comparison_document
from assemblier.reports.zonage.decree import decree
from assemblier.reports.zonage.levels import levels_document
from assemblier.reports.zonage.lookup import lookup_document
from assemblier.reports.zonage.simulation import simulation_document

__all__ = [
    "comparison_document",
    "decree",
    "levels_document",
    "lookup_document",
    "simulation_document",
]
