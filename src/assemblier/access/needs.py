"""How the needs of people are counted: published, read back, by ages, or each for one."""

from dataclasses import replace

from assemblier.access.demand import Demand, StandardisedPeople, resident_demand
from assemblier.access.method import PROFESSIONS, WEIGHTS, Method, latest
from assemblier.access.people import people_by_age
from assemblier.access.published import standardised_people
from assemblier.access.weights import recovery, sheet_method
from assemblier.errors import InputError, Problem
from assemblier.figures import Provenance

DEMANDS = {
    "publiee": "la population standardisée que publie la DREES",
    "retrouvee": "la population par âge, pesée comme la DREES : poids retrouvés de son classeur",
    "ages": "la population par âge, pesée par les poids connus ou supposés",
    "brute": "les habitants, chacun pour un",
}
"""The ways of counting needs, and what they are."""


def needs(method: Method, named: str = "", year: int | None = None) -> tuple[Method, Demand]:
    """Return the method with the weights that were used, and the demand of every commune.

    Parameters
    ----------
    method
        Of the profession.
    named
        A key of `DEMANDS`; by default the published population where it was imported, and ages
        where it is unknown.
    year
        Of the indicator that is compared with; the latest by default.

    Raises
    ------
    InputError
        When the way is unknown, or its files were not imported.

    Examples
    --------
    >>> from datetime import date
    >>> from assemblier.access.method import method
    >>> found, demand = needs(method("infirmier", date(2024, 1, 1)), "brute")
    >>> bool(demand.ages_known.any())
    False
    """
    if named not in ("", *DEMANDS):
        raise InputError([_unknown(named)])
    if named == "retrouvee":
        weighed = recovery(method).method
    elif named == "brute":
        told = "Chaque habitant compte pour un, à la demande de l'utilisateur."
        used = tuple(one for one in method.used if not one.path.endswith(WEIGHTS))
        weighed = replace(method, ages=(), weights=None, used=used, told=told)
    else:
        weighed = sheet_method(method) or method
    published = _published(method, year) if named in ("", "publiee") else None
    if named == "publiee" and published is None:
        raise InputError([_not_imported(method, year)])
    lag = int(latest("apl.population_reference.annees_avant", method.on).value)
    people = people_by_age(method, None if year is None else year - lag)
    return weighed, resident_demand(weighed, *people, published=published)


def _published(method: Method, year: int | None) -> StandardisedPeople | None:
    found = standardised_people(method.profession, year)
    if found is None or found.source is None:
        return None
    return StandardisedPeople(found.standardised, Provenance((found.source,)))


def _unknown(named: str) -> Problem:
    return Problem("--demande", f"« {named} »", ", ".join(DEMANDS), "choisir une de ces manières")


def _not_imported(method: Method, year: int | None) -> Problem:
    which = f" de {year}" if year else ""
    return Problem(
        "--demande publiee",
        f"aucune population standardisée importée{which} pour les {PROFESSIONS[method.profession]}",
        "le classeur de l'APL de la DREES pour cette profession",
        "« assemblier sources importer CHEMIN », ou une autre --demande",
    )
