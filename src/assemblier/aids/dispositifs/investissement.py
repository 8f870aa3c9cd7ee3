"""What pays the buildings of collectivités: the VAT fund, the grants of the State, projects."""

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import STRUCTURE, Genre, Saisie
from assemblier.aids.structure_conditions import pour_les, pour_les_collectivites

CGCT = "Code général des collectivités territoriales, article L. 1511-8, quatrième alinéa"
CIRCULAIRE = "Circulaire du 11 mars 2019 sur les dotations de soutien à l'investissement"
GUIDE_14 = "Accès aux soins : le guide pratique pour les élus, fiche sur les partenaires, page 14"
GUIDE_20 = "Accès aux soins : le guide pratique pour les élus, fiche sur les contrats, page 20"
GUIDE_48 = (
    "Accès aux soins : le guide pratique pour les élus, fiche sur les maisons de santé, page 48"
)
PREFET = "la préfecture ou la sous-préfecture"
NON_LU = (
    "La part que l'État donne à un projet, que le préfet décide.",
    "Les règles d'emploi des années qui suivent 2019.",
)


def _oui(nom: str, libelle: str, question: str) -> Saisie:
    return Saisie(nom, libelle, Genre.REPONSE, question, entite=STRUCTURE)


def _projet() -> Condition:
    return Condition(
        "projet",
        entree("projet_immobilier_soins"),
        "Le projet est celui d'une maison ou d'un centre de santé, ou de locaux de soins.",
        "Il n'y a pas de projet de maison de santé, de centre de santé ou de locaux de soins.",
        GUIDE_14,
    )


FCTVA = Dispositif(
    sigle="FCTVA",
    nom="Fonds de compensation de la TVA, pour des locaux de soins",
    resume="L'État rend à une commune ou à un groupement la TVA des locaux qu'il investit pour des "
    "professionnels de santé, en zone fragile ou rurale.",
    famille=Famille.STRUCTURES,
    financeur="État",
    contact=PREFET,
    beneficiaires="communes et leurs groupements",
    nature="compensation d'une dépense d'investissement",
    duree="versée après la dépense",
    ouvert="2019-01-01",
    entite=STRUCTURE,
    entrees=(
        _oui(
            "projet_immobilier_soins",
            "projet de locaux de soins",
            "Le projet est-il une maison de santé, un centre de santé ou des locaux pour des "
            "professionnels de santé ?",
        ),
        _oui(
            "trdp",
            "territoire rural de développement prioritaire",
            "Le lieu est-il dans un territoire rural de développement prioritaire ?",
        ),
        Saisie(
            "depense_ttc",
            "dépense toutes taxes comprises",
            Genre.NOMBRE,
            "Quelle est la dépense d'investissement, toutes taxes comprises ?",
            unite="€",
            entite=STRUCTURE,
        ),
    ),
    conditions=(
        pour_les(CGCT, "commune", "epci"),
        _projet(),
        Condition(
            "zone",
            entree("zonage").dans(parametre("zones")) | entree("frr") | entree("trdp"),
            "Le lieu est dans une zone fragile, ou rurale (FRR, ancienne ZRR).",
            "Le lieu ({zonage}) n'est ni en {zones}, ni en zone rurale : la TVA n'est pas rendue.",
            f"{CGCT} ; {GUIDE_48}",
        ),
    ),
    montants=(
        Montant(
            "montant",
            "TVA rendue",
            parametre("taux") / 100 * entree("depense_ttc"),
            "€",
            "une part de la dépense toutes taxes comprises",
            "Code général des collectivités territoriales, article L. 1615-6",
        ),
    ),
    textes=(Texte(CGCT, "2019-01-01"),),
    non_modelise=(
        "Les dépenses écartées de l'assiette, l'année du versement.",
        "Le passage des zones de revitalisation rurale (ZRR) aux zones FRR, à vérifier à la date.",
        "Les années d'avant 2019.",
    ),
    contradictions=("X-23",),
)


def _dotation(
    sigle: str,
    nom: str,
    resume: str,
    beneficiaires: str,
    qui: Condition,
    quoi: tuple[Condition, ...],
    entrees: tuple[Saisie, ...] = (),
    part: str = "{part_2018} des maisons de santé aidées, DETR comprise",
) -> Dispositif:
    return Dispositif(
        sigle=sigle,
        nom=nom,
        resume=resume,
        famille=Famille.STRUCTURES,
        financeur="État",
        contact=PREFET,
        beneficiaires=beneficiaires,
        nature="subvention d'investissement, que le préfet décide",
        duree="versée selon l'avancement du projet",
        ouvert="2019-03-11",
        entite=STRUCTURE,
        entrees=entrees,
        conditions=(qui, _projet(), *quoi),
        montants=(_part_constatee(part),) if part else (),
        textes=(Texte(CIRCULAIRE, "2019-03-11"),),
        non_modelise=NON_LU,
    )


