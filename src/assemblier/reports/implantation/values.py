"""The names, the units and the figures of a siting."""

from math import isnan

from assemblier.figures import Figure, Nature, Provenance
from assemblier.french import number
from assemblier.reports.apl_words import counted
from assemblier.reports.places import of_commune
from assemblier.scenarios.choosing import Objective
from assemblier.scenarios.siting import Siting, Structure

NAMES = {
    Structure.CENTRE: ("centre de santé", "centres de santé"),
    Structure.MSP: ("maison de santé", "maisons de santé"),
    Structure.ANTENNE: ("antenne", "antennes"),
}

VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüyœæ")


def name(found: Siting, place: int) -> str:
    """Return how people read a place."""
    return found.candidates[place].label


def of_name(found: Siting, place: int) -> str:
    """Return a place after « de »."""
    one = found.candidates[place]
    if not one.nom:
        return of_commune(one.code_commune)
    link = "d'" if one.nom[:1].casefold() in VOWELS else "de "
    return f"{link}{one.label}"


def peopled(found: Siting, place: int) -> str:
    """Return a place and the residents of its commune."""
    people, _, _ = found.around(place)
    return f"{name(found, place)} ({_residents(people)})"


def _residents(people: float) -> str:
    return "population inconnue" if isnan(people) else counted(people, "habitant")


def places_asked(found: Siting) -> str:
    """Return how many of what is asked for, or chosen where money decides."""
    one, several = NAMES[found.request.structure]
    asked = found.request.count
    return counted(len(found.choice.chosen) if asked is None else asked, one, several)


def target(found: Siting) -> str:
    """Return the threshold as people read it."""
    return number(found.network.target, 1)


def provenance_of(found: Siting) -> Provenance:
    """Return where the figures of a siting come from."""
    method = "Gain d'un lieu : son activité, partagée entre ceux qui peuvent l'atteindre."
    origin = found.baseline.provenance | Provenance(method=method)
    for one in found.weights:
        origin = origin | one.provenance
    return origin


def vintage(found: Siting) -> str:
    """Return the situation the choice starts from: a baseline, and the scenario it went through."""
    told = f"socle {found.baseline.year}"
    if found.scenario is None:
        return told
    return f"{told}, scénario {found.scenario.identity}"


def figure(found: Siting, label: str, value: float, unit: str, digits: int = 0) -> Figure:
    """Return one figure of a siting: an estimate, as the baseline is."""
    return Figure(
        label, value, unit, Nature.ESTIME,
        vintage=vintage(found), provenance=provenance_of(found), decimals=digits,
    )  # fmt: skip


def judged(found: Siting) -> str:
    """Return what the choice is judged on, as a sentence continues."""
    minutes = number(found.network.within)
    told = {
        Objective.MANQUE: "le manque, qui compte d'autant plus qu'il est profond",
        Objective.COUVERTURE: f"les habitants sous {target(found)} qui sont à {minutes} minutes "
        "ou moins d'un lieu",
        Objective.SEUIL: f"les habitants qui passent {target(found)}, puis le trajet le plus court",
    }[found.request.objective]
    return f"{told}, chacun compté selon les poids choisis" if found.weights else told


def unit_of(found: Siting) -> str:
    """Return what the value of a choice counts."""
    if found.request.objective is Objective.MANQUE:
        return "% du manque"
    return "habitants pondérés" if found.weights else "habitants"


def shown(found: Siting, value: float) -> float:
    """Return a value in the unit of `unit_of`."""
    if found.request.objective is not Objective.MANQUE:
        return value
    whole = found.lack
    return 100 * value / whole if whole else 0.0


def decimals(found: Siting) -> int:
    """Return how many decimals a value of `shown` has."""
    return 1 if found.request.objective is Objective.MANQUE else 0
