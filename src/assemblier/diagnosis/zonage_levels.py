"""What the five levels are cut from, as imported: zones, APL of a profession, population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isnan
from typing import TYPE_CHECKING

from assemblier.diagnosis.zonage import inhabitants, known_partition
from assemblier.errors import DataError, InputError, Problem, UnavailableError
from assemblier.figures import Source
from assemblier.french import number
from assemblier.territory import index
from assemblier.zoning.five_levels import Zone
from assemblier.zoning.units import Partition

if TYPE_CHECKING:
    import polars as pl

    from assemblier.sources.store import Store

URBAN_POLE = 30_000
"""Inhabitants of an urban unit above which its bassin de vie is parted into cantons-ou-villes."""
_DENTIST, _NURSE, _MIDWIFE = "chirurgien_dentiste", "infirmier", "sage_femme"
_WITH_APL = (_NURSE, "masseur_kinesitherapeute", _MIDWIFE, _DENTIST)
_OUTSIDE = "976"  # the DREES publishes no APL for Mayotte
_COUNTRY = "000"  # ends the code of communes of no urban unit
_MOST_SHOWN = 10


@dataclass(frozen=True)
class LevelGround:
    """The zones of the country for a profession, from imported tables.

    Attributes
    ----------
    zones
        Those whose indicator is known.
    left_out
        Name of each zone whose indicator is unknown.
    notes
        What a reader must know of the indicator, in French.
    sources
        Its documents.
    """

    zones: tuple[Zone, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


def level_ground(profession: str, store: "Store", is_whole: bool = True) -> LevelGround:
    """Return the zones of a profession, from the APL by commune and a composition imported.

    Nurses, physiotherapists and midwives: bassins de vie, or cantons-ou-villes where the pole is
    in an urban unit of more than 30 000 inhabitants. Dentists: territoires de vie-santé. The mean
    APL is weighted by standardised population for nurses, by residents for the others.

    Parameters
    ----------
    profession
        As tables name it.
    store
        What was imported.
    is_whole
        Whether every zone of the country must have its indicator, as a cut by shares asks.

    Raises
    ------
    InputError
        When the indicator is not an APL, a table is absent, or zones have no APL: all at once.

    References
    ----------
    DGOS, foire aux questions du zonage des autres professions, février 2020.
    """
    if profession not in _WITH_APL:
        raise InputError([_no_apl_at_all(profession)])
    problems: list[Problem] = []
    table, partition = _apl(profession, store, problems), _units(profession, store, problems)
    if table is None or partition is None:
        raise InputError(problems)
    people, notes = _people(profession, store)
    ground = _means(profession, table[0], partition, people)
    if is_whole:
        problems += _lacking(ground.left_out, profession)
        if profession == _MIDWIFE and notes:
            problems.append(_no_women(notes[0]))
    if problems or not ground.zones:
        raise InputError(problems or _lacking(ground.left_out, profession))
    told = (*ground.notes, *notes, f"Composition : {partition.vintage}")
    return LevelGround(ground.zones, ground.left_out, told, (table[1],))


def _no_apl_at_all(profession: str) -> Problem:
    return Problem(
        "indicateur",
        f"« {profession} » : une densité pondérée, qu'aucune table importée ne donne",
        "un fichier « code;nom;region;indicateur;population »",
        "remplir la feuille que donne « assemblier zonage feuille niveaux », puis la redonner",
    )


def _no_women(note: str) -> Problem:
    return Problem(
        "population féminine",
        note,
        "la population par sexe de toutes les communes",
        "importer la population par sexe et âge de l'Insee, ou essayer --maxima",
    )


def _lacking(names: Sequence[str], profession: str) -> list[Problem]:
    if not names:
        return []
    shown = ", ".join(names[:_MOST_SHOWN]) + ("…" if len(names) > _MOST_SHOWN else "")
    action = "importer le classeur APL de la profession (DREES)"
    if profession != _DENTIST:  # no text that was read prints maxima for dentists
        action += ", ou essayer --maxima, qui classe chaque zone seule"
    return [
        Problem(
            f"APL ({profession})",
            f"{len(names)} zone{'s' * (len(names) > 1)} de la France sans APL : {shown}",
            "toute la France, que les parts du texte découpent",
            action,
        )
    ]


def _apl(
    profession: str, store: "Store", problems: list[Problem]
) -> "tuple[pl.DataFrame, Source] | None":
    """Return the latest imported APL of a profession by commune, and its document."""
    import polars as pl

    for entry in reversed(store.find("apl_publiee")):
        imported = store.read("apl_publiee", entry.source.key, entry.vintage)
        rows = imported.frame.filter(
            (pl.col("profession") == profession) & pl.col("apl").is_not_null()
        )
        if rows.height:
            return rows.filter(pl.col("millesime") == rows["millesime"].max()), imported.source
    problems.append(
        Problem(
            f"APL ({profession})",
            "aucune table importée",
            "le classeur APL de la profession (DREES)",
            "l'importer, ou donner un fichier (« assemblier zonage feuille niveaux »)",
        )
    )
    return None


# --- zones


def _units(profession: str, store: "Store", problems: list[Problem]) -> Partition | None:
    try:
        return known_partition(store) if profession == _DENTIST else bvcv(store)
    except UnavailableError as error:
        problems.append(Problem(error.what, "non disponible", error.file, "importer ce fichier"))
    except DataError as error:
        problems += error.problems
    return None


def bvcv(store: "Store") -> Partition:
    """Return the bassins de vie, parted into cantons-ou-villes around the larger poles.

    Each arrondissement of Paris, Lyon and Marseille is a zone.

    Raises
    ------
    UnavailableError
        When no imported table tells bassins de vie, cantons and urban units.

    Always true
    -----------
    Each commune of the table is in one zone.
    """
    for entry in reversed(store.find("appartenance")):
        table = store.read("appartenance", entry.source.key, entry.vintage).frame
        rows = table.drop_nulls(("bassin_de_vie", "canton", "unite_urbaine"))
        if not rows.is_empty():
            unit_of = _bvcv_of(rows)
            names = _names(store, set(unit_of.values()))
            title = (
                f"bassins de vie et cantons-ou-villes, appartenance géographique {entry.vintage}"
            )
            return Partition("bvcv", unit_of, names, title)
    raise UnavailableError(
        "bassins de vie et cantons-ou-villes",
        "la table d'appartenance géographique des communes (Insee)",
    )


def _bvcv_of(rows: "pl.DataFrame") -> dict[str, str]:
    people = inhabitants()
    urban = dict(rows.select("code_commune", "unite_urbaine").iter_rows())
    seat = {city: parts[0] for city, parts in index().arrondissements.items()}
    size: dict[str, float] = {}
    for code, unit in urban.items():
        if not unit.endswith(_COUNTRY) and not isnan(people.get(code, float("nan"))):
            size[unit] = size.get(unit, 0.0) + people[code]
    apart = {part for parts in index().arrondissements.values() for part in parts}
    found = {}
    for code, bassin, canton in rows.select("code_commune", "bassin_de_vie", "canton").iter_rows():
        pole = urban.get(seat.get(bassin, bassin), "")
        found[code] = canton if size.get(pole, 0.0) > URBAN_POLE else bassin
        if code in apart:
            found[code] = code
    return found


def _names(store: "Store", codes: set[str]) -> dict[str, str]:
    """Return the names of zones: the imported ones, else that of the commune of that code."""
    rows = index()
    places = dict(zip(rows.codes, rows.nom.tolist(), strict=True))
    found = {code: places[code] for code in codes if code in places}
    if store.find("zones"):
        table = store.read("zones").frame.select("niveau", "code", "nom")
        for level, code, name in table.iter_rows():
            if level in ("bassin_de_vie", "canton_ville") and code in codes:
                found[code] = name
    return found


# --- indicator and population


def _people(profession: str, store: "Store") -> tuple[Mapping[str, float], tuple[str, ...]]:
    """Return who is counted in each commune: residents, or women for midwives where known."""
    import polars as pl

    if profession != _MIDWIFE:
        return inhabitants(), ()
    if store.find("population_age"):
        table = store.read("population_age").frame.filter(pl.col("sexe") == "F")
        if table.height:
            summed = table.group_by("code_commune").agg(pl.col("population").sum())
            return dict(summed.iter_rows()), ()
    note = "Parts comptées sur la population totale, faute de population féminine par commune."
    return inhabitants(), (note,)


def _means(
    profession: str, table: "pl.DataFrame", partition: Partition, people: Mapping[str, float]
) -> LevelGround:
    """Return the mean APL of each zone; one with an inhabited commune without APL is left out."""
    apl = dict(table.select("code_commune", "apl").iter_rows())
    weights, notes = _weights(profession, table)
    zones, left_out = [], []
    for unit, communes in partition.members().items():
        if all(code.startswith(_OUTSIDE) for code in communes):
            continue
        inside = [code for code in communes if weights.get(code, float("nan")) != 0]
        total = fsum(weights.get(code, float("nan")) for code in inside)
        product = fsum(apl.get(code, float("nan")) * weights.get(code, 0.0) for code in inside)
        counted = fsum(people.get(code, float("nan")) for code in communes)
        name = partition.nom.get(unit, unit)
        if not total or isnan(product / total) or isnan(counted):
            left_out.append(f"{unit} {name}")
            continue
        zones.append(Zone(unit, name, _region(communes), round(product / total, 12), counted))
    year = max(table["millesime"].to_list())
    known = f"{number(len(zones))} zones sur {number(len(zones) + len(left_out))}"
    told = (f"APL {year}, {known}.", *notes)
    return LevelGround(tuple(zones), tuple(left_out), told, ())


def _weights(profession: str, table: "pl.DataFrame") -> tuple[Mapping[str, float], tuple[str, ...]]:
    if profession != _NURSE:
        return inhabitants(), ()
    known = table.drop_nulls("population_standardisee")
    if known.height == table.height:
        return dict(known.select("code_commune", "population_standardisee").iter_rows()), ()
    note = "Moyenne pondérée par les habitants, faute de population standardisée dans la table."
    return inhabitants(), (note,)


def _region(communes: Sequence[str]) -> str:
    """Return the region where most communes of a zone are: that of its département."""
    rows = index()
    regions = rows.code_region[rows.positions(communes)].tolist()
    return str(max(sorted(set(regions)), key=regions.count))
