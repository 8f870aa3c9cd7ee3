"""The zoning from what this machine has: imported tables, embedded facts, sheets of an officer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assemblier import data
from assemblier.data import facts
from assemblier.diagnosis.zonage_files import (
    read_acts,
    read_apl,
    read_ceilings,
    read_choices,
    read_composition,
    read_criteria,
    read_quarters,
)
from assemblier.errors import InputError, Problem, UnavailableError
from assemblier.figures import Source
from assemblier.territory import Perimeter, index
from assemblier.zoning.acts import Register
from assemblier.zoning.choices import Quartier
from assemblier.zoning.classes import MEDECIN
from assemblier.zoning.doctors import Case
from assemblier.zoning.rules import Ceilings, ceilings_at, rules_at
from assemblier.zoning.units import (
    Ground,
    Partition,
    Territoire,
    merged_composition,
    misfits,
    territories,
)

if TYPE_CHECKING:
    from assemblier.sources.store import Store

ACTS_FILE = Path("actes") / "actes.csv"
"""The register of acts, in the folder of the data."""
T = TypeVar("T")
SERIES = "apl_65"
"""The series the zoning compares: doctors of 65 or less."""
QUARTER_POPULATION = "Population municipale du quartier"
"""The indicator of the table of quarters that counts their inhabitants."""
_MERGED_VINTAGE = "appartenance géographique des communes"


@dataclass(frozen=True)
class Sheets:
    """The files an officer gives; those left out come from what is imported."""

    ceilings: Path | None = None
    choices: Path | None = None
    criteria: Path | None = None
    quarters: Path | None = None
    composition: Path | None = None
    apl: Path | None = None
    acts: Path | None = None


@dataclass(frozen=True)
class Apl:
    """The APL of communes for the zoning, and where it comes from.

    Attributes
    ----------
    value_of
        By commune of today; one that is absent is unknown.
    label
        Series and vintage, in French.
    source
        Its document.
    others
        The series of doctors of 62 and 60 or less, where the same document has them.
    """

    value_of: Mapping[str, float]
    label: str
    source: Source
    others: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """All that a simulation rests on.

    Attributes
    ----------
    region
        The region.
    on
        The day whose rules hold.
    case
        What `zoning.doctors.simulate` takes.
    partition, ground, apl
        The territories, the communes, the indicator.
    """

    region: Perimeter
    on: dt.date
    case: Case
    partition: Partition
    ground: Ground
    apl: Apl

    @property
    def title(self) -> str:
        """Return the title, which says it when the territories are not those of the law."""
        base = f"Zonage des médecins simulé {self.region.charniere or self.region.nom}"
        if self.partition.is_official:
            return base
        return f"{base}, par bassin de vie (composition des territoires de vie-santé absente)"

    def projected(self, value_of: Mapping[str, float]) -> tuple[Territoire, ...]:
        """Return the territories with another APL of communes."""
        other = Ground(
            _with_restored(value_of), self.ground.population, self.ground.region, self.ground.nom
        )
        return territories(self.partition, other, self.case.region)


def study(region: Perimeter, on: dt.date, sheets: Sheets, store: "Store") -> Study:
    """Return all that the simulation of a region rests on.

    Raises
    ------
    InputError
        When the perimeter is not a region, a file is wrong, ceilings are absent, a territory has
        no APL or a commune no territory: all problems at once.
    UnavailableError
        When no composition of territories is present.
    """
    if region.kind != "region":
        raise InputError([_not_a_region(region)])
    partition = _partition(sheets.composition, store)
    apl = _apl(sheets.apl, store)
    ground = _ground(apl)
    problems: list[Problem] = []
    ceilings = _ceilings(region, on, sheets.ceilings)
    if ceilings is None:
        problems.append(_no_ceilings(region))
    problems += misfits(partition, ground, region.code)
    if ceilings is None or problems:
        raise InputError(problems)
    quarters = (
        read_quarters(sheets.quarters)
        if sheets.quarters
        else _stored_quarters(store, partition, ground, region.code)
    )
    case = Case(
        region.code,
        territories(partition, ground, region.code),
        rules_at(on),
        ceilings,
        read_choices(sheets.choices) if sheets.choices else (),
        tuple(one for one in quarters if one.region == region.code),
        read_criteria(sheets.criteria) if sheets.criteria else (),
    )
    return Study(region, on, case, partition, ground, apl)


def _not_a_region(perimeter: Perimeter) -> Problem:
    return Problem(
        "REGION",
        f"« {perimeter.nom} »",
        "une région entière (les plafonds sont régionaux)",
        "écrire « region:84 » ou « region:Bretagne »",
    )


def _no_ceilings(region: Perimeter) -> Problem:
    return Problem(
        f"plafonds de population {region.charniere or region.nom}",
        "aucun n'est connu à cette date",
        "la part de la population de la région que peuvent réunir ZIP et ZAC",
        "remplir la feuille que donne « assemblier zonage feuille plafonds », puis la redonner "
        "avec --plafonds",
    )


def _ceilings(region: Perimeter, on: dt.date, path: Path | None) -> Ceilings | None:
    if path is not None:
        for one in read_ceilings(path):
            if one.region == region.code:
                return one
    return ceilings_at(region.code, on)


def _stored_quarters(
    store: "Store", partition: Partition, ground: Ground, region: str
) -> tuple[Quartier, ...]:
    """Return the imported quarters of a region; one of several communes has unknown parts."""
    import polars as pl

    if not store.find("qpv"):
        return ()
    table = store.read("qpv").frame.filter(pl.col("indicateur") == QUARTER_POPULATION)
    rows = table.select("code_qpv", "nom", "code_commune", "valeur").iter_rows()
    return tuple(
        Quartier(code, name, region, people, {partition.unit_of[commune]: 1.0})
        for code, name, commune, people in rows
        if ground.region.get(commune) == region and commune in partition.unit_of
    )


# --- what is present


@cache
def _columns() -> tuple[Mapping[str, float], Mapping[str, str], Mapping[str, str]]:
    rows = index()
    return (
        dict(zip(rows.codes, rows.population.tolist(), strict=True)),
        dict(zip(rows.codes, rows.code_region.tolist(), strict=True)),
        dict(zip(rows.codes, rows.nom.tolist(), strict=True)),
    )


def inhabitants() -> Mapping[str, float]:
    """Return the residents of each commune, nan where unknown."""
    return _columns()[0]


def _ground(apl: Apl) -> Ground:
    population, region, nom = _columns()
    return Ground(_with_restored(apl.value_of), population, region, nom)


def _with_restored(value_of: Mapping[str, T]) -> dict[str, T]:
    """Return values by commune where a restored commune has that of the commune it came from."""
    found = dict(value_of)
    rows = data.communes_retablies().select("code_commune", "code_origine").iter_rows()
    for code, origin in rows:
        if origin in value_of:
            found.setdefault(code, value_of[origin])
    return found


def _partition(path: Path | None, store: "Store") -> Partition:
    """Return the official territories where they are known, else the bassins de vie."""
    if path is not None:
        rows, names = read_composition(path)
        return _of_today(rows, names, path.name)
    if found := store.find("composition_tvs"):
        table = store.read("composition_tvs", found[-1].source.key, found[-1].vintage).frame
        rows = dict(table.select("code_commune", "code_tvs").iter_rows())
        names = dict(table.drop_nulls("nom_tvs").select("code_tvs", "nom_tvs").iter_rows())
        return _of_today(rows, names, found[-1].vintage)
    # Several files tell where communes belong; only some of them tell their bassin de vie.
    for entry in reversed(store.find("appartenance")):
        if bassins := _bassins(store, entry.source.key, entry.vintage):
            return bassins
    raise UnavailableError(
        "composition des territoires de vie-santé ou des bassins de vie",
        "la table de passage des communes aux territoires de vie-santé (DREES), ou la table "
        "d'appartenance géographique des communes (Insee)",
    )


def _of_today(rows: Mapping[str, str], names: Mapping[str, str], vintage: str) -> Partition:
    units, absorbed = merged_composition(rows, index().current)
    kept = {unit: name for unit, name in names.items() if unit not in absorbed}
    return Partition("tvs", _with_restored(units), kept, vintage)


def _bassins(store: "Store", key: str, vintage: str) -> Partition | None:
    """Return the bassins de vie of one file, None where it does not tell them."""
    table = store.read("appartenance", key, vintage).frame.drop_nulls("bassin_de_vie")
    if table.is_empty():
        return None
    units = dict(table.select("code_commune", "bassin_de_vie").iter_rows())
    names: dict[str, str] = {}
    for parts in index().arrondissements.values():
        # As for the territories of the law: each arrondissement is a territory of its own.
        units.update((part, part) for part in parts)
        names.update((part, _columns()[2][part]) for part in parts)
    if store.find("zones"):
        zones = store.read("zones").frame
        for level, code, name in zones.select("niveau", "code", "nom").iter_rows():
            if level == "bassin_de_vie":
                names[code] = name
    return Partition("bassin_de_vie", _with_restored(units), names, f"{_MERGED_VINTAGE} {vintage}")


def _apl(path: Path | None, store: "Store") -> Apl:
    """Return the APL of a file, else the latest imported, else that embedded of Haute-Loire."""
    if path is not None:
        source = Source(f"fichier-{path.stem}", "fichier donné", path.name, "", licence="")
        return Apl(read_apl(path), f"APL du fichier {path.name}", source)
    for entry in reversed(store.find("apl_publiee")):
        found = _imported_apl(store, entry.source.key, entry.vintage)
        if found is not None:
            return found
    latest = facts.apl_publiee().filter(facts.apl_publiee()["millesime"] == 2024)
    values = dict(latest.select("code_commune", SERIES).iter_rows())
    label = "APL 2024 aux médecins de 65 ans et moins (Haute-Loire seulement)"
    return Apl(values, label, facts.source("drees-apl-mg"))


def _imported_apl(store: "Store", key: str, vintage: str) -> Apl | None:
    import polars as pl

    imported = store.read("apl_publiee", key, vintage)
    table = imported.frame.filter((pl.col("profession") == MEDECIN) & pl.col(SERIES).is_not_null())
    if not table.height:
        return None
    latest = table.filter(pl.col("millesime") == table["millesime"].max())
    year = latest["millesime"][0]
    series = {
        name: dict(latest.drop_nulls(name).select("code_commune", name).iter_rows())
        for name in (SERIES, "apl_62", "apl_60")
    }
    others = {name: found for name, found in series.items() if name != SERIES and found}
    label = f"APL {year} aux médecins de 65 ans et moins"
    return Apl(series[SERIES], label, imported.source, others)


# --- acts


def register(path: Path | None, store: "Store") -> Register:
    """Return the known acts: those of a file, else those kept with the data, else none.

    Raises
    ------
    DataError
        When the register is wrong, or acts overlap: all problems at once.
    """
    kept = store.folder / ACTS_FILE
    chosen = path or (kept if kept.is_file() else None)

    def imported(name: str, profession: str) -> list[tuple[str, str]]:
        key, _, vintage = name.partition("@")
        table = store.read("zonage", key, vintage).frame.drop_nulls("zone")
        rows = table.filter(table["profession"] == profession)
        return list(rows.select("code_commune", "zone").iter_rows())

    return Register(read_acts(chosen, imported) if chosen else ())


@dataclass(frozen=True, slots=True)
class Listed:
    """The zone of a commune in a list without a dated act: an indication, never an answer."""

    code_commune: str
    zones: tuple[str, ...]
    source: Source
    vintage: str


def undated_zones(codes: tuple[str, ...], profession: str, store: "Store") -> dict[str, Listed]:
    """Return what the latest imported list without an act says of some communes.

    A commune with several zones (a join by postcode that is ambiguous) has them all.
    """
    import polars as pl

    for entry in reversed(store.find("zonage")):
        imported = store.read("zonage", entry.source.key, entry.vintage)
        table = imported.frame.filter(
            (pl.col("profession") == profession)
            & pl.col("code_commune").is_in(codes)
            & pl.col("zone").is_not_null()
        )
        if table.height:
            found: dict[str, set[str]] = {}
            for code, zone in table.select("code_commune", "zone").iter_rows():
                found.setdefault(code, set()).add(zone)
            return {
                code: Listed(code, tuple(sorted(zones)), imported.source, entry.vintage)
                for code, zones in found.items()
            }
    return {}


def known_population(codes: tuple[str, ...]) -> float | None:
    """Return the residents of some communes together, None where one is unknown."""
    total = sum(inhabitants()[code] for code in codes)
    return None if isnan(total) else total
