"""CAIM: the contract that helped doctors settle in a zone d'intervention prioritaire."""

from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import annees_depuis, entree, parametre, selon
from assemblier.aids.inputs import MEDECINS, Genre, Saisie

CONVENTION = "Convention médicale du 25 août 2016 (arrêté du 20 octobre 2016)"
ANNEXE = f"{CONVENTION}, contrat type d'aide à l'installation des médecins"
jours = entree("jours_par_semaine")

DISPOSITIF = Dispositif(
    sigle="CAIM",
    nom="Contrat d'aide à l'installation des médecins",
    resume="Une aide forfaitaire à l'investissement pour un médecin qui s'installe en ZIP.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM) du lieu d'installation",
    beneficiaires="médecins libéraux conventionnés qui s'installent en ZIP",
    nature="aide forfaitaire, la moitié à la signature, le reste un an après",
    duree="cinq ans, non renouvelable ; une fois par carrière",
    ouvert="2017-01-01",
    contradictions=("X-05",),
    ferme="2025-12-31",
    fermeture="Plus aucun contrat ne se signe depuis le 1er janvier 2026.",
    remplace_par=("CONV2024_INSTALL",),
    entrees=(
        Saisie(
            "caim_deja_signe",
            "contrat d'aide à l'installation déjà signé",
            Genre.REPONSE,
            "Un contrat d'aide à l'installation (CAIM) a-t-il déjà été signé ?",
        ),
    ),
    conditions=(
        Condition(
            "profession",
            entree("profession").est(*MEDECINS),
            "L'aide est pour les médecins.",
            "L'aide est pour les médecins seulement.",
            CONVENTION,
            champ=True,
        ),
        Condition(
            "zone",
            entree("zonage").dans(parametre("zones")),
            "Le lieu est en {zonage}.",
            "Le lieu est en {zonage} : l'aide n'est ouverte qu'en {zones}.",
            ANNEXE,
        ),
        Condition(
            "statut",
            entree("statut").est("installe", "projet"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : l'aide suppose une installation en libéral.",
            ANNEXE,
        ),
        Condition(
            "secteur",
            entree("secteur").est("secteur_1", "secteur_2_optam"),
            "Les tarifs conviennent : {secteur}.",
            "{secteur} : il faut le secteur 1, ou le secteur 2 avec OPTAM.",
            ANNEXE,
        ),
        Condition(
            "installation_recente",
            entree("statut").est("projet")
            | (annees_depuis(entree("date_installation")) < parametre("annees_maximum")),
            "L'installation date de moins d'un an, ou elle est à venir.",
            "L'installation ({date_installation}) date d'un an ou plus.",
            ANNEXE,
        ),
        Condition(
            "activite",
            jours >= parametre("jours_minimum"),
            "L'activité libérale est de {jours_par_semaine}, au moins {jours_minimum}.",
            "L'activité libérale est de {jours_par_semaine} : il en faut {jours_minimum}.",
            ANNEXE,
        ),
        Condition(
            "exercice",
            entree("exercice_coordonne") | entree("exercice_groupe"),
            "L'exercice est coordonné ou en groupe, ou l'engagement en est pris.",
            "L'exercice n'est ni coordonné (MSP, équipe de soins primaires, CPTS) ni en groupe.",
            ANNEXE,
        ),
        Condition(
            "permanence_des_soins",
            entree("participation_pdsa"),
            "Le médecin participe à la permanence des soins ambulatoires.",
            "Le médecin ne participe pas à la permanence des soins ambulatoires.",
            ANNEXE,
        ),
        Condition(
            "premier_contrat",
            ~entree("caim_deja_signe"),
            "C'est le premier contrat de cette sorte.",
            "Le contrat ne se signe qu'une fois par carrière.",
            ANNEXE,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "aide à l'installation",
            selon(
                (jours >= parametre("jours_plein"), parametre("montant_plein")),
                (jours.vaut(parametre("jours_minimum")), parametre("montant_minimum")),
                (jours > parametre("jours_minimum"), jours * parametre("montant_par_jour")),
            ),
            "€",
            "{montant_plein} à partir de {jours_plein}, {montant_minimum} à {jours_minimum} ; "
            "entre les deux, en proportion des jours, règle à confirmer",
            ANNEXE,
        ),
        Montant(
            "majoration",
            "majoration pour un exercice en hôpital de proximité",
            parametre("majoration_hopital_de_proximite"),
            "€",
            "{majoration_hopital_de_proximite}, une fois",
            ANNEXE,
            si=entree("hopital_de_proximite"),
        ),
    ),
    engagements=(
        "exercer en libéral cinq ans dans la zone, au moins deux jours et demi par semaine",
        "participer à la permanence des soins ambulatoires",
        "exercer en groupe ou de façon coordonnée, au plus tard dans les deux ans",
        "rendre une part de l'aide en cas de départ avant la fin du contrat",
    ),
    cumuls=(
        Cumul("COSCOM", Sens.INTERDIT, "Un seul de ces contrats à la fois.", CONVENTION),
        Cumul("COTRAM", Sens.INTERDIT, "Un seul de ces contrats à la fois.", CONVENTION),
        Cumul("CSTM", Sens.INTERDIT, "Un seul de ces contrats à la fois.", CONVENTION),
    ),
    textes=(
        Texte(
            "Convention nationale organisant les rapports entre les médecins libéraux et "
            "l'assurance maladie, signée le 25 août 2016 (arrêté du 20 octobre 2016)",
            "2016-10-20",
            "2024-06-21",
        ),
        Texte("Accès aux soins : le guide pratique pour les élus, annexe II", "2019-09-01"),
    ),
    non_modelise=(
        "La restitution au prorata en cas de rupture du contrat.",
        "La part d'aide d'un exercice réparti sur plusieurs cabinets.",
        "Les contrats signés en 2017 sous le zonage d'avant la méthode de novembre 2017.",
    ),
)
