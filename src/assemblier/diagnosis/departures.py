"""Practitioners year by year from their ages: who will leave, who stays, the access that is left.

A deterministic reading: a stock by age, exits by age, a number of arrivals a year. Nobody knows
when one person will leave; the rates are hypotheses that the user may replace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assemblier import parameters
from assemblier.diagnosis import apl
from assemblier.diagnosis.local import published_apl
from assemblier.diagnosis.stored_flow import WORDS, Ages, flows, practitioner_ages
from assemblier.errors import InputError, Problem
from assemblier.figures import Confidence, Figure, Nature, Provenance, Source, unavailable
from assemblier.maths.arrays import Array
from assemblier.maths.cohort import Cohort, cohort, leaving_at, spread
from assemblier.territory import Perimeter

GP = "medecin_generaliste"
FILE = (
    "conseil départemental de l'Ordre, liste des praticiens et de leurs âges (« assemblier modele "
    "lettre TERRITOIRE --destinataire cdom »)"
)
AGES = 101
"""Single ages, 0 to 100; the last is open."""
OLDEST = 80
"""Last age of an open class: its people are spread from its first age to this one."""
FIRSTS, RATES, ARRIVAL = (
    f"demographie.{name}" for name in ("depart_ages", "depart_taux", "arrivee_age")
)
METHOD = (
    "Chaque année, chacun vieillit d'un an, une part de ceux qui atteignent un âge cesse, puis les "
    "arrivées s'ajoutent : effectif de l'année = effectif précédent + arrivées − départs."
)
APL_METHOD = (
    "APL future : l'APL publiée × effectif de l'année / effectif de départ, à population, activité "
    "et répartition constantes."
)
AT_RISK = 0.5
"""A supply that fell to this part of what it is today is called fragile."""


@dataclass(frozen=True, slots=True)
class Practitioners:
    """Who practises now, by age.

    Attributes
    ----------
    profession
        In the plural.
    by_age
        (`AGES`,) people at each single age.
    year
        The year their ages were told at.
    source
        Who told.
    hidden
        Classes whose number is hidden: their people are not counted.
    """

    profession: str
    by_age: Array
    year: int
    source: Source
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """One year of an outlook."""

    year: int
    stock: Figure
    exits: Figure
    entries: Figure
    apl: Figure


@dataclass(frozen=True, slots=True)
class Outlook:
    """Year after year, what becomes of the practitioners of a territory.

    Attributes
    ----------
    years
        The first is the one the ages were told at: nobody left or arrived yet.
    fragile_from
        First year whose stock is half or less of the first one; None within the horizon.
    note
        What is not counted; empty if nothing.

    Always true
    -----------
    The stock of a year is that of the year before, plus the entries, minus the exits.
    """

    practitioners: Practitioners
    years: tuple[Year, ...]
    fragile_from: int | None
    note: str


def known_practitioners(perimeter: Perimeter, profession: str = GP) -> Practitioners | None:
    """Return the practitioners of a territory by age, as a file told them, or None."""
    for found in practitioner_ages(perimeter):
        shown = [band for band in found.bands if band.count.is_known]
        if found.code == profession and shown:
            return _of_bands(found)
    return None


def listed_practitioners(ages: Sequence[int], on: date, profession: str = GP) -> Practitioners:
    """Return practitioners whose ages the user gives, today.

    Raises
    ------
    InputError
        When an age is not one of a practitioner.
    """
    wrong = [age for age in ages if not 22 <= age < AGES]
    if wrong or not ages:
        told = ", ".join(str(age) for age in wrong) or "aucun âge"
        raise InputError(
            [Problem("--ages", told, "des âges de 22 à 100 ans", "corriger la liste des âges")]
        )
    counted = np.bincount(np.array(ages), minlength=AGES).astype(np.float64)
    source = Source(
        "ages-donnes",
        "l'utilisateur",
        "Âges donnés dans la commande",
        str(on.year),
        licence="propre à l'utilisateur",
    )
    return Practitioners(WORDS.get(profession, profession), counted, on.year, source)


def known_entries(perimeter: Perimeter, profession: str = GP) -> float | None:
    """Return the arrivals of one year that the last stock-and-flow table tells, or None."""
    name = WORDS.get(profession, profession)
    told = [one.installations.value for one in flows(perimeter) if one.profession == name]
    return told[0] if told else None


def outlook(
    perimeter: Perimeter,
    practitioners: Practitioners,
    horizon: int,
    on: date,
    entries: float = 0.0,
    exit_age: int | None = None,
) -> Outlook:
    """Return what becomes of the practitioners of a territory, year by year.

    Parameters
    ----------
    perimeter
        The territory: its published APL is the one that is carried forward.
    practitioners
        Who practises now.
    horizon
        Last year.
    on
        Date of the parameters.
    entries
        Arrivals of each year.
    exit_age
        Everybody leaves on reaching this age; by default the rates of the parameters.

    Raises
    ------
    InputError
        When the horizon is not after the year of the ages.
    """
    if horizon <= practitioners.year:
        told = f"l'année {horizon}"
        expected = f"une année après {practitioners.year}, celle des âges"
        raise InputError([Problem("--horizon", told, expected, "choisir une année plus tardive")])
    arriving = np.zeros(AGES)
    arriving[int(parameters.value(ARRIVAL, on))] = entries
    rates = leaving_at(exit_age, AGES) if exit_age else exit_rates(on)
    found = cohort(practitioners.by_age, rates, arriving, horizon - practitioners.year)
    origin = Provenance((practitioners.source,), METHOD, _parameters(on, exit_age))
    years = _years(perimeter, practitioners, found, origin)
    return Outlook(practitioners, years, _fragile(years), _note(practitioners))


def exit_rates(on: date) -> Array:
    """Return the part of those who reach an age that ceases, by single age: (`AGES`,).

    Examples
    --------
    >>> float(exit_rates(date(2026, 1, 1))[66])
    0.3
    """
    firsts, rates = parameters.value(FIRSTS, on), parameters.value(RATES, on)
    rank = np.searchsorted(np.array(firsts), np.arange(AGES), side="right") - 1
    return np.array(rates, dtype=np.float64)[rank]


def _parameters(on: date, exit_age: int | None) -> tuple[str, ...]:
    if exit_age:
        return (f"Âge du départ choisi par l'utilisateur : {exit_age} ans.",)
    return tuple(parameters.explain(path, on).as_text() for path in (FIRSTS, RATES))


def _of_bands(found: Ages) -> Practitioners:
    shown = [band for band in found.bands if band.count.is_known]
    first = np.array([band.start for band in shown])
    last = np.array([max(band.start, OLDEST) if band.end is None else band.end for band in shown])
    counts = np.array([band.count.known_value() for band in shown])
    return Practitioners(
        found.profession,
        spread(first, last, counts, AGES),
        int(shown[0].count.vintage),
        found.source,
        tuple(band.label for band in found.bands if not band.count.is_known),
    )


def _years(
    perimeter: Perimeter, now: Practitioners, found: Cohort, origin: Provenance
) -> tuple[Year, ...]:
    stock, exits, entries = found.totals()
    moves = [(0.0, 0.0), *zip(exits.tolist(), entries.tolist(), strict=True)]
    access = _access(perimeter)
    return tuple(
        Year(
            now.year + rank,
            _figure(now.profession, total, now.year + rank, origin, is_told=rank == 0),
            _figure("départs", left, now.year + rank, origin),
            _figure("arrivées", came, now.year + rank, origin),
            _future_apl(access, total / stock[0] if stock[0] else 0.0, now.year + rank, origin),
        )
        for rank, (total, (left, came)) in enumerate(zip(stock.tolist(), moves, strict=True))
    )


def _figure(
    label: str, value: float, year: int, origin: Provenance, is_told: bool = False
) -> Figure:
    nature = Nature.CALCULE if is_told else Nature.ESTIME
    sure = Confidence.CONFIRME if is_told else Confidence.NON_CONFIRME
    decimals = 0 if round(value, 9) == round(value) else 1
    return Figure(label, value, label, nature, str(year), origin, decimals, confidence=sure)


def _access(perimeter: Perimeter) -> Figure:
    published = published_apl(perimeter)
    return apl.mean_apl(published, max(published.millesimes))


def _future_apl(access: Figure, part: float, year: int, origin: Provenance) -> Figure:
    if access.value is None:
        return unavailable(access.label, access.missing, access.unit, str(year))
    if access.value == 0:
        missing = "rien : l'APL publiée est nulle, ce qui en resterait ne se calcule pas"
        return unavailable(access.label, missing, access.unit, str(year), note="n.c.")
    method = Provenance(method=APL_METHOD)
    return Figure(
        access.label,
        access.value * part,
        access.unit,
        Nature.ESTIME,
        f"{access.vintage.split(',')[0]}, effectif {year}",
        access.provenance | origin | method,
        2,
        confidence=Confidence.NON_CONFIRME,
    )


def _fragile(years: Sequence[Year]) -> int | None:
    start = years[0].stock.known_value()
    low = (one.year for one in years[1:] if one.stock.known_value() <= AT_RISK * start)
    return next(low, None)


def _note(now: Practitioners) -> str:
    if not now.hidden:
        return ""
    return (
        f"Sans les classes dont l'effectif est secret ({', '.join(now.hidden)}) : l'effectif réel "
        "est plus grand."
    )
