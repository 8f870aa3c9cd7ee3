"""The five levels of a profession: shares against the text, each zone, exchanges refused."""

import datetime as dt
from collections.abc import Iterator, Sequence

from assemblier.diagnosis.zonage_levels import LevelGround
from assemblier.errors import Problem
from assemblier.figures import Provenance
from assemblier.french import date_text, number
from assemblier.reports.document import (
    Block,
    Cell,
    Document,
    Finding,
    Items,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import number_column, text_column
from assemblier.reports.zonage.simulation import refusals
from assemblier.zoning.classes import PROFESSIONS, Niveau, level_label
from assemblier.zoning.five_levels import FiveLevels
from assemblier.zoning.rules import installation_rule


def levels_document(
    found: FiveLevels, ground: LevelGround, refused: Sequence[Problem], on: dt.date
) -> Document:
    """Return the report of the zones of a profession classed in five levels."""
    who = PROFESSIONS[found.profession]
    partial = ", partiel" if ground.left_out else ""
    sections = [Section("zones", "Toutes les zones", (_zones(found, ground, on),))]
    if ground.left_out:
        title = f"Sans indicateur, non classées : {number(len(ground.left_out))} zones"
        sections.append(Section("non-classees", title, (_left_table(found, ground),)))
    return Document(
        key=f"zonage-{found.profession}",
        title=f"Zonage simulé des {who}{partial}",
        subtitle="Cinq niveaux",
        date=date_text(on),
        summary=tuple(_summary(found, ground, refused, on)),
        parts=(Part("zones", "Zone par zone", tuple(sections)),),
    )


def _summary(
    found: FiveLevels, ground: LevelGround, refused: Sequence[Problem], on: dt.date
) -> Iterator[Block]:
    yield Finding(
        f"{number(len(found.level_of))} zones ont un niveau sur "
        f"{number(len(ground.zones) + len(ground.left_out))}. Simulation sans valeur juridique."
    )
    yield Items("Ce que la simulation lit", ground.notes)
    asked = to_confirm(found, on)
    if asked:
        yield Items("Parts à confirmer", asked, Tone.WARNING)
    yield _shares(found, ground, on)
    if refused:
        yield refusals(refused)


def to_confirm(found: FiveLevels, on: dt.date) -> tuple[str, ...]:
    """Return what the texts read do not say, and how to give it; nothing when they say all."""
    if not found.to_confirm:
        return ()
    labels = ", ".join(level_label(one, found.profession, on) for one in found.to_confirm)
    return (
        f"Parts que les textes lus ne donnent pas : {labels} ; {number(len(found.between))} zones "
        "sont entre deux niveaux, à confirmer.",
        "Pour les donner : remplir la feuille que donne « assemblier zonage feuille parts », puis "
        "la redonner avec --parts.",
    )


def _told(found: FiveLevels, code: str, on: dt.date) -> str:
    """Return the level of a zone, or those it lies between."""
    if code in found.level_of:
        return level_label(found.level_of[code], found.profession, on)
    low, high = (level_label(one, found.profession, on) for one in found.between[code])
    return f"à confirmer : de {low} à {high}"


def _provenance(found: FiveLevels, ground: LevelGround) -> Provenance:
    method = " ".join(("Zones rangées par indicateur croissant.", *ground.notes))
    return Provenance(ground.sources, method, found.sources)


def _left_table(found: FiveLevels, ground: LevelGround) -> Table:
    rows: list[tuple[Cell, ...]] = [tuple(name.split(" ", 1)) for name in ground.left_out]
    return Table(
        "zones_non_classees",
        "Zones dont l'indicateur est inconnu",
        (text_column("code", "Code"), text_column("nom", "Zone")),
        tuple(rows),
        provenance=_provenance(found, ground),
        visible_rows=40,
    )


def _shares(found: FiveLevels, ground: LevelGround, on: dt.date) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            level_label(level, found.profession, on),
            None if share is None else 100 * share,
            text,
            highest,
            installation_rule(found.profession, level, on).sentence,
        )
        for level, share, text, highest in zip(
            Niveau, found.shares, found.wanted, found.maxima, strict=True
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
        provenance=_provenance(found, ground),
    )


def _zones(found: FiveLevels, ground: LevelGround, on: dt.date) -> Table:
    ordered = sorted(ground.zones, key=lambda zone: (zone.indicator or 0.0, zone.code))
    rows: list[tuple[Cell, ...]] = [
        (
            zone.code,
            zone.nom,
            zone.region,
            zone.indicator,
            zone.population,
            100 * found.cumulated[zone.code],
            _told(found, zone.code, on),
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
        provenance=_provenance(found, ground),
        visible_rows=40,
    )
