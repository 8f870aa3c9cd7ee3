"""Where to open places of care: the choice, its proof, what comes close, what neighbours gain."""

import datetime as dt

import numpy as np

from assemblier.figures import Figure, Nature, Provenance
from assemblier.french import date_text, french_spaces, number
from assemblier.reports.apl_words import counted
from assemblier.reports.document import (
    Align,
    Column,
    Document,
    Finding,
    Items,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.places import located
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import FELT
from assemblier.scenarios.siting import Objective, Siting, Structure

NAMES = {
    Structure.CENTRE: ("centre de santé", "centres de santé"),
    Structure.MSP: ("maison de santé", "maisons de santé"),
    Structure.ANTENNE: ("antenne", "antennes"),
}
MOST_CLOSE = 10
VISIBLE_ROWS = 15
PROVEN = 5e-5
"""Share of the bound that a percentage of two decimals does not show."""


def implantation_document(found: Siting, on: dt.date) -> Document:
    """Return the report of a choice of places.

    Parameters
    ----------
    found
        The choice.
    on
        The day of the report.
    """
    doubts = _doubts(found)
    one, several = NAMES[found.structure]
    where = located(found.perimeter)
    said = counted(found.asked, one, several)
    summary = (
        Finding(french_spaces(_headline(found))),
        *(_answer(found) if found.choice.chosen else ()),
        *((Items("À savoir avant de décider", doubts, Tone.WARNING),) if doubts else ()),
    )
    sections = (
        Section("communes", "Ce que gagne chaque commune", (communes_table(found),)),
        Section("limites", "Ce que le calcul suppose", (_limits(found),)),
    )
    return Document(
        f"implantation-{found.perimeter.key}",
        french_spaces(f"Où ouvrir {said} {where}"),
        french_spaces(f"{number(found.capacity)} consultations par an et par lieu"),
        date_text(on),
        summary,
        (Part("gains", "Qui y gagne", sections),),
    )


def _answer(found: Siting) -> tuple[Finding | Items, ...]:
    return (
        *(_place(found, place) for place in found.choice.chosen),
        Finding(french_spaces(_proof(found))),
        Items(french_spaces("À moins de 1 % du même résultat"), _close(found)),
        _neighbours(found),
    )


def communes_table(found: Siting) -> Table:
    """Return one row per commune of the territory, and per neighbour that gains.

    Parameters
    ----------
    found
        The choice.
    """
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("situation", "Situation"),
        Column("apl_avant", "APL avant", Align.NUMBER, 2),
        Column("gain", "Gain", Align.NUMBER, 2),
        Column("apl_apres", "APL après", Align.NUMBER, 2),
        Column("population", "Population", Align.NUMBER, 0, "habitants"),
    )
    shown = np.flatnonzero(found.is_inside | (found.gain >= FELT))
    shown = shown[np.argsort(-found.gain[shown], kind="stable")]
    before, after = found.network.score, found.network.score + found.gain
    codes = tuple(found.baseline.homes[home] for home in shown)
    rows = tuple(
        (
            code,
            name_of(code),
            "territoire" if found.is_inside[home] else "voisine",
            _cell(before[home]),
            float(found.gain[home]),
            _cell(after[home]),
            float(found.residents[home]),
        )
        for code, home in zip(codes, shown, strict=True)
    )
    return Table(
        "communes", "Ce que gagne chaque commune", columns, rows, Nature.ESTIME,
        _provenance(found), "", VISIBLE_ROWS, codes,
    )  # fmt: skip


