"""A scenario as a document: two pages for a council, then everything behind them."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from assemblier import territory
from assemblier.french import date_text, french_spaces, number, signed
from assemblier.projects.study import Study
from assemblier.reports.apl_words import counted
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
    doubts,
    findings,
    headline,
    tried_text,
)
from assemblier.reports.scenario.zones import Zones, zone_findings, zone_section
from assemblier.reports.theme import CHANGE_CLASSES, UNKNOWN_LABEL
from assemblier.scenarios.kinds import ELSEWHERE, Form
from assemblier.scenarios.ledger import name_of
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
    tried = tuple(tried_text(found, change) for change in found.scenario.changes)
    warned = (*doubts(found), *money_doubts(found, projects))
    summary = (
        Items("Ce qui est essayé", tried),
        *findings(found),
        *(zone_findings(found, zones) if zones else ()),
        *place_findings(found, places),
        *money_findings(projects),
        agreement(found),
        change_map(found, table),
        *((Items("À savoir avant de décider", warned, Tone.WARNING),) if warned else ()),
    )
    return Document(
        f"scenario-{found.identity}",
        french_spaces(found.scenario.nom),
        french_spaces(f"{headline(found)}{_on_day(found)}"),
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


def _on_day(found: Outcome) -> str:
    return f", au {date_text(found.day)}" if found.pending and found.day else ""


def _effects(found: Outcome, table: Table, zones: Zones | None) -> list[Section]:
    sections = [
        Section("communes", headline(found), (extremes_table(found), table)),
        Section("voisins", "Ce que gagnent et perdent les voisins", (neighbours_table(found),)),
    ]
    moved = classes_table(found)
    title = (
        f"{counted(len(moved.rows), 'commune')} {'passe' if len(moved.rows) < 2 else 'passent'} "
        "un seuil d'APL"
        if moved.rows
        else "Aucune commune ne passe un seuil d'APL"
    )
    block = moved if moved.rows else Paragraph("Les seuils sont 1, 2,5 et 4.")
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
                f"Ces effets ont pour identifiant {found.identity} : les mêmes changements ont "
                "le même.",
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
    strong = np.where(np.abs(gain) >= strong_change(found), 2 * sign, sign) + 2
    known = ~np.isnan(found.before[homes])
    # The legend has the classes that are drawn, and no other.
    present = sorted({int(one) for one in strong[known]})
    epci = territory.at_scale(found.perimeter, "epci").groups
    lost, won = int((sign[known] < 0).sum()), int((sign[known] > 0).sum())
    places = concerned(found)
    frame = _frame(codes, sign, places)
    all_classes = _classes(found)
    return Map(
        "carte-changement",
        "Ce que chaque commune perd (−) ou gagne (+)",
        tuple(all_classes[rank] for rank in present),
        {
            code: present.index(int(rank)) if is_known else None
            for code, rank, is_known in zip(codes, strong, known, strict=True)
        },
        {
            code: signed(float(one), words.score_digits) if is_known else UNKNOWN_LABEL
            for code, one, is_known in zip(codes, gain, known, strict=True)
        },
        {code: called[home] for code, home in zip(codes, homes, strict=True)},
        _map_words(found, lost, won, places),
        table,
        territory.neighbours(found.perimeter.codes),
        labels=_labels(codes, places, frame),
        outlines=tuple((group.nom, group.codes) for group in epci),
        vintage=f"APL publiée {found.baseline.year}",
        provenance=provenance_of(found),
        legend=words.legend,
        frame=frame,
        marked=tuple(places),
    )


def concerned(found: Outcome) -> dict[str, str]:
    """Return the communes the counted changes name, and what happens in each.

    Parameters
    ----------
    found
        What the scenario changes.
    """
    waiting, said = found.pending, dict[str, dict[str, None]]()
    for change in found.scenario.changes:
        if change in waiting:
            continue
        for field in change.spec.fields:
            if field.form is not Form.COMMUNE or change.text(field.key) in ("", ELSEWHERE):
                continue
            label = change.spec.label if field.key == "commune" else field.label
            said.setdefault(change.text(field.key), {})[label] = None
    return {code: ", ".join(labels) for code, labels in said.items()}


def _map_words(found: Outcome, lost: int, won: int, places: dict[str, str]) -> str:
    words = terms(found)
    gained = f"{number(won)} en {'gagne' if won < 2 else 'gagnent'} autant" if won else (
        "aucune n'en gagne autant"
    )  # fmt: skip
    verb = "perd" if lost < 2 else "perdent"
    text = (
        f"{counted(lost, 'commune')} {verb} au moins {number(2 * found.felt, words.score_digits)} "
        f"(en {words.score_unit}) ; {gained}."
    )
    if places:
        marked = " ; ".join(f"{name_of(code)} ({what})" for code, what in places.items())
        text += f" Losange : {marked}."
    return french_spaces(text)


def _labels(codes: list[str], places: dict[str, str], frame: tuple[str, ...]) -> dict[str, str]:
    """Return the names written: the places concerned first, then the main towns."""
    inside = [code for code in places if code in codes]
    listed = [*inside, *_main_towns(frame), *_main_towns(codes)]
    return {code: name_of(code) for code in dict.fromkeys(listed)}


def _main_towns(codes: Sequence[str]) -> list[str]:
    rows = territory.index()
    people = np.nan_to_num(rows.population[rows.positions(codes)])
    return [codes[k] for k in np.argsort(-people, kind="stable")[:_MAIN_TOWNS]]


def _frame(codes: list[str], sign: np.ndarray, places: dict[str, str]) -> tuple[str, ...]:
    """Return the communes that change, and the places concerned: what the map is framed on."""
    moved = {code for code, one in zip(codes, sign, strict=True) if one}
    return tuple(code for code in codes if code in moved or code in places)


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
