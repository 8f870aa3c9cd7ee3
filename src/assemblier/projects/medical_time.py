"""Medical time as the common unit: hours a week each lever frees or brings, and at what cost."""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.figures import Nature
from assemblier.french import number
from assemblier.projects.assistant_medical import GAIN_PUBLISHED
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, guide
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form, Rows, question, share
from assemblier.projects.study import Drawn, Listing, Picture, Statement, Study, quantity

SECRETARY, ASSISTANT, NURSE, OTHER = "secretariat", "assistant", "ipa", "autre"
LEVERS = {
    SECRETARY: "secrétariat",
    ASSISTANT: "assistant médical",
    NURSE: "infirmier en pratique avancée",
    "retraites": "médecins retraités",
    "multi_site": "consultations d'un médecin voisin",
    "hopital": "consultations avancées de l'hôpital",
    "teleconsultation": "téléconsultation",
    OTHER: "autre levier",
}
_TIME = "medecin_generaliste.temps."
_CHAPTER = "pages 70 et suivantes"

FORM = Form(
    "temps-medical",
    "Temps médical gagné par levier",
    (
        question("nom", "Nom du territoire", Kind.TEXTE),
        question("minutes", "Durée d'une consultation, en minutes", least=1),
        question("semaines", "Semaines par an", most=52),
        share("fourchette", "De combien déplacer les hypothèses"),
    ),
    (
        Rows(
            "leviers",
            "Leviers",
            (
                question("levier", "Le levier", Kind.CHOIX, tuple(LEVERS), is_required=True),
                question("nom", "Son nom", Kind.TEXTE),
                question("medecins", "Médecins qui en profitent"),
                question("heures", "Heures médicales par semaine et par médecin, si connues"),
                share("part_deleguee", "Part des tâches de gestion déléguée"),
                question("cout", "Coût annuel pour les financeurs, en €"),
            ),
            least=1,
        ),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return what each lever brings, the cheapest hour first.

    Always true
    -----------
    Consultations are hours × 60 ÷ minutes, for every lever alike.
    """
    entries = Entries(answers, on)
    levers = answers.rows("leviers")
    calculation = Calculation(
        (
            Block("L'unité commune", (*_unit(entries), *gain_rows(answers, on))),
            *(
                Block(_name(lever, rank), tuple(_lever(entries, lever, rank)))
                for rank, lever in enumerate(levers, start=1)
            ),
        )
    )
    order = _league(calculation, levers)
    best = order[0]
    return Study(
        FORM.kind,
        "Temps médical gagné, levier par levier",
        answers.get("nom") or "territoire",
        on,
        calculation,
        tuple(_findings(calculation, levers, order)),
        (f"heures_{best}", 0),
        (
            Picture(
                "heures",
                "Heures médicales par semaine, levier par levier",
                Drawn.BARS,
                tuple(f"heures_{rank}" for rank in range(1, len(levers) + 1)),
                "Chaque barre compte des heures de médecin, l'unité commune.",
            ),
        ),
        (_table(calculation, levers, order),),
        (
            "Les heures libérées ne sont des consultations que si le médecin les y consacre.",
            "Un levier sans heures dites (IPA, téléconsultation…) reste non disponible : aucune "
            "valeur publiée n'est supposée.",
        ),
        sources=(guide(_CHAPTER),),
    )


def _unit(entries: Entries) -> tuple[Row, ...]:
    return (
        entries.entry(
            "minutes",
            "durée d'une consultation",
            "minutes",
            f"{_TIME}minutes_consultation",
            ranged=True,
        ),
        entries.entry("semaines", "semaines par an", "semaines", "projets.acte.semaines_an"),
        entries.given(
            "gestion",
            "temps de gestion d'un médecin",
            "heures par semaine",
            f"{_TIME}heures_gestion",
        ),
        entries.given(
            "patients",
            "temps d'un médecin auprès des patients",
            "heures par semaine",
            f"{_TIME}heures_patients",
        ),
    )


def gain_rows(answers: Answers, on: dt.date) -> tuple[Row, ...]:
    """Return what an assistant brings, where one is among the levers."""
    if all(one["levier"] != ASSISTANT for one in answers.rows("leviers")):
        return ()
    entries = Entries(answers, max(on, GAIN_PUBLISHED))
    return (
        entries.given(
            "gain_bas",
            "hausse de patientèle avec un assistant, au moins",
            "%",
            "projets.assistant.gain_minimum",
        ),
        entries.given(
            "gain_haut",
            "hausse de patientèle avec un assistant, au plus",
            "%",
            "projets.assistant.gain_maximum",
        ),
    )


def _name(lever: Mapping[str, Any], rank: int) -> str:
    return f"{rank}. {said_name(lever)}"


def said_name(lever: Mapping[str, Any]) -> str:
    """Return the name of a lever: the user's, else its own."""
    return str(lever.get("nom") or LEVERS[lever["levier"]])


def _lever(entries: Entries, lever: Mapping[str, Any], rank: int) -> Iterator[Row]:
    key, said = lever["levier"], said_name(lever)
    doctors = lever.get("medecins")
    yield (
        entries.said(f"medecins_{rank}", "médecins qui en profitent", "médecins", doctors)
        if doctors is not None
        else Row(
            f"medecins_{rank}",
            "médecins qui en profitent",
            "médecins",
            (Fraction(1),),
            origin="un seul, faute de réponse",
            nature=Nature.ESTIME,
        )
    )
    yield from _hours_each(entries, lever, rank, key)
    yield computed(
        f"heures_{rank}",
        f"heures médicales gagnées : {said}",
        "heures par semaine",
        ref(f"medecins_{rank}") * ref(f"chacun_{rank}"),
        1,
    )
    yield computed(
        f"consultations_{rank}",
        "consultations gagnées",
        "par semaine",
        ref(f"heures_{rank}") * 60 / ref("minutes"),
        1,
    )
    yield entries.said(f"cout_{rank}", "coût", "€ par an", lever.get("cout"))
    yield computed(
        f"cout_heure_{rank}",
        "coût d'une heure médicale",
        "€ par heure",
        ref(f"cout_{rank}") / (ref(f"heures_{rank}") * ref("semaines")),
        2,
    )


def _hours_each(entries: Entries, lever: Mapping[str, Any], rank: int, key: str) -> Iterator[Row]:
    label, unit = f"heures gagnées par médecin : {said_name(lever)}", "heures par semaine"
    if lever.get("heures") is not None or key not in (SECRETARY, ASSISTANT):
        yield entries.said(f"chacun_{rank}", label, unit, lever.get("heures"))
        return
    if key == SECRETARY:
        part = lever.get("part_deleguee")
        yield (
            entries.said(f"part_{rank}", "part des tâches de gestion déléguée", "%", part)
            if part is not None
            else Row(
                f"part_{rank}",
                "part des tâches de gestion déléguée",
                "%",
                (Fraction(100),),
                origin="toutes, faute de réponse : un plafond",
                nature=Nature.ESTIME,
            )
        )
        yield computed(f"chacun_{rank}", label, unit, ref("gestion") * ref(f"part_{rank}") / 100, 2)
        return
    middle = (ref("gain_bas") + ref("gain_haut")) / 2
    yield computed(f"chacun_{rank}", label, unit, ref("patients") * middle / 100, 2)


def _league(calculation: Calculation, levers: tuple[Mapping[str, Any], ...]) -> list[int]:
    """Return the ranks of the levers, the cheapest hour first, unknown costs last."""

    def order(rank: int) -> tuple[bool, Fraction, bool, Fraction]:
        cost, hours = (calculation.value(f"{k}_{rank}") for k in ("cout_heure", "heures"))
        return cost is None, cost or Fraction(0), hours is None, -(hours or Fraction(0))

    return sorted(range(1, len(levers) + 1), key=order)


def _table(
    calculation: Calculation, levers: tuple[Mapping[str, Any], ...], order: list[int]
) -> Listing:
    rows = tuple(
        (
            str(place),
            said_name(levers[rank - 1]),
            quantity(calculation.value(f"heures_{rank}"), "heures", 1),
            _whole(calculation.value(f"consultations_{rank}")),
            quantity(calculation.value(f"cout_heure_{rank}"), "€", 2),
        )
        for place, rank in enumerate(order, start=1)
    )
    return Listing(
        "classement",
        "Les leviers, l'heure la moins chère d'abord",
        ("Rang", "Levier", "Heures par semaine", "Consultations par semaine", "Coût d'une heure"),
        rows,
        "Consultations entières : une consultation commencée ne compte pas.",
    )


def _whole(value: Fraction | None) -> str:
    return "non disponible" if value is None else number(value.numerator // value.denominator)


def _findings(
    calculation: Calculation, levers: tuple[Mapping[str, Any], ...], order: list[int]
) -> Iterator[Statement]:
    best = order[0]
    name = said_name(levers[best - 1])
    hours = calculation.value(f"heures_{best}")
    cost = calculation.value(f"cout_heure_{best}")
    if hours is None:
        yield Statement("Aucun levier n'a d'heures connues : les dire, levier par levier.")
        return
    price = f", à {quantity(cost, '€', 2)} l'heure" if cost is not None else ""
    yield Statement(
        f"{name[:1].upper()}{name[1:]} : {quantity(hours, 'heures médicales par semaine', 1)}"
        f"{price}, soit {_whole(calculation.value(f'consultations_{best}'))} consultations.",
        ((f"heures_{best}", 0), (f"consultations_{best}", 0)),
    )
