"""CESP: a grant during studies against years of practice in a fragile zone."""

from assemblier.aids.conditions import dans_la_zone
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import au_moins, entree, parametre
from assemblier.aids.inputs import MEDECINS, Genre, Saisie

CODE = "Code de l'éducation, article L. 632-6"
DECRET_2020, DECRET_2026 = "Décret n° 2020-268 du 17 mars 2020", "Décret n° 2026-4"
ARTICLES = {"2010-07-27": CODE, "2020-03-19": DECRET_2020, "2026-01-16": DECRET_2026}
annee = entree("annee_etudes")
interne = entree("statut").est("interne")
medecine = entree("profession").est(*MEDECINS)
odontologie = entree("profession").est("chirurgien_dentiste")
mois = entree("mois_d_allocation")
annee_atteinte = interne | (
    (medecine & (annee >= parametre("annee_medecine")))
    | (odontologie & (annee >= parametre("annee_odontologie")))
)

DISPOSITIF = Dispositif(
    sigle="CESP",
    nom="Contrat d'engagement de service public",
    resume="L'État verse une allocation pendant les études, contre autant de temps d'exercice dans "
    "une zone fragile.",
    famille=Famille.ETUDES,
    financeur="État (Centre national de gestion)",
    contact="l'unité de formation ; l'agence régionale de santé (ARS)",
    beneficiaires="étudiants et internes en médecine et en odontologie ; en maïeutique et en "
    "pharmacie depuis 2026",
    nature="allocation mensuelle brute",
    duree="jusqu'à la fin des études ; l'exercice dû dure autant, deux ans au moins",
    ouvert="2010-07-27",
    contradictions=("X-21", "X-41"),
    entrees=(
        Saisie(
            "mois_d_allocation",
            "mois d'allocation",
            Genre.NOMBRE,
            "Pendant combien de mois l'allocation sera-t-elle, ou a-t-elle été, versée ?",
            (),
            "mois",
            1,
            144,
        ),
    ),
    conditions=(
        Condition(
            "filiere",
            {
                "2010-07-27": medecine | odontologie,
                "2026-01-16": entree("profession").est(
                    *MEDECINS, "chirurgien_dentiste", "sage_femme", "pharmacien"
                ),
            },
            "La filière ({profession}) en relève.",
            "La filière ({profession}) n'en relève pas à cette date.",
            ARTICLES,
            champ=True,
        ),
        Condition(
            "statut",
            entree("statut").est("etudiant", "interne"),
            "Le contrat est pour les étudiants et les internes.",
            "{statut} : le contrat est pour les étudiants et les internes.",
            CODE,
            champ=True,
        ),
        Condition(
            "annee",
            {
                "2010-07-27": annee_atteinte,
                "2026-01-16": interne | (annee >= parametre("annee_medecine")),
            },
            "L'année d'études convient ({annee_etudes}), ou l'étudiant est interne.",
            "L'année d'études ({annee_etudes}) ne suffit pas à cette date : {annee_medecine} en "
            "médecine, {annee_odontologie} en odontologie.",
            ARTICLES,
        ),
        dans_la_zone("zonage.medecin.aides.cesp", CODE),
    ),
    montants=(
        Montant("montant", "allocation", parametre("montant"), "€ par mois", "{montant}", CODE),
        Montant(
            "total",
            "allocation, en tout",
            parametre("montant") * mois,
            "€",
            "{montant} d'allocation",
            CODE,
        ),
        Montant(
            "engagement",
            "exercice dû",
            au_moins(mois, parametre("engagement_mois_minimum")),
            "mois",
            "autant de mois que d'allocation, {engagement_mois_minimum} au moins",
            CODE,
        ),
    ),
    engagements=(
        "exercer, aux tarifs du secteur 1, à un poste de la liste nationale",
        "rembourser l'allocation, avec une pénalité, en cas de rupture",
        "reporter l'installation d'un an au plus",
    ),
    cumuls=(
        Cumul(
            "INDEMNITE_ETUDE_PROJET",
            Sens.DECONSEILLE,
            "Rien ne l'interdit, mais les deux engagements d'exercice se concilient mal.",
            "Accès aux soins : le guide pratique pour les élus, fiche sur les études",
        ),
        Cumul(
            "CDE", Sens.PERMIS, "Le cumul est permis.", "Décret n° 2020-1666 du 22 décembre 2020"
        ),
    ),
    textes=(
        Texte(CODE, "2010-07-27"),
        Texte("Décret n° 2010-735 du 29 juin 2010", "2010-07-27", "2020-03-18"),
        Texte(DECRET_2020, "2020-03-19", "2026-01-15", remplace="Décret n° 2010-735"),
        Texte("Loi n° 2023-1268 du 27 décembre 2023", "2023-12-28"),
        Texte(DECRET_2026, "2026-01-16", remplace=DECRET_2020),
    ),
    non_modelise=(
        "La liste nationale des postes, choisis à la fin des études : la zone est celle du poste.",
        "Le nombre de contrats ouverts chaque année, et la sélection.",
        "Le zonage propre aux dentistes, aux sages-femmes et aux pharmaciens.",
    ),
)
