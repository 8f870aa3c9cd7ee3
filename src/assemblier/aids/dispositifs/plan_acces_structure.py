"""What the agency of a region pays to start a structure or a local contract, as told in 2023."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import STRUCTURE, Genre, Saisie
from assemblier.aids.structure_conditions import dans_la_region, en_zone, pour_les

PAGE_30 = "Panorama des questions de santé en Haute-Loire, 9 mars 2023, page 30"
PAGE_48 = "Panorama des questions de santé en Haute-Loire, 9 mars 2023, page 48"
ARS = "agence régionale de santé (ARS)"
demande = entree("financement_demande")

PLAN_ACCES = Dispositif(
    sigle="PLAN_ACCES_STRUCTURE",
    nom="Plan d'accès aux soins : mise en place et équipement d'une structure",
    resume="L'agence régionale finance la mise en place et l'équipement d'une maison de santé, "
    "d'un centre de santé ou d'une CPTS en zone fragile.",
    famille=Famille.STRUCTURES,
    financeur=ARS,
    contact="la délégation départementale de l'ARS",
    beneficiaires="maisons de santé, centres de santé, CPTS",
    nature="subvention de démarrage et d'équipement",
    duree="versée une fois",
    ouvert="2023-03-09",
    entite=STRUCTURE,
    entrees=(
        Saisie(
            "financement_demande",
            "financement demandé au plan d'accès aux soins",
            Genre.NOMBRE,
            "Quel financement demande-t-on au plan d'accès aux soins ?",
            unite="€",
            entite=STRUCTURE,
        ),
    ),
    conditions=(
        pour_les(PAGE_30, "msp", "cds", "cpts"),
        dans_la_region(PAGE_30),
        en_zone("zones", PAGE_30),
        Condition(
            "demande",
            (demande >= parametre("minimum")) & (demande <= parametre("maximum")),
            "La demande ({financement_demande}) est entre {minimum} et {maximum}.",
            "La demande ({financement_demande}) n'est pas entre {minimum} et {maximum}.",
            PAGE_30,
        ),
    ),
    montants=(
        Montant("montant", "financement demandé", demande, "€", "ce qui est demandé", PAGE_30),
        Montant(
            "minimum",
            "financement, au moins",
            parametre("minimum"),
            "€",
            "le bas de la fourchette",
            PAGE_30,
        ),
        Montant(
            "maximum",
            "financement, au plus",
            parametre("maximum"),
            "€",
            "le haut de la fourchette",
            PAGE_30,
        ),
    ),
    textes=(Texte(PAGE_30, "2023-03-09"),),
    non_modelise=(
        "Ce qui fait varier le financement de l'un à l'autre.",
        "Le jour d'ouverture et celui de fermeture, que la présentation ne dit pas.",
    ),
)

CLS = Dispositif(
    sigle="CLS_COORD",
    nom="Cofinancement d'un contrat local de santé (CLS) ou d'un conseil de santé mentale (CLSM)",
    resume="L'agence régionale finance le diagnostic et la moitié du poste de coordonnateur.",
    famille=Famille.STRUCTURES,
    financeur=ARS,
    contact="la délégation départementale de l'ARS",
    beneficiaires="communes et intercommunalités qui portent un CLS ou un CLSM",
    nature="cofinancement d'un poste et d'un diagnostic",
    duree="celle du contrat",
    ouvert="2023-03-09",
    entite=STRUCTURE,
    entrees=(
        Saisie(
            "porte_un_cls",
            "contrat local de santé",
            Genre.REPONSE,
            "La collectivité porte-t-elle, ou prépare-t-elle, un contrat local de santé ou un "
            "conseil local de santé mentale ?",
            entite=STRUCTURE,
        ),
    ),
    conditions=(
        pour_les(PAGE_48, "commune", "epci"),
        dans_la_region(PAGE_48),
        Condition(
            "contrat",
            entree("porte_un_cls"),
            "La collectivité porte ou prépare un contrat local de santé ou un conseil local de "
            "santé mentale.",
            "La collectivité ne porte ni contrat local de santé ni conseil local de santé mentale.",
            PAGE_48,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "part de l'agence dans le poste, première lecture",
            parametre("montant"),
            "€ par an",
            "{montant} sont la part de l'agence ({part}) : la collectivité en paie autant",
            PAGE_48,
        ),
        Montant(
            "cout_premiere_lecture",
            "coût du poste, première lecture",
            parametre("montant") / (parametre("part") / 100),
            "€ par an",
            "{montant} ÷ {part}",
            PAGE_48,
        ),
        Montant(
            "seconde_lecture",
            "part de l'agence dans le poste, seconde lecture",
            parametre("montant") * (parametre("part") / 100),
            "€ par an",
            "{montant} sont le coût du poste : {part} de {montant}",
            PAGE_48,
        ),
    ),
    textes=(Texte(PAGE_48, "2023-03-09"),),
    non_modelise=(
        "Ce que sont les 35 000 € écrits à côté du poste : les deux lectures sont montrées.",
        "Le montant donné pour le diagnostic, que la présentation ne dit pas.",
    ),
    contradictions=("X-45",),
)
DISPOSITIFS = (PLAN_ACCES, CLS)
