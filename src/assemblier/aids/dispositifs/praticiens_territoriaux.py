"""PTMG, PTMA, PTMR, PIAS: the State contracts that the contract of first years replaced."""

from assemblier.aids.conditions import (
    LIBERAUX,
    dans_la_zone,
    installation_recente,
    pour_les_generalistes,
    pour_les_medecins,
    qui_s_installe,
)
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import annees_depuis, au_moins, entree, parametre, plafonne
from assemblier.aids.inputs import Genre, Saisie

CSP = "Code de la santé publique, article L. 1435-4-"
GUIDE = Texte("Accès aux soins : le guide pratique pour les élus, annexe II", "2019-09-01")
FIN = "2020-12-24"
FERMETURE = "Plus aucun contrat ne se signe depuis le décret n° 2020-1666 du 22 décembre 2020."
ZONES = "zonage.medecin.aides.ptmg"
FINANCEUR = "État (fonds d'intervention régional de l'ARS)"
ARS = "l'agence régionale de santé (ARS)"
AVANT = "Les contrats signés avant le zonage de novembre 2017."
SECTEUR_1 = Condition(
    "secteur",
    entree("secteur").est("secteur_1"),
    "Le médecin est en {secteur}.",
    "{secteur} : il faut le secteur 1.",
    f"{CSP}2",
)

PTMG = Dispositif(
    sigle="PTMG",
    nom="Contrat de praticien territorial de médecine générale",
    resume="Un revenu garanti, et une couverture des arrêts, pour un généraliste qui s'installe en "
    "zone fragile.",
    famille=Famille.ETAT,
    financeur=FINANCEUR,
    contact=ARS,
    beneficiaires="médecins généralistes qui s'installent",
    nature="garantie de revenu",
    duree="deux ans au plus",
    ouvert="2013-08-14",
    ferme=FIN,
    fermeture=FERMETURE,
    remplace_par=("CDE",),
    contradictions=("X-06",),
    conditions=(
        pour_les_generalistes(f"{CSP}2"),
        dans_la_zone(ZONES, f"{CSP}2"),
        qui_s_installe(f"{CSP}2"),
        SECTEUR_1,
        installation_recente(f"{CSP}2"),
    ),
    montants=(
        Montant(
            "montant",
            "complément du mois",
            au_moins(parametre("garantie_mois") - entree("honoraires_mois"), 0),
            "€ par mois",
            "{garantie_mois} garantis, moins les honoraires du mois",
            f"{CSP}2",
        ),
    ),
    engagements=("exercer dans la zone pendant le contrat", "respecter les tarifs opposables"),
    cumuls=(
        Cumul("PTMA", Sens.INTERDIT, "Pas en même temps ; le PTMA peut succéder.", f"{CSP}3"),
        Cumul("PIAS", Sens.PERMIS, "Le cumul est permis.", f"{CSP}4"),
    ),
    textes=(Texte("Décret n° 2013-736 du 14 août 2013", "2013-08-14", FIN), GUIDE),
    non_modelise=(
        "Le nombre minimal de consultations, le temps partiel, le plafond du complément.",
        "La rémunération des arrêts maladie et des congés parentaux.",
        AVANT,
    ),
)

PTMA = Dispositif(
    sigle="PTMA",
    nom="Contrat de praticien territorial de médecine ambulatoire",
    resume="Une rémunération des congés de maternité, de paternité et de maladie pour un médecin "
    "en zone fragile.",
    famille=Famille.ETAT,
    financeur=FINANCEUR,
    contact=ARS,
    beneficiaires="médecins généralistes ou spécialistes en zone fragile",
    nature="rémunération des congés, sans autre complément",
    duree="trois ans, renouvelable une fois",
    ouvert="2015-10-29",
    ferme=FIN,
    fermeture=FERMETURE,
    remplace_par=("CDE",),
    contradictions=("X-06",),
    entrees=(
        Saisie(
            "ptmg_en_cours",
            "contrat PTMG en cours",
            Genre.REPONSE,
            "Un contrat de praticien territorial de médecine générale (PTMG) est-il en cours ?",
        ),
    ),
    conditions=(
        pour_les_medecins(f"{CSP}3"),
        dans_la_zone(ZONES, f"{CSP}3"),
        qui_s_installe(f"{CSP}3"),
        Condition(
            "sans_ptmg",
            ~entree("ptmg_en_cours"),
            "Aucun contrat PTMG n'est en cours.",
            "Un contrat PTMG est en cours : le PTMA peut lui succéder, non s'y ajouter.",
            f"{CSP}3",
        ),
    ),
    montants=(),
    engagements=("exercer dans la zone pendant le contrat",),
    cumuls=(
        Cumul("PTMG", Sens.INTERDIT, "Pas en même temps ; le PTMA peut succéder.", f"{CSP}3"),
        Cumul("PIAS", Sens.PERMIS, "Le cumul est permis.", f"{CSP}4"),
    ),
    textes=(Texte("Décrets n° 2015-1357 et n° 2015-1358 du 26 octobre 2015", "2015-10-28"), GUIDE),
    non_modelise=(
        "Le forfait de chaque congé.",
        "Les conditions de tarif et d'activité, que le guide ne dit pas.",
        AVANT,
    ),
)

