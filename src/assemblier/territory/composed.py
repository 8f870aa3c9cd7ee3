"""Territories that only an imported file describes, commune by commune.

They are the bassins de vie, the zones d'emploi and the territoires de vie-santé.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assemblier import data
from assemblier.figures import Source
from assemblier.sources.stored import Stored, state, stored
from assemblier.territory.communes import index


@dataclass(frozen=True, slots=True)
class Column:
    """Where the composition of a kind is: table, column of codes, column or level of names."""

    table: str
    code: str
    level: str
    words: str


COLUMNS = {
    "bassin": Column("appartenance", "bassin_de_vie", "bassin_de_vie", "bassin de vie"),
    "zone_emploi": Column("appartenance", "zone_emploi", "zone_emploi", "zone d'emploi"),
    "tvs": Column("composition_tvs", "code_tvs", "tvs", "territoire de vie-santé"),
}
"""Kinds whose composition is imported."""


@dataclass(frozen=True, eq=False)
class Composition:
    """The territories of one kind.

    Attributes
    ----------
    members
        Communes of each territory, ascending, by code of the territory.
    names
        Its name, by code; its code where the source gives no name.
    source
        The file they come from.
    """

    members: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    source: Source


def composition(kind: str) -> Composition | None:
    """Return the territories of a kind, from the newest file that describes them, or None.

    Parameters
    ----------
    kind
        A key of `COLUMNS`.

    Always true
    -----------
    A commune of the index is in one territory at most.
    """
    return _composition(kind, state())


@lru_cache(maxsize=12)
def _composition(kind: str, _state: tuple[str, ...]) -> Composition | None:
    column = COLUMNS[kind]
    for table in stored(column.table):
        members = _members(table, column)
        if members:
            return Composition(members, _names(table, column, members), table.source)
    return None


def _members(table: Stored, column: Column) -> dict[str, tuple[str, ...]]:
    frame = table.rows().drop_nulls(column.code)
    if not frame.is_empty():
        frame = frame.filter(frame["millesime"] == frame["millesime"].max())
    known = frozenset(index().codes)
    found: dict[str, list[str]] = {}
    for commune, code in frame.select("code_commune", column.code).sort("code_commune").iter_rows():
        if commune in known:
            found.setdefault(code, []).append(commune)
    return {code: tuple(communes) for code, communes in sorted(found.items())}


def _names(table: Stored, column: Column, members: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    named = {code: code for code in members}
    if "nom_tvs" in table.rows().columns:
        own = table.rows().select(column.code, "nom_tvs").drop_nulls().iter_rows()
        named |= {code: name for code, name in own if code in members}
    for names in reversed(stored("zones")):  # the newest speaks last
        rows = names.rows("niveau", (column.level,)).select("code", "nom").iter_rows()
        named |= {code: name for code, name in rows if code in members}
    return named


def situation(communes: tuple[str, ...]) -> str:
    """Return the département where most of the people of some communes live."""
    rows = index()
    people: dict[str, float] = {}
    for row in rows.positions(communes):
        code = str(rows.code_departement[row])
        population = float(rows.population[row])
        people[code] = people.get(code, 0.0) + (population if population == population else 0.0)
    names = dict(data.departements().select("code_departement", "nom").iter_rows())
    return str(names.get(max(sorted(people), key=lambda code: people[code]), ""))
