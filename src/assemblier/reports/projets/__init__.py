"""The report of a project: page, PDF, text, and a spreadsheet whose formulas are live."""

from assemblier.reports.projets.document import project_document
from assemblier.reports.projets.writing import write_project

__all__ = ["project_document", "write_project"]
