"""CUMUL_RETRAITE: contributions of a retired doctor who still practises, lighter by dates."""

from assemblier.aids.conditions import dans_la_zone, pour_les_medecins
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Texte
from assemblier.aids.expressions import entree, parametre

GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur les formes d'exercice"
EN_2023 = "Exonération des cotisations de retraite de l'année 2023"
DECRET = "Décret d'août 2025 sur le cumul emploi-retraite des médecins"
ARTICLES = {"2018-01-01": GUIDE, "2023-01-01": EN_2023, "2025-08-13": DECRET}
revenus, seuil = entree("revenus_an"), parametre("seuil")

DISPOSITIF = Dispositif(
    sigle="CUMUL_RETRAITE",
    nom="Exonération de cotisations d'un médecin en cumul emploi-retraite",
    resume="Un médecin retraité qui exerce en zone fragile est dispensé d'une part de ses "
    "cotisations de retraite, si son revenu d'activité reste modéré.",
    famille=Famille.FISCALITE,
    financeur="Assurance maladie, caisse de retraite des médecins (CARMF)",
    contact="la caisse de retraite des médecins (CARMF)",
    beneficiaires="médecins retraités qui exercent",
    nature="cotisations complémentaires vieillesse jusqu'en 2022, toutes les cotisations de "
    "retraite en 2023, le régime de base seul depuis le 13 août 2025",
    duree="chaque année, tant que les conditions sont remplies",
    ouvert="2018-01-01",
    conditions=(
        pour_les_medecins(GUIDE),
        Condition(
            "statut",
            entree("statut").est("retraite_actif"),
            "Le médecin est {statut}.",
            "{statut} : l'exonération est pour un médecin retraité qui exerce.",
            ARTICLES,
            champ=True,
        ),
        dans_la_zone("zones", GUIDE),
        Condition(
            "revenus",
            {"2018-01-01": revenus < seuil, "2025-08-13": revenus <= seuil},
            "Le revenu d'activité ({revenus_an}) est dans la limite de {seuil}.",
            "Le revenu d'activité ({revenus_an}) dépasse la limite, {seuil}.",
            ARTICLES,
        ),
    ),
    montants=(),
    textes=(
        Texte(GUIDE, "2018-01-01", "2022-12-31"),
        Texte(EN_2023, "2023-01-01", "2023-12-31"),
        Texte(DECRET, "2025-08-13", remplace=EN_2023),
    ),
    non_modelise=(
        "L'année 2024 et 2025 jusqu'au décret d'août : aucun texte lu, tout y est à confirmer.",
        "Le montant des cotisations, qui dépend du revenu et du régime.",
        "La proratisation du seuil d'une année incomplète.",
    ),
)
