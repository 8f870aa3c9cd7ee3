"""One line per territory, for the page that links several panoramas."""

from collections.abc import Iterable

from assemblier import territory
from assemblier.diagnosis import apl, bands, densities, local
from assemblier.figures import Figure, all_sources
from assemblier.reports.document import Cell, Column
from assemblier.reports.panorama.blocks import number_column
from assemblier.territory import Perimeter

GP = "medecin_generaliste"

COLUMNS: tuple[Column, ...] = (
    number_column("communes", "Communes"),
    number_column("population", "Habitants", unit="habitants"),
    number_column("densite", "Généralistes pour 10 000 habitants", 1, "pour 10 000 habitants"),
    number_column("apl", "APL moyenne (consultations par an et par habitant)", 2, apl.UNIT),
    number_column("part_sous_2_5", "Habitants sous 2,5 consultations par an (%)", 1, "%"),
)
"""What each line holds."""


def overview(perimeter: Perimeter) -> tuple[Cell, ...]:
    """Return the line of a territory: one cell per column of `COLUMNS`.

    Examples
    --------
    >>> len(overview(territory.parse("departement:43"))) == len(COLUMNS)
    True
    """
    published = local.published_apl(perimeter)
    latest = max(published.millesimes)
    counts = bands.band_counts(published, latest)
    return (
        len(perimeter.codes),
        territory.population(perimeter),
        densities.equipment_density(perimeter, GP),
        apl.mean_apl(published, latest),
        counts.counters[1].share,
    )


def overview_note(lines: Iterable[tuple[Cell, ...]]) -> str:
    """Return the dates and the sources of the lines, in one sentence.

    Examples
    --------
    >>> "DREES" in overview_note([overview(territory.parse("departement:43"))])
    True
    """
    figures = [cell for line in lines for cell in line if isinstance(cell, Figure)]
    vintages = dict.fromkeys(figure.vintage for figure in figures if figure.vintage)
    producers = dict.fromkeys(source.producer for source in all_sources(figures))
    if not producers:
        return ""
    return (
        f"Dates : {', '.join(vintages)}. Sources : {', '.join(producers)}. La nature et la source "
        "de chaque chiffre sont dans chaque panorama."
    )