def _part_constatee(formule: str) -> Montant:
    return Montant(
        "part_constatee",
        "part constatée en 2018, DETR, DSIL et FNADT réunis, pour comparer",
        parametre("aides.detr.part_2018"),
        "% du coût",
        formule,
        GUIDE_20,
    )


DETR = _dotation(
    "DETR",
    "Dotation d'équipement des territoires ruraux (DETR)",
    "L'État aide l'investissement d'une commune ou d'une intercommunalité rurale, une maison de "
    "santé par exemple.",
    "communes et intercommunalités rurales éligibles",
    pour_les(GUIDE_14, "commune", "epci"),
    (
        Condition(
            "rural",
            entree("eligible_detr"),
            "La collectivité est éligible à la DETR.",
            "La collectivité n'est pas éligible à la DETR.",
            f"{GUIDE_14} : « dans les territoires éligibles »",
        ),
    ),
    (
        _oui(
            "eligible_detr",
            "éligibilité à la DETR",
            "La collectivité est-elle éligible à la DETR (la préfecture le dit) ?",
        ),
    ),
    "{projets_2018} de maisons de santé, près de {euros_2018}",
)
DSIL = _dotation(
    "DSIL",
    "Dotation de soutien à l'investissement local (DSIL)",
    "L'État aide l'investissement des communes et des intercommunalités, notamment pour "
    "l'accessibilité aux soins.",
    "communes et intercommunalités",
    pour_les(GUIDE_14, "commune", "epci"),
    (),
)
DSID = _dotation(
    "DSID",
    "Dotation de soutien à l'investissement des départements (DSID)",
    "L'État aide l'investissement d'un département, notamment pour les services publics des "
    "petites villes.",
    "départements",
    pour_les(GUIDE_14, "departement"),
    (),
    part="",
)
FNADT = _dotation(
    "FNADT",
    "Fonds national d'aménagement et de développement du territoire (FNADT)",
    "L'État aide des opérations à plusieurs acteurs, dans des territoires en difficulté.",
    "collectivités",
    pour_les_collectivites(GUIDE_14),
    (
        Condition(
            "acteurs",
            entree("plusieurs_acteurs"),
            "L'opération réunit plusieurs acteurs.",
            "L'opération n'a qu'un acteur.",
            f"{GUIDE_14} : « opérations multi-acteurs »",
        ),
    ),
    (
        _oui(
            "plusieurs_acteurs",
            "opération à plusieurs acteurs",
            "L'opération réunit-elle plusieurs acteurs ou financeurs ?",
        ),
    ),
)


PROJET = _oui(
    "projet_prevention",
    "projet d'accès aux soins ou de prévention",
    "La structure porte-t-elle un projet d'accès aux soins ou de prévention ?",
)
porte_un_projet = Condition(
    "projet",
    entree(PROJET.nom),
    "La structure porte un projet d'accès aux soins ou de prévention.",
    "La structure ne porte pas de projet d'accès aux soins ou de prévention.",
    GUIDE_48,
)
dans_un_quartier = Condition(
    "quartier",
    entree("qpv"),
    "La structure est dans un quartier prioritaire.",
    "La structure n'est pas dans un quartier prioritaire.",
    GUIDE_48,
)


def _projet_de_soins(
    sigle: str, nom: str, resume: str, financeur: str, contact: str, *conditions: Condition
) -> Dispositif:
    return Dispositif(
        sigle=sigle,
        nom=nom,
        resume=resume,
        famille=Famille.STRUCTURES,
        financeur=financeur,
        contact=contact,
        beneficiaires="maisons et centres de santé",
        nature="subvention d'un projet",
        duree="celle du projet",
        ouvert="2019-01-01",
        entite=STRUCTURE,
        entrees=() if conditions else (PROJET,),
        conditions=(pour_les(GUIDE_48, "msp", "cds"), porte_un_projet, *conditions),
        montants=(),
        textes=(Texte(GUIDE_48, "2019-01-01"),),
        non_modelise=("Le montant et les appels à projets, propres à chaque territoire.",),
    )


PROJET_ARS = _projet_de_soins(
    "PROJET_PREVENTION_ARS",
    "Projet d'accès aux soins ou de prévention d'une structure",
    "L'agence régionale de santé peut financer le projet d'une maison ou d'un centre de santé.",
    "agence régionale de santé (ARS)",
    "la délégation départementale de l'ARS",
)
CONTRAT_DE_VILLE = _projet_de_soins(
    "CONTRAT_DE_VILLE",
    "Projet d'une structure au titre du contrat de ville",
    "Le contrat de ville peut financer le projet d'une maison ou d'un centre de santé dans un "
    "quartier prioritaire.",
    "État et collectivités signataires du contrat de ville",
    "la préfecture, la mairie ou l'intercommunalité",
    dans_un_quartier,
)

DISPOSITIFS = (FCTVA, DETR, DSIL, DSID, FNADT, PROJET_ARS, CONTRAT_DE_VILLE)
