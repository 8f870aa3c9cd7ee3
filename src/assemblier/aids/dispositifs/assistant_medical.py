"""ASSISTANT_MEDICAL: what an assistant is helped with (scales of 2019 and of 2024)."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import Expression, entree, parametre, selon
from assemblier.aids.inputs import MEDECINS, Genre, Saisie

AVENANT = "Avenant 7 à la convention médicale (arrêté du 14 août 2019)"
CONVENTION = "Convention médicale 2024-2029 (arrêté du 20 juin 2024)"
AMELI = (
    f"{CONVENTION} ; Assurance maladie, Revalorisation et assouplissement du dispositif d'aide à "
    "l'emploi d'un assistant médical, 28 novembre 2024"
)
CONDITIONS = {"2019-08-14": AVENANT, "2024-06-22": AMELI}
"""The conditions of 2024 as the payer tells them: liberal doctors, tariffs."""
BAREME = f"{CONVENTION} ; barème de l'Assurance maladie au 22 juin 2024"
PRESSE = (
    f"{CONVENTION}, seuil repris par la presse professionnelle (Le Quotidien du médecin, Le "
    "b.a.-ba de l'emploi d'un assistant médical)"
)
quotite, annee, rang = (
    entree("quotite_assistant"),
    entree("annee_contrat_assistant"),
    entree("rang_patientele"),
)
est_ancien_tiers_temps = quotite.est("tiers_temps") & entree("contrat_assistant_existant")


def par_annee(duree: str) -> Expression:
    """Return the amount of the year of the contract, more where many patients are followed."""
    annees = parametre(duree)
    return selon(
        (rang > parametre("rang_tres_forte_activite"), parametre(f"tres_forte_activite_{duree}")),
        (annee < 2, annees.element(0)),
        (annee < 3, annees.element(1)),
        (rang >= parametre("rang_forte_activite"), parametre(f"forte_activite_{duree}")),
        sinon=annees.element(2),
    )


ancien_tiers_temps = selon(
    (rang > parametre("rang_tres_forte_activite"), parametre("tres_forte_activite_tiers_temps")),
    ((annee >= 2) & (annee < 3), parametre("tiers_temps_existant").element(0)),
    (
        (annee >= 3) & (rang >= parametre("rang_forte_activite")),
        parametre("forte_activite_tiers_temps"),
    ),
    (annee >= 3, parametre("tiers_temps_existant").element(1)),
)

DISPOSITIF = Dispositif(
    sigle="ASSISTANT_MEDICAL",
    nom="Aide à l'embauche d'un assistant médical",
    resume="L'Assurance maladie prend en charge une part du salaire d'un assistant médical ; le "
    "médecin s'engage sur sa patientèle.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="médecins libéraux conventionnés",
    nature="aide annuelle, dégressive les trois premières années",
    duree="cinq ans, puis sans limite si les objectifs sont tenus",
    ouvert="2019-08-14",
    contradictions=("X-33", "X-39"),
    entrees=(
        Saisie(
            "quotite_assistant",
            "temps de travail de l'assistant",
            Genre.CHOIX,
            "Pour quel temps de travail l'assistant est-il employé ?",
            (
                ("tiers_temps", "tiers temps"),
                ("mi_temps", "mi-temps"),
                ("plein_temps", "plein temps"),
            ),
        ),
        Saisie(
            "annee_contrat_assistant",
            "année du contrat d'assistant",
            Genre.NOMBRE,
            "En quelle année du contrat est-on (1 à la signature) ?",
            (),
            "année",
            1,
            30,
        ),
        Saisie(
            "rang_patientele",
            "rang de la patientèle",
            Genre.NOMBRE,
            "Quel est le rang de la patientèle parmi les médecins de la spécialité, sur 100 ?",
            (),
            "rang sur 100",
            0,
            100,
        ),
        Saisie(
            "contrat_assistant_existant",
            "contrat d'assistant déjà en cours",
            Genre.REPONSE,
            "Le contrat d'assistant médical a-t-il été signé avant mai 2023 ?",
        ),
    ),
    conditions=(
        Condition(
            "profession",
            entree("profession").est(*MEDECINS),
            "L'aide est pour les médecins.",
            "L'aide est pour les médecins seulement.",
            CONDITIONS,
            champ=True,
        ),
        Condition(
            "statut",
            entree("statut").est("installe", "projet", "collaborateur"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : l'aide est pour les libéraux.",
            CONDITIONS,
        ),
        Condition(
            "secteur",
            entree("secteur").est("secteur_1", "secteur_2_optam"),
            "Les tarifs conviennent : {secteur}.",
            "{secteur} : il faut le secteur 1, ou le secteur 2 avec OPTAM.",
            CONDITIONS,
        ),
        Condition(
            "activite",
            rang > parametre("rang_minimum"),
            "La patientèle est au-dessus du rang {rang_minimum}.",
            "La patientèle est au rang {rang_patientele} : il faut dépasser {rang_minimum}.",
            {"2019-08-14": AVENANT, "2024-06-22": PRESSE},
        ),
        Condition(
            "temps_de_travail",
            {
                "2019-08-14": ~quotite.est("plein_temps")
                | entree("zonage").dans(parametre("zonage.medecin.aides.assistant_medical")),
                "2023-05-01": (
                    ~quotite.est("plein_temps")
                    | entree("zonage").dans(parametre("zonage.medecin.aides.assistant_medical"))
                )
                & (~quotite.est("tiers_temps") | entree("contrat_assistant_existant")),
                "2024-06-22": ~quotite.est("tiers_temps") | entree("contrat_assistant_existant"),
            },
            "Le temps de travail ({quotite_assistant}) est ouvert ici à cette date.",
            "Un {quotite_assistant} n'est pas ouvert ici à cette date : le plein temps l'était en "
            "zone fragile seulement jusqu'à la convention de 2024, et le tiers temps ne se signe "
            "plus depuis mai 2023.",
            {"2019-08-14": AVENANT, "2024-06-22": BAREME},
        ),
    ),
    montants=(
        Montant(
            "montant",
            "aide de l'année",
            {
                "2019-08-14": selon(
                    (quotite.est("tiers_temps"), par_annee("tiers_temps")),
                    (quotite.est("mi_temps"), par_annee("mi_temps")),
                    (quotite.est("plein_temps"), par_annee("plein_temps")),
                ),
                "2024-06-22": selon(
                    (est_ancien_tiers_temps, ancien_tiers_temps),
                    (quotite.est("mi_temps"), par_annee("mi_temps")),
                    (quotite.est("plein_temps"), par_annee("plein_temps")),
                ),
            },
            "€ par an",
            "un montant par temps de travail et par année du contrat, majoré si la patientèle "
            "dépasse le rang {rang_forte_activite}",
            f"{AVENANT} ; {BAREME}",
        ),
    ),
    engagements=(
        "augmenter ou tenir sa patientèle, mesurée chaque année",
        "employer l'assistant, le former dans les deux ans",
    ),
    textes=(
        Texte("Avenant 7 à la convention médicale, arrêté du 14 août 2019", "2019-08-14"),
        Texte(CONVENTION, "2024-06-22", remplace="Avenant 7 à la convention médicale"),
    ),
    non_modelise=(
        "La baisse de l'aide si les objectifs de patientèle ne sont pas tenus.",
        "L'emploi partagé entre plusieurs médecins d'un cabinet.",
        "Les spécialités que l'avenant de 2019 retient seulement sous conditions ; celles que la "
        "convention de 2024 exclut (radiologie, radiothérapie, stomatologie, anesthésie, anatomie "
        "et cytologie pathologiques, médecine nucléaire), et la part d'honoraires cliniques "
        "qu'elle demande aux chirurgiens.",
        "Le second assistant que la convention de 2024 finance à certains généralistes en ZIP.",
        "Le rang 95 exactement : « au-delà de P95 » en 2019, « P95 et plus » au barème de 2024.",
        "La date exacte où le plein temps s'est ouvert partout, prise au 22 juin 2024.",
    ),
)
