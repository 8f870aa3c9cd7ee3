"""A projection as a document: two pages for a council, then everything behind them."""

import datetime as dt

from assemblier.french import date_text, french_spaces, number
from assemblier.reports.document import Block, Document, Items, Part, Section, Tone
from assemblier.reports.panorama.limits import natures
from assemblier.reports.projection.access import access_sections, score_map
from assemblier.reports.projection.assumptions import assumption_sections
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.projection.lists import list_sections
from assemblier.reports.projection.stock import fan, flows, stock_sections
from assemblier.reports.projection.words import doubts, findings
from assemblier.reports.terminal import READING
from assemblier.scenarios.projection import Projection


def projection_document(shown: Foreseen, on: dt.date) -> Document:
    """Return the report of a projection.

    Parameters
    ----------
    shown
        What was projected.
    on
        The day of the report.
    """
    found = shown.projection
    profession = found.practitioners.profession
    reading = Section(READING, "Lire un chiffre", (natures(),))
    return Document(
        f"projection-{found.perimeter.key}",
        french_spaces(f"Prévoir les départs : {profession}, {found.perimeter.nom}"),
        _subtitle(found),
        date_text(on),
        _summary(shown, on),
        tuple(
            Part(key, title, sections)
            for key, title, sections in (
                ("effectif", "Qui exercera", stock_sections(shown)),
                ("acces", "Quel accès aux soins", access_sections(found, on)),
                ("agir", "Sur quoi agir", list_sections(shown)),
                ("hypotheses", "Ce qui est supposé", (*assumption_sections(shown), reading)),
            )
            if sections
        ),
    )


def _subtitle(found: Projection) -> str:
    first, last = found.years[0].year, found.years[-1].year
    return french_spaces(f"De {first} à {last}, {number(found.hypotheses.draws)} avenirs tirés")


def _summary(shown: Foreseen, on: dt.date) -> tuple[Block, ...]:
    found = shown.projection
    lead, *_ = found.courses
    warned = tuple(doubts(shown))
    return (
        *findings(shown),
        *((Items("À savoir avant de décider", warned, Tone.WARNING),) if warned else ()),
        fan(found),
        flows(lead),
        *((score_map(found, len(lead.horizons) - 1, on),) if lead.horizons else ()),
    )
