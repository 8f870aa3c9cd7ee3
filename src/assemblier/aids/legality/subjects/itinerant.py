"""Itinerant medicine: forbidden without a place, allowed under conditions."""

import datetime as dt

from assemblier.aids.legality.opinion import Finding, Law, State, law
from assemblier.aids.legality.subjects.subject import (
    Answers,
    Condition,
    Subject,
    condition_findings,
    fields_of,
)

_CONDITIONS = (
    Condition(
        "autorisation_de_l_ordre",
        "L'ordre des médecins a donné son autorisation",
        "L'ordre a autorisé l'unité mobile.",
        "Sans autorisation de l'ordre, c'est de la médecine foraine, qui est interdite.",
        "Demander l'autorisation au conseil départemental de l'ordre.",
    ),
    Condition(
        "lieux_fixes_a_l_avance",
        "Les lieux de consultation sont fixés à l'avance",
        "Les lieux sont fixés à l'avance.",
        "Les lieux de consultation sont fixés à l'avance.",
        "Publier la liste des lieux.",
    ),
    Condition(
        "horaires_fixes_a_l_avance",
        "Les horaires sont fixés à l'avance",
        "Les horaires sont fixés à l'avance.",
        "Les horaires de consultation sont fixés à l'avance.",
        "Publier les horaires.",
    ),
    Condition(
        "equipement",
        "L'unité a un équipement adapté",
        "L'équipement est adapté.",
        "L'unité mobile a un équipement adapté.",
        "Décrire l'équipement dans la demande.",
    ),
    Condition(
        "securite",
        "La sécurité des soins est assurée",
        "La sécurité est assurée.",
        "La sécurité des soins doit être assurée.",
        "Décrire la sécurité des soins dans la demande.",
    ),
    Condition(
        "continuite_des_soins",
        "La continuité des soins est assurée",
        "Le suivi des patients est assuré.",
        "La continuité des soins doit être assurée : suivi régulier, médecin joignable.",
        "Dire qui suit les patients entre deux passages.",
    ),
)


def _itinerant(answers: Answers, on: dt.date) -> list[Finding]:
    path = "medecine_itinerante.conditions"
    text = Law.of(law(path, on), on)
    travel = (
        "Les heures de route ne sont pas facturables : une subvention d'équilibre est en général "
        "nécessaire."
    )
    return [
        *condition_findings(path, _CONDITIONS, answers, on),
        Finding("Trajets", State.CONSEIL, travel, text, "Comparer avec des lieux fixes."),
    ]


ITINERANT = Subject(
    "medecine-itinerante", "Médecine itinérante", fields_of(_CONDITIONS), _itinerant
)
