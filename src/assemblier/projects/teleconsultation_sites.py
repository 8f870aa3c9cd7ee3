"""Where to set a teleconsultation room: places of care first, people within reach, why."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.figures import Confidence, Nature
from assemblier.parameters import explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, fraction, guide
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form, Rows, question
from assemblier.projects.study import Drawn, Listing, Picture, Statement, Study, quantity
from assemblier.territory import Perimeter, index
from assemblier.travel.chain import chain_engine

_CHAPTER = "pages 64 et suivantes"
ADVICE = (
    "il est vivement conseillé de privilégier les lieux des soins, afin de pouvoir s'appuyer sur "
    "la présence de professionnels de santé susceptibles d'accompagner les patients"
)
PLACES = (
    "pharmacie",
    "ehpad",
    "maison_de_sante",
    "centre_de_sante",
    "hopital_de_proximite",
    "local_municipal",
    "maison_france_services",
    "autre",
)

FORM = Form(
    "teleconsultation",
    "Lieux de téléconsultation",
    (
        question("nom", "Nom du territoire", Kind.TEXTE),
        question("minutes", "Minutes de trajet au plus", most=60),
    ),
    (
        Rows(
            "lieux",
            "Lieux",
            (
                question("nom", "Son nom", Kind.TEXTE, is_required=True),
                question("nature", "Ce que c'est", Kind.CHOIX, PLACES, is_required=True),
                question("commune", "Sa commune", Kind.TERRITOIRE),
                question("professionnel", "Un professionnel de santé y accompagne", Kind.OUI_NON),
                question("debit", "Le débit y suffit", Kind.OUI_NON),
                question("confidentiel", "La confidentialité y est assurée", Kind.OUI_NON),
            ),
            least=1,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a place must have; None when nobody said."""

    label: str
    met: bool | None
    why: str


def criteria(place: Mapping[str, Any], on: dt.date) -> tuple[Criterion, ...]:
    """Return what is asked of a place, and whether it has it.

    Examples
    --------
    >>> place = {"nature": "local_municipal", "professionnel": False}
    >>> [one.met for one in criteria(place, dt.date(2019, 12, 31))]
    [False, False, None, None]
    """
    care = explain("projets.teleconsultation.lieux_de_soins", on).value
    nature = place["nature"].replace("_", " ")
    return (
        Criterion(
            "lieu de soins",
            place["nature"] in care,
            f"{nature} : {'un lieu de soins' if place['nature'] in care else ADVICE}",
        ),
        Criterion(
            "professionnel présent",
            place.get("professionnel"),
            "un professionnel accompagne le patient",
        ),
        Criterion(
            "débit suffisant",
            place.get("debit"),
            "une couverture numérique satisfaisante est essentielle",
        ),
        Criterion(
            "confidentialité", place.get("confidentiel"), "comme dans tout lieu de consultation"
        ),
    )


def study(answers: Answers, on: dt.date) -> Study:
    """Return the candidate places, the best first, with the reason of each point.

    Always true
    -----------
    A place that lacks something never comes before one that has the same and that thing too.
    """
    places = answers.rows("lieux")
    minutes = answers.number("minutes")
    if minutes is None:
        minutes = fraction(explain("projets.teleconsultation.minutes", on).value)
    entries = Entries(answers, on)
    each = range(1, len(places) + 1)
    blocks = [
        Block(
            "Ce qui est demandé",
            (
                entries.entry(
                    "minutes",
                    "temps de trajet, au plus",
                    "minutes",
                    "projets.teleconsultation.minutes",
                ),
                Row(
                    "criteres",
                    "critères",
                    "critères",
                    (Fraction(4),),
                    origin="lieu de soins, professionnel présent, débit, confidentialité",
                ),
            ),
        )
    ]
    for rank, place in enumerate(places, start=1):
        blocks.append(Block(f"{rank}. {place['nom']}", tuple(_rows(place, rank, minutes, on))))
    calculation = Calculation(tuple(blocks))
    order = sorted(
        each,
        key=lambda rank: (
            -(calculation.value(f"points_{rank}") or 0),
            -(calculation.value(f"habitants_{rank}") or 0),
        ),
    )
    return Study(
        FORM.kind,
        "Lieux de téléconsultation",
        answers.get("nom") or "territoire",
        on,
        calculation,
        tuple(_findings(calculation, places, order, minutes)),
        None,
        (
            Picture(
                "habitants",
                f"Habitants à moins de {minutes} minutes",
                Drawn.BARS,
                tuple(f"habitants_{rank}" for rank in each),
                "Trajets estimés de commune voisine en commune voisine.",
            ),
        ),
        (_table(calculation, places, order, on),),
        (
            "Chaque critère compte pour un point : c'est un choix de lecture, pas une norme.",
            "Un critère que personne n'a dit ne compte pas, et reste à vérifier.",
            "Les conditions de remboursement se vérifient par « assemblier verifier "
            "teleconsultation ».",
        ),
        sources=(guide(_CHAPTER),),
    )