est_remplacant_these = entree("statut").est("remplacant") & (
    annees_depuis(entree("date_these")) < parametre("annees_these")
)
est_etudiant_remplacant = entree("statut").est("interne", "etudiant") & entree(
    "autorise_a_remplacer"
)

PTMR = Dispositif(
    sigle="PTMR",
    nom="Contrat de praticien territorial médical de remplacement",
    resume="Un complément annuel, et une couverture des arrêts, pour un remplaçant en zone "
    "fragile.",
    famille=Famille.ETAT,
    financeur=FINANCEUR,
    contact=ARS,
    beneficiaires="remplaçants de médecine générale, jeunes diplômés ou étudiants",
    nature="complément annuel, dont le montant n'a pas été lu, et rémunération des arrêts",
    duree="un an, renouvelé d'office, six ans au plus",
    ouvert="2017-05-05",
    ferme=FIN,
    fermeture=FERMETURE,
    remplace_par=("CDE",),
    contradictions=("X-06",),
    entrees=(
        Saisie(
            "autorise_a_remplacer",
            "autorisation de remplacer",
            Genre.REPONSE,
            "L'étudiant est-il autorisé à faire des remplacements (licence de remplacement) ?",
        ),
    ),
    conditions=(
        pour_les_generalistes(f"{CSP}5"),
        dans_la_zone(ZONES, f"{CSP}5"),
        Condition(
            "remplacant",
            est_remplacant_these | est_etudiant_remplacant,
            "La thèse a moins de {annees_these}, ou l'étudiant est autorisé à remplacer.",
            "Il faut remplacer avec une thèse de moins de {annees_these} ({statut}, thèse : "
            "{date_these}), ou être étudiant autorisé à remplacer.",
            "Code de la santé publique, article R. 1435-9-47",
        ),
    ),
    montants=(),
    engagements=("remplacer dans la zone",),
    textes=(Texte("Décret n° 2017-703 du 2 mai 2017", "2017-05-04"), GUIDE),
    non_modelise=("Le montant du complément.", "L'activité minimale de remplacement.", AVANT),
)

investissement = parametre("investissement")
activite = plafonne(parametre("taux") / 100 * entree("revenus_an"), parametre("plafond"))

PIAS = Dispositif(
    sigle="PIAS",
    nom="Contrat de praticien isolé à activité saisonnière",
    resume="Une aide à l'investissement et à l'activité pour un généraliste de montagne, loin des "
    "urgences, en zone de forte activité saisonnière.",
    famille=Famille.ETAT,
    financeur=FINANCEUR,
    contact=ARS,
    beneficiaires="médecins généralistes libéraux de territoires isolés",
    nature="aide annuelle",
    duree="trois ans au moins, reconductible",
    ouvert="2015-10-29",
    ferme=FIN,
    fermeture=FERMETURE,
    remplace_par=("CDE",),
    contradictions=("X-06",),
    entrees=(
        Saisie(
            "activite_saisonniere",
            "forte activité saisonnière",
            Genre.REPONSE,
            "Le territoire connaît-il une forte activité saisonnière ?",
        ),
    ),
    conditions=(
        pour_les_generalistes(f"{CSP}4"),
        dans_la_zone(ZONES, f"{CSP}4"),
        Condition(
            "statut",
            entree("statut").est(*LIBERAUX),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : il faut exercer en libéral.",
            f"{CSP}4",
        ),
        Condition(
            "montagne",
            entree("montagne") & entree("activite_saisonniere"),
            "Le lieu est en montagne, avec une forte activité saisonnière.",
            "Le lieu n'est pas en montagne avec une forte activité saisonnière.",
            f"{CSP}4",
        ),
        Condition(
            "isolement",
            entree("minutes_urgences") > parametre("minutes_urgences_minimum"),
            "Les urgences sont à {minutes_urgences}, plus que {minutes_urgences_minimum}.",
            "Les urgences sont à {minutes_urgences} : il faut dépasser {minutes_urgences_minimum}.",
            f"{CSP}4",
        ),
    ),
    montants=(
        Montant(
            "montant",
            "aide de l'année",
            investissement + activite,
            "€ par an",
            "{investissement}, et {taux}, au plus {plafond}",
            f"{CSP}4",
        ),
        Montant(
            "activite",
            "dont aide à l'activité",
            activite,
            "€ par an",
            "{taux}, au plus {plafond}",
            f"{CSP}4",
        ),
    ),
    engagements=("exercer trois ans dans le territoire",),
    cumuls=(
        Cumul("PTMG", Sens.PERMIS, "Le cumul est permis.", f"{CSP}4"),
        Cumul("PTMA", Sens.PERMIS, "Le cumul est permis.", f"{CSP}4"),
    ),
    textes=(Texte("Décrets n° 2015-1357 et n° 2015-1358 du 26 octobre 2015", "2015-10-28"), GUIDE),
    non_modelise=(
        "Les territoires isolés, que l'agence régionale définit.",
        "Le seuil d'honoraires sous lequel l'aide est versée.",
        AVANT,
    ),
)

DISPOSITIFS = (PTMG, PTMA, PTMR, PIAS)
