"""The conditions several dispositifs share, word for word: profession, place, tariffs, practice."""

from assemblier.aids.dispositif import Condition
from assemblier.aids.expressions import Expression, annees_depuis, entree, parametre
from assemblier.aids.inputs import MEDECINS

LIBERAUX = ("installe", "collaborateur")
"""Statuses of who practises in private practice already, replacements apart."""


def pour_les_medecins(article: str) -> Condition:
    """The aid is for doctors."""
    return Condition(
        "profession",
        entree("profession").est(*MEDECINS),
        "L'aide est pour les médecins.",
        "{profession} : l'aide est pour les médecins seulement.",
        article,
        champ=True,
    )


def pour_les_generalistes(article: str) -> Condition:
    """The aid is for general practitioners."""
    return Condition(
        "profession",
        entree("profession").est("medecin_generaliste"),
        "L'aide est pour les médecins généralistes.",
        "{profession} : l'aide est pour les médecins généralistes seulement.",
        article,
        champ=True,
    )


def pour_la_profession(code: str, pluriel: str, article: str) -> Condition:
    """The aid is for one profession."""
    return Condition(
        "profession",
        entree("profession").est(code),
        f"L'aide est pour les {pluriel}.",
        f"{{profession}} : l'aide est pour les {pluriel} seulement.",
        article,
        champ=True,
    )


def dans_la_zone(chemin: str, article: str) -> Condition:
    """The place is in one of the zones of a parameter."""
    return Condition(
        "zone",
        entree("zonage").dans(parametre(chemin)),
        "Le lieu est en {zonage}.",
        f"Le lieu est en {{zonage}} : l'aide n'est ouverte qu'en {{{chemin.rsplit('.', 1)[-1]}}}.",
        article,
    )


def au_niveau(chemin: str, article: str) -> Condition:
    """The place is at one of the levels of a parameter, for the profession."""
    return Condition(
        "zone",
        entree("niveau_zone").dans(parametre(chemin)),
        "La zone de la profession est {niveau_zone}.",
        "La zone de la profession est {niveau_zone} : il faut une zone "
        f"{{{chemin.rsplit('.', 1)[-1]}}}.",
        article,
    )


def tarifs_opposables(article: str) -> Condition:
    """Sector 1, or sector 2 with the option that caps what goes beyond."""
    return Condition(
        "secteur",
        entree("secteur").est("secteur_1", "secteur_2_optam"),
        "Les tarifs conviennent : {secteur}.",
        "{secteur} : il faut le secteur 1, ou le secteur 2 avec OPTAM.",
        article,
    )


def exercice_regroupe(article: str) -> Condition:
    """In a group, or coordinated."""
    return Condition(
        "exercice",
        entree("exercice_coordonne") | entree("exercice_groupe"),
        "L'exercice est coordonné ou en groupe, ou l'engagement en est pris.",
        "L'exercice n'est ni coordonné (MSP, équipe de soins primaires, CPTS) ni en groupe.",
        article,
    )


def installe(article: str) -> Condition:
    """In private practice already."""
    return Condition(
        "statut",
        entree("statut").est(*LIBERAUX),
        "Le professionnel est {statut}.",
        "Le professionnel est {statut} : l'aide est pour qui exerce déjà ici en libéral.",
        article,
    )


def qui_s_installe(article: str) -> Condition:
    """In private practice, or about to be."""
    return Condition(
        "statut",
        entree("statut").est(*LIBERAUX, "projet"),
        "Le professionnel est {statut}.",
        "Le professionnel est {statut} : l'aide suppose une installation en libéral.",
        article,
    )


def installation_recente(article: str) -> Condition:
    """Settled for less than the years of the parameter, or about to."""
    recente: Expression = annees_depuis(entree("date_installation")) < parametre("annees_maximum")
    return Condition(
        "installation_recente",
        entree("statut").est("projet") | recente,
        "L'installation date de moins de {annees_maximum}, ou elle est à venir.",
        "L'installation ({date_installation}) date de {annees_maximum} ou plus.",
        article,
    )
