"""COSCOM, COTRAM, CSTM: the other contracts of the convention of 2016, in priority zones."""

from assemblier.aids.conditions import (
    LIBERAUX,
    dans_la_zone,
    exercice_regroupe,
    installe,
    pour_les_medecins,
    tarifs_opposables,
)
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import entree, nombre, parametre, plafonne, selon
from assemblier.aids.inputs import Genre, Saisie

CONVENTION = "Convention médicale du 25 août 2016 (arrêté du 20 octobre 2016)"
GUIDE = Texte("Accès aux soins : le guide pratique pour les élus, annexe II", "2019-09-01")
TEXTE_2016 = Texte(
    "Convention nationale organisant les rapports entre les médecins libéraux et l'assurance "
    "maladie, signée le 25 août 2016 (arrêté du 20 octobre 2016)",
    "2016-10-20",
    "2024-06-21",
)
CPAM = "la caisse primaire d'assurance maladie (CPAM)"
FERMETURE = "Plus aucun contrat ne se signe depuis le 1er janvier 2026."
AVEC_CAIM = Cumul("CAIM", Sens.INTERDIT, "Un seul de ces contrats à la fois.", CONVENTION)

stagiaire = parametre("stagiaire_mois") * entree("mois_de_stage")
accueille = entree("accueille_un_stagiaire")
hopital = entree("hopital_de_proximite")
honoraires = entree("honoraires_an")
PART = parametre("taux") / 100

COSCOM = Dispositif(
    sigle="COSCOM",
    nom="Contrat de stabilisation et de coordination des médecins",
    resume="Une prime annuelle pour un médecin qui exerce déjà en ZIP, en groupe ou de façon "
    "coordonnée.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="médecins libéraux conventionnés qui exercent en ZIP",
    nature="prime annuelle, et des compléments",
    duree="trois ans, renouvelable",
    ouvert="2017-01-01",
    ferme="2025-12-31",
    fermeture=FERMETURE,
    remplace_par=("CONV2024_FMT_ZIP",),
    contradictions=("X-05",),
    conditions=(
        pour_les_medecins(CONVENTION),
        dans_la_zone("zones", CONVENTION),
        installe(CONVENTION),
        tarifs_opposables(CONVENTION),
        exercice_regroupe(CONVENTION),
    ),
    montants=(
        Montant("montant", "base", parametre("montant"), "€ par an", "{montant}", CONVENTION),
        Montant(
            "stagiaire",
            "complément pour l'accueil d'un stagiaire",
            stagiaire,
            "€ par an",
            "{stagiaire_mois} d'accueil",
            CONVENTION,
            si=accueille,
        ),
        Montant(
            "hopital",
            "complément pour un exercice en hôpital de proximité",
            parametre("complement_hopital"),
            "€ par an",
            "{complement_hopital}",
            CONVENTION,
            si=hopital,
        ),
        Montant(
            "total",
            "total de l'année",
            parametre("montant")
            + selon((accueille, stagiaire), sinon=nombre(0))
            + selon((hopital, parametre("complement_hopital")), sinon=nombre(0)),
            "€ par an",
            "la base et les compléments",
            CONVENTION,
        ),
    ),
    engagements=(
        "exercer trois ans dans la zone",
        "exercer en groupe ou de façon coordonnée",
    ),
    cumuls=(
        AVEC_CAIM,
        Cumul("MSU", Sens.PERMIS, "Le complément s'ajoute à l'indemnité.", CONVENTION),
    ),
    textes=(TEXTE_2016, GUIDE),
    non_modelise=(
        "Le prorata des tarifs opposables d'un médecin de secteur 2.",
        "La restitution au prorata en cas de rupture du contrat.",
    ),
)

