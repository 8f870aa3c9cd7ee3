"""CFE_1464D: the business property tax that a commune or an EPCI may forgo for professionals."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import MEDECINS, Genre, Saisie

CGI = "Code général des impôts, article 1464 D"
petite_ou_rurale = (entree("population_commune") < parametre("habitants")) | entree("frr")
est_medecin = entree("profession").est(*MEDECINS)
zone_fragile = (
    est_medecin & entree("zonage").dans(parametre("zonage.medecin.aides.exoneration_cfe"))
) | (~est_medecin & entree("niveau_zone").dans(parametre("niveaux")))

DISPOSITIF = Dispositif(
    sigle="CFE_1464D",
    nom="Exonération de cotisation foncière des entreprises des professionnels de santé",
    resume="La commune ou l'EPCI peut exonérer de CFE un professionnel qui s'établit dans une "
    "petite commune, en zone rurale, ou qui ouvre un site distinct en zone fragile.",
    famille=Famille.FISCALITE,
    financeur="commune ou EPCI, sans compensation de l'État",
    contact="le service des impôts des entreprises ; la mairie ou l'EPCI pour la délibération",
    beneficiaires="médecins et auxiliaires médicaux imposés en bénéfices non commerciaux",
    nature="exonération d'impôt local",
    duree="de deux à cinq ans, selon la délibération",
    ouvert="2019-01-01",
    contradictions=("X-09", "X-10"),
    entrees=(
        Saisie(
            "imposition_bnc",
            "imposition en bénéfices non commerciaux",
            Genre.REPONSE,
            "L'activité est-elle imposée en bénéfices non commerciaux (BNC) ?",
        ),
        Saisie(
            "deliberation_cfe",
            "délibération d'exonération de CFE",
            Genre.REPONSE,
            "La commune ou l'EPCI a-t-il délibéré, avant le 1er octobre de l'année précédente, "
            "pour exonérer les professionnels de santé de CFE ?",
        ),
    ),
    conditions=(
        Condition(
            "profession",
            entree("profession").est(
                *MEDECINS,
                "infirmier",
                "masseur_kinesitherapeute",
                "sage_femme",
                "orthophoniste",
                "chirurgien_dentiste",
                "orthoptiste",
                "pedicure_podologue",
                "dieteticien",
            ),
            "La profession ({profession}) en relève.",
            "La profession ({profession}) n'en relève pas.",
            f"{CGI}, premier alinéa",
            champ=True,
        ),
        Condition(
            "lieu",
            petite_ou_rurale | (entree("site_secondaire") & zone_fragile),
            "Le lieu ouvre l'exonération : commune de moins de {habitants}, zone FRR, ou site "
            "distinct en zone fragile.",
            "Le lieu n'ouvre pas l'exonération : commune de {population_commune} (il en faut moins "
            "de {habitants}), hors zone FRR, et ce n'est pas un site distinct en zone fragile.",
            f"{CGI}, 1° et 2°",
        ),
        Condition(
            "imposition",
            entree("imposition_bnc"),
            "L'activité est imposée en bénéfices non commerciaux.",
            "L'activité n'est pas imposée en bénéfices non commerciaux.",
            f"{CGI}, premier alinéa",
        ),
        Condition(
            "deliberation",
            entree("deliberation_cfe"),
            "La collectivité a délibéré avant le 1er octobre de l'année précédente.",
            "La collectivité n'a pas délibéré à temps : l'exonération ne s'applique pas.",
            "Code général des impôts, articles 1464 D et 1639 A bis",
        ),
    ),
    montants=(
        Montant(
            "montant",
            "part de la cotisation exonérée",
            parametre("taux"),
            "%",
            "la totalité de la cotisation, de {annees_minimum} à {annees_maximum}",
            CGI,
        ),
    ),
    engagements=(
        "demander l'exonération au service des impôts avant le 1er janvier de la suivante",
    ),
    textes=(
        Texte(CGI, "2019-01-01"),
        Texte("Loi de finances pour 2019, article 173", "2019-01-01"),
    ),
    non_modelise=(
        "La zone franche urbaine, que nomme le guide de 2019 et que l'article ne nomme pas.",
        "Le passage des zones de revitalisation rurale (ZRR) aux zones FRR, à vérifier à la date.",
        "La reprise de l'exonération si le professionnel part ou change de régime.",
    ),
)
