"""Care and prevention around a commune: four families, the empty ones as visible as the others.

« Aucun recensé » (a source was read, and it lists none) is not « non disponible » (no source was
read). Lieux de soins come from the equipment census; the other families from the FINESS register
once it is imported, and from a small CSV file the user brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import numpy as np

from assemblier.access import banded_decay
from assemblier.diagnosis import establishments
from assemblier.diagnosis.census import census
from assemblier.diagnosis.local import BPE_FILE, LABELS
from assemblier.diagnosis.user_table import Reader
from assemblier.figures import Figure, Nature, Provenance, Source
from assemblier.french import french_spaces, number
from assemblier.territory import Perimeter, index
from assemblier.travel import crow_fly_model, nearest

COLUMNS = ("famille", "type", "nom", "statut", "code_commune", "adresse", "date", "source")


@dataclass(frozen=True, slots=True)
class Family:
    """One of the four families, and what would bring it where it is not available."""

    key: str
    label: str
    missing: str


FAMILIES = (
    Family("lieux_de_soins", "Lieux de soins", BPE_FILE),
    Family(
        "etablissements_de_sante",
        "Établissements de santé (hôpital, maison médicale de garde…)",
        "FINESS : établissements sanitaires (hôpitaux, maisons médicales de garde)",
    ),
    Family(
        "action_sociale",
        "Action sociale",
        "FINESS : établissements sociaux et médico-sociaux ; liste des CCAS et maisons France "
        "services",
    ),
    Family(
        "prevention_promotion",
        "Prévention et promotion de la santé",
        "un recensement local (contrat local de santé, sport-santé, dépistages) au format "
        + ";".join(COLUMNS),
    ),
)
"""Lieux de soins, établissements, action sociale, prévention-promotion: always all four."""


class Status(StrEnum):
    """What is known of a family around a commune."""

    LISTED = "recensé"
    NONE = "aucun recensé"
    UNAVAILABLE = "non disponible"


@dataclass(frozen=True, slots=True)
class Resource:
    """One place or scheme of a registry.

    Attributes
    ----------
    family
        Key of one of `FAMILIES`.
    kind
        What it is: ``"hôpital"``, ``"CCAS"``, ``"MSP"``.
    status
        ``"labellisée"``, ``"en projet"``…; empty when it has none.
    """

    family: str
    kind: str
    name: str
    status: str
    code_commune: str
    address: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """What one commune around has of one kind.

    Attributes
    ----------
    label
        What it is, or its name.
    commune
        Name of the commune.
    distance
        As the crow flies, from town hall to town hall.
    count
        How many.
    """

    label: str
    code_commune: str
    commune: str
    distance: Figure
    count: Figure


@dataclass(frozen=True, slots=True)
class FamilyInventory:
    """One family around a commune.

    Attributes
    ----------
    items
        Nearest first; empty unless the status is `Status.LISTED`.
    missing
        For a family not available: what would bring it.
    note
        What the reader must know: communes around that no source covers.
    """

    family: Family
    status: Status
    items: tuple[Item, ...]
    missing: str
    note: str


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """The four families around a territory.

    Attributes
    ----------
    reach_km
        As the crow flies.
    families
        All four, in the order of `FAMILIES`.
    """

    perimeter: Perimeter
    reach_km: float
    families: tuple[FamilyInventory, ...]


def ecosystem(
    perimeter: Perimeter,
    registry: Sequence[Resource] = (),
    reach_km: float | None = None,
    on: date | None = None,
) -> Ecosystem:
    """Return what there is in a territory and within reach of it.

    Parameters
    ----------
    perimeter
        The territory, a commune most often.
    registry
        What the user brought; a family that has at least one resource anywhere in it is known.
    reach_km
        As the crow flies; by default what the last band of the APL reaches, by crow-fly times.
    on
        Date of the parameters (today by default).

    Always true
    -----------
    The four families are there, in the same order.
    A family is « recensé » exactly when it has items.
    A family without any source is « non disponible », never « aucun recensé ».

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> [str(family.status) for family in ecosystem(parse("commune:43157")).families]
    ['recensé', 'non disponible', 'non disponible', 'non disponible']
    """
    day = on or date.today()
    if reach_km is None:
        reach_km = crow_fly_model(day).distance_km(banded_decay(day).reach_minutes)
    around = _around(perimeter, reach_km)
    return Ecosystem(
        perimeter,
        reach_km,
        tuple(_family(perimeter, family, around, registry) for family in FAMILIES),
    )


def read_resources(path: Path) -> tuple[Resource, ...]:
    """Read a registry of places and schemes.

    Parameters
    ----------
    path
        CSV file with the columns of `COLUMNS`; `famille` is the key of one of `FAMILIES`,
        `statut`, `adresse` and `date` may be empty.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, COLUMNS)
    keys = [family.key for family in FAMILIES]
    known = index()
    found = []
    for row in reader.rows:
        code = known.current_code(row.cells["code_commune"])
        if code is None:
            reader.problem(row, "code_commune", known.reason(row.cells["code_commune"]))
        found.append(
            Resource(
                reader.choice(row, "famille", keys),
                reader.text(row, "type"),
                reader.text(row, "nom"),
                row.cells["statut"],
                code or "",
                row.cells["adresse"],
                row.cells["date"],
                reader.text(row, "source"),
            )
        )
    reader.check()
    return tuple(found)


