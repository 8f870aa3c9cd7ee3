"""The zoning from what this machine has: imported tables, embedded facts, sheets of an officer."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assemblier import data
from assemblier.diagnosis.zonage_apl import AGE, Apl, chosen_apl
from assemblier.diagnosis.zonage_files import (
    IMPORTED,
    read_acts,
    read_ceilings,
    read_choices,
    read_composition,
    read_criteria,
    read_quarters,
)
from assemblier.diagnosis.zonage_quarters import imported_quarters
from assemblier.errors import InputError, Problem, UnavailableError
from assemblier.territory import Perimeter, index
from assemblier.zoning.acts import Register
from assemblier.zoning.choices import Choice, Criterion, Quartier, choice_problems, order_of
from assemblier.zoning.doctors import Case, Position, position
from assemblier.zoning.rules import Ceilings, Rules, ceilings_at, rules_at
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
_MERGED_VINTAGE = "appartenance géographique des communes"


@dataclass(frozen=True)
class Sheets:
    """The files an officer gives; those left out come from what is imported.

    With `is_partial`, territories without an APL are left out instead of being refused. Doctors
    above `age` are not counted.
    """

    ceilings: Path | None = None
    choices: Path | None = None
    criteria: Path | None = None
    quarters: Path | None = None
    composition: Path | None = None
    apl: Path | None = None
    is_partial: bool = False
    age: int = AGE


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
        """Return the title, which says it when the territories are not those of the law, or not
        all of them.
        """
        title = f"Zonage simulé des médecins {self.region.charniere or self.region.nom}"
        if not self.is_legal:
            title += f", avec les seuls médecins de {self.apl.age} ans et moins"
        if not self.partition.is_official:
            title += ", par bassin de vie (composition des territoires de vie-santé absente)"
        left = len(self.case.unclassed)
        if left:
            known = len(self.case.units)
            title += f", partiel : {known} {self.partition.label} sur {known + left} ont une APL"
        return title

    @property
    def is_legal(self) -> bool:
        """Whether the doctors counted are those of the texts."""
        return self.apl.age == AGE

    def projected(self, value_of: Mapping[str, float]) -> tuple[Territoire, ...]:
        """Return the territories with another APL of communes."""
        return territories(self.partition, ground_of(value_of), self.case.region)


def study(region: Perimeter, on: dt.date, sheets: Sheets, store: "Store") -> Study:
    """Return all that the simulation of a region rests on.

    Raises
    ------
    InputError
        When the perimeter is not a region, a file is wrong or names what is not there, ceilings or
        the composition of territories are absent, a territory has no APL or a commune no
        territory: all problems at once.
    """
    if region.kind != "region":
        raise InputError([_not_a_region(region)])
    rules = rules_at(on)
    heap = _Heap()
    partition = heap.tried(lambda: _partition(sheets.composition, store))
    apl = heap.tried(lambda: chosen_apl(sheets.apl, store, region.codes, sheets.age))
    ceilings = heap.tried(lambda: _ceilings(region, on, sheets.ceilings))
    choices = heap.tried(lambda: _choices(sheets.choices, heap))
    criteria = heap.tried(lambda: _read(read_criteria, sheets.criteria))
    quarters = heap.tried(lambda: _quarters(sheets.quarters, store, partition, region.code))
    if partition is not None and apl is not None:
        ground = ground_of(apl.value_of)
        heap.problems += misfits(partition, ground, region.code, sheets.is_partial)
        units = territories(partition, ground, region.code)
        heap.problems += _unusable(units, rules, choices, criteria, quarters)
    if heap.problems:
        raise InputError(heap.problems)
    assert partition and apl and ceilings  # absent, each would be a problem
    case = Case(
        region.code,
        tuple(unit for unit in units if unit.apl is not None),
        rules,
        ceilings,
        choices or (),
        quarters or (),
        criteria or (),
        tuple(unit for unit in units if unit.apl is None),
    )
    return Study(region, on, case, partition, ground, apl)


class _Heap:
    """The problems of every file, heaped up: a person repairs them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tried(self, read: Callable[[], T]) -> T | None:
        """Return what a reader returns, or None when it finds problems."""
        try:
            return read()
        except InputError as error:
            self.problems += error.problems
        except UnavailableError as error:
            action = "importer ce fichier, ou donner le vôtre (« assemblier zonage feuille … »)"
            self.problems.append(Problem(error.what, "non disponible", error.file, action))
        return None


