"""PRIME_EXERCICE_TERRITORIAL: what a hospital doctor is paid to work on another site."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre, selon
from assemblier.aids.inputs import MEDECINS, Genre, Saisie

ARRETE = "Arrêté du 14 mars 2017 relatif à la prime d'exercice territorial"
demi_journees = entree("demi_journees_hors_site")
distance, minimum = entree("distance_sites_km"), parametre("distance_km")
paliers = parametre("paliers")

DISPOSITIF = Dispositif(
    sigle="PRIME_EXERCICE_TERRITORIAL",
    nom="Prime d'exercice territorial",
    resume="Un praticien hospitalier qui consulte aussi sur un autre site de son établissement ou "
    "de son groupement reçoit une prime mensuelle.",
    famille=Famille.ETAT,
    financeur="établissement de santé",
    contact="la direction des affaires médicales de l'établissement",
    beneficiaires="praticiens des hôpitaux publics qui exercent sur plusieurs sites",
    nature="prime mensuelle brute",
    duree="celle de la convention d'activité partagée",
    ouvert="2017-03-16",
    contradictions=("X-42",),
    entrees=(
        Saisie(
            "demi_journees_hors_site",
            "demi-journées hors du site principal",
            Genre.NOMBRE,
            "Combien de demi-journées par semaine se passent hors du site principal ?",
            (),
            "demi-journées par semaine",
            0,
            14,
        ),
        Saisie(
            "distance_sites_km",
            "distance entre les sites",
            Genre.NOMBRE,
            "À combien de kilomètres du site principal est l'autre site ?",
            (),
            "km",
            0,
            2000,
        ),
        Saisie(
            "sites_hors_principal",
            "sites hors du site principal",
            Genre.NOMBRE,
            "Sur combien de sites, hors du principal, l'activité se répartit-elle ?",
            (),
            "sites",
            0,
            50,
        ),
    ),
    conditions=(
        Condition(
            "profession",
            entree("profession").est(*MEDECINS, "chirurgien_dentiste", "pharmacien"),
            "La prime est pour les médecins, les dentistes et les pharmaciens des hôpitaux.",
            "{profession} : la prime est pour les médecins, les dentistes et les pharmaciens.",
            ARRETE,
            champ=True,
        ),
        Condition(
            "statut",
            entree("statut").est("praticien_hospitalier"),
            "Le professionnel est praticien hospitalier.",
            "{statut} : la prime est pour les praticiens des hôpitaux publics.",
            ARRETE,
            champ=True,
        ),
        Condition(
            "distance",
            {"2017-03-16": distance >= minimum, "2019-01-01": distance > minimum},
            "Les sites sont à {distance_sites_km} l'un de l'autre (repère : {distance_km}).",
            "Les sites sont à {distance_sites_km} l'un de l'autre : trop près (repère : "
            "{distance_km}).",
            {
                "2017-03-16": ARRETE,
                "2019-01-01": "Accès aux soins : le guide pratique pour les élus, 2019",
            },
        ),
        Condition(
            "activite",
            demi_journees >= paliers.element(0),
            "L'activité hors du site principal est de {demi_journees_hors_site}.",
            "L'activité hors du site principal est de {demi_journees_hors_site} : il en faut une.",
            ARRETE,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "prime",
            selon(
                (demi_journees > paliers.element(2), parametre("au_dela")),
                (
                    demi_journees.vaut(paliers.element(2))
                    & (entree("sites_hors_principal") >= parametre("sites_minimum")),
                    parametre("au_dela"),
                ),
                (demi_journees > paliers.element(1), parametre("jusqu_a_quatre")),
                (demi_journees > paliers.element(0), parametre("jusqu_a_trois")),
                sinon=parametre("une_demi_journee"),
            ),
            "€ par mois",
            "{une_demi_journee} pour une demi-journée par semaine, {jusqu_a_trois} jusqu'à trois, "
            "{jusqu_a_quatre} jusqu'à quatre, {au_dela} au-delà ou pour quatre sur {sites_minimum}",
            ARRETE,
        ),
    ),
    engagements=("signer une convention d'activité partagée",),
    textes=(
        Texte("Décret n° 2017-327 du 14 mars 2017", "2017-03-16"),
        Texte(ARRETE, "2017-03-16"),
        Texte("Arrêté du 28 décembre 2020", "2020-12-28"),
        Texte("Accès aux soins : le guide pratique pour les élus", "2019-09-01"),
    ),
    non_modelise=(
        "La date à laquelle la distance est passée de vingt à quinze kilomètres.",
        "Les praticiens qui n'y ont pas droit (cliniciens hospitaliers).",
    ),
)
