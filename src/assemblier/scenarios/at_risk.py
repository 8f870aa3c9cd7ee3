"""Practices at risk: bassins whose doctors all near their retirement, far from any other."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assemblier import parameters
from assemblier.access import Isolation, isolation, minutes_to_next_bassin
from assemblier.access.choice import chosen_supply
from assemblier.access.isolation import AGE, MINUTES
from assemblier.access.method import method
from assemblier.access.scores import surroundings
from assemblier.access.supply import Supply
from assemblier.figures import Provenance
from assemblier.french import number
from assemblier.scenarios.projection import Group
from assemblier.scenarios.told_ages import listed_by_commune, practised
from assemblier.territory import Perimeter, index
from assemblier.territory.composed import composition
from assemblier.travel import Engine, TravelTimes

GP = "medecin_generaliste"
BASSIN, COMMUNE = "bassin de vie", "commune"
SEARCH_MINUTES = 60.0
"""How far the next practitioner is looked for; farther is only known to be farther."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bassin de vie, or a commune where bassins are not known.

    Attributes
    ----------
    nom
        Its name.
    communes
        Its codes.
    inhabitants
        Of its communes; None where unknown.
    isolation
        How many practise there, their ages, how far the next one is, and the verdict.
    known
        How many ages are known well enough to say on which side of the limit they are.
    older
        How many of these are over the age.
    """

    nom: str
    communes: tuple[str, ...]
    inhabitants: float | None
    isolation: Isolation
    known: int
    older: int


@dataclass(frozen=True, slots=True)
class AtRisk:
    """The places of a territory where everybody may leave, and nobody else is near.

    Attributes
    ----------
    unit
        `BASSIN`, or `COMMUNE` where the composition of the bassins was not imported.
    age, minutes
        The rule.
    detected
        Every practitioner is over the age, and the next one farther than the minutes.
    unsettled
        What is known does not settle it: ages are missing, or a supply.
    examined
        How many places have a practitioner.
    notes
        What the reader must know, in French.
    provenance
        Sources, method, parameters.
    """

    unit: str
    age: int
    minutes: int
    detected: tuple[Place, ...]
    unsettled: tuple[Place, ...]
    examined: int
    notes: tuple[str, ...]
    provenance: Provenance


def at_risk(
    perimeter: Perimeter,
    groups: Sequence[Group],
    on: date,
    engine: Engine,
    offer: str = "",
    *,
    whole: frozenset[str] = frozenset(),
) -> AtRisk:
    """Return the places whose general practitioners are all ageing, far from any other.

    Parameters
    ----------
    perimeter
        The territory; a bassin that reaches beyond it is read whole.
    groups
        Practitioners whose ages were told; those without a commune are left out. Communes they
        do not name have the ages that imported files tell.
    on
        Date of the parameters.
    engine
        Gives the minutes.
    offer
        As in `access.study`: who practises where.
    whole
        Communes whose every practitioner is in the groups, whatever the supply counts.

    Always true
    -----------
    A place with one practitioner of the age or younger is never detected.
    A place is detected, or unsettled, or neither; never two of them.
    An age that may be on either side of the limit counts as unknown.

    Raises
    ------
    InputError
        When no supply describes the territory.
    """
    unit, members, names = _places(perimeter)
    area = tuple(dict.fromkeys(code for communes in members.values() for code in communes))
    supply = chosen_supply(method(GP, on), area, offer)
    age, minutes = int(parameters.value(AGE, on)), int(parameters.value(MINUTES, on))
    ages = ages_by_commune([*groups, *_more(groups, area, on, whole)], age)
    counts = _counts(supply, ages, whole)
    travel = surroundings(area, engine, SEARCH_MINUTES)
    next_one = _minutes(travel, members, counts, supply.covered, minutes)
    people = dict(zip(index().codes, index().population.tolist(), strict=True))
    found = [
        _place(code, names.get(code, code), communes, ages, counts, next_one.get(code), people, on)
        for code, communes in members.items()
    ]
    found = sorted((one for one in found if one.isolation.practitioners), key=_order)
    return AtRisk(
        unit, age, minutes,
        tuple(one for one in found if one.isolation.is_isolated),
        tuple(one for one in found if one.isolation.is_isolated is None),
        len(found), tuple(_notes(unit, groups)),
        _provenance(supply, travel, on),
    )  # fmt: skip


def ages_by_commune(groups: Sequence[Group], age: int) -> dict[str, list[float | None]]:
    """Return the ages told in each commune; None for one that may be on either side of a limit.

    Parameters
    ----------
    groups
        Those without a commune are left out.
    age
        The limit: over it, or not.

    Examples
    --------
    >>> groups = [Group(2, 60, 64, "43234"), Group(1, 55, 59, "43234"), Group(1)]
    >>> ages_by_commune(groups, 55)
    {'43234': [60.0, 60.0, None]}
    """
    found: dict[str, list[float | None]] = {}
    for group in groups:
        if group.commune is not None:
            found.setdefault(group.commune, []).extend([_side(group, age)] * group.count)
    return found


def _more(
    groups: Sequence[Group], area: Sequence[str], on: date, whole: frozenset[str]
) -> Iterator[Group]:
    """Yield those that imported files tell, in communes that nobody named yet."""
    named = {*whole, *(one.commune for one in groups)}
    register = practised(area, on)
    for told in (register.groups if register else (), listed_by_commune(area)):
        yield from (one for one in told if one.commune not in named)
        named |= {one.commune for one in told}


def _side(group: Group, age: int) -> float | None:
    if group.youngest is None or group.oldest is None:
        return None
    if group.youngest > age or group.oldest <= age:
        return float(group.youngest)
    return None


def _places(
    perimeter: Perimeter,
) -> tuple[str, dict[str, tuple[str, ...]], Mapping[str, str]]:
    """Return the bassins that hold a commune of the territory; its communes without them."""
    bassins = composition("bassin")
    inside = set(perimeter.codes)
    names = dict(zip(index().codes, index().nom.tolist(), strict=True))
    if bassins is None:
        return COMMUNE, {code: (code,) for code in perimeter.codes}, names
    members = {
        code: communes for code, communes in bassins.members.items() if inside & set(communes)
    }
    placed = {code for communes in members.values() for code in communes}
    alone = {code: (code,) for code in perimeter.codes if code not in placed}
    return BASSIN, members | alone, names | dict(bassins.names)


def _counts(
    supply: Supply, ages: Mapping[str, Sequence[float | None]], whole: frozenset[str]
) -> dict[str, float]:
    """Return how many practise in each commune; an age that was told is somebody there."""
    counts: dict[str, float] = {}
    for code, count in supply.table.select("code_commune", "effectif").iter_rows():
        counts[code] = counts.get(code, 0.0) + count
    told = {code: float(len(some)) for code, some in ages.items()}
    more = {code: max(counts.get(code, 0.0), count) for code, count in told.items()}
    return counts | more | {code: told.get(code, 0.0) for code in whole}


def _minutes(
    travel: TravelTimes,
    members: Mapping[str, Sequence[str]],
    counts: Mapping[str, float],
    covered: frozenset[str],
    limit: int,
) -> dict[str, float | None]:
    """Return the minutes to the next practitioner; None where an unknown supply may be nearer."""
    bassin_of = {code: bassin for bassin, communes in members.items() for code in communes}
    sure = minutes_to_next_bassin(travel, bassin_of, counts)
    unknown = dict.fromkeys(set(travel.places) - covered - set(counts), 1.0)
    at_best = minutes_to_next_bassin(travel, bassin_of, {**unknown, **counts})
    return {
        bassin: None if minutes > limit >= at_best.get(bassin, np.inf) else minutes
        for bassin, minutes in sure.items()
    }


def _place(
    code: str,
    nom: str,
    communes: tuple[str, ...],
    ages: Mapping[str, Sequence[float | None]],
    counts: Mapping[str, float],
    minutes: float | None,
    people: Mapping[str, float],
    on: date,
) -> Place:
    told = [age for commune in communes for age in ages.get(commune, ())]
    # Shares of a person who works in several places make one more person at most.
    present = math.ceil(sum(counts.get(commune, 0.0) for commune in communes) - 1e-6)
    untold: list[float | None] = [None] * max(0, present - len(told))
    known = [age for age in told if age is not None]
    limit = int(parameters.value(AGE, on))
    inhabitants = np.nansum([people.get(commune, np.nan) for commune in communes])
    return Place(
        nom,
        communes,
        float(inhabitants) or None,
        isolation(code, [*told, *untold], minutes, on),
        len(known),
        sum(age > limit for age in known),
    )


def _order(place: Place) -> tuple[float, str]:
    return (-(place.inhabitants or 0.0), place.nom)


def _notes(unit: str, groups: Sequence[Group]) -> Iterator[str]:
    if unit == COMMUNE:
        yield (
            "La règle parle de bassins de vie. Leur composition n'est pas importée (table "
            "d'appartenance géographique des communes, Insee) : elle est lue commune par commune."
        )
    lost = sum(group.count for group in groups if group.commune is None)
    if lost:
        yield (
            f"{number(lost)} praticiens dont la commune n'est pas dite : leur âge ne sert pas ici."
        )


def _provenance(supply: Supply, travel: TravelTimes, on: date) -> Provenance:
    rule = Provenance(
        method="Cabinets en péril : tous les généralistes du lieu dépassent l'âge, et le plus "
        "proche ailleurs est plus loin que le trajet.",
        parameters=tuple(parameters.explain(path, on).as_text() for path in (AGE, MINUTES)),
    )
    return rule | supply.provenance | travel.provenance
