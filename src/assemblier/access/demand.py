"""Who needs care: standardised inhabitants of each commune, and how they were counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from assemblier.access.method import Method, latest
from assemblier.figures import Provenance
from assemblier.french import number
from assemblier.maths.arrays import Array
from assemblier.maths.demand import reclassed, standardised
from assemblier.territory import index


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Inhabitants on the index of communes.

    Attributes
    ----------
    population
        (communes,) residents who make the demand; nan where unknown.
    standardised
        (communes,) the same weighted by the needs of each age; where ages are unknown, each
        resident counts for one.
    ages_known
        (communes,) whether ages were known.
    total
        (communes,) all residents, for counts.
    provenance
        Sources and method.
    """

    population: Array
    standardised: Array
    ages_known: np.ndarray
    total: Array
    provenance: Provenance


@dataclass(frozen=True, slots=True, eq=False)
class PeopleByAge:
    """Inhabitants by age class of some communes.

    Attributes
    ----------
    people
        Commune code to (classes,) inhabitants, those who make the demand.
    ages
        First age of each class, the last one open.
    provenance
        Where they come from.
    """

    people: Mapping[str, Array]
    ages: tuple[float, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, eq=False)
class StandardisedPeople:
    """Standardised inhabitants somebody published.

    Attributes
    ----------
    people
        Commune code to standardised inhabitants.
    provenance
        Where they come from.
    """

    people: Mapping[str, float]
    provenance: Provenance


def resident_demand(
    method: Method, *by_age: PeopleByAge, published: StandardisedPeople | None = None
) -> Demand:
    """Return the demand of every commune of the index.

    Parameters
    ----------
    method
        Weights by age, or none.
    by_age
        Inhabitants by age where known; of two that describe a commune, the last one counts. The
        residents of the index stand elsewhere, each counting for one: the age structure of the
        whole country.
    published
        Standardised inhabitants, which count before those computed here.

    Always true
    -----------
    Of two communes of one size, the one whose people consume more counts for more.
    A commune whose standardised inhabitants are published has those.
    """
    total = index().population
    share = _share(method)
    population, weighted = total * share, total * share
    known = np.zeros(len(total), dtype=bool)
    provenance = index().provenance("population")
    for one in by_age:
        if _present(one.people):
            codes = _present(one.people)
            rows = index().positions(codes)
            people = np.stack([one.people[code] for code in codes])
            population[rows] = people.sum(axis=1)
            weighted[rows] = _weighted(people, one.ages, method)
            known[rows] = method.weights is not None
            provenance = provenance | one.provenance
    told = _told(method, int(known.sum()))
    if published is not None:
        codes = _present(published.people)
        rows = index().positions(codes)
        weighted[rows] = [published.people[code] for code in codes]
        known[rows] = True
        provenance = provenance | published.provenance
        told = _told_published(len(codes)) + told.removeprefix("Demande : ")
    return Demand(population, weighted, known, total, provenance | Provenance(method=told))


def _present(codes: Iterable[str]) -> list[str]:
    known = set(index().codes)
    return [code for code in codes if code in known]


def _share(method: Method) -> float:
    """Return the part of the residents who make the demand, where sex is unknown."""
    if method.sexe == "ensemble":
        return 1.0
    return float(latest("apl.population_reference.part_femmes", method.on).value)


def _weighted(people: Array, ages: tuple[float, ...], method: Method) -> Array:
    if method.weights is None:
        return np.asarray(people.sum(axis=1), np.float64)
    return standardised(reclassed(people, ages, method.ages), method.weights)


def _told_published(count: int) -> str:
    return (
        f"Demande : population standardisée publiée par la DREES dans {number(count)} communes. "
        "Là où elle manque : "
    )


def _told(method: Method, known: int) -> str:
    if method.weights is None:
        who = "femmes, non standardisées" if method.sexe == "F" else "habitants non standardisés"
        return f"Demande : {who}, sans poids par âge."
    if not known:
        return "Demande : habitants non standardisés, population par âge non fournie."
    return (
        f"Demande : population standardisée par âge dans {number(known)} communes ; ailleurs "
        "structure par âge de la France entière."
    )
