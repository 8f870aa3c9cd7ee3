"""CONV2024_INSTALL: what the convention of 2024 gives a doctor who settles for the first time."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre, selon
from assemblier.aids.inputs import MEDECINS

CONVENTION = "Convention médicale 2024-2029 (arrêté du 20 juin 2024)"
en_zip = entree("zonage").dans(parametre("zonage.medecin.aides.aides_convention_2024"))
ailleurs = entree("zonage").dans(parametre("zones_a_confirmer"))
# What the opening day leaves to confirm does not touch the amount read for a ZIP.
lieu_en_zip = entree("zonage").est("ZIP")
premiere = entree("premiere_installation") & entree("cabinet_principal")
secondaire = lieu_en_zip & entree("site_secondaire")

DISPOSITIF = Dispositif(
    sigle="CONV2024_INSTALL",
    nom="Aide à l'installation de la convention médicale 2024",
    resume="Une aide versée une fois à un médecin qui s'installe pour la première fois en ZIP.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM) du lieu d'installation",
    beneficiaires="médecins libéraux qui s'installent pour la première fois",
    nature="aide forfaitaire, une fois",
    duree="versée une fois",
    ouvert="2026-01-01",
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
            en_zip | ailleurs,
            "Le lieu est en {zonage}.",
            "Le lieu est en {zonage} : l'aide n'est ouverte qu'en {aides_convention_2024}, "
            "peut-être en {zones_a_confirmer}.",
            CONVENTION,
        ),
        Condition(
            "statut",
            entree("statut").est("installe", "projet"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : l'aide suppose une installation en libéral.",
            CONVENTION,
        ),
        Condition(
            "secteur",
            entree("secteur").est("secteur_1", "secteur_2_optam"),
            "Les tarifs conviennent : {secteur}.",
            "{secteur} : il faut le secteur 1, ou le secteur 2 avec OPTAM.",
            CONVENTION,
        ),
        Condition(
            "cabinet",
            premiere | secondaire,
            "C'est une première installation en cabinet principal, ou un cabinet secondaire en "
            "ZIP.",
            "Ce n'est ni une première installation en cabinet principal, ni un cabinet secondaire "
            "en ZIP.",
            CONVENTION,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "aide à l'installation",
            selon(
                (premiere & lieu_en_zip, parametre("montant")),
                (premiere & ailleurs, parametre("montant_zac")),
                (secondaire, parametre("montant_cabinet_secondaire")),
            ),
            "€",
            "{montant} en ZIP pour un cabinet principal ; en ZAC et pour un cabinet secondaire, "
            "montants à confirmer",
            CONVENTION,
        ),
    ),
    engagements=("exercer dans la zone ; la durée demandée est à lire dans la convention",),
    textes=(
        Texte(
            "Convention nationale organisant les rapports entre les médecins libéraux et "
            "l'assurance maladie 2024-2029, approuvée par l'arrêté du 20 juin 2024",
            "2024-06-22",
            remplace="Convention nationale du 25 août 2016",
        ),
    ),
    non_modelise=(
        "La date d'entrée en vigueur, lue dans la presse syndicale.",
        "La durée d'exercice demandée en retour.",
        "Le zonage propre aux spécialités, s'il diffère de celui des généralistes.",
    ),
)
