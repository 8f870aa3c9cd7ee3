"""MED400: a guarantee for whoever employs a general practitioner in a fragile zone."""

from assemblier.aids.conditions import pour_les_generalistes
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import annees_depuis, au_moins, entree, parametre
from assemblier.aids.inputs import Genre, Saisie

INSTRUCTION = "Instruction DGOS/DIR/2019/27 du 6 février 2019"

DISPOSITIF = Dispositif(
    sigle="MED400",
    nom="Opération « 400 médecins généralistes »",
    resume="L'agence régionale garantit à l'employeur, deux ans, l'écart entre le salaire d'un "
    "généraliste et les recettes de ses actes.",
    famille=Famille.ETAT,
    financeur="État (fonds d'intervention régional de l'ARS)",
    contact="l'agence régionale de santé (ARS)",
    beneficiaires="médecins généralistes salariés ou partagés, par leur employeur",
    nature="garantie financière versée à l'employeur",
    duree="deux ans",
    ouvert="2019-02-06",
    entrees=(
        Saisie(
            "poste_400",
            "poste de l'opération « 400 médecins »",
            Genre.CHOIX,
            "De quel poste s'agit-il ?",
            (
                ("salarie", "salarié d'un centre de santé ou d'un établissement"),
                ("partage", "partagé entre la ville et l'hôpital"),
                ("autre", "un autre poste"),
            ),
        ),
        Saisie(
            "date_embauche",
            "date d'embauche",
            Genre.DATE,
            "À quelle date le médecin a-t-il été, ou sera-t-il, embauché ?",
        ),
        Saisie(
            "salaire_medecin_an",
            "salaire du médecin, charges comprises",
            Genre.NOMBRE,
            "Quel est le salaire annuel du médecin, charges comprises ?",
            (),
            "€ par an",
        ),
        Saisie(
            "recettes_medecin_an",
            "recettes des actes du médecin",
            Genre.NOMBRE,
            "Quelles sont les recettes annuelles des actes du médecin ?",
            (),
            "€ par an",
        ),
    ),
    conditions=(
        pour_les_generalistes(INSTRUCTION),
        Condition(
            "zone",
            entree("zonage").dans(parametre("zonage.medecin.aides.medecins_400")) | entree("qpv"),
            "Le lieu est en {medecins_400}, ou dans un quartier prioritaire.",
            "Le lieu est en {zonage}, hors quartier prioritaire : il faut {medecins_400} ou un "
            "quartier prioritaire.",
            INSTRUCTION,
        ),
        Condition(
            "poste",
            entree("poste_400").est("salarie", "partage"),
            "Le poste est {poste_400}.",
            "Le poste n'est ni salarié, ni partagé entre la ville et l'hôpital.",
            INSTRUCTION,
        ),
        Condition(
            "duree",
            annees_depuis(entree("date_embauche")) < parametre("annees_maximum"),
            "L'embauche date de moins de {annees_maximum}, ou elle est à venir.",
            "L'embauche ({date_embauche}) date de {annees_maximum} ou plus : la garantie a pris "
            "fin.",
            INSTRUCTION,
        ),
    ),
    montants=(
        Montant(
            "montant",
            "garantie de l'année",
            au_moins(entree("salaire_medecin_an") - entree("recettes_medecin_an"), 0),
            "€ par an",
            "le salaire, moins les recettes des actes",
            INSTRUCTION,
        ),
    ),
    engagements=("exercer dans la zone pendant la garantie",),
    textes=(
        Texte(f"{INSTRUCTION} relative aux 400 médecins généralistes", "2019-02-06"),
        Texte("Accès aux soins : le guide pratique pour les élus", "2019-09-01"),
    ),
    non_modelise=(
        "S'il reste des postes dans la région, qui avaient un nombre fixé.",
        "Le forfait qu'une agence régionale ajoute (Normandie).",
        "Le plafond de la garantie, que les textes lus ne disent pas.",
    ),
)
