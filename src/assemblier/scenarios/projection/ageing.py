"""The inhabitants to come: each commune aged as its département was between two censuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.access import Baseline, PeopleByAge, embedded_people, people_of
from assemblier.access.method import Method
from assemblier.access.people import EMBEDDED_YEAR
from assemblier.figures import NOWHERE, Provenance
from assemblier.maths.arrays import Array
from assemblier.maths.cohort_change import cohort_change, projected
from assemblier.maths.demand import reclassed, standardised
from assemblier.sources.stored import stored

STEP = 5
"""Years between the two censuses, and width of the classes."""
CLASSES = tuple(float(age) for age in range(0, 100, STEP))
METHOD = (
    "Population projetée par les rapports de cohortes entre deux recensements séparés de cinq ans "
    "(Hamilton et Perry, 1962), les mêmes dans tout le département."
)
CONSTANT = (
    "La population et ses âges sont tenus constants : deux recensements par âge, séparés de cinq "
    "ans, les feraient évoluer (Insee, population par sexe et âge quinquennal, par commune)."
)


@dataclass(frozen=True, slots=True, eq=False)
class Ageing:
    """People by class of five years, and how they change.

    Attributes
    ----------
    year
        Of the last census; 0 where two censuses are not known.
    before, after
        Commune code to (classes,) people.
    method
        Weights of each age.
    provenance
        The two censuses.
    """

    year: int
    before: Mapping[str, Array]
    after: Mapping[str, Array]
    method: Method | None
    provenance: Provenance = NOWHERE

    @property
    def is_known(self) -> bool:
        """Whether people are projected."""
        return self.year > 0


NOTHING = Ageing(0, {}, {}, None)


def ageing_of(baseline: Baseline) -> Ageing:
    """Return what two censuses say of the area of a baseline; nothing where there are not two.

    Parameters
    ----------
    baseline
        Its whole départements must be in both.
    """
    known = _censuses(baseline.method)
    for year in sorted(known, reverse=True):
        before, after = known.get(year - STEP), known[year]
        if before is None or not _covers(before, after, baseline.area):
            continue
        origin = before.provenance | after.provenance | Provenance(method=METHOD)
        return Ageing(year, before.people, after.people, baseline.method, origin)
    return NOTHING


def _censuses(method: Method) -> dict[int, PeopleByAge]:
    found = {EMBEDDED_YEAR: embedded_people(method)}
    for table in stored("population_age"):
        found[table.year] = people_of(table, method.sexe)
    return {year: one for year, one in found.items() if one.ages == CLASSES}


def _covers(before: PeopleByAge, after: PeopleByAge, area: Sequence[str]) -> bool:
    return all(code in before.people and code in after.people for code in area)


def need_factors(ageing: Ageing, baseline: Baseline, year: int) -> Array:
    """Return (homes,) by how much the needs of each home grow from the census to a year.

    1 outside the area of the baseline, and where nobody lives.

    Always true
    -----------
    In the year of the census it is 1 everywhere.
    """
    factors = np.ones(len(baseline.homes))
    if not ageing.is_known or ageing.method is None or year <= ageing.year:
        return factors
    inside = np.flatnonzero(np.isin(baseline.homes, baseline.area))
    people = np.stack([ageing.after[baseline.homes[home]] for home in inside])
    later = _later(ageing, baseline.area, people, year)
    before, after = (_needs(ageing.method, one) for one in (people, later))
    factors[inside] = np.divide(after, before, out=np.ones(len(inside)), where=before > 0)
    return factors


def people_factor(ageing: Ageing, baseline: Baseline, codes: Sequence[str], year: int) -> float:
    """Return by how much the inhabitants of some communes grow from the census to a year."""
    if not ageing.is_known or year <= ageing.year:
        return 1.0
    people = np.stack([ageing.after[code] for code in codes if code in ageing.after])
    later = _later(ageing, baseline.area, people, year)
    return float(later.sum() / people.sum()) if people.sum() else 1.0


def _later(ageing: Ageing, area: Sequence[str], people: Array, year: int) -> Array:
    before, after = (
        np.sum([one[code] for code in area], axis=0) for one in (ageing.before, ageing.after)
    )
    return projected(people, cohort_change(before, after), year - ageing.year)


def _needs(method: Method, people: Array) -> Array:
    if method.weights is None:
        return np.asarray(people.sum(axis=1), np.float64)
    return standardised(reclassed(people, CLASSES, method.ages), method.weights)
