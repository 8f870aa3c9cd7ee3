"""ETAT_TRANSPORT, ETAT_HEBERGEMENT, ETAT_HEBERGEMENT_2E_CYCLE: the State and ambulatory stages."""

from assemblier.aids.conditions import dans_la_zone
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import Expression, entree, parametre
from assemblier.aids.inputs import MEDECINS

CSP = "Code de la santé publique"
INTERNES, EXTERNES = f"{CSP}, article R. 6153-10", f"{CSP}, article D. 6153-58-1"
GUIDE = Texte(
    "Accès aux soins : le guide pratique pour les élus, fiche sur les stages", "2019-09-01"
)
DECRET_2020 = "Décret n° 2020-1307 du 29 octobre 2020"
FILIERES = (*MEDECINS, "chirurgien_dentiste", "pharmacien")
CHU = "le centre hospitalier universitaire (CHU) de rattachement"
distance = parametre("distance_km")
loin = (entree("distance_chu_km") > distance) & (entree("distance_domicile_km") > distance)

AMBULATOIRE = Condition(
    "stage",
    entree("stage_ambulatoire"),
    "Le stage est ambulatoire.",
    "Le stage n'est pas ambulatoire.",
    INTERNES,
)


def _filiere(*codes: str) -> Condition:
    return Condition(
        "filiere",
        entree("profession").est(*codes),
        "La filière ({profession}) en relève.",
        "{profession} : la filière n'en relève pas.",
        INTERNES,
        champ=True,
    )


def _loin(regle: Expression | dict[str, Expression | None]) -> Condition:
    return Condition(
        "distance",
        regle,
        "Le stage est à {distance_chu_km} du CHU et à {distance_domicile_km} du domicile, plus que "
        "{distance_km}.",
        "Le stage est à {distance_chu_km} du CHU et à {distance_domicile_km} du domicile : il faut "
        "dépasser {distance_km} des deux.",
        INTERNES,
    )


TRANSPORT = Dispositif(
    sigle="ETAT_TRANSPORT",
    nom="Indemnité de transport de l'État pour un stage ambulatoire",
    resume="L'État verse une indemnité aux étudiants et aux internes dont le stage ambulatoire est "
    "loin du CHU et de chez eux, dans toutes les zones.",
    famille=Famille.ETUDES,
    financeur="État",
    contact=CHU,
    beneficiaires="étudiants et internes en médecine, en odontologie et en pharmacie",
    nature="indemnité mensuelle brute",
    duree="celle du stage",
    ouvert="2013-09-01",
    conditions=(
        _filiere(*FILIERES),
        Condition(
            "statut",
            entree("statut").est("etudiant", "interne"),
            "L'indemnité est pour les étudiants et les internes.",
            "{statut} : l'indemnité est pour les étudiants et les internes.",
            INTERNES,
            champ=True,
        ),
        AMBULATOIRE,
        _loin(loin),
    ),
    montants=(
        Montant("montant", "indemnité", parametre("montant"), "€ par mois", "{montant}", INTERNES),
    ),
    cumuls=(
        Cumul("ETAT_HEBERGEMENT", Sens.PERMIS, "Les deux se cumulent.", INTERNES),
        Cumul("ETAT_HEBERGEMENT_2E_CYCLE", Sens.PERMIS, "Les deux se cumulent.", EXTERNES),
    ),
    textes=(Texte(f"{INTERNES} ; {EXTERNES}", "2013-09-01"), GUIDE),
    non_modelise=(
        "Les autres prises en charge du transport, qui l'excluent.",
        "Les élèves des écoles du service de santé des armées, qui n'y ont pas droit.",
        "Le montant d'avant 2019 et d'après 2019, à confirmer.",
    ),
)

