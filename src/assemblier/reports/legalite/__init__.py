"""The report of an opinion on legality, and the texts it drafts: convention, contract, vote."""

from assemblier.reports.legalite.conventions import contract, convention
from assemblier.reports.legalite.draft import Draft
from assemblier.reports.legalite.drafts import drafts_of
from assemblier.reports.legalite.letters import certificate_letter
from assemblier.reports.legalite.opinion import law_text, opinion_document, verdict_sentence
from assemblier.reports.legalite.votes import charter, deliberation
from assemblier.reports.legalite.writing import write_draft, write_drafts, write_opinion

__all__ = [
    "Draft",
    "certificate_letter",
    "charter",
    "contract",
    "convention",
    "deliberation",
    "drafts_of",
    "law_text",
    "opinion_document",
    "verdict_sentence",
    "write_draft",
    "write_drafts",
    "write_opinion",
]
