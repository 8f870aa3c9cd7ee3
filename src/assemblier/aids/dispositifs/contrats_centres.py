"""The contracts of the centres de santé of 2017, their lump sums, and the charges paid for them."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import (
    Expression,
    au_moins,
    entree,
    nombre,
    parametre,
    plafonne,
    selon,
)
from assemblier.aids.inputs import STRUCTURE, Genre, Saisie
from assemblier.aids.structure_conditions import en_zone, pour_les

AVENANT = "Avenant 1 à l'accord national des centres de santé (Journal officiel du 17 nov. 2017)"
ACCORD = "Accord national des centres de santé de 2015"
GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur les centres de santé, page 48"
CPAM = "la caisse primaire d'assurance maladie (CPAM)"
TEXTE = Texte(AVENANT, "2017-11-17")
NON_LU = (
    "Le cumul des trois contrats entre eux, qui n'a pas été lu.",
    "Ce que le contrat est devenu depuis l'avenant de 2017.",
)
etp, par_etp = entree("etp_medecins"), parametre("par_etp")


def _oui(nom: str, libelle: str, question: str) -> Saisie:
    return Saisie(nom, libelle, Genre.REPONSE, question, entite=STRUCTURE)


def _au_plus_un(temps: Expression) -> Expression:
    return plafonne(au_moins(temps, 0), nombre(1))


def _medical() -> Condition:
    return Condition(
        "centre_medical",
        entree("centre_medical"),
        "Le centre est médical ou polyvalent.",
        "Le centre n'est ni médical ni polyvalent.",
        AVENANT,
    )


aide_par_etp = selon(
    (etp >= 3, par_etp.element(0) + par_etp.element(1) + par_etp.element(2)),
    (etp.vaut(2), par_etp.element(0) + par_etp.element(1)),
    (etp.vaut(1), par_etp.element(0)),
    sinon=parametre("part_incomplete")
    * (
        par_etp.element(0) * _au_plus_un(etp)
        + par_etp.element(1) * _au_plus_un(etp - 1)
        + par_etp.element(2) * _au_plus_un(etp - 2)
    ),
)

CAI = Dispositif(
    sigle="CDS_CAI",
    nom="Contrat d'aide à l'installation d'un centre de santé",
    resume="L'Assurance maladie aide un centre de santé qui s'ouvre ou recrute des médecins en "
    "ZIP.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="centres de santé médicaux ou polyvalents",
    nature="aide forfaitaire, versée en deux fois",
    duree="cinq ans, non renouvelable",
    ouvert="2017-11-17",
    entite=STRUCTURE,
    entrees=(
        _oui(
            "centre_medical",
            "centre médical ou polyvalent",
            "Le centre est-il médical ou polyvalent (et non seulement infirmier ou dentaire) ?",
        ),
        _oui(
            "cds_cai_deja_signe",
            "contrat d'installation déjà signé",
            "Le centre a-t-il déjà signé un contrat d'aide à l'installation ?",
        ),
    ),
    conditions=(
        pour_les(AVENANT, "cds"),
        en_zone("zones", AVENANT),
        _medical(),
        Condition(
            "premier_contrat",
            ~entree("cds_cai_deja_signe"),
            "C'est le premier contrat du centre.",
            "Le centre a déjà signé ce contrat : il n'est pas renouvelable.",
            AVENANT,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "aide à l'installation",
            aide_par_etp,
            "€",
            "pour le premier, le deuxième et le troisième équivalent temps plein de médecin : "
            "{par_etp} ; rien au-delà",
            AVENANT,
        ),
    ),
    engagements=("exercer cinq ans dans la zone",),
    textes=(TEXTE,),
    non_modelise=("Ce que doit un centre qui ferme ou quitte la zone avant cinq ans.", *NON_LU),
)

COSCO = Dispositif(
    sigle="CDS_COSCO",
    nom="Contrat de stabilisation et de coordination d'un centre de santé",
    resume="L'Assurance maladie aide chaque année un centre de santé qui exerce en ZIP.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="centres de santé médicaux ou polyvalents",
    nature="aide annuelle",
    duree="trois ans, renouvelable",
    ouvert="2017-11-17",
    entite=STRUCTURE,
    conditions=(pour_les(AVENANT, "cds"), en_zone("zones", AVENANT), _medical()),
    montants=(
        Montant(
            "montant",
            "aide de l'année",
            par_etp * etp,
            "€ par an",
            "{par_etp} par équivalent temps plein de médecin",
            AVENANT,
        ),
    ),
    engagements=("exercer trois ans dans la zone",),
    textes=(TEXTE,),
    non_modelise=("Les majorations du contrat, pour un stagiaire par exemple.", *NON_LU),
)

CST = Dispositif(
    sigle="CDS_CST",
    nom="Contrat de solidarité territoriale d'un centre de santé",
    resume="L'Assurance maladie majore les honoraires d'un centre dont les médecins viennent "
    "exercer en ZIP.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="centres de santé qui exercent des jours en ZIP",
    nature="part des honoraires faits dans la zone",
    duree="trois ans, renouvelable",
    ouvert="2017-11-17",
    entite=STRUCTURE,
    conditions=(
        pour_les(AVENANT, "cds"),
        en_zone("zones", AVENANT),
        Condition(
            "activite",
            entree("jours_par_an") >= parametre("jours_minimum"),
            "L'activité dans la zone suffit : {jours_par_an}, pour {jours_minimum} au moins.",
            "L'activité dans la zone ne suffit pas : {jours_par_an}, quand il faut "
            "{jours_minimum}.",
            AVENANT,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "majoration de l'année",
            parametre("taux") / 100 * entree("honoraires_an"),
            "€ par an",
            "{taux} des honoraires de l'année dans la zone",
            AVENANT,
        ),
    ),
    textes=(TEXTE,),
    non_modelise=("Un plafond et la prise en charge des déplacements, non lus.", *NON_LU),
)

TEULADE = Dispositif(
    sigle="CDS_TEULADE",
    nom="Allègement de cotisations des centres de santé (subvention dite « Teulade »)",
    resume="L'Assurance maladie prend en charge une part des cotisations sur les salaires des "
    "soignants d'un centre de santé.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="gestionnaires de centres de santé",
    nature="subvention, en part des salaires",
    duree="tant que le centre emploie des soignants",
    ouvert="2019-01-01",
    entite=STRUCTURE,
    entrees=(
        Saisie(
            "salaires_soignants_an",
            "salaires bruts des soignants",
            Genre.NOMBRE,
            "Quels sont les salaires bruts des soignants du centre, par an ?",
            unite="€ par an",
            entite=STRUCTURE,
        ),
    ),
    conditions=(pour_les(GUIDE, "cds"),),
    montants=(
        Montant(
            "montant",
            "allègement de l'année",
            parametre("taux") / 100 * entree("salaires_soignants_an"),
            "€ par an",
            "une part des salaires bruts des soignants",
            GUIDE,
        ),
    ),
    textes=(Texte(GUIDE, "2019-01-01"),),
    non_modelise=(
        "Le taux, que le guide ne dit pas.",
        "Les professions et l'assiette retenues.",
        "Les années d'avant 2019, que le guide ne décrit pas.",
    ),
)

FORFAITS = Dispositif(
    sigle="CDS_FORFAITS",
    nom="Financements forfaitaires de coordination d'un centre de santé",
    resume="L'accord national de 2015 rémunère la coordination des soins d'un centre, selon des "
    "objectifs : une ligne facultative de ses recettes.",
    famille=Famille.STRUCTURES,
    financeur="Assurance maladie",
    contact=CPAM,
    beneficiaires="centres de santé qui adhèrent à l'accord national",
    nature="forfaits collectifs",
    duree="celle de l'adhésion",
    ouvert="2019-01-01",
    entite=STRUCTURE,
    entrees=(
        _oui(
            "adhesion_accord_national",
            "adhésion à l'accord national",
            "Le centre adhère-t-il à l'accord national des centres de santé ?",
        ),
    ),
    conditions=(
        pour_les(ACCORD, "cds"),
        Condition(
            "adhesion",
            entree("adhesion_accord_national"),
            "Le centre adhère à l'accord national.",
            "Le centre n'adhère pas à l'accord national.",
            ACCORD,
        ),
    ),
    montants=(),
    engagements=("tenir les objectifs de coordination de l'accord",),
    textes=(Texte(f"{ACCORD} ; {GUIDE}", "2019-01-01"),),
    non_modelise=(
        "Les montants et les indicateurs, que le guide ne donne pas.",
        "Les années 2015 à 2018, que le guide ne décrit pas.",
    ),
)

DISPOSITIFS = (CAI, COSCO, CST, TEULADE, FORFAITS)