HEBERGEMENT = Dispositif(
    sigle="ETAT_HEBERGEMENT",
    nom="Indemnité d'hébergement de l'État pour un interne en zone fragile",
    resume="L'État verse une indemnité à un interne qui se loge à ses frais pour un stage "
    "ambulatoire en zone fragile.",
    famille=Famille.ETUDES,
    financeur="État",
    contact=CHU,
    beneficiaires="internes en médecine, en odontologie et en pharmacie",
    nature="indemnité mensuelle brute",
    duree="celle du stage",
    ouvert="2018-07-03",
    contradictions=("X-07",),
    conditions=(
        _filiere(*FILIERES),
        Condition(
            "statut",
            entree("statut").est("interne"),
            "L'indemnité est pour les internes.",
            "{statut} : l'indemnité est pour les internes ; celle du deuxième cycle est à part.",
            INTERNES,
            champ=True,
        ),
        dans_la_zone("zones", INTERNES),
        AMBULATOIRE,
        _loin({"2018-07-03": loin, "2020-11-01": None}),
        Condition(
            "logement",
            {
                "2018-07-03": ~entree("loge_gratuitement"),
                "2020-11-01": ~entree("loge_gratuitement") & ~entree("aide_logement_publique"),
            },
            "L'interne se loge à ses frais.",
            "L'interne est logé gratuitement, ou une collectivité l'aide à se loger.",
            {"2018-07-03": INTERNES, "2020-11-01": DECRET_2020},
        ),
    ),
    montants=(
        Montant("montant", "indemnité", parametre("montant"), "€ par mois", "{montant}", INTERNES),
    ),
    cumuls=(
        Cumul("ETAT_TRANSPORT", Sens.PERMIS, "Les deux se cumulent.", INTERNES),
        Cumul(
            "INDEMNITE_LOGEMENT_DEPLACEMENT",
            Sens.INTERDIT,
            "Depuis novembre 2020, une aide au logement d'une collectivité exclut l'indemnité.",
            DECRET_2020,
        ),
        Cumul(
            "logement gratuit", Sens.INTERDIT, "Un logement gratuit exclut l'indemnité.", INTERNES
        ),
    ),
    textes=(
        Texte(INTERNES, "2018-07-03"),
        Texte("Arrêté du 3 juillet 2018 fixant le montant de l'indemnité", "2018-07-03"),
        Texte(f"{DECRET_2020}, et arrêté du même jour", "2020-11-01"),
        GUIDE,
    ),
    non_modelise=(
        "Le montant que l'arrêté d'octobre 2020 a fixé, qui n'a pas été lu.",
        "Le zonage propre aux internes en pharmacie.",
        "La date d'entrée en vigueur exacte, prise à celle de l'arrêté de 2018.",
    ),
)

DEUXIEME_CYCLE = Dispositif(
    sigle="ETAT_HEBERGEMENT_2E_CYCLE",
    nom="Indemnité d'hébergement de l'État pour un étudiant de deuxième cycle",
    resume="L'État verse une indemnité à un étudiant en médecine de deuxième cycle qui se loge à "
    "ses frais pour un stage ambulatoire en zone fragile.",
    famille=Famille.ETUDES,
    financeur="État",
    contact=CHU,
    beneficiaires="étudiants en médecine de deuxième cycle",
    nature="indemnité mensuelle brute",
    duree="celle du stage",
    ouvert="2020-09-01",
    contradictions=("X-07", "X-08"),
    conditions=(
        _filiere(*MEDECINS),
        Condition(
            "statut",
            entree("statut").est("etudiant"),
            "L'indemnité est pour les étudiants.",
            "{statut} : l'indemnité est pour les étudiants de deuxième cycle.",
            EXTERNES,
            champ=True,
        ),
        Condition(
            "cycle",
            entree("annee_etudes") >= parametre("annee_minimum"),
            "L'étudiant est en deuxième cycle (année : {annee_etudes}).",
            "L'étudiant n'est pas en deuxième cycle (année : {annee_etudes}).",
            EXTERNES,
        ),
        dans_la_zone("zones", EXTERNES),
        AMBULATOIRE,
        Condition(
            "logement",
            ~entree("loge_gratuitement") & ~entree("aide_logement_publique"),
            "L'étudiant se loge à ses frais, sans aide publique.",
            "L'étudiant est logé gratuitement, ou une collectivité l'aide à se loger.",
            EXTERNES,
        ),
    ),
    montants=(
        Montant("montant", "indemnité", parametre("montant"), "€ par mois", "{montant}", EXTERNES),
    ),
    cumuls=(Cumul("ETAT_TRANSPORT", Sens.PERMIS, "Les deux se cumulent.", EXTERNES),),
    textes=(
        Texte("Décret n° 2020-1241 du 9 octobre 2020, et arrêté du même jour", "2020-09-01"),
        Texte("Panorama des questions de santé en Haute-Loire, 9 mars 2023", "2023-03-09"),
    ),
    non_modelise=(
        "Les élèves des écoles du service de santé des armées, qui n'y ont pas droit.",
        "Une revalorisation depuis 2020.",
    ),
)

DISPOSITIFS = (TRANSPORT, HEBERGEMENT, DEUXIEME_CYCLE)
