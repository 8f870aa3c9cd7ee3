"""The reports of the aids: for one place, for the communes of a territory."""

from assemblier.reports.aides.document import place_document
from assemblier.reports.aides.territory import territory_document
from assemblier.reports.aides.text import place_summary, place_text, territory_text

__all__ = [
    "place_document",
    "place_summary",
    "place_text",
    "territory_document",
    "territory_text",
]
