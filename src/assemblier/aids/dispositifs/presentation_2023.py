"""What the presentation of 2023 lists without a rule: posts, death certificates, mountains."""

from assemblier.aids.conditions import LIBERAUX, dans_la_zone, pour_les_medecins
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Texte
from assemblier.aids.expressions import entree

PANORAMA = "Panorama des questions de santé en Haute-Loire, 9 mars 2023, page 30"
GUIDE = "Accès aux soins : le guide pratique pour les élus, fiche sur les formes d'exercice"
TEXTE = Texte(PANORAMA, "2023-03-09")
ARS = "l'agence régionale de santé (ARS)"
NON_LU = "Le montant et le texte, que la présentation ne dit pas."
DEBUT = "La date d'ouverture, prise au début de l'année de la présentation."

POSTE = Dispositif(
    sigle="POSTE_AMBULATOIRE",
    nom="Poste de praticien hospitalier ou de centre de santé avec une activité ambulatoire",
    resume="L'agence régionale finance des postes salariés avec des consultations de ville, dans "
    "un hôpital, un établissement privé d'intérêt collectif, une mutuelle ou un centre de santé.",
    famille=Famille.ETAT,
    financeur=ARS,
    contact=ARS,
    beneficiaires="médecins salariés qui consultent en ville",
    nature="poste financé",
    duree="celle du poste",
    ouvert="2023-01-01",
    conditions=(
        pour_les_medecins(PANORAMA),
        dans_la_zone("zones", PANORAMA),
        Condition(
            "statut",
            entree("statut").est("salarie", "praticien_hospitalier"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : le poste est salarié.",
            PANORAMA,
        ),
    ),
    montants=(),
    textes=(TEXTE,),
    non_modelise=(NON_LU, DEBUT),
)

CERTIFICATS = Dispositif(
    sigle="CERTIFICATS_DECES",
    nom="Rémunération des certificats de décès",
    resume="Un médecin qui établit un certificat de décès à domicile en zone fragile est payé ; "
    "les retraités, même s'ils n'exercent plus, et les internes peuvent en établir.",
    famille=Famille.ETAT,
    financeur="Assurance maladie",
    contact="l'agence régionale de santé (ARS), l'ordre des médecins",
    beneficiaires="médecins en exercice ou retraités, internes",
    nature="forfait par certificat, dont le montant n'a pas été lu",
    duree="sans limite",
    ouvert="2017-11-16",
    conditions=(
        pour_les_medecins(GUIDE),
        dans_la_zone("zonage.medecin.aides.certificats_de_deces", PANORAMA),
        Condition(
            "statut",
            {
                "2017-11-16": entree("statut").est(
                    *LIBERAUX, "remplacant", "salarie", "praticien_hospitalier", "retraite_actif"
                ),
                "2019-07-27": ~entree("statut").est("etudiant", "projet"),
            },
            "Un médecin {statut} peut établir un certificat de décès.",
            "{statut} : ni un étudiant, ni un médecin pas encore installé n'en établit ; un "
            "retraité qui n'exerce plus et un interne le peuvent depuis juillet 2019.",
            {
                "2017-11-16": GUIDE,
                "2019-07-27": "Loi relative à l'organisation et à la transformation du système de "
                "santé, juillet 2019",
            },
        ),
    ),
    montants=(),
    textes=(TEXTE, Texte(GUIDE, "2019-09-01")),
    non_modelise=(
        "Le montant, et les heures où il est dû.",
        "L'inscription des retraités et des internes sur la liste de l'ordre.",
    ),
)

MONTAGNE = Dispositif(
    sigle="EQUIPEMENT_MONTAGNE",
    nom="Équipement de radiologie et de traumatologie d'un cabinet de montagne",
    resume="L'agence régionale finance l'équipement de radiologie et de traumatologie des cabinets "
    "de montagne.",
    famille=Famille.ETAT,
    financeur=ARS,
    contact=ARS,
    beneficiaires="médecins libéraux de montagne",
    nature="subvention d'équipement",
    duree="versée une fois",
    ouvert="2023-01-01",
    conditions=(
        pour_les_medecins(PANORAMA),
        dans_la_zone("zones", PANORAMA),
        Condition(
            "statut",
            entree("statut").est(*LIBERAUX, "projet"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : l'équipement est celui d'un cabinet.",
            PANORAMA,
        ),
        Condition(
            "montagne",
            entree("montagne"),
            "La commune est en zone de montagne.",
            "La commune n'est pas en zone de montagne.",
            PANORAMA,
        ),
    ),
    montants=(),
    textes=(TEXTE,),
    non_modelise=(NON_LU, DEBUT),
)

DISPOSITIFS = (POSTE, CERTIFICATS, MONTAGNE)
