"""ACI_CPTS: what health insurance pays a CPTS, as the sources of 2019 and of 2023 tell it."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import bareme, entree, parametre
from assemblier.aids.inputs import STRUCTURE, Genre, Saisie
from assemblier.aids.structure_conditions import pour_les

ACI = "Accord conventionnel interprofessionnel du 20 juin 2019 (Journal officiel du 24 août 2019)"
CSP = "Code de la santé publique, article L. 1434-12"
GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur les CPTS, page 80"
PANORAMA = "Panorama des questions de santé en Haute-Loire, 9 mars 2023, page 34"


def _oui(nom: str, libelle: str, question: str) -> Saisie:
    return Saisie(nom, libelle, Genre.REPONSE, question, entite=STRUCTURE)


DISPOSITIF = Dispositif(
    sigle="ACI_CPTS",
    nom="Financement d'une communauté professionnelle territoriale de santé (CPTS)",
    resume="L'Assurance maladie finance le fonctionnement d'une CPTS et ses missions, selon les "
    "habitants de son territoire et ses résultats.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM) et l'agence régionale de santé (ARS)",
    beneficiaires="CPTS sous contrat avec l'ARS et l'Assurance maladie",
    nature="deux volets : fonctionnement, missions selon les résultats",
    duree="cinq ans",
    ouvert="2019-08-24",
    entite=STRUCTURE,
    entrees=(
        _oui(
            "contrat_tripartite",
            "contrat avec l'ARS et l'Assurance maladie",
            "La CPTS a-t-elle signé, ou va-t-elle signer, son contrat avec l'ARS et l'Assurance "
            "maladie ?",
        ),
        _oui(
            "missions_du_socle",
            "missions du socle",
            "La CPTS prend-elle toutes les missions du socle (accès aux soins, parcours, "
            "prévention, et depuis la crise sanitaire la réponse aux crises) ?",
        ),
        _oui(
            "territoire_deja_couvert",
            "territoire déjà couvert",
            "Une autre CPTS couvre-t-elle une partie du territoire ?",
        ),
    ),
    conditions=(
        pour_les(CSP, "cpts"),
        Condition(
            "projet",
            entree("projet_de_sante_valide"),
            "Le projet de santé est validé par l'agence régionale de santé.",
            "L'agence régionale de santé n'a pas validé le projet de santé.",
            CSP,
        ),
        Condition(
            "contrat",
            entree("contrat_tripartite"),
            "Le contrat avec l'ARS et l'Assurance maladie est signé, ou va l'être.",
            "Il n'y a pas de contrat avec l'ARS et l'Assurance maladie.",
            ACI,
        ),
        Condition(
            "missions",
            entree("missions_du_socle"),
            "La CPTS prend toutes les missions du socle.",
            "La CPTS ne prend pas toutes les missions du socle.",
            {"2019-08-24": f"{ACI} : trois missions", "2023-03-09": f"{ACI} : quatre missions"},
        ),
        Condition(
            "superposition",
            ~entree("territoire_deja_couvert"),
            "Aucune autre CPTS ne couvre ce territoire.",
            "Une autre CPTS couvre une partie du territoire : deux CPTS ne se superposent pas.",
            GUIDE,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "financement d'un an, haut de la fourchette",
            parametre("cpts.financement.maximum"),
            "€ par an",
            "selon la taille et le nombre de missions",
            f"{GUIDE} ; {PANORAMA}",
        ),
        Montant(
            "minimum",
            "financement d'un an, bas de la fourchette",
            parametre("cpts.financement.minimum"),
            "€ par an",
            "selon la taille et le nombre de missions",
            f"{GUIDE} ; {PANORAMA}",
        ),
        Montant(
            "plafond_taille",
            "plafond de la taille de la CPTS en 2019",
            {
                "2019-08-24": bareme(
                    entree("population_couverte"),
                    parametre("tailles"),
                    parametre("maximum_taille"),
                ),
                "2023-03-09": None,
            },
            "€ par an",
            "quatre tailles ; ces plafonds comprennent les soins non programmés, la fourchette du "
            "guide de 2019 sans doute pas",
            ACI,
        ),
        Montant(
            "fonctionnement_minimum",
            "dont fonctionnement, au moins",
            parametre("fonctionnement_minimum"),
            "€ par an",
            "selon la taille",
            ACI,
        ),
        Montant(
            "fonctionnement_maximum",
            "dont fonctionnement, au plus",
            parametre("fonctionnement_maximum"),
            "€ par an",
            "selon la taille",
            ACI,
        ),
        Montant(
            "avance",
            "part fixe versée dès la signature",
            parametre("avance"),
            "% de la part fixe",
            "le solde suit les résultats",
            ACI,
        ),
        Montant(
            "indemnite_membre",
            "indemnités d'un professionnel, au plus",
            {"2019-08-24": None, "2023-01-01": parametre("indemnite_membre")},
            "€ par an",
            "le plafond annuel de la sécurité sociale",
            "Décret n° 2022-375 du 16 mars 2022",
        ),
    ),
    engagements=(
        "démarrer chaque mission en six ou douze mois, la déployer en dix-huit ou vingt-quatre",
        "rendre compte des résultats de chaque mission",
    ),
    textes=(Texte(ACI, "2019-08-24"), Texte(CSP, "2016-01-28")),
    non_modelise=(
        "Le montant de chaque mission, et ceux par taille depuis les avenants de 2021 et 2022.",
        "Les missions spécifiques que l'ARS peut financer en plus.",
        "La part liée aux résultats.",
    ),
    contradictions=("X-01", "X-02", "X-44"),
)
