"""The panorama of a territory: the three parts of the Haute-Loire presentation, for any place.

First what is (need, supply, access), then what the ARS and the Assurance Maladie propose, then
what communes can do; a summary before, and how to read it after.
"""

import datetime as dt
from collections.abc import Sequence

from assemblier.diagnosis.articulation import Declared
from assemblier.diagnosis.gauges import TwoGauges, two_gauges
from assemblier.diagnosis.signals import Observation
from assemblier.french import date_text
from assemblier.reports.document import Block, Document, Part, Section
from assemblier.reports.panorama.access import access_sections
from assemblier.reports.panorama.articulation import articulation_section
from assemblier.reports.panorama.basins import basin_sections
from assemblier.reports.panorama.computed import computed_section
from assemblier.reports.panorama.context import context_sections
from assemblier.reports.panorama.departures import departure_section
from assemblier.reports.panorama.gauges import desert_section
from assemblier.reports.panorama.levers import levers
from assemblier.reports.panorama.limits import anachronism, limits
from assemblier.reports.panorama.measures import measures
from assemblier.reports.panorama.need import (
    long_term_illness_section,
    mortality_section,
    population_section,
)
from assemblier.reports.panorama.need_index import need_section
from assemblier.reports.panorama.observatory import observatory_section
from assemblier.reports.panorama.professions import profession_sections
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.panorama.summary import summary
from assemblier.reports.panorama.supply import (
    age_section,
    density_section,
    evolution_section,
    flow_section,
    structure_section,
)
from assemblier.reports.panorama.zones import zone_sections
from assemblier.territory import Perimeter

__all__ = ["panorama"]


def panorama(
    perimeter: Perimeter,
    on: dt.date,
    observations: Sequence[Observation] = (),
    perimeters: Sequence[Declared] = (),
) -> Document:
    """Return the panorama of a territory.

    Parameters
    ----------
    perimeter
        Any territory; outside Haute-Loire most figures are not available until their files are
        imported, and say which file would bring them.
    on
        The day of the report: it chooses the parameters in force.
    observations
        What the user knows of the three consequences to follow; see `diagnosis.signals`.
    perimeters
        The territories of health the user knows; see `diagnosis.articulation`.

    Examples
    --------
    >>> from assemblier import territory
    >>> document = panorama(territory.parse("departement:43"), dt.date(2026, 11, 22))
    >>> [part.key for part in document.parts]
    ['etat-des-lieux', 'dispositifs', 'leviers', 'lecture']
    """
    scope = Scope(perimeter, on)
    found = two_gauges(perimeter, on)
    body = (_state(scope, found, observations, perimeters), measures(scope), levers())
    draft = _document(scope, summary(scope, found), body)
    head = (*anachronism(draft.figures(), on), *draft.summary)
    return _document(scope, head, (*body, limits(draft.figures())))


def _state(
    scope: Scope,
    found: TwoGauges,
    observations: Sequence[Observation],
    perimeters: Sequence[Declared],
) -> Part:
    sections: tuple[Section, ...] = (
        desert_section(scope, found, observations),
        population_section(scope),
        mortality_section(scope),
        long_term_illness_section(scope),
        density_section(scope),
        flow_section(scope),
        evolution_section(scope),
        age_section(scope),
        departure_section(scope),
        structure_section(scope),
        *access_sections(scope),
        computed_section(scope),
        *profession_sections(scope),
        *basin_sections(scope),
        *zone_sections(scope),
        *need_section(scope),
        articulation_section(scope, perimeters),
        *context_sections(scope),
        *observatory_section(scope),
    )
    return Part(
        "etat-des-lieux",
        "État des lieux : le besoin, l'offre, l'accès",
        sections,
    )


def _document(scope: Scope, head: tuple[Block, ...], parts: tuple[Part, ...]) -> Document:
    return Document(
        key=scope.perimeter.key,
        title="Panorama de l'accès aux soins",
        subtitle=scope.place,
        date=date_text(scope.on),
        summary=head,
        parts=parts,
    )
