"""ACI_MSP: what health insurance pays a maison de santé for its teamwork."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import au_moins, entree, parametre
from assemblier.aids.inputs import STRUCTURE, Genre, Saisie
from assemblier.aids.structure_conditions import pour_les

ACI = "Accord conventionnel interprofessionnel du 20 avril 2017 (arrêté du 24 juillet 2017)"
AVENANT = "Avenant 1 à l'accord conventionnel interprofessionnel des maisons de santé"
GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur les maisons de santé, page 48"
PANORAMA = "Panorama des questions de santé en Haute-Loire, 9 mars 2023, page 34"
remuneration = parametre("point") * (
    entree("points_fixes")
    + entree("points_variables") * entree("patientele") / parametre("patientele_base")
)

DISPOSITIF = Dispositif(
    sigle="ACI_MSP",
    nom="Rémunération d'équipe d'une maison de santé (accord interprofessionnel)",
    resume="L'Assurance maladie rémunère chaque année le travail en équipe, les horaires et le "
    "système d'information partagé d'une maison de santé.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM) et l'agence régionale de santé (ARS)",
    beneficiaires="maisons de santé pluriprofessionnelles constituées en SISA",
    nature="rémunération annuelle, en points",
    duree="cinq ans, renouvelable",
    ouvert="2017-07-24",
    entite=STRUCTURE,
    entrees=(
        Saisie(
            "engagement_sisa",
            "engagement à se constituer en SISA",
            Genre.REPONSE,
            "La maison de santé s'engage-t-elle à se constituer en SISA dans les six mois ?",
            entite=STRUCTURE,
        ),
        Saisie(
            "projet_de_sante_valide",
            "projet de santé validé",
            Genre.REPONSE,
            "L'agence régionale de santé a-t-elle validé le projet de santé ?",
            entite=STRUCTURE,
        ),
        Saisie(
            "prerequis_equipe",
            "prérequis de l'accord",
            Genre.REPONSE,
            "Les prérequis sont-ils remplis : horaires d'ouverture, travail en équipe, système "
            "d'information partagé ?",
            entite=STRUCTURE,
        ),
        Saisie(
            "points_fixes",
            "points fixes de l'année",
            Genre.NOMBRE,
            "Combien de points fixes les indicateurs atteints donnent-ils ?",
            (),
            "points",
            0,
            1e5,
            STRUCTURE,
        ),
        Saisie(
            "points_variables",
            "points variables de l'année",
            Genre.NOMBRE,
            "Combien de points variables les indicateurs atteints donnent-ils, pour 4 000 "
            "patients ?",
            (),
            "points",
            0,
            1e5,
            STRUCTURE,
        ),
        Saisie(
            "patientele",
            "patientèle de la structure",
            Genre.NOMBRE,
            "Combien de patients ont leur médecin traitant dans la structure ?",
            (),
            "patients",
            0,
            1e6,
            STRUCTURE,
        ),
    ),
    conditions=(
        pour_les(ACI, "msp"),
        Condition(
            "societe",
            entree("sisa") | entree("engagement_sisa"),
            "La maison de santé est une SISA, ou s'engage à l'être dans les {sisa_mois}.",
            "La maison de santé n'est pas une SISA, et ne s'engage pas à l'être dans les "
            "{sisa_mois}.",
            f"{ACI} ; code de la santé publique, article L. 4041-1",
        ),
        Condition(
            "projet",
            entree("projet_de_sante_valide"),
            "Le projet de santé est validé par l'agence régionale de santé.",
            "L'agence régionale de santé n'a pas validé le projet de santé.",
            "Code de la santé publique, article L. 6323-3",
        ),
        Condition(
            "prerequis",
            entree("prerequis_equipe"),
            "Les prérequis sont remplis : horaires, travail en équipe, système d'information.",
            "Les prérequis ne sont pas remplis : horaires, travail en équipe, système "
            "d'information.",
            ACI,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "rémunération de l'année",
            remuneration,
            "€ par an",
            "{point} × (points fixes + points variables × patientèle ÷ {patientele_base})",
            ACI,
        ),
        Montant(
            "avance",
            "avance",
            au_moins(parametre("avance_taux") / 100 * remuneration, parametre("avance_minimum")),
            "€",
            "{avance_taux} de la rémunération, au moins {avance_minimum}",
            ACI,
        ),
        Montant(
            "moyenne",
            "rémunération moyenne d'une maison de santé, pour comparer",
            {"2017-07-24": None, "2022-01-01": parametre("moyenne")},
            "€ par an",
            "la dernière moyenne annuelle lue",
            "Bilans de l'accord des maisons de santé",
        ),
        Montant(
            "repere",
            "ordre de grandeur que citent les documents",
            {"2017-07-24": None, "2019-01-01": parametre("ordre_de_grandeur")},
            "€ par an",
            "en 2019 « peuvent atteindre {ordre_de_grandeur} », en 2023 « rémunération moyenne "
            "{ordre_de_grandeur} » : ni un plafond, ni une moyenne sûrs",
            f"{GUIDE} ; {PANORAMA}",
        ),
    ),
    engagements=(
        "ouvrir aux heures de l'accord et recevoir sans rendez-vous",
        "se concerter en équipe et partager un système d'information",
        "rendre compte chaque année des indicateurs",
    ),
    textes=(
        Texte(ACI, "2017-07-24"),
        Texte(f"{AVENANT} (Journal officiel du 3 août 2022)", "2022-08-03"),
    ),
    non_modelise=(
        "Le nombre de points de chaque indicateur, et ceux que l'avenant de 2022 a changés.",
        "La majoration de la patientèle précaire.",
        "Les exigences de composition plus hautes que demandent certaines agences.",
    ),
    contradictions=("X-03",),
)