def _rows(place: Mapping[str, Any], rank: int, minutes: Fraction, on: dt.date) -> Iterator[Row]:
    keys = []
    for number, one in enumerate(criteria(place, on), start=1):
        key = f"critere_{rank}_{number}"
        keys.append(key)
        said = "non dit, ne compte pas" if one.met is None else one.why
        yield Row(
            key, one.label, "point", (Fraction(bool(one.met)),), origin=said, nature=Nature.REPONSE
        )
    points = ref(keys[0])
    total = points + ref(keys[1]) + ref(keys[2]) + ref(keys[3])
    yield computed(f"points_{rank}", f"points : {place['nom']}", "points", total)
    found = _within(place.get("commune"), float(minutes), on)
    yield Row(
        f"habitants_{rank}",
        f"habitants à portée : {place['nom']}",
        "habitants",
        (found,),
        0,
        "population des communes dont le trajet estimé est dans la limite, mairie à mairie"
        if found is not None
        else "dire sa commune",
        Confidence.NON_CONFIRME,
    )


def _within(perimeter: Any, minutes: float, on: dt.date) -> Fraction | None:
    """Return the inhabitants of the communes within some minutes of a place; None is unknown."""
    import numpy as np

    if not isinstance(perimeter, Perimeter):
        return None
    rows = index()
    times = chain_engine(on).times(rows.codes, list(perimeter.codes), minutes)
    reached = np.unique(times.minutes.tocoo().row)
    people = rows.population[reached]
    return None if np.isnan(people).any() else fraction(float(people.sum()))


def _table(
    calculation: Calculation, places: tuple[Mapping[str, Any], ...], order: list[int], on: dt.date
) -> Listing:
    rows = []
    for rank in order:
        place = places[rank - 1]
        lacking = [
            f"{one.label} : {one.why}" if one.met is False else f"{one.label} : à vérifier"
            for one in criteria(place, on)
            if not one.met
        ]
        rows.append(
            (
                place["nom"],
                place["nature"].replace("_", " "),
                quantity(calculation.value(f"points_{rank}"), "points"),
                quantity(calculation.value(f"habitants_{rank}"), "habitants"),
                " ; ".join(lacking) or "rien",
            )
        )
    return Listing(
        "lieux",
        "Les lieux, le mieux placé d'abord",
        ("Lieu", "Nature", "Points sur 4", "À portée", "Ce qui manque"),
        tuple(rows),
        "",
        (guide(_CHAPTER),),
    )


def _findings(
    calculation: Calculation,
    places: tuple[Mapping[str, Any], ...],
    order: list[int],
    minutes: Fraction,
) -> Iterator[Statement]:
    best = order[0]
    points, people = (calculation.value(f"{key}_{best}") for key in ("points", "habitants"))
    yield Statement(
        f"{places[best - 1]['nom']} réunit {quantity(points, 'critères')} sur 4, avec "
        f"{quantity(people, 'habitants')} à {minutes} minutes au plus.",
        ((f"points_{best}", 0), (f"habitants_{best}", 0)),
    )
