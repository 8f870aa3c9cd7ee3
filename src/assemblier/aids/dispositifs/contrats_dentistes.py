"""CAICD, CAMCD: the contracts of dentists in the zones that lack them most."""

from assemblier.aids.conditions import (
    au_niveau,
    installation_recente,
    installe,
    pour_la_profession,
    qui_s_installe,
)
from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import Genre, Saisie

CONVENTION = "Convention nationale des chirurgiens-dentistes 2023-2028"
TEXTE = Texte(f"{CONVENTION}, signée le 21 juillet 2023", "2023-07-21")
NIVEAUX = "zonage.chirurgien_dentiste.aides_conventionnelles"
PROFESSION = pour_la_profession("chirurgien_dentiste", "chirurgiens-dentistes", CONVENTION)
CONVENTIONNE = Condition(
    "convention",
    ~entree("secteur").est("non_conventionne"),
    "Le dentiste est conventionné.",
    "Le contrat est pour les dentistes conventionnés.",
    CONVENTION,
)
SEUL_CONTRAT = Condition(
    "seul_contrat",
    ~entree("contrat_dentiste_en_cours"),
    "Aucun autre contrat incitatif n'est en cours.",
    "Un autre contrat incitatif est en cours : un seul à la fois.",
    CONVENTION,
)
EXCLUSIF = "Un seul de ces deux contrats à la fois."

CAICD = Dispositif(
    sigle="CAICD",
    nom="Contrat d'aide à l'installation des chirurgiens-dentistes",
    resume="Une aide à l'investissement pour un dentiste qui s'installe en zone très sous-dotée.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="chirurgiens-dentistes libéraux qui s'installent",
    nature="aide forfaitaire, en deux versements",
    duree="cinq ans, non renouvelable",
    ouvert="2025-01-01",
    entrees=(
        Saisie(
            "contrat_dentiste_en_cours",
            "autre contrat incitatif de dentiste en cours",
            Genre.REPONSE,
            "Un autre contrat incitatif (CAICD ou CAMCD) est-il en cours ?",
        ),
    ),
    conditions=(
        PROFESSION,
        au_niveau(NIVEAUX, CONVENTION),
        qui_s_installe(CONVENTION),
        CONVENTIONNE,
        installation_recente(CONVENTION),
        Condition(
            "activite",
            entree("jours_par_semaine") >= parametre("jours_minimum"),
            "L'activité dans la zone est de {jours_par_semaine}, au moins {jours_minimum}.",
            "L'activité dans la zone est de {jours_par_semaine} : il en faut {jours_minimum}.",
            CONVENTION,
        ),
        SEUL_CONTRAT,
    ),
    montants=(
        Montant(
            "montant",
            "aide à l'installation",
            parametre("montant"),
            "€",
            "{montant}, en deux fois",
            CONVENTION,
        ),
    ),
    engagements=("exercer cinq ans dans la zone, à titre principal",),
    cumuls=(Cumul("CAMCD", Sens.INTERDIT, EXCLUSIF, CONVENTION),),
    textes=(TEXTE,),
    non_modelise=(
        "Le contrat de la convention de 2018, d'un montant plus bas.",
        "Les conditions d'équipement informatique du cabinet.",
    ),
)

CAMCD = Dispositif(
    sigle="CAMCD",
    nom="Contrat d'aide au maintien des chirurgiens-dentistes",
    resume="Une aide annuelle pour un dentiste qui exerce déjà en zone très sous-dotée.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM)",
    beneficiaires="chirurgiens-dentistes libéraux déjà installés",
    nature="aide annuelle",
    duree="trois ans, renouvelable",
    ouvert="2025-01-01",
    conditions=(
        PROFESSION,
        au_niveau(NIVEAUX, CONVENTION),
        installe(CONVENTION),
        CONVENTIONNE,
        SEUL_CONTRAT,
    ),
    montants=(
        Montant(
            "montant", "aide annuelle", parametre("montant"), "€ par an", "{montant}", CONVENTION
        ),
    ),
    engagements=("exercer trois ans dans la zone, à titre principal",),
    cumuls=(Cumul("CAICD", Sens.INTERDIT, EXCLUSIF, CONVENTION),),
    textes=(TEXTE,),
    non_modelise=(
        "Le contrat de la convention de 2018.",
        "Les conditions d'équipement informatique du cabinet.",
    ),
)

DISPOSITIFS = (CAICD, CAMCD)