COTRAM = Dispositif(
    sigle="COTRAM",
    nom="Contrat de transition des médecins",
    resume="Une valorisation des honoraires pour un médecin qui prépare son départ et accueille "
    "un confrère dans son cabinet, en ZIP.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="médecins libéraux conventionnés qui préparent leur départ en ZIP",
    nature="part des honoraires",
    duree="trois ans, renouvelable une fois",
    ouvert="2017-01-01",
    ferme="2025-12-31",
    fermeture=FERMETURE,
    remplace_par=("CONV2024_INSTALL", "CONV2024_FMT_ZIP"),
    contradictions=("X-05",),
    entrees=(
        Saisie(
            "accueille_un_successeur",
            "accueil d'un confrère qui reprend le cabinet",
            Genre.REPONSE,
            "Le médecin accueille-t-il, pour reprendre son cabinet, un confrère installé depuis "
            "moins d'un an ?",
        ),
        Saisie(
            "age_successeur",
            "âge du confrère accueilli",
            Genre.NOMBRE,
            "Quel âge a le confrère accueilli ?",
            (),
            "ans",
            16,
            120,
        ),
        Saisie(
            "contrats_de_transition_signes",
            "contrats de transition déjà signés",
            Genre.NOMBRE,
            "Combien de contrats de transition (COTRAM) ont déjà été signés ?",
            (),
            "contrats",
            0,
            20,
        ),
    ),
    conditions=(
        pour_les_medecins(CONVENTION),
        dans_la_zone("zones", CONVENTION),
        installe(CONVENTION),
        tarifs_opposables(CONVENTION),
        Condition(
            "age",
            entree("age") >= parametre("age_minimum"),
            "Le médecin a {age}.",
            "Le médecin a {age} : le contrat se signe à partir de {age_minimum}.",
            CONVENTION,
        ),
        Condition(
            "successeur",
            entree("accueille_un_successeur")
            & (entree("age_successeur") < parametre("age_successeur_maximum")),
            "Le médecin accueille un confrère qui a moins de {age_successeur_maximum}.",
            "Le médecin n'accueille pas un confrère de moins de {age_successeur_maximum}, installé "
            "depuis moins d'un an.",
            CONVENTION,
        ),
        Condition(
            "contrats",
            entree("contrats_de_transition_signes") < parametre("contrats_maximum"),
            "Il reste un contrat à signer : {contrats_maximum} au plus.",
            "Le contrat ne se renouvelle qu'une fois : {contrats_maximum} au plus, "
            "{contrats_de_transition_signes} déjà.",
            CONVENTION,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "valorisation des honoraires",
            plafonne(PART * honoraires, parametre("plafond")),
            "€ par an",
            "{taux}, au plus {plafond}",
            CONVENTION,
        ),
    ),
    engagements=("accompagner le confrère accueilli dans la reprise du cabinet",),
    cumuls=(AVEC_CAIM,),
    textes=(TEXTE_2016, GUIDE),
    non_modelise=(
        "Le départ effectif à la fin du contrat.",
        "Les honoraires faits hors de la zone.",
    ),
)

CSTM = Dispositif(
    sigle="CSTM",
    nom="Contrat de solidarité territoriale médecin",
    resume="Une majoration des honoraires, et les frais de déplacement, pour un médecin d'ailleurs "
    "qui vient exercer quelques jours en ZIP.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="médecins libéraux conventionnés qui n'exercent pas d'habitude en zone fragile",
    nature="part des honoraires faits dans la zone ; frais de déplacement",
    duree="trois ans selon les présentations du contrat, à vérifier",
    ouvert="2019-02-01",
    ferme="2025-12-31",
    fermeture=FERMETURE,
    remplace_par=("CONV2024_INSTALL", "CONV2024_FMT_ZIP"),
    contradictions=("X-04", "X-05"),
    entrees=(
        Saisie(
            "exerce_d_habitude_hors_zone",
            "exercice habituel hors zone fragile",
            Genre.REPONSE,
            "Le médecin exerce-t-il d'habitude hors des zones fragiles ?",
        ),
    ),
    conditions=(
        pour_les_medecins(CONVENTION),
        dans_la_zone("zones", CONVENTION),
        Condition(
            "statut",
            entree("statut").est(*LIBERAUX),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : le contrat est pour les libéraux installés.",
            CONVENTION,
        ),
        tarifs_opposables(CONVENTION),
        Condition(
            "ailleurs",
            entree("exerce_d_habitude_hors_zone"),
            "Le médecin exerce d'habitude hors des zones fragiles.",
            "Le médecin exerce déjà d'habitude en zone fragile.",
            CONVENTION,
        ),
        Condition(
            "activite",
            entree("jours_par_an") >= parametre("jours_minimum"),
            "L'activité dans la zone est de {jours_par_an}, au moins {jours_minimum} ; le guide "
            "écrit aussi {heures_mois}.",
            "L'activité dans la zone est de {jours_par_an} : il en faut {jours_minimum} (ou "
            "{heures_mois}, autre lecture du guide, qui n'est pas suivie).",
            CONVENTION,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "majoration des honoraires faits dans la zone",
            plafonne(PART * honoraires, parametre("plafond")),
            "€ par an",
            "{taux} faits dans la zone, au plus {plafond}",
            CONVENTION,
        ),
    ),
    engagements=("exercer dans la zone les jours convenus",),
    cumuls=(AVEC_CAIM,),
    textes=(TEXTE_2016, GUIDE),
    non_modelise=(
        "Les frais de déplacement, remboursés en plus.",
        "Le contrat d'avant février 2019, d'un taux plus bas.",
        "L'activité comptée en heures par mois, autre lecture du guide.",
    ),
)

DISPOSITIFS = (COSCOM, COTRAM, CSTM)
