"""Where to open places of care, as a document: the choice, its proof, what comes close."""

from assemblier.reports.implantation.document import implantation_document
from assemblier.reports.implantation.tables import communes_table

__all__ = ["communes_table", "implantation_document"]
