"""Weights by age that no text gives: read back from a workbook of the DREES, or in its sheet."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assemblier.access.ages import band
from assemblier.access.demand import PeopleByAge
from assemblier.access.method import PROFESSIONS, Method, latest
from assemblier.access.people import people_of
from assemblier.access.published import Published, standardised_years
from assemblier.errors import DataError, Problem
from assemblier.french import number
from assemblier.maths.demand import RecoveredWeights, recovered_weights
from assemblier.sources.stored import Stored, stored

LARGEST_GAP = 0.05
"""Beyond, the two files do not describe the same people: the weights are refused."""

FEWEST_CLASSES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Recovery:
    """Weights by age read back from a published standardised population.

    Attributes
    ----------
    method
        The method, with these weights.
    ages, weights
        First age of each class, and its relative consumption.
    year, people_year
        Of the indicator, and of the people by age.
    communes
        How many were compared.
    relative_gap
        0 when the published population is found exactly.
    """

    method: Method
    ages: tuple[float, ...]
    weights: tuple[float, ...]
    year: int
    people_year: int
    communes: int
    relative_gap: float


def recovery(method: Method) -> Recovery:
    """Return the weights behind the latest standardised population whose census is imported.

    Parameters
    ----------
    method
        Of the profession.

    Always true
    -----------
    The census is of the very year of the standardised population.

    Raises
    ------
    DataError
        When no workbook gives a standardised population, no census of its year is imported, the
        age classes cannot be told apart, or the two files do not describe the same people.
    """
    years = standardised_years(method.profession)
    if not years:
        raise DataError([_no_workbook(method)])
    lag = int(latest("apl.population_reference.annees_avant", method.on).value)
    for one in years:
        table = _census(one.year - lag)
        if table is not None:
            return _recovered(method, one, table, one.year - lag)
    raise DataError([_other_vintage(method, years[0].year - lag)])


def _census(year: int) -> Stored | None:
    return next((one for one in stored("population_age") if one.year == year), None)


def _recovered(method: Method, found: Published, table: Stored, year: int) -> Recovery:
    people = people_of(table, method.sexe)
    codes = [code for code in found.standardised if code in people.people]
    if not codes:
        raise DataError([_nothing_common(year)])
    matrix = np.stack([people.people[code] for code in codes])
    target = np.array([found.standardised[code] for code in codes])
    weights = recovered_weights(matrix, target, table.year, year)
    if weights.relative_gap > LARGEST_GAP:
        raise DataError([_not_the_same(weights, year)])
    return _recovery(method, found, people, weights, year, len(codes))


def _recovery(
    method: Method,
    found: Published,
    people: PeopleByAge,
    weights: RecoveredWeights,
    year: int,
    communes: int,
) -> Recovery:
    told = (
        f"Poids par âge retrouvés de la population standardisée {year} de la DREES et de la "
        f"population par âge de la même année, dans {number(communes)} communes (écart relatif "
        f"{number(100 * weights.relative_gap, 2)} %) : {_listed(people.ages, weights.weights)}."
    )
    sources = (*([found.source] if found.source else []), *people.provenance.sources)
    weighed = method.weighing(people.ages, weights.weights, told, sources)
    return Recovery(
        weighed,
        people.ages,
        tuple(map(float, weights.weights)),
        found.year,
        year,
        communes,
        weights.relative_gap,
    )


def _listed(ages: tuple[float, ...], weights: np.ndarray) -> str:
    """Return the weights by first age of each class, in words."""
    pairs = zip(ages, weights.tolist(), strict=True)
    return " ; ".join(f"{number(age)} ans {number(weight, 2)}" for age, weight in pairs)


def sheet_method(method: Method) -> Method | None:
    """Return the method with the weights by age the sheet of parameters of a workbook prints.

    Parameters
    ----------
    method
        Of the profession.

    Returns
    -------
        None when no imported sheet prints one positive number for each class of ages, from birth
        to an open last class, in order.
    """
    import polars as pl

    for table in stored("parametres"):
        rows = table.rows("profession", (method.profession,)).sort("ligne")
        read = _classes(list(rows.select("cle", pl.col("valeur").fill_null("")).iter_rows()))
        if read is not None:
            ages, weights = read
            told = (
                "Poids par âge : ceux de la feuille de paramètres du classeur de la DREES "
                f"({table.vintage})."
            )
            return method.weighing(ages, weights, told, (table.source,))
    return None


def _classes(rows: list[tuple[str, str]]) -> tuple[tuple[float, ...], np.ndarray] | None:
    """Return the classes of ages of a sheet and their weights, or None."""
    read = [(band(key), _weight(value), key) for key, value in rows]
    kept = [
        (ages, weight, key) for ages, weight, key in read if ages is not None and weight is not None
    ]
    # One table of classes, whole: anything else is not understood, hence not used.
    follow = all(one[0][1] + 1 == two[0][0] for one, two in pairwise(kept))
    if len(kept) < FEWEST_CLASSES or kept[0][0][0] != 0 or not follow or "plus" not in kept[-1][2]:
        return None
    return (
        tuple(float(ages[0]) for ages, _, _ in kept),
        np.array([weight for _, weight, _ in kept], dtype=np.float64),
    )


def _weight(text: str) -> float | None:
    try:
        found = float(text.replace(",", ".").replace("\u202f", "").strip())
    except ValueError:
        return None
    return found if found > 0 else None


def _no_workbook(method: Method) -> Problem:
    return Problem(
        "--demande retrouvee",
        "aucun classeur importé ne donne de population standardisée pour les "
        f"{PROFESSIONS[method.profession]}",
        "le classeur de l'APL de la DREES pour cette profession",
        "« assemblier sources importer CHEMIN »",
    )


def _other_vintage(method: Method, year: int) -> Problem:
    known = ", ".join(sorted({one.vintage for one in stored("population_age")})) or "aucune"
    return Problem(
        "--demande retrouvee",
        f"population par âge importée : {known} ; le classeur des "
        f"{PROFESSIONS[method.profession]} emploie celle de {year}",
        f"la population par âge de {year}, du même millésime",
        f"importer la population par sexe et âge du recensement de {year}",
    )


def _nothing_common(year: int) -> Problem:
    return Problem(
        "--demande retrouvee",
        f"aucune commune commune au classeur et à la population par âge de {year}",
        "deux fichiers qui décrivent les mêmes communes, âges complets",
        "importer la population par âge de ces communes",
    )


def _not_the_same(weights: RecoveredWeights, year: int) -> Problem:
    return Problem(
        "--demande retrouvee",
        f"les poids retrouvés laissent un écart de {number(100 * weights.relative_gap, 1)} %",
        f"moins de {number(100 * LARGEST_GAP)} % : deux fichiers de la même population de {year}",
        "vérifier que les deux fichiers sont bien ceux de cette année",
    )
