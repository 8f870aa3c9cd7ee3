"""The conditions the aids of structures and of collectivités share: who they are, where."""

from assemblier.aids.dispositif import Condition
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import COLLECTIVITES
from assemblier.aids.words import listed

_PLURALS = {
    "msp": "maisons de santé pluriprofessionnelles",
    "cds": "centres de santé",
    "cpts": "communautés professionnelles territoriales de santé (CPTS)",
    "esp": "équipes de soins primaires",
    "maison_medicale": "maisons médicales",
    "cabinet": "cabinets de groupe",
    "etablissement": "établissements de santé",
    "commune": "communes",
    "epci": "intercommunalités",
    "departement": "départements",
    "region": "régions",
}


def pour_les(article: str, *codes: str) -> Condition:
    """The aid is for these kinds of structures."""
    everyone = listed([f"les {_PLURALS[code]}" for code in codes])
    return Condition(
        "structure",
        entree("type_structure").est(*codes),
        f"L'aide est pour {everyone}.",
        f"{{type_structure}} : l'aide est pour {everyone}.",
        article,
        champ=True,
    )


def pour_les_collectivites(article: str) -> Condition:
    """The aid is for collectivités and their groups."""
    return pour_les(article, *COLLECTIVITES)


def en_zone(chemin: str, article: str) -> Condition:
    """The place of the structure is in one of the zones of a parameter."""
    return Condition(
        "zone",
        entree("zonage").dans(parametre(chemin)),
        "Le lieu est en {zonage}.",
        f"Le lieu est en {{zonage}} : il faut {{{chemin.rsplit('.', 1)[-1]}}}.",
        article,
    )


def dans_la_region(article: str) -> Condition:
    """The place is in a region of the parameter ``regions``."""
    return Condition(
        "region",
        entree("region").dans(parametre("regions")),
        "Le lieu est dans une région où ce financement est connu ({region}).",
        "{region} : ce financement n'est connu qu'en Auvergne-Rhône-Alpes ; demander à l'agence "
        "régionale de santé ce qu'elle propose.",
        article,
        champ=True,
    )
