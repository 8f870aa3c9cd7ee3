"""Centres de santé, and the antennas they may open."""

import datetime as dt

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, judged, law
from assemblier.aids.legality.subjects.subject import (
    Answers,
    Condition,
    Subject,
    condition_findings,
    fields_of,
)
from assemblier.aids.legality.wording import plain, short
from assemblier.aids.words import listed
from assemblier.parameters import Parameter

_CENTRE = (
    Condition(
        "tiers_payant",
        "Le centre pratique le tiers payant",
        "Le tiers payant est proposé aux patients.",
        "Un centre de santé propose le tiers payant à ses patients.",
        "Inscrire le tiers payant au projet de santé et au règlement.",
    ),
    Condition(
        "sans_depassement",
        "Le centre ne facture aucun dépassement d'honoraires",
        "Aucun dépassement d'honoraires.",
        "Un centre de santé ne facture pas de dépassement d'honoraires.",
        "Supprimer les dépassements.",
    ),
    Condition(
        "gestion_non_lucrative",
        "La gestion est non lucrative",
        "Les bénéfices restent au centre ou à une autre structure non lucrative du gestionnaire.",
        "Les bénéfices ne peuvent servir qu'au centre, ou à une autre structure non lucrative du "
        "gestionnaire.",
        "Affecter les bénéfices au centre dans les statuts.",
    ),
    Condition(
        "actes_rembourses_a_titre_principal",
        "Le centre réalise surtout des actes remboursés",
        "Les prestations remboursées sont le principal de l'activité.",
        "Un centre de santé réalise à titre principal des prestations remboursées.",
        "Recentrer l'activité sur les soins remboursés.",
    ),
    Condition(
        "projet_de_sante_transmis",
        "Un projet de santé est transmis à l'agence",
        "Le projet de santé est transmis à l'agence régionale de santé.",
        "Le gestionnaire élabore un projet de santé et le transmet à l'agence.",
        "Écrire le projet de santé et le transmettre à l'agence.",
    ),
)
_MANAGERS = (
    "association",
    "mutuelle",
    "commune",
    "epci",
    "departement",
    "region",
    "etablissement_de_sante",
    "cooperative_interet_collectif",
    "societe_commerciale",
    "professionnels_liberaux",
)


def _centre(answers: Answers, on: dt.date) -> list[Finding]:
    rule = law("centre_de_sante.gestionnaires", on)
    told = answers.get("gestionnaire")
    manager = judged(
        "Gestionnaire",
        None if told is None else told in rule.value,
        rule,
        on,
        (
            f"Le gestionnaire peut l'être : {plain(told or '')}.",
            "Le gestionnaire est une collectivité, un groupement, un établissement de santé, une "
            "coopérative d'intérêt collectif ou un organisme sans but lucratif.",
            "Le gestionnaire n'est pas dit.",
        ),
        f"Confier la gestion à : {listed([plain(one) for one in rule.value], 'ou')}.",
    )
    return [manager, *condition_findings("centre_de_sante.conditions", _CENTRE, answers, on)]


CENTRE = Subject(
    "centre-de-sante",
    "Règles d'un centre de santé",
    (
        Field("gestionnaire", "Qui gère le centre", Kind.CHOIX, _MANAGERS),
        *fields_of(_CENTRE),
    ),
    _centre,
)

_ANTENNA = (
    Condition(
        "meme_systeme_d_information",
        "L'antenne partage le système d'information du centre",
        "Le système d'information est partagé.",
        "L'antenne partage le système d'information de son centre.",
        "Raccorder l'antenne au système d'information du centre.",
    ),
    Condition(
        "meme_gestionnaire",
        "L'antenne a le même gestionnaire que le centre",
        "Le gestionnaire est le même.",
        "L'antenne a le gestionnaire de son centre.",
        "Confier l'antenne au gestionnaire du centre.",
    ),
    Condition(
        "sans_autonomie_de_gestion",
        "L'antenne n'a pas d'autonomie de gestion",
        "L'antenne n'a pas d'autonomie de gestion.",
        "Une antenne n'a pas d'autonomie de gestion.",
        "Rattacher la gestion au centre, ou créer un centre.",
    ),
)


def _antenna(answers: Answers, on: dt.date) -> list[Finding]:
    hours = law("centre_de_sante.antenne.heures_semaine", on)
    told = answers.get("heures_semaine")
    opening = judged(
        "Heures d'ouverture par semaine",
        None if told is None else told <= hours.value,
        hours,
        on,
        (
            f"{short(told or 0)} heures par semaine, {hours.value} au plus.",
            f"{short(told or 0)} heures par semaine : une antenne n'ouvre pas plus de "
            f"{hours.value} heures.",
            "Les heures d'ouverture ne sont pas dites.",
        ),
        f"Ouvrir {hours.value} heures par semaine au plus, ou créer un centre.",
    )
    others = condition_findings("centre_de_sante.antenne.conditions", _ANTENNA, answers, on)
    return [opening, _distance(answers, on), *others]


def _distance(answers: Answers, on: dt.date) -> Finding:
    limit = law("centre_de_sante.antenne.minutes", on)
    edge = law("centre_de_sante.antenne.minutes_borne_incluse", on)
    told = answers.get("minutes")
    is_edge = told is not None and told == limit.value
    holds = None if told is None else told < limit.value or (is_edge and bool(edge.value))
    rule: Parameter = edge if is_edge else limit
    return judged(
        "Trajet depuis le centre",
        holds,
        rule,
        on,
        (
            f"{short(told or 0)} minutes, moins de {limit.value}.",
            f"{short(told or 0)} minutes : l'antenne est à moins de {limit.value} minutes du "
            "centre.",
            "Le trajet n'est pas dit.",
        ),
        f"Choisir un lieu à moins de {limit.value} minutes du centre.",
    )


ANTENNA = Subject(
    "antenne",
    "Règles d'une antenne de centre de santé",
    (
        Field("heures_semaine", "Heures d'ouverture par semaine", Kind.NOMBRE, most=168),
        Field("minutes", "Minutes de trajet depuis le centre", Kind.NOMBRE, most=600),
        *fields_of(_ANTENNA),
    ),
    _antenna,
)
