"""The report of a projection: who will practise, what access will be, what may be done before."""

from assemblier.reports.projection.document import projection_document
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.projection.stock import years_table

__all__ = ["Foreseen", "projection_document", "years_table"]
