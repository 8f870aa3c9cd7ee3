"""The maps of zones: a letter and a grey-to-blue for each class."""

from collections.abc import Mapping, Sequence

from assemblier import territory
from assemblier.figures import Provenance
from assemblier.reports.document import Map, MapClass, Table
from assemblier.reports.theme import ZONE_CLASSES
from assemblier.territory import Perimeter, index
from assemblier.zoning.classes import Niveau, Zonage

LEVEL_COLOURS = ("#1f4e70", "#5f8fb0", "#c3d3df", "#e6edf2", "#f7f8f9")
_MAIN_TOWNS = 10


def zone_map(
    perimeter: Perimeter,
    zones: Mapping[str, Zonage | Niveau],
    title: str,
    summary: str,
    table: Table,
    provenance: Provenance,
    vintage: str = "",
    labels: Sequence[str] = (),
) -> Map:
    """Return the map of the zones of a territory.

    Parameters
    ----------
    perimeter
        What is drawn.
    zones
        Zone by commune; one that is absent is not available.
    title, summary, table, provenance, vintage
        As `Map`.
    labels
        Names of the five levels, where zones are levels.
    """
    rows = index()
    places = rows.positions(perimeter.codes)
    names = dict(zip(perimeter.codes, rows.nom[places].tolist(), strict=True))
    ranked = sorted(places.tolist(), key=lambda row: -(rows.population[row] or 0))[:_MAIN_TOWNS]
    classes = _level_classes(labels) if labels else ZONE_CLASSES
    rank_of = {code: zone.rank for code, zone in zones.items()}
    return Map(
        key=f"carte-{table.key.replace('_', '-')}",
        title=title,
        classes=classes,
        class_of={code: rank_of.get(code) for code in perimeter.codes},
        value_of={
            code: classes[rank_of[code]].label if code in rank_of else "non disponible"
            for code in perimeter.codes
        },
        name_of=names,
        summary=summary,
        table=table,
        labels={rows.codes[row]: names[rows.codes[row]] for row in ranked},
        outlines=_outlines(perimeter),
        vintage=vintage,
        provenance=provenance,
        legend="zone",
    )


def _level_classes(labels: Sequence[str]) -> tuple[MapClass, ...]:
    return tuple(
        MapClass(label, colour, level.letter)
        for label, colour, level in zip(labels, LEVEL_COLOURS, Niveau, strict=True)
    )


def _outlines(perimeter: Perimeter) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the départements of a region, else the EPCI."""
    scale = "departement" if perimeter.kind in ("region", "france") else "epci"
    groups = territory.at_scale(perimeter, scale).groups
    return tuple((group.nom, group.codes) for group in groups)
