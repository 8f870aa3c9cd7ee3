"""MSU: what the university pays a doctor who trains students."""

from assemblier.aids.conditions import pour_les_medecins
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import annees_depuis, entree, parametre
from assemblier.aids.inputs import Genre, Saisie

ARRETE = "Arrêté du 18 novembre 2015 relatif aux stages auprès de praticiens maîtres de stage"
anciennete = annees_depuis(entree("date_installation"))
internes = entree("stagiaire_interne")

DISPOSITIF = Dispositif(
    sigle="MSU",
    nom="Indemnité pédagogique d'un maître de stage des universités",
    resume="L'université verse une indemnité à un médecin agréé qui accueille un étudiant ou un "
    "interne, dans toutes les zones.",
    famille=Famille.ETUDES,
    financeur="université",
    contact="la faculté de médecine la plus proche",
    beneficiaires="médecins installés, agréés maîtres de stage",
    nature="indemnité mensuelle, par terrain de stage",
    duree="celle du stage",
    ouvert="2015-11-18",
    entrees=(
        Saisie(
            "stagiaire_interne",
            "accueil d'internes",
            Genre.REPONSE,
            "Le stagiaire accueilli est-il un interne (troisième cycle) ?",
        ),
    ),
    conditions=(
        pour_les_medecins(ARRETE),
        Condition(
            "statut",
            entree("statut").est("installe"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : il faut être installé.",
            ARRETE,
        ),
        Condition(
            "agrement",
            entree("maitre_de_stage"),
            "Le médecin est agréé, après une formation.",
            "Le médecin n'est pas agréé maître de stage : il faut suivre la formation.",
            ARRETE,
        ),
        Condition(
            "anciennete",
            (anciennete >= parametre("annees_internes"))
            | (~internes & (anciennete >= parametre("annees_etudiants"))),
            "L'installation ({date_installation}) est assez ancienne.",
            "L'installation ({date_installation}) est trop récente : {annees_etudiants} pour des "
            "étudiants, {annees_internes} pour des internes.",
            ARRETE,
        ),
        Condition(
            "accueil",
            entree("accueille_un_stagiaire"),
            "Le médecin accueille un stagiaire.",
            "Le médecin n'accueille pas de stagiaire.",
            ARRETE,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "indemnité, par terrain de stage",
            parametre("montant"),
            "€ par mois",
            "{montant}",
            ARRETE,
        ),
        Montant(
            "annee",
            "indemnité de l'année",
            parametre("montant") * entree("mois_de_stage"),
            "€ par an",
            "{montant} d'accueil",
            ARRETE,
        ),
    ),
    engagements=("encadrer le stagiaire", "suivre la formation à la maîtrise de stage"),
    cumuls=(
        Cumul(
            "COSCOM",
            Sens.PERMIS,
            "Le contrat ajoute un complément par mois d'accueil.",
            "Accès aux soins : le guide pratique pour les élus, fiche sur les stages",
        ),
    ),
    textes=(
        Texte(ARRETE, "2015-11-18"),
        Texte(
            "Accès aux soins : le guide pratique pour les élus, fiche sur les stages", "2019-09-01"
        ),
    ),
    non_modelise=(
        "Le partage de l'indemnité entre plusieurs maîtres de stage.",
        "L'aide au déplacement de la formation, que certaines collectivités versent.",
    ),
)
