"""The zones of doctors and nurses, commune by commune, as imported: dated, never simulated here."""

from assemblier.diagnosis import zonings
from assemblier.diagnosis.zonings import FILES, Zoning
from assemblier.reports.document import Block, Cell, Finding, Map, MapClass, Section, Table
from assemblier.reports.panorama.blocks import (
    figures_table,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.theme import ZONE_CLASSES
from assemblier.reports.typography import figure_text
from assemblier.zoning.classes import PROFESSIONS

MOST_ON_A_MAP = 1000
"""Beyond, a document holds one map only, that of the APL: each commune is in the table."""

OTHER = MapClass("autre zone, ou plusieurs", "#cfc3d9", "A")
NURSES = (
    MapClass("zone très sous-dotée", "#1d4e74", "TS"),
    MapClass("zone sous-dotée", "#6f9cb8", "S"),
    MapClass("zone intermédiaire", "#dfe7ec", "I"),
    MapClass("zone très dotée", "#e9dcc0", "TD"),
    MapClass("zone sur-dotée", "#c9a45c", "SD"),
)
"""From the zones that lack nurses to those that have most: two hues, and letters that say it."""


def zone_sections(scope: Scope) -> tuple[Section, ...]:
    """Return the zones that were imported, and which file would bring the others; else nothing."""
    found = zonings.zonings(scope.perimeter)
    if not found:
        return ()
    blocks: list[Block] = []
    for one in found:
        large = len(scope.perimeter.codes) > MOST_ON_A_MAP
        shown = _communes(scope, one) if large else _map(scope, one)
        blocks += [_finding(one), shown, _table(one)]
    known = {one.profession for one in found}
    blocks += [
        missing(f"Zonage des {PROFESSIONS[name]}", file)
        for name, file in FILES.items()
        if name not in known
    ]
    names = ", ".join(PROFESSIONS.get(one.profession, one.profession) for one in found)
    return (
        Section("zones", f"Les zones en vigueur, telles qu'importées : {names}", tuple(blocks)),
    )


def _finding(one: Zoning) -> Finding:
    said = " ; ".join(
        f"{zone} : {figure_text(one.communes[zone])} ({figure_text(one.inhabitants[zone])})"
        for zone in one.communes
    )
    dated = (
        one.source.vintage if one.source.vintage != "sans date" else "date non dite par le fichier"
    )
    acts = f" Actes cités : {', '.join(one.acts)}." if one.acts else ""
    text = f"Zonage des {PROFESSIONS.get(one.profession, one.profession)} ({dated}) : {said}.{acts}"
    return Finding(text, (*one.communes.values(), *one.inhabitants.values()))


def _classes(one: Zoning) -> tuple[MapClass, ...]:
    if one.profession == "medecin_generaliste":
        return (*ZONE_CLASSES, OTHER)
    return (*NURSES, OTHER)


def _map(scope: Scope, one: Zoning) -> Map:
    classes = _classes(one)
    place_of = {class_.label: place for place, class_ in enumerate(classes)}
    other = len(classes) - 1
    return Map(
        key=f"carte-zones-{one.profession.replace('_', '-')}",
        title=f"Zonage des {PROFESSIONS.get(one.profession, one.profession)}, par commune",
        classes=classes,
        class_of={
            code: None if zone == zonings.UNKNOWN else place_of.get(zone, other)
            for code, zone in one.zone_of.items()
        },
        value_of=dict(one.zone_of),
        name_of=scope.names,
        summary=_summary(one),
        table=_communes(scope, one),
        context=scope.neighbours,
        labels=scope.main_towns,
        outlines=tuple((part.nom, part.codes) for part in scope.epci_parts),
        vintage=one.source.vintage,
        provenance=next(iter(one.communes.values())).provenance,
    )


def _summary(one: Zoning) -> str:
    zone, most = max(one.communes.items(), key=lambda pair: pair[1].known_value())
    return f"La zone la plus étendue est « {zone} » : {figure_text(most)}."


def _communes(scope: Scope, one: Zoning) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (code, scope.names[code], zone) for code, zone in one.zone_of.items()
    ]
    return Table(
        key=f"zones_{one.profession}"[:25],
        title=f"Zone de chaque commune, {PROFESSIONS.get(one.profession, one.profession)}",
        columns=(
            text_column("code_commune", "Code"),
            text_column("nom", "Commune"),
            text_column("zone", "Zone"),
        ),
        rows=tuple(rows),
        provenance=next(iter(one.communes.values())).provenance,
        visible_rows=12,
        codes=tuple(one.zone_of),
    )


def _table(one: Zoning) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (zone, one.communes[zone], one.inhabitants[zone]) for zone in one.communes
    ]
    note = "Une commune sur plusieurs codes postaux peut avoir plusieurs zones."
    return figures_table(
        f"zonage_{one.profession}"[:25],
        f"Communes et habitants par zone, {PROFESSIONS.get(one.profession, one.profession)}",
        (
            text_column("zone", "Zone"),
            number_column("communes", "Communes"),
            number_column("habitants", "Habitants"),
        ),
        rows,
        note=note if zonings.SHARED in one.communes else "",
    )
