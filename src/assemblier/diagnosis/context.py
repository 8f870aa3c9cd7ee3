"""What surrounds health: income, housing, households, age, from the indicators that were imported.

An indicator printed for a territory is cited for that territory, never averaged. The bassins de vie
of a producer are named by the commune at their centre: their composition may be of another year.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.local import POPULATION_VINTAGE, population_of
from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.maths import inequality
from assemblier.maths.arrays import Array
from assemblier.sources.stored import Signature, Stored, state, stored
from assemblier.territory import Perimeter, index

if TYPE_CHECKING:
    import polars as pl

LEVELS = {
    "commune": "commune",
    "epci": "epci",
    "departement": "departement",
    "region": "region",
    "bassin": "bassin_de_vie",
    "tvs": "tvs",
    "zone_emploi": "zone_emploi",
}
"""The level of the tables of each kind of perimeter."""

DETERMINANTS = (
    ("Revenu", r"(?i)médiane du niveau de vie"),
    ("Pauvreté", r"(?i)taux de pauvreté"),
    ("Prestations", r"(?i)part des (prestations|minima) socia"),
    ("Logement", r"(?i)suroccupation|locataires HLM"),
    ("Isolement, famille", r"(?i)familles monoparentales|taille moyenne des ménages"),
    ("Formation", r"(?i)non ou peu diplômés"),
    ("Âge", r"(?i)^part .*(75|65) ans"),
    ("Emploi", r"(?i)ouvriers|chômage|chômeurs"),
    ("Mobilité", r"(?i)sans voiture|distance aux urgences"),
)
"""Each determinant, and the indicators that tell it."""

SECRET = "secret statistique"
FILE = (
    "Insee, Filosofi (revenus et pauvreté par commune) ; CartoSanté ou statistiques locales de "
    "l'Insee (déterminants par bassin de vie)"
)
MEDIAN_METHOD = (
    "Niveau de vie : médiane, pondérée par la population, des médianes des communes ; ce n'est pas "
    "la médiane des ménages du territoire."
)
MEAN_METHOD = "Part : moyenne des parts des communes, pondérée par la population."


@dataclass(frozen=True, slots=True)
class Determinant:
    """One indicator of one determinant.

    Attributes
    ----------
    family
        The first of a pair of `DETERMINANTS`.
    label
        The indicator, as its producer words it.
    figures
        Its value in each territory of the table, by code.
    """

    family: str
    label: str
    figures: Mapping[str, Figure]


def determinants(level: str, codes: Sequence[str]) -> tuple[Determinant, ...]:
    """Return the determinants printed for some territories of one level.

    Parameters
    ----------
    level
        A level of the tables: ``"bassin_de_vie"``, ``"epci"``, ``"commune"``…
    codes
        Codes of the territories at that level.

    Always true
    -----------
    A secret or unknown value is not available, and says which; it is never zero.
    """
    found: dict[str, Determinant] = {}
    for table in stored("indicateurs"):
        for family, label, figures in _matching(table, level, codes):
            found.setdefault(label, Determinant(family, label, figures))
    order = [family for family, _ in DETERMINANTS]
    return tuple(sorted(found.values(), key=lambda one: order.index(one.family)))


def _matching(
    table: Stored, level: str, codes: Sequence[str]
) -> list[tuple[str, str, dict[str, Figure]]]:
    """Return family, indicator and figures of what a table says of some territories."""
    import polars as pl

    rows = table.rows("code", tuple(codes)).filter(pl.col("niveau") == level)
    found = []
    for (label,), part in rows.partition_by("indicateur", as_dict=True).items():
        family = _family(str(label))
        if family:
            found.append((family, str(label), _figures(part, str(label), table)))
    return found


def _family(label: str) -> str:
    return next((family for family, pattern in DETERMINANTS if re.search(pattern, label)), "")


def _figures(part: "pl.DataFrame", label: str, table: Stored) -> dict[str, Figure]:
    columns = ("code", "millesime", "valeur", "unite", "statut")
    return {
        code: cited_value(label, value, unit or "", str(year), status, table)
        for code, year, value, unit, status in part.sort("millesime").select(columns).iter_rows()
    }


def cited_value(
    label: str, value: float | None, unit: str, vintage: str, status: str, table: Stored
) -> Figure:
    """Return a value as a table holds it: known, secret or not available."""
    if value is None:
        absent = f"rien : {table.source.title} ne donne pas cette valeur"
        missing = f"rien : {SECRET}" if status == "secret" else absent
        note = SECRET if status == "secret" else ""
        return unavailable(label, missing, unit, vintage, note)
    decimals = 0 if unit.startswith(("euros", "habitants")) else 1
    origin = Provenance((table.source,))
    return Figure(label, value, unit, Nature.CITE, vintage, origin, decimals)


def living_standard(perimeter: Perimeter) -> Figure:
    """Return the living standard of the commune where the median inhabitant of a territory lives.

    For one commune it is the median Filosofi prints.
    """
    label, unit = "niveau de vie médian", "€ par an"
    found = _filosofi(perimeter, "Médiane du niveau de vie")
    if found is None:
        return unavailable(label, FILE, unit)
    values, table, year = found
    known = known_part(values, np.nan_to_num(population_of(perimeter.codes)))
    if known is None:
        return unavailable(label, FILE, unit, str(year))
    if len(perimeter.codes) == 1:
        origin = Provenance((table.source,))
        return Figure(label, float(values[0]), unit, Nature.CITE, str(year), origin)
    order = np.argsort(known.values, kind="stable")
    half = np.cumsum(known.weights[order]) >= known.weights.sum() / 2
    return Figure(
        label,
        float(known.values[order][np.argmax(half)]),
        unit,
        vintage=f"{year}, {POPULATION_VINTAGE}",
        provenance=Provenance((table.source,), MEDIAN_METHOD) | index().provenance("population"),
        note=excluded_note(known),
    )


def living_standards(perimeter: Perimeter) -> tuple[Array, Source, int] | None:
    """Return (communes,) the median living standard of each, nan where it is not published.

    Returns
    -------
        Euros a year, their source and their year; None when no file was imported.
    """
    found = _filosofi(perimeter, "Médiane du niveau de vie")
    return None if found is None else (found[0], found[1].source, found[2])


def _filosofi(perimeter: Perimeter, label: str) -> tuple[Array, Stored, int] | None:
    import polars as pl

    for table in stored("filosofi"):
        rows = table.rows("code_commune", perimeter.codes).filter(
            pl.col("indicateur").str.starts_with(label)
        )
        if rows.is_empty():
            continue
        year = int(str(rows["millesime"].max()))
        rows = rows.filter(pl.col("millesime") == year)
        known = dict(rows.select("code_commune", "valeur").iter_rows())
        values = np.array([known.get(code) for code in perimeter.codes], dtype=np.float64)
        return values, table, year
    return None


@lru_cache(maxsize=8)
def _printed_shares(
    age: int, _state: Signature
) -> tuple[tuple[Stored, Mapping[str, float | None]], ...]:
    """Return the shares of old people printed by commune, table by table, newest first."""
    import polars as pl

    found = []
    for table in stored("indicateurs"):
        rows = table.rows("niveau", ("commune",)).filter(
            pl.col("indicateur").str.contains(rf"(?i)^part des (?:pers\D*)?{age} ans")
        )
        if not rows.is_empty():
            found.append((table, dict(rows.select("code", "valeur").iter_rows())))
    return tuple(found)


def old_share(perimeter: Perimeter, age: int) -> Figure:
    """Return the share of people of at least some age, from shares printed by commune."""
    label = f"part des {age} ans ou plus"
    for table, known in _printed_shares(age, state()):
        values = np.array([known.get(code) for code in perimeter.codes], dtype=np.float64)
        part = known_part(values, np.nan_to_num(population_of(perimeter.codes)))
        if part is not None:
            origin = Provenance((table.source,), MEAN_METHOD) | index().provenance("population")
            return Figure(
                label,
                inequality.mean(part.values, part.weights),
                "%",
                vintage=table.vintage,
                provenance=origin,
                decimals=1,
                note=excluded_note(part),
            )
    return unavailable(label, "Insee, recensement : population par sexe et âge, par commune", "%")
