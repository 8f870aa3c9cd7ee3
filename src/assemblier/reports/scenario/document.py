"""A scenario as a document: two pages for a council, then everything behind them."""

import datetime as dt

import numpy as np

from assemblier import territory
from assemblier.french import date_text, french_spaces, number, signed
from assemblier.projects.study import Study
from assemblier.reports.document import (
    Document,
    Items,
    Map,
    MapClass,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.scenario.places import place_findings, place_sections
from assemblier.reports.scenario.projects import money_doubts, money_findings, money_part
from assemblier.reports.scenario.tables import (
    account_table,
    changes_table,
    classes_table,
    communes_table,
    extremes_table,
    neighbours_table,
    quality_table,
    steps_table,
)
from assemblier.reports.scenario.values import names, provenance_of, terms
from assemblier.reports.scenario.words import (
    agreement,
    change_text,
    doubts,
    findings,
    headline,
)
from assemblier.reports.scenario.zones import Zones, zone_findings, zone_section
from assemblier.reports.theme import CHANGE_CLASSES
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.places import Places

_MAIN_TOWNS = 10
STRONG, STRONG_FULL_TIME = 0.5, 5.0
"""A change of score drawn as a strong one: consultations, full-time equivalents for 100,000."""
LIGHT_LOSS, LIGHT_GAIN = "#f1b36d", "#a6d8ad"


def scenario_document(
    found: Outcome,
    on: dt.date,
    zones: Zones | None = None,
    places: tuple[Places, ...] = (),
    projects: tuple[Study, ...] = (),
) -> Document:
    """Return the report of a scenario.

    Parameters
    ----------
    found
        What it changes.
    on
        The day of the report.
    zones
        The zoning, before and after; None where it was not asked.
    places
        Where each structure that opens would do best.
    projects
        What pays for it.
    """
    table = communes_table(found)
    tried = tuple(change_text(change) for change in found.scenario.changes)
    warned = (*doubts(found), *money_doubts(found, projects))
    summary = (
        Items("Ce qui est essayé", tried),
        *findings(found),
        *(zone_findings(found, zones) if zones else ()),
        *place_findings(found, places),
        *money_findings(projects),
        agreement(found),
        *((Items("À savoir avant de décider", warned, Tone.WARNING),) if warned else ()),
        change_map(found, table),
    )
    return Document(
        f"scenario-{found.scenario.identity}",
        french_spaces(found.scenario.nom),
        french_spaces(f"{headline(found)} — scénario {found.scenario.identity}"),
        date_text(on),
        summary,
        (
            Part("effets", "Qui gagne, qui perd", tuple(_effects(found, table, zones))),
            *((Part("lieux", "Où ouvrir", place_sections(found, places)),) if places else ()),
            *money_part(projects),
            Part("compte", "Le compte de l'activité", tuple(_account(found))),
            Part("socle", "D'où l'on part", tuple(_baseline(found))),
        ),
    )


def _effects(found: Outcome, table: Table, zones: Zones | None) -> list[Section]:
    sections = [
        Section("communes", headline(found), (extremes_table(found), table)),
        Section("voisins", "Ce que gagnent et perdent les voisins", (neighbours_table(found),)),
    ]
    moved = classes_table(found)
    title = (
        f"{number(len(moved.rows))} communes changent de classe"
        if moved.rows
        else "Aucune commune ne change de classe"
    )
    block = moved if moved.rows else Paragraph("Les classes sont celles de la carte de l'APL.")
    if found.is_gp:
        sections.append(Section("classes", title, (block,)))
    if zones is not None:
        sections.append(zone_section(found, zones))
    return sections


def _account(found: Outcome) -> list[Section]:
    dated = [Section("etapes", "Ce qui change à chaque date", (steps_table(found),))]
    return [
        Section("changements", "Ce qui est essayé", (changes_table(found),)),
        *(dated if found.steps else ()),
        Section("activite", "Nouvelle, perdue ou déplacée", (account_table(found),)),
    ]


def _baseline(found: Outcome) -> list[Section]:
    said, words = Paragraph(found.baseline.told), terms(found)
    limits = Items(
        "Ce que le calcul suppose",
        tuple(
            french_spaces(one)
            for one in (
                "Chacun continue d'aller où il peut aller : ni patientèle fidèle, ni file "
                "d'attente, ni report vers les urgences.",
                "Un praticien nouveau compte "
                f"{number(found.baseline.method.per_place, words.digits)} {words.acts}, sauf "
                "activité dite.",
                "Un praticien qui part emporte l'activité moyenne de sa commune dans le socle.",
                found.baseline.travel.method,
            )
        ),
        provenance=provenance_of(found),
    )
    return [Section("socle", "Le socle est ajusté sur l'APL publiée", (said, quality_table(found))),
            Section("limites", "Ce que le calcul suppose", (limits,))]  # fmt: skip


def change_map(found: Outcome, table: Table) -> Map:
    """Return the map of what each commune of the territory gains or loses.

    Parameters
    ----------
    found
        What the scenario changes.
    table
        Of the communes.
    """
    words = terms(found)
    homes = np.flatnonzero(found.is_inside)
    codes = [found.baseline.homes[home] for home in homes]
    called = names(found)
    gain = found.gain[homes]
    sign = np.where(np.abs(gain) < found.felt, 0, np.sign(gain)).astype(int)
    # A strong change is told from a light one: a mayor looks for where it hurts.
    strong = np.where(np.abs(gain) >= strong_change(found), 2 * sign, sign)
    rows = territory.index()
    places = rows.positions(codes)
    towns = sorted(range(len(codes)), key=lambda k: -np.nan_to_num(rows.population[places[k]]))
    epci = territory.at_scale(found.perimeter, "epci").groups
    lost, won = int((sign < 0).sum()), int((sign > 0).sum())
    return Map(
        "carte-changement",
        "Ce que chaque commune perd (−) ou gagne (+)",
        _classes(found),
        dict(zip(codes, (strong + 2).tolist(), strict=True)),
        {
            code: signed(float(one), words.score_digits)
            for code, one in zip(codes, gain, strict=True)
        },
        {code: called[home] for code, home in zip(codes, homes, strict=True)},
        f"{number(lost)} communes perdent au moins {number(2 * found.felt, words.score_digits)} "
        f"(en {words.score_unit}) ; {number(won)} en gagnent autant.",
        table,
        territory.neighbours(found.perimeter.codes),
        labels={codes[k]: called[homes[k]] for k in towns[:_MAIN_TOWNS]},
        outlines=tuple((group.nom, group.codes) for group in epci),
        vintage=f"socle {found.baseline.year}",
        provenance=provenance_of(found),
        legend=words.legend,
    )


def strong_change(found: Outcome) -> float:
    """Return the change of score that is drawn as a strong one."""
    return STRONG if found.is_gp else STRONG_FULL_TIME


def _classes(found: Outcome) -> tuple[MapClass, ...]:
    lost, none, gained = CHANGE_CLASSES
    edge = french_spaces(f"de {number(strong_change(found), 1)} ou plus")
    least = french_spaces(f"moins de {number(2 * found.felt, terms(found).score_digits)}")
    return (
        MapClass(f"baisse {edge}", lost.colour, f"{lost.mark}{lost.mark}"),
        MapClass("baisse moindre", LIGHT_LOSS, lost.mark),
        MapClass(least, none.colour, none.mark),
        MapClass("hausse moindre", LIGHT_GAIN, gained.mark),
        MapClass(f"hausse {edge}", gained.colour, f"{gained.mark}{gained.mark}"),
    )
