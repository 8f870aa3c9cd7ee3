"""The zones of communes as imported, profession by profession, without a dated act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.diagnosis.local import POPULATION_VINTAGE, population_of
from assemblier.figures import Figure, Provenance, Source
from assemblier.sources.stored import Stored, stored
from assemblier.territory import Perimeter, index
from assemblier.zoning.classes import Niveau, Zonage

LABELS = {
    **{zone.value: zone.label for zone in Zonage},
    **{level.value: f"zone {level.label}" for level in Niveau},
    "non_prioritaire": "zone non prioritaire",
}
"""Each zone as people call it, from the one that lacks most."""

SHARED, UNKNOWN = "plusieurs zones", "non disponible"
FILES = {
    "medecin_generaliste": "ARS ou DREES, zonage des médecins (Zonage_medecin_AAAAMMJJ.xlsx)",
    "infirmier": "CartoSanté, zonage conventionnel des infirmiers par commune",
}
"""Professions whose zones are always shown, and the file that brings them."""


@dataclass(frozen=True, slots=True)
class Zoning:
    """The zones of one profession in a territory.

    Attributes
    ----------
    profession
        As the tables name it.
    zone_of
        The zone of each commune as people read it, `SHARED` where several answer to it (a list by
        postcode), `UNKNOWN` where the source says nothing.
    communes, inhabitants
        Of each zone that has some, in the order of `LABELS`.
    source, acts
        The file, and the acts it names.
    """

    profession: str
    zone_of: Mapping[str, str]
    communes: Mapping[str, Figure]
    inhabitants: Mapping[str, Figure]
    source: Source
    acts: tuple[str, ...]


def zonings(perimeter: Perimeter) -> tuple[Zoning, ...]:
    """Return the zones of a territory, from the newest file for each profession that lists it.

    Always true
    -----------
    The communes of the zones of one profession, unknown ones included, are those of the territory.
    """
    found: dict[str, Zoning] = {}
    for table in stored("zonage"):
        rows = table.rows("code_commune", perimeter.codes)
        for profession in rows["profession"].unique().sort().to_list():
            if profession not in found:
                found[profession] = _zoning(perimeter, table, profession)
    return tuple(found[profession] for profession in sorted(found, key=_rank))


def _rank(profession: str) -> tuple[int, str]:
    known = tuple(FILES)
    return (known.index(profession) if profession in known else len(known), profession)


@dataclass(frozen=True, slots=True)
class Listed:
    """The zones a list without a dated act gives a commune: an indication, never an answer.

    Attributes
    ----------
    zones
        As the tables name them; several where a join by postcode is ambiguous.
    source, vintage
        The newest list that says something of the communes asked for.
    """

    code_commune: str
    zones: tuple[str, ...]
    source: Source
    vintage: str


def undated_zones(codes: Sequence[str], profession: str) -> dict[str, Listed]:
    """Return what the newest imported list of a profession says of some communes.

    Always true
    -----------
    A commune is named only where the list gives it a zone.
    """
    for table in stored("zonage"):
        said = _zones_of(table, codes, profession)
        found = {
            code: Listed(code, tuple(sorted(zones)), table.source, table.vintage)
            for code, pairs in said.items()
            if (zones := {zone for zone, _ in pairs if zone})
        }
        if found:
            return found
    return {}


def _zones_of(
    table: Stored, codes: Sequence[str], profession: str
) -> dict[str, set[tuple[str, str]]]:
    """Return the zones a list gives communes: as the tables name each, and as it is read."""
    import polars as pl

    rows = table.rows("code_commune", codes).filter(
        (pl.col("profession") == profession) & (pl.col("statut") == "connu")
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for code, zone, words in rows.select("code_commune", "zone", "zone_source").iter_rows():
        found.setdefault(code, set()).add((zone or "", LABELS.get(zone or "", words)))
    return found


def _zoning(perimeter: Perimeter, table: Stored, profession: str) -> Zoning:
    import polars as pl

    rows = table.rows("code_commune", perimeter.codes).filter(pl.col("profession") == profession)
    said = _zones_of(table, perimeter.codes, profession)
    zone_of = {code: _one({told for _, told in said.get(code, ())}) for code in perimeter.codes}
    people = np.nan_to_num(population_of(perimeter.codes))
    communes: dict[str, float] = {}
    inhabitants: dict[str, float] = {}
    for code, weight in zip(perimeter.codes, people.tolist(), strict=True):
        zone = zone_of[code]
        communes[zone] = communes.get(zone, 0.0) + 1
        inhabitants[zone] = inhabitants.get(zone, 0.0) + weight
    order = sorted(communes, key=_zone_rank)
    origin = Provenance((table.source,))
    with_people = origin | index().provenance("population")
    vintage = table.vintage
    return Zoning(
        profession,
        zone_of,
        {
            zone: Figure(zone, communes[zone], "communes", vintage=vintage, provenance=origin)
            for zone in order
        },
        {
            zone: Figure(
                zone,
                inhabitants[zone],
                "habitants",
                vintage=f"zonage {vintage}, {POPULATION_VINTAGE}",
                provenance=with_people,
            )
            for zone in order
        },
        table.source,
        tuple(rows["acte"].drop_nulls().unique().sort().to_list()),
    )


def _one(zones: set[str]) -> str:
    if not zones:
        return UNKNOWN
    return next(iter(zones)) if len(zones) == 1 else SHARED


def _zone_rank(zone: str) -> tuple[int, str]:
    known = (*LABELS.values(), SHARED)
    last = len(known) + (zone == UNKNOWN)
    return (known.index(zone) if zone in known else last, zone)