def _cell(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _provenance(found: Siting) -> Provenance:
    method = "Gain d'un lieu : son activité, partagée entre ceux qui peuvent l'atteindre."
    return found.baseline.provenance | Provenance(method=method)


def _name(found: Siting, place: int) -> str:
    return name_of(found.perimeter.codes[place])


def _target(found: Siting) -> str:
    return number(found.network.target, 1)


def _headline(found: Siting) -> str:
    network, chosen = found.network, found.choice.chosen
    if not chosen:
        return (
            f"Aucun lieu ne réduit le manque {located(found.perimeter)} : aucune commune de score "
            f"connu et sous {_target(found)} n'y gagnerait."
        )
    names = ", ".join(_name(found, place) for place in chosen)
    lacking = float(network.people[network.lacks].sum())
    near = network.reach()[:, list(chosen)].sum(axis=1) > 0
    covered = float(network.people[network.lacks & np.asarray(near).ravel()].sum())
    return (
        f"{names} : sur {number(lacking)} habitants du territoire sous {_target(found)}, "
        f"{number(network.raised(chosen))} passent ce seuil et {number(covered)} ont un des lieux "
        f"à {number(network.within)} minutes ou moins."
    )


def _place(found: Siting, place: int) -> Finding:
    people, mean, raised = found.lacking(place)
    text = (
        f"{_name(found, place)} : {number(people)} habitants qui manquent y gagnent, en moyenne "
        f"{number(mean, 2)} consultation par an et par habitant ; à lui seul, ce lieu en fait "
        f"passer {number(raised)} au-dessus de {_target(found)}."
    )
    figures = (
        _figure(found, "habitants qui manquent et y gagnent", people, "habitants"),
        _figure(found, "gain moyen", mean, "consultations par an et par habitant", 2),
    )
    return Finding(french_spaces(text), figures)


def _figure(found: Siting, label: str, value: float, unit: str, digits: int = 0) -> Figure:
    return Figure(
        label, value, unit, Nature.ESTIME,
        vintage=f"socle {found.baseline.year}", provenance=_provenance(found), decimals=digits,
    )  # fmt: skip


def _proof(found: Siting) -> str:
    judged = {
        Objective.MANQUE: "le manque, qui compte d'autant plus qu'il est profond",
        Objective.COUVERTURE: "les habitants qui manquent et sont à "
        f"{number(found.network.within)} minutes ou moins d'un lieu",
        Objective.SEUIL: f"les habitants qui passent {_target(found)}, puis le trajet le plus "
        "court",
    }[found.objective]
    gap = found.choice.gap
    if gap <= PROVEN:
        return f"Jugé sur {judged}, ce choix est prouvé : aucun autre ne fait mieux."
    return (
        f"Jugé sur {judged}, ce choix atteint au moins {number(100 * (1 - gap), 1)} % du meilleur "
        f"possible : aucun autre choix ne dépasse cette borne, l'écart est d'au plus "
        f"{number(100 * gap, 1)} %."
    )


def _close(found: Siting) -> tuple[str, ...]:
    """Return the exchanges that lose under 1 %: what else may decide, premises or a team."""
    if not found.alternatives:
        return ("Aucune autre commune, en échange d'un de ces lieux.",)
    said = []
    for out, new, value in found.alternatives[:MOST_CLOSE]:
        share = number(100 * value / found.choice.value, 1)
        said.append(f"{_name(found, new)} au lieu de {_name(found, out)} : {share} % du résultat.")
    more = len(found.alternatives) - MOST_CLOSE
    if more > 0:
        said.append(f"Et {counted(more, 'autre échange', 'autres échanges')}.")
    return tuple(french_spaces(one) for one in said)


def _neighbours(found: Siting) -> Finding:
    outside, inside = found.consultations(inside=False), found.consultations(inside=True)
    count = int((~found.is_inside & (found.gain >= FELT)).sum())
    verb = "gagne" if count < 2 else "gagnent"
    text = (
        f"Les habitants du territoire y gagnent {number(inside)} consultations par an ; leurs "
        f"voisins {number(outside)} : {counted(count, 'commune voisine', 'communes voisines')} "
        f"{verb} au moins 0,01 par habitant."
    )
    unit = "consultations par an"
    figures = (
        _figure(found, "gagnées dans le territoire", inside, unit),
        _figure(found, "gagnées chez les voisins", outside, unit),
    )
    return Finding(french_spaces(text), figures)


def _doubts(found: Siting) -> tuple[str, ...]:
    said = []
    if found.unknown:
        count = counted(found.unknown, "commune")
        said.append(f"{count} du territoire sans score connu : le choix n'en tient pas compte.")
    missing = found.asked - len(found.choice.chosen)
    if missing > 0 and found.choice.chosen:
        places = counted(missing, "lieu demandé", "lieux demandés")
        said.append(f"{places} de plus : aucun effet sur ce critère, non placé.")
    return tuple(french_spaces(one) for one in said)


def _limits(found: Siting) -> Items:
    return Items(
        "Ce que le calcul suppose",
        tuple(
            french_spaces(one)
            for one in (
                found.baseline.told,
                f"L'activité de chaque lieu, {number(found.capacity)} consultations par an, est "
                "nouvelle : si elle vient d'une autre commune, « assemblier scenario » dit ce que "
                "celle-ci perd.",
                "Seuls les habitants du territoire pèsent sur le choix ; ce que gagnent les "
                "voisins est dit à part.",
                "Le choix ne connaît ni les locaux, ni les équipes, ni les règles propres à la "
                "structure : « assemblier verifier » dit celles-ci.",
                found.baseline.travel.method,
            )
        ),
        provenance=_provenance(found),
    )