def _read(reader: Callable[[Path], tuple[T, ...]], path: Path | None) -> tuple[T, ...]:
    return reader(path) if path is not None else ()


def _choices(path: Path | None, heap: _Heap) -> tuple[Choice, ...]:
    """Return the choices that can be read, and heap up what is wrong in the others."""
    if path is None:
        return ()
    found, problems = read_choices(path)
    heap.problems += problems
    return found


def _unusable(
    units: tuple[Territoire, ...],
    rules: Rules,
    choices: tuple[Choice, ...] | None,
    criteria: tuple[Criterion, ...] | None,
    quarters: tuple[Quartier, ...] | None,
) -> list[Problem]:
    """Return what choices and indicators lack, of those that could be read."""
    problems: list[Problem] = []
    known = [unit for unit in units if unit.apl is not None]
    if choices and quarters is not None:
        problems += choice_problems(units, quarters, choices)
    pool = [unit for unit in known if position(unit, rules) is Position.VIVIER]
    problems += order_of(pool, criteria or ())[1]
    return problems


def _not_a_region(perimeter: Perimeter) -> Problem:
    return Problem(
        "REGION",
        f"« {perimeter.nom} »",
        "une région entière (les plafonds sont régionaux)",
        "écrire « region:84 » ou « region:Bretagne »",
    )


def _ceilings(region: Perimeter, on: dt.date, path: Path | None) -> Ceilings:
    """Return the ceilings of a file, else those the parameters know."""
    known = ceilings_at(region.code, on)
    found = "aucun n'est connu à cette date"
    if path is not None:
        known = next((one for one in read_ceilings(path) if one.region == region.code), None)
        found = f"{path.name} n'a pas de ligne pour la région {region.code}"
    if known is None:
        raise InputError([_no_ceilings(region, found)])
    return known


def _no_ceilings(region: Perimeter, found: str) -> Problem:
    return Problem(
        f"plafonds de population {region.charniere or region.nom}",
        found,
        "la part de la population de la région que peuvent réunir ZIP et ZAC",
        f"remplir la feuille que donne « assemblier zonage feuille plafonds --region "
        f"region:{region.code} », puis la redonner avec --plafonds",
    )


def _quarters(
    path: Path | None, store: "Store", partition: Partition | None, region: str
) -> tuple[Quartier, ...]:
    if path is not None:
        return tuple(one for one in read_quarters(path) if one.region == region)
    return imported_quarters(store, partition, region) if partition is not None else ()


def known_quarters(region: Perimeter, store: "Store") -> tuple[Quartier, ...]:
    """Return the imported quarters of a region, for the sheet an officer completes.

    Raises
    ------
    UnavailableError
        When no composition of territories is present.
    """
    return _quarters(None, store, known_partition(store), region.code)


def known_partition(store: "Store", composition: Path | None = None) -> Partition:
    """Return the imported territories: those of the law where they are known, else bassins de vie.

    Parameters
    ----------
    store
        What was imported.
    composition
        A file given, which is then read instead.

    Raises
    ------
    UnavailableError
        When no composition of territories is present.
    InputError
        When the file given is wrong.
    """
    return _partition(composition, store)


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


def ground_of(value_of: Mapping[str, float]) -> Ground:
    """Return what territories are made from, with an APL by commune."""
    population, region, nom = _columns()
    return Ground(_with_restored(value_of), population, region, nom)


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
        known = [f"{IMPORTED}{one.source.key}@{one.vintage}" for one in store.find("zonage")]
        if f"{IMPORTED}{name}" not in known:
            raise UnavailableError(name, ", ".join(known) or "aucune n'est importée")
        table = store.read("zonage", key, vintage).frame.drop_nulls("zone")
        rows = table.filter(table["profession"] == profession)
        return list(rows.select("code_commune", "zone").iter_rows())

    return Register(read_acts(chosen, imported) if chosen else ())
