"""CAPII, CAII, CAMI: the contracts of nurses in the zones that lack them most."""

from assemblier.aids.conditions import (
    au_niveau,
    exercice_regroupe,
    installation_recente,
    installe,
    pour_la_profession,
    qui_s_installe,
)
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import Genre, Saisie

AVENANT = "Avenant 6 à la convention nationale des infirmiers"
TEXTE = Texte(f"{AVENANT}, signé le 29 mars 2019", "2019-03-29")
PROFESSION = pour_la_profession("infirmier", "infirmiers", AVENANT)
ZONE = au_niveau("zonage.infirmier.aides_conventionnelles", AVENANT)
SEUL_CONTRAT = Condition(
    "seul_contrat",
    ~entree("contrat_infirmier_en_cours"),
    "Aucun autre contrat incitatif n'est en cours.",
    "Un autre contrat incitatif est en cours : un seul à la fois.",
    AVENANT,
)
EXCLUSIF = "Un seul de ces contrats à la fois."
STAGIAIRE = Montant(
    "stagiaire",
    "complément pour l'accueil d'un étudiant en fin d'études",
    parametre("stagiaire_mois") * entree("mois_de_stage"),
    "€ par an",
    "{stagiaire_mois} d'accueil",
    AVENANT,
    si=entree("accueille_un_stagiaire"),
)
NON_MODELISE = (
    "L'activité minimale dans la zone (10 000 € d'honoraires la première année, 30 000 € "
    "ensuite, la moitié auprès de patients de la zone).",
    "Les conditions d'équipement informatique du cabinet.",
    "La majoration qu'une agence régionale peut décider.",
)


def _exclus(*sigles: str) -> tuple[Cumul, ...]:
    return tuple(Cumul(one, Sens.INTERDIT, EXCLUSIF, AVENANT) for one in sigles)


def _en_cinq_ans() -> tuple[Montant, ...]:
    """Return what an installation contract pays over five years."""
    return (
        Montant("montant", "aide, en cinq ans", parametre("montant"), "€", "{montant}", AVENANT),
        Montant(
            "debut",
            "versement de chacune des deux premières années",
            parametre("deux_premieres_annees"),
            "€ par an",
            "{deux_premieres_annees}",
            AVENANT,
        ),
        Montant(
            "suite",
            "versement de chacune des trois années suivantes",
            parametre("annees_suivantes"),
            "€ par an",
            "{annees_suivantes}",
            AVENANT,
        ),
        STAGIAIRE,
    )


CAPII = Dispositif(
    sigle="CAPII",
    nom="Contrat d'aide à la première installation infirmier",
    resume="Une aide en cinq ans pour un infirmier qui s'installe pour la première fois en zone "
    "très sous-dotée.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="infirmiers libéraux qui s'installent pour la première fois",
    nature="aide forfaitaire, versée chaque année",
    duree="cinq ans, non renouvelable",
    ouvert="2020-01-10",
    entrees=(
        Saisie(
            "contrat_infirmier_en_cours",
            "autre contrat incitatif d'infirmier en cours",
            Genre.REPONSE,
            "Un autre contrat incitatif (CAPII, CAII ou CAMI) est-il en cours ?",
        ),
    ),
    conditions=(
        PROFESSION,
        ZONE,
        qui_s_installe(AVENANT),
        Condition(
            "premiere",
            entree("premiere_installation"),
            "C'est la première installation.",
            "Ce n'est pas la première installation : voir le CAII.",
            AVENANT,
        ),
        installation_recente(AVENANT),
        exercice_regroupe(AVENANT),
        SEUL_CONTRAT,
    ),
    montants=_en_cinq_ans(),
    engagements=("exercer cinq ans dans la zone",),
    cumuls=_exclus("CAII", "CAMI"),
    textes=(TEXTE,),
    non_modelise=NON_MODELISE,
)

CAII = Dispositif(
    sigle="CAII",
    nom="Contrat d'aide à l'installation infirmier",
    resume="Une aide en cinq ans pour un infirmier qui s'installe en zone très sous-dotée.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="infirmiers libéraux qui s'installent",
    nature="aide forfaitaire, versée chaque année",
    duree="cinq ans, non renouvelable",
    ouvert="2020-01-10",
    conditions=(
        PROFESSION,
        ZONE,
        qui_s_installe(AVENANT),
        installation_recente(AVENANT),
        exercice_regroupe(AVENANT),
        SEUL_CONTRAT,
    ),
    montants=_en_cinq_ans(),
    engagements=("exercer cinq ans dans la zone",),
    cumuls=_exclus("CAPII", "CAMI"),
    textes=(TEXTE,),
    non_modelise=NON_MODELISE,
)

CAMI = Dispositif(
    sigle="CAMI",
    nom="Contrat d'aide au maintien infirmier",
    resume="Une aide annuelle pour un infirmier qui exerce déjà en zone très sous-dotée.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="infirmiers libéraux déjà installés",
    nature="aide annuelle",
    duree="trois ans, renouvelable",
    ouvert="2020-01-10",
    conditions=(PROFESSION, ZONE, installe(AVENANT), exercice_regroupe(AVENANT), SEUL_CONTRAT),
    montants=(
        Montant("montant", "aide annuelle", parametre("montant"), "€ par an", "{montant}", AVENANT),
        STAGIAIRE,
    ),
    engagements=("exercer trois ans dans la zone",),
    cumuls=_exclus("CAPII", "CAII"),
    textes=(TEXTE,),
    non_modelise=NON_MODELISE,
)

DISPOSITIFS = (CAPII, CAII, CAMI)