def _around(perimeter: Perimeter, reach_km: float) -> dict[str, float]:
    """Return the communes inside and around, and how far each is from the nearest one inside."""
    table = index()
    points = np.column_stack([table.longitude, table.latitude])
    _, km = nearest(points, points[table.positions(perimeter.codes)])
    near = np.flatnonzero(km <= reach_km)
    # The communes inside come first, a commune without a point among them.
    found = dict.fromkeys(perimeter.codes, 0.0)
    for row in near:
        found.setdefault(table.codes[row], float(km[row]))
    return found


def _family(
    perimeter: Perimeter,
    family: Family,
    around: dict[str, float],
    registry: Sequence[Resource],
) -> FamilyInventory:
    items = [_resource_item(one, around) for one in registry if one.family == family.key]
    is_known = bool(items)
    shown = [item for item in items if item is not None]
    note = ""
    if family.key == FAMILIES[0].key:
        counted, uncovered = _equipment_items(around)
        shown += counted
        is_known = is_known or uncovered < len(around)
        note = _uncovered_note(uncovered, len(around)) if is_known else ""
    else:
        registered = establishments.of_family(family.key, tuple(around))
        shown += _registered_items(registered, around)
        is_known = is_known or bool(registered) or establishments.is_known(perimeter.codes)
    shown.sort(key=lambda item: (item.distance.known_value(), item.commune, item.label))
    if not is_known:
        return FamilyInventory(family, Status.UNAVAILABLE, (), family.missing, note)
    status = Status.LISTED if shown else Status.NONE
    return FamilyInventory(family, status, tuple(shown), "", note)


def _uncovered_note(uncovered: int, total: int) -> str:
    if not uncovered:
        return ""
    return french_spaces(
        f"{number(uncovered)} communes alentour sur {number(total)} ne sont pas couvertes par la "
        f"source : ce qui s'y trouve est inconnu ({BPE_FILE})."
    )


def _equipment_items(around: dict[str, float]) -> tuple[list[Item], int]:
    """Return what the equipment census lists, and how many communes it does not cover."""
    codes, items, uncovered = list(around), list[Item](), 0
    for kind in LABELS:
        counted = census(codes, kind)
        counts = counted.of(codes)
        uncovered = int(np.isnan(counts).sum())
        items += [
            _item(
                LABELS[kind],
                code,
                around[code],
                Figure(
                    LABELS[kind],
                    float(count),
                    vintage=counted.vintage,
                    provenance=counted.provenance,
                ),
            )
            for code, count in zip(codes, counts, strict=True)
            if count > 0
        ]
    return items, uncovered


def _registered_items(
    found: Sequence[establishments.Establishment], around: dict[str, float]
) -> list[Item]:
    """Return what the register lists, one item per category and commune: a sheet has two sides."""
    groups: dict[tuple[str, str], list[establishments.Establishment]] = {}
    for one in found:
        groups.setdefault((one.label, one.code_commune), []).append(one)
    return [_registered_item(label, code, same, around) for (label, code), same in groups.items()]


def _registered_item(
    label: str,
    code: str,
    same: Sequence[establishments.Establishment],
    around: dict[str, float],
) -> Item:
    sources = tuple(dict.fromkeys(one.source for one in same))
    vintage = f"FINESS, {sources[0].vintage}"
    count = Figure(label, float(len(same)), "", Nature.CALCULE, vintage, Provenance(sources))
    written = label if len(same) == 1 else f"{label} ({len(same)})"
    return _item(french_spaces(written), code, around[code], count)


def _resource_item(resource: Resource, around: dict[str, float]) -> Item | None:
    if resource.code_commune not in around:
        return None
    label = f"{resource.kind} : {resource.name}"
    if resource.status:
        label += f" ({resource.status})"
    source = Source(
        f"registre-{resource.source}",
        resource.source,
        "registre des ressources du territoire",
        resource.date,
        licence="non précisée ; fournie par l'utilisateur",
    )
    count = Figure(resource.kind, 1.0, "", Nature.CITE, resource.date, Provenance((source,)))
    return _item(french_spaces(label), resource.code_commune, around[resource.code_commune], count)


def _item(label: str, code: str, km: float, count: Figure) -> Item:
    table = index()
    row = table.positions([code])[0]
    distance = Figure(
        "distance à vol d'oiseau",
        km,
        "km",
        provenance=table.provenance("longitude"),
        decimals=1,
    )
    return Item(label, code, str(table.nom[row]), distance, count)
