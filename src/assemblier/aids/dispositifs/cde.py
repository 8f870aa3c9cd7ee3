"""CDE: the contract of the first years of practice; for replacements only since 2024."""

from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import (
    Expression,
    annees_depuis,
    au_moins,
    bareme,
    entree,
    parametre,
    plafonne,
)
from assemblier.aids.inputs import MEDECINS

CSP = "Code de la santé publique, article L. 1435-4-2"
DECRET = "Décret n° 2020-1666 du 22 décembre 2020"
ARRETE = "Arrêté publié au Journal officiel du 13 février 2021"
est_remplacant = entree("statut").est("remplacant")
est_installe = entree("statut").est("installe", "projet")
remplace_assez = entree("jours_par_trimestre") >= parametre("jours_trimestre_minimum")
exerce_assez = entree("demi_journees_par_semaine") >= parametre("demi_journees_minimum")
ZONES = "zonage.medecin.aides."


def en_zone(zones: str) -> Expression:
    """Return the rule of the place: in one of some zones, or near enough to one."""
    is_near = entree("distance_zone_fragile_km") <= parametre("distance_limitrophe_km")
    return entree("zonage").dans(parametre(zones)) | is_near


DISPOSITIF = Dispositif(
    sigle="CDE",
    nom="Contrat de début d'exercice",
    resume="Un complément de revenus et une couverture sociale pour un médecin qui débute dans une "
    "zone fragile ; depuis 2024, pour les seuls remplaçants.",
    famille=Famille.ETAT,
    financeur="État (fonds d'intervention régional de l'ARS)",
    contact="l'agence régionale de santé (ARS)",
    beneficiaires="médecins qui débutent ; remplaçants seulement depuis le 1er janvier 2024",
    nature="complément de revenus et rémunération des arrêts",
    duree="trois ans, non renouvelable",
    ouvert="2021-04-01",
    contradictions=("X-06",),
    conditions=(
        Condition(
            "profession",
            entree("profession").est(*MEDECINS),
            "Le contrat est pour les médecins.",
            "Le contrat est pour les médecins seulement.",
            CSP,
            champ=True,
        ),
        Condition(
            "zone",
            {
                "2021-04-01": en_zone(f"{ZONES}contrat_de_debut_d_exercice"),
                "2024-01-01": en_zone(f"{ZONES}contrat_de_debut_d_exercice_remplacants"),
            },
            "Le lieu est en ZIP, en ZAC, ou limitrophe.",
            "Le lieu ({zonage}) n'est ni en ZIP, ni en ZAC, ni à {distance_limitrophe_km} d'une "
            "telle zone.",
            DECRET,
        ),
        Condition(
            "statut",
            {"2021-04-01": est_installe | est_remplacant, "2024-01-01": est_remplacant},
            "Le médecin est {statut}.",
            "Le médecin est {statut} : le contrat ne se signe pas, ou ne se signe plus, avec lui.",
            {"2021-04-01": DECRET, "2024-01-01": f"{CSP}, en vigueur depuis le 1er janvier 2024"},
        ),
        Condition(
            "secteur",
            entree("secteur").est("secteur_1", "secteur_2_optam"),
            "Les tarifs conviennent : {secteur}.",
            "{secteur} : il faut le secteur 1, ou le secteur 2 avec OPTAM.",
            DECRET,
        ),
        Condition(
            "debut",
            {
                "2021-04-01": est_remplacant
                | (
                    annees_depuis(entree("date_inscription_ordre"))
                    < parametre("annees_ordre_maximum")
                ),
                "2024-01-01": None,
            },
            "Le médecin débute : inscrit à l'Ordre depuis moins d'un an, ou remplaçant.",
            "L'inscription à l'Ordre ({date_inscription_ordre}) date d'un an ou plus.",
            DECRET,
        ),
        Condition(
            "activite",
            {
                "2021-04-01": (est_remplacant & remplace_assez) | (est_installe & exerce_assez),
                "2024-01-01": remplace_assez,
            },
            "L'activité suffit : {demi_journees_minimum}, ou {jours_trimestre_minimum} pour un "
            "remplaçant.",
            "L'activité ne suffit pas : il faut {demi_journees_minimum}, ou "
            "{jours_trimestre_minimum} pour un remplaçant.",
            DECRET,
        ),
        Condition(
            "exercice",
            {
                "2021-04-01": est_remplacant | entree("exercice_coordonne"),
                "2024-01-01": None,
            },
            "L'exercice est coordonné, ou il s'agit de remplacements.",
            "L'exercice n'est pas coordonné.",
            DECRET,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "complément du trimestre d'un remplaçant",
            plafonne(
                au_moins(parametre("seuil_trimestre") - entree("honoraires_trimestre"), 0),
                parametre("complement_trimestre_maximum"),
            ),
            "€ par trimestre",
            "{seuil_trimestre} moins les honoraires du trimestre, au plus "
            "{complement_trimestre_maximum}",
            ARRETE,
            si=est_remplacant,
        ),
        Montant(
            "complement_maximum",
            "complément du mois d'un médecin installé, au plus",
            {"2021-04-01": parametre("complement_mois_maximum"), "2024-01-01": None},
            "€ par mois",
            "un plafond forfaitaire moins les honoraires, au plus {complement_mois_maximum}",
            ARRETE,
            si=est_installe,
        ),
        Montant(
            "honoraires_minimum",
            "honoraires à atteindre dans le mois pour recevoir le complément, la première année",
            {
                "2021-04-01": bareme(
                    entree("demi_journees_par_semaine"),
                    parametre("paliers_demi_journees"),
                    parametre("honoraires_minimum"),
                ),
                "2024-01-01": None,
            },
            "€ par mois",
            "selon les demi-journées par semaine",
            ARRETE,
            si=est_installe,
        ),
        Montant(
            "maladie",
            "par jour d'arrêt maladie",
            parametre("maladie_jour"),
            "€ par jour",
            "{maladie_jour}",
            ARRETE,
        ),
        Montant(
            "maternite",
            "par jour de congé de maternité, de paternité ou d'adoption",
            parametre("maternite_jour"),
            "€ par jour",
            "{maternite_jour}",
            ARRETE,
        ),
    ),
    engagements=(
        "exercer pendant la durée du contrat dans la zone ou à sa limite",
        "respecter les tarifs opposables, ou l'OPTAM",
    ),
    cumuls=(
        Cumul("CESP", Sens.PERMIS, "Le cumul est permis.", DECRET),
        Cumul(
            "aides conventionnelles",
            Sens.INTERDIT,
            "Permis jusqu'en 2023 ; un remplaçant n'en reçoit pas depuis 2024.",
            CSP,
        ),
    ),
    textes=(
        Texte(
            "Décret n° 2020-1666 du 22 décembre 2020 relatif au contrat de début d'exercice",
            "2020-12-24",
            remplace="Contrats PTMG, PTMA, PTMR et PIAS",
        ),
        Texte("Code de la santé publique, article L. 1435-4-2", "2020-12-24"),
    ),
    non_modelise=(
        "Le plafond forfaitaire du complément selon les demi-journées, qui n'a pas été lu.",
        "L'ancienneté demandée d'un remplaçant.",
        "Le délai de carence et la durée des arrêts rémunérés.",
    ),
)
