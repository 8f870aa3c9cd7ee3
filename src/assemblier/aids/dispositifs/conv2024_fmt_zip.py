"""CONV2024_FMT_ZIP: what the convention of 2024 adds to the lump sum of a doctor in a ZIP."""

from assemblier.aids.conditions import installe, pour_les_medecins
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import Genre, Saisie

CONVENTION = "Convention médicale 2024-2029 (arrêté du 20 juin 2024), article 26"

DISPOSITIF = Dispositif(
    sigle="CONV2024_FMT_ZIP",
    nom="Majoration du forfait médecin traitant en ZIP ou en quartier prioritaire",
    resume="Le forfait d'un médecin traitant est majoré d'office en ZIP et dans les quartiers "
    "prioritaires.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM) ; rien à demander",
    beneficiaires="médecins traitants installés en ZIP ou en quartier prioritaire",
    nature="part d'un forfait annuel",
    duree="chaque année, tant que le lieu est classé",
    ouvert="2026-01-01",
    entrees=(
        Saisie(
            "forfait_medecin_traitant_an",
            "forfait médecin traitant de l'année",
            Genre.NOMBRE,
            "Quelle est la part socle du forfait médecin traitant de l'année ?",
            (),
            "€ par an",
        ),
    ),
    conditions=(
        pour_les_medecins(CONVENTION),
        installe(CONVENTION),
        Condition(
            "zone",
            entree("zonage").dans(parametre("zones")) | entree("qpv"),
            "Le lieu est en {zones}, ou dans un quartier prioritaire.",
            "Le lieu est en {zonage}, hors quartier prioritaire : il faut {zones} ou un quartier "
            "prioritaire.",
            CONVENTION,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "majoration du forfait",
            parametre("taux") / 100 * entree("forfait_medecin_traitant_an"),
            "€ par an",
            "{taux} médecin traitant",
            CONVENTION,
        ),
    ),
    textes=(
        Texte(
            "Convention nationale organisant les rapports entre les médecins libéraux et "
            "l'assurance maladie 2024-2029, approuvée par l'arrêté du 20 juin 2024",
            "2024-06-22",
            remplace="Convention nationale du 25 août 2016",
        ),
    ),
    non_modelise=(
        "La majoration plus forte des trois premières années d'une première installation (50 %, "
        "30 %, puis 10 %, selon une union régionale).",
        "Le calcul du forfait, selon la patientèle.",
    ),
)
