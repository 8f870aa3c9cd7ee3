"""The report of a scenario: what it changes, for whom, and what it only moves."""

from assemblier.reports.scenario.document import scenario_document
from assemblier.reports.scenario.tables import communes_table, extremes_table
from assemblier.reports.scenario.writing import write_scenario

__all__ = ["communes_table", "extremes_table", "scenario_document", "write_scenario"]
