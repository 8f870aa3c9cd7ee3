"""INDEMNITE_ETUDE_PROJET: what collectivités may pay students who promise five years here."""

from assemblier.aids.conditions import dans_la_zone
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import MEDECINS, Genre, Saisie

CGCT = "Code général des collectivités territoriales"
GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur les études"

DISPOSITIF = Dispositif(
    sigle="INDEMNITE_ETUDE_PROJET",
    nom="Indemnité d'étude et de projet professionnel",
    resume="Une collectivité peut verser une bourse à un étudiant ou à un interne en médecine ou "
    "en odontologie, contre cinq ans d'exercice dans une zone fragile.",
    famille=Famille.ETUDES,
    financeur="collectivités territoriales et groupements",
    contact="la mairie, l'EPCI, le département ou la région",
    beneficiaires="étudiants et internes en médecine et en odontologie",
    nature="bourse, si une collectivité l'a votée",
    duree="selon le contrat ; cinq ans d'exercice au moins",
    ouvert="2005-12-31",
    contradictions=("X-22",),
    entrees=(
        Saisie(
            "annees_promises",
            "années d'exercice promises",
            Genre.NOMBRE,
            "Combien d'années d'exercice dans une zone fragile sont promises ?",
            (),
            "années",
            0,
            40,
        ),
    ),
    conditions=(
        Condition(
            "filiere",
            entree("profession").est(*MEDECINS, "chirurgien_dentiste"),
            "La filière ({profession}) en relève.",
            "{profession} : l'indemnité est pour la médecine et l'odontologie seulement.",
            f"{CGCT}, article L. 1511-8",
            champ=True,
        ),
        Condition(
            "statut",
            entree("statut").est("etudiant", "interne"),
            "L'indemnité est pour les étudiants et les internes.",
            "{statut} : l'indemnité est pour les étudiants et les internes.",
            f"{CGCT}, article L. 1511-8",
            champ=True,
        ),
        dans_la_zone("zonage.medecin.aides.aides_des_collectivites", f"{CGCT}, article L. 1511-8"),
        Condition(
            "engagement",
            entree("annees_promises") >= parametre("aides.legalite.etude.engagement_annees"),
            "L'engagement est de {annees_promises}.",
            "L'engagement est de {annees_promises} : il en faut {engagement_annees}.",
            f"{CGCT}, article L. 1511-8",
        ),
    ),
    montants=(
        Montant(
            "montant",
            "plafond de l'année, toutes collectivités réunies, au troisième cycle",
            {"2019-01-01": parametre("aides.legalite.interne.emoluments_annuels")},
            "€ par an",
            "les émoluments annuels d'un interne de troisième année",
            f"{CGCT}, article D. 1511-54",
        ),
    ),
    engagements=(
        "exercer cinq ans au moins dans une zone fragile",
        "rendre toute l'indemnité sans installation à la date promise, une part si l'exercice est "
        "plus court que promis",
    ),
    cumuls=(
        Cumul(
            "CESP",
            Sens.DECONSEILLE,
            "Rien ne l'interdit, mais les deux engagements d'exercice se concilient mal.",
            GUIDE,
        ),
    ),
    textes=(
        Texte(f"{CGCT}, articles L. 1511-8, D. 1511-54, D. 1511-55 et D. 1511-56", "2005-12-31"),
        Texte(GUIDE, "2019-09-01"),
    ),
    non_modelise=(
        "Si une collectivité a voté l'indemnité, et de combien : le plafond n'est pas un droit.",
        "Le plafond des autres cycles, que la fiche et l'annexe du guide lisent autrement.",
        "Les plafonds d'avant 2019.",
    ),
)
