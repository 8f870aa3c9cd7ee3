"""A siting as a document: one page for a council, then everything behind it."""

import datetime as dt

import numpy as np

from assemblier import territory
from assemblier.french import date_text, french_spaces, number, signed
from assemblier.reports.document import (
    Block,
    Document,
    Finding,
    Items,
    Map,
    MapClass,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.implantation.tables import (
    alternatives_table,
    communes_table,
    growth_chart,
    neighbours_table,
    places_table,
)
from assemblier.reports.implantation.values import (
    name,
    places_asked,
    provenance_of,
    vintage,
)
from assemblier.reports.implantation.words import (
    after_what,
    budget_text,
    changes,
    close,
    doubts,
    headline,
    limits,
    neighbours_finding,
    place_finding,
    proof,
)
from assemblier.reports.places import located
from assemblier.scenarios.candidates import State
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import FELT
from assemblier.scenarios.siting import Siting

MAIN_TOWNS = 6
MUCH = 0.5
"""Consultations per head from which a gain has its own class."""
CLASSES = (
    MapClass("lieu choisi", "#0b4f71", "L"),
    MapClass("lieu existant ou décidé", "#5b8ba3", "E"),
    MapClass("0,5 ou plus", "#7fbf7b", "+"),
    MapClass("de 0,01 à 0,5", "#d9f0d3", "–"),
    MapClass("moins de 0,01", "#f7f7f7", "="),
)
CHOSEN, OPEN, MOST, SOME, NONE = range(len(CLASSES))


def implantation_document(found: Siting, on: dt.date) -> Document:
    """Return the report of a choice of places.

    Parameters
    ----------
    found
        The choice.
    on
        The day of the report.
    """
    table = communes_table(found)
    return Document(
        _key(found),
        french_spaces(
            f"Où ouvrir {places_asked(found)} {located(found.perimeter)}{after_what(found)}"
        ),
        french_spaces(_subtitle(found)),
        date_text(on),
        tuple(_summary(found, table)),
        (
            Part("choix", "Le choix et ce qui en approche", tuple(_choice(found))),
            Part("gains", "Qui y gagne", tuple(_gains(found, table))),
        ),
    )


def _key(found: Siting) -> str:
    after = f"-{found.scenario.identity}" if found.scenario else ""
    return f"implantation-{found.perimeter.key}{after}"


def _subtitle(found: Siting) -> str:
    opened = found.capacities[list(found.opened)]
    if not len(opened) or opened.min() == opened.max():
        each = float(opened[0]) if len(opened) else found.usual
        return f"{number(each)} consultations par an et par lieu"
    return f"{number(float(opened.sum()))} consultations par an en tout"


def _summary(found: Siting, table: Table) -> list[Block]:
    blocks: list[Block] = [*changes(found), Finding(french_spaces(headline(found)))]
    if found.choice.chosen:
        blocks += [place_finding(found, place) for place in found.choice.chosen]
        if paid := budget_text(found):
            blocks.append(Finding(french_spaces(paid)))
        blocks += [
            Finding(french_spaces(proof(found))),
            Items(french_spaces("À moins de 1 % du même résultat"), close(found)),
            neighbours_finding(found),
        ]
    if said := doubts(found):
        blocks.append(Items("À savoir avant de décider", said, Tone.WARNING))
    return [*blocks, choice_map(found, table)]


def _choice(found: Siting) -> list[Section]:
    sections = [
        Section("lieux", "Les lieux et ce que chacun ferait seul", (places_table(found),)),
    ]
    if len(found.growth) > 1:
        title = "Ce qu'apporte chaque lieu de plus"
        sections.insert(0, Section("nombre", title, (growth_chart(found),)))
    if found.alternatives:
        title = french_spaces("Ce qui en approche à moins de 1 %")
        sections.insert(1, Section("alternatives", title, (alternatives_table(found),)))
    return sections


def _gains(found: Siting, table: Table) -> list[Section]:
    return [
        Section("communes", "Ce que gagne chaque commune", (table,)),
        Section("voisins", "Ce que gagnent et perdraient les voisins", (neighbours_table(found),)),
        Section("limites", "Ce que le calcul suppose", (limits(found),)),
    ]


def choice_map(found: Siting, table: Table) -> Map:
    """Return the map of the places and of who gains.

    Parameters
    ----------
    found
        The choice.
    table
        Of the communes.
    """
    homes = np.flatnonzero(found.is_inside)
    codes = [found.baseline.homes[home] for home in homes]
    kinds = {
        code: MOST if gain >= MUCH else SOME if gain >= FELT else NONE
        for code, gain in zip(codes, found.gain[homes].tolist(), strict=True)
    }
    for one in found.candidates:
        if one.etat in (State.EXISTANT, State.DECIDE) and one.code_commune in kinds:
            kinds[one.code_commune] = OPEN
    chosen = [found.candidates[k].code_commune for k in found.choice.chosen]
    kinds |= dict.fromkeys((code for code in chosen if code in kinds), CHOSEN)
    won = sum(kind != NONE for kind in kinds.values())
    epci = territory.at_scale(found.perimeter, "epci").groups
    told = ", ".join(name(found, k) for k in found.choice.chosen) or "aucun lieu"
    return Map(
        "carte-choix",
        "Où ouvrir, et qui y gagne",
        CLASSES,
        kinds,
        {code: signed(float(gain), 2) for code, gain in zip(codes, found.gain[homes], strict=True)},
        {code: name_of(code) for code in codes},
        french_spaces(
            f"Lieux choisis : {told}. {number(won)} communes sur {number(len(codes))} en ont un "
            "ou y gagnent."
        ),
        table,
        territory.neighbours(found.perimeter.codes),
        labels={code: name_of(code) for code in _labelled(codes, chosen)},
        outlines=tuple((group.nom, group.codes) for group in epci),
        vintage=vintage(found),
        provenance=provenance_of(found),
        legend="gain d'APL, en consultations par an et par habitant",
    )


def _labelled(codes: list[str], chosen: list[str]) -> list[str]:
    """Return the communes to name: the places, then the main towns."""
    people = territory.index().population[territory.index().positions(codes)]
    towns = sorted(range(len(codes)), key=lambda k: -np.nan_to_num(people[k]))
    inside = set(codes)
    return list(
        dict.fromkeys(
            [code for code in chosen if code in inside] + [codes[k] for k in towns[:MAIN_TOWNS]]
        )
    )
