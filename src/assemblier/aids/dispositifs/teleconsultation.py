"""FORFAIT_STRUCTURE_TELEMED, EQUIPEMENT_TELEMED_PHARMACIEN: what equips for consulting remotely."""

from assemblier.aids.conditions import LIBERAUX, pour_la_profession, pour_les_medecins
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import Genre, Saisie

AVENANT = "Avenant 6 à la convention médicale de 2016, forfait structure, volet 2"
GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur la télémédecine"
video, objets = entree("equipement_video"), entree("appareils_connectes")

FORFAIT = Dispositif(
    sigle="FORFAIT_STRUCTURE_TELEMED",
    nom="Aide à l'équipement de télémédecine du forfait structure",
    resume="L'Assurance maladie aide un médecin libéral à s'équiper pour la télémédecine.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="médecins libéraux conventionnés",
    nature="forfait annuel",
    duree="chaque année",
    ouvert="2019-01-01",
    ferme="2025-12-31",
    fermeture="Le forfait structure a pris fin avec 2025 ; un forfait numérique lui succède, dont "
    "le texte n'a pas été lu.",
    entrees=(
        Saisie(
            "equipement_video",
            "équipement de vidéotransmission",
            Genre.REPONSE,
            "Le cabinet s'équipe-t-il pour la vidéotransmission ?",
        ),
        Saisie(
            "appareils_connectes",
            "appareils connectés",
            Genre.REPONSE,
            "Le cabinet s'équipe-t-il d'appareils médicaux connectés ?",
        ),
    ),
    conditions=(
        pour_les_medecins(AVENANT),
        Condition(
            "statut",
            entree("statut").est(*LIBERAUX, "retraite_actif"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : l'aide est pour qui exerce en libéral.",
            AVENANT,
        ),
        Condition(
            "convention",
            ~entree("secteur").est("non_conventionne"),
            "Le médecin est conventionné : {secteur}.",
            "L'aide est pour les médecins conventionnés.",
            AVENANT,
        ),
        Condition(
            "equipement",
            video | objets,
            "Le cabinet s'équipe.",
            "Le cabinet ne s'équipe ni de vidéotransmission, ni d'appareils connectés.",
            AVENANT,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "équipement de vidéotransmission",
            parametre("video"),
            "€ par an",
            "{video}",
            AVENANT,
            si=video,
        ),
        Montant(
            "appareils",
            "appareils connectés",
            parametre("objets"),
            "€ par an",
            "{objets}",
            AVENANT,
            si=objets,
        ),
    ),
    textes=(Texte(AVENANT, "2019-01-01", "2025-12-31"), Texte(GUIDE, "2019-09-01")),
    non_modelise=(
        "Les indicateurs du volet 1, à remplir pour toucher le volet 2.",
        "Le forfait numérique qui a suivi.",
    ),
)

PHARMACIEN = Dispositif(
    sigle="EQUIPEMENT_TELEMED_PHARMACIEN",
    nom="Aide à l'équipement de téléconsultation d'une pharmacie",
    resume="L'Assurance maladie aide une pharmacie à s'équiper pour que ses clients y soient vus "
    "à distance par un médecin.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="pharmaciens titulaires d'une officine",
    nature="aide à l'équipement, dont le montant n'a pas été lu",
    duree="à lire dans la convention des pharmaciens",
    ouvert="2019-01-01",
    conditions=(
        pour_la_profession("pharmacien", "pharmaciens", GUIDE),
        Condition(
            "statut",
            entree("statut").est(*LIBERAUX, "projet"),
            "Le pharmacien est {statut}.",
            "Le pharmacien est {statut} : l'aide est pour l'officine.",
            GUIDE,
        ),
        Condition(
            "equipement",
            video,
            "La pharmacie s'équipe pour la vidéotransmission.",
            "La pharmacie ne s'équipe pas pour la vidéotransmission.",
            GUIDE,
        ),
    ),
    montants=(),
    textes=(Texte(GUIDE, "2019-09-01"),),
    non_modelise=(
        "Le montant, que le guide ne dit pas.",
        "Ce que la convention des pharmaciens demande en retour.",
    ),
)

DISPOSITIFS = (FORFAIT, PHARMACIEN)
