"""The five levels of a profession: shares against the text, each zone, exchanges refused."""

import datetime as dt
from collections.abc import Sequence

from assemblier.errors import Problem
from assemblier.figures import Provenance
from assemblier.french import date_text, number
from assemblier.reports.document import Block, Cell, Document, Finding, Part, Section, Table
from assemblier.reports.panorama.blocks import number_column, text_column
from assemblier.reports.zonage.simulation import refusals
from assemblier.zoning.classes import PROFESSIONS, Niveau, level_label
from assemblier.zoning.five_levels import FiveLevels, Zone, published_shares
from assemblier.zoning.rules import installation_rule


def levels_document(
    found: FiveLevels, zones: Sequence[Zone], refused: Sequence[Problem], on: dt.date
) -> Document:
    """Return the report of the zones of a profession classed in five levels."""
    who = PROFESSIONS[found.profession]
    blocks: list[Block] = [
        Finding(
            f"{number(len(zones))} zones classées en cinq niveaux. "
            "Simulation sans valeur juridique."
        ),
        _shares(found, on),
    ]
    if refused:
        blocks.append(refusals(refused))
    return Document(
        key=f"zonage-{found.profession}",
        title=f"Zonage des {who} simulé",
        subtitle="Cinq niveaux",
        date=date_text(on),
        summary=tuple(blocks),
        parts=(
            Part(
                "zones",
                "Zone par zone",
                (Section("zones", "Toutes les zones", (_zones(found, zones, on),)),),
            ),
        ),
    )


def _provenance(found: FiveLevels) -> Provenance:
    return Provenance((), "Zones rangées par indicateur croissant.", found.sources)


def _shares(found: FiveLevels, on: dt.date) -> Table:
    printed = published_shares(found.profession, on)
    rows: list[tuple[Cell, ...]] = [
        (
            level_label(level, found.profession, on),
            100 * share,
            text,
            highest,
            installation_rule(found.profession, level, on).sentence,
        )
        for level, share, text, highest in zip(
            Niveau, found.shares, printed, found.maxima, strict=True
        )
    ]
    return Table(
        "parts_des_niveaux",
        "Part de la population de chaque niveau",
        (
            text_column("niveau", "Niveau"),
            number_column("part", "Part obtenue (%)", 1, "%"),
            number_column("part_texte", "Part du texte (%)", 1, "%"),
            number_column("maximum", "Plus grand indicateur", 1),
            text_column("installation", "Installation"),
        ),
        tuple(rows),
        provenance=_provenance(found),
    )


def _zones(found: FiveLevels, zones: Sequence[Zone], on: dt.date) -> Table:
    ordered = sorted(zones, key=lambda zone: (zone.indicator or 0.0, zone.code))
    rows: list[tuple[Cell, ...]] = [
        (
            zone.code,
            zone.nom,
            zone.region,
            zone.indicator,
            zone.population,
            100 * found.cumulated[zone.code],
            level_label(found.level_of[zone.code], found.profession, on),
        )
        for zone in ordered
    ]
    return Table(
        "niveaux",
        "Niveau de chaque zone, de la moins à la plus dotée",
        (
            text_column("code", "Code"),
            text_column("nom", "Zone"),
            text_column("region", "Région"),
            number_column("indicateur", "Indicateur", 1),
            number_column("population", "Population"),
            number_column("cumul", "Population cumulée (%)", 1, "%"),
            text_column("niveau", "Niveau"),
        ),
        tuple(rows),
        provenance=_provenance(found),
        visible_rows=40,
    )
