"""PDSA_151TER: the income of on-call duty, free of income tax in priority zones."""

from assemblier.aids.conditions import LIBERAUX, dans_la_zone, pour_les_medecins
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import entree, parametre, plafonne
from assemblier.aids.inputs import Genre, Saisie

CGI = "Code général des impôts, article 151 ter"

DISPOSITIF = Dispositif(
    sigle="PDSA_151TER",
    nom="Exonération d'impôt sur le revenu de la permanence des soins",
    resume="Les astreintes et les majorations de la permanence des soins, en ZIP, sont exonérées "
    "d'impôt sur le revenu, jusqu'à soixante jours par an.",
    famille=Famille.FISCALITE,
    financeur="État",
    contact="le service des impôts ; l'ordre des médecins pour les tableaux de garde",
    beneficiaires="médecins libéraux et remplaçants qui participent à la permanence des soins",
    nature="exonération d'impôt sur le revenu",
    duree="chaque année, tant que le lieu est classé",
    ouvert="2005-12-31",
    contradictions=("X-43",),
    entrees=(
        Saisie(
            "jours_de_permanence_an",
            "jours de permanence dans l'année",
            Genre.NOMBRE,
            "Combien de jours de permanence des soins le médecin fait-il dans l'année ?",
            (),
            "jours par an",
            0,
            366,
        ),
    ),
    conditions=(
        pour_les_medecins(CGI),
        dans_la_zone("zonage.medecin.aides.exoneration_permanence_des_soins", CGI),
        Condition(
            "statut",
            entree("statut").est(*LIBERAUX, "remplacant", "retraite_actif"),
            "Le médecin est {statut}.",
            "Le médecin est {statut} : l'exonération est pour les libéraux et leurs remplaçants.",
            CGI,
        ),
        Condition(
            "permanence_des_soins",
            entree("participation_pdsa"),
            "Le médecin participe à la permanence des soins ambulatoires.",
            "Le médecin ne participe pas à la permanence des soins ambulatoires.",
            f"{CGI} ; code de la santé publique, article L. 6314-1",
        ),
    ),
    montants=(
        Montant(
            "montant",
            "jours exonérés",
            plafonne(entree("jours_de_permanence_an"), parametre("jours_maximum")),
            "jours par an",
            "les jours de permanence, au plus {jours_maximum} : les astreintes et les majorations "
            "propres à la permanence, non les actes",
            CGI,
        ),
    ),
    textes=(Texte(CGI, "2005-12-31"),),
    non_modelise=(
        "La première année d'application, prise à la fin de 2005.",
        "Les zones d'avant novembre 2017.",
        "L'impôt épargné, qui dépend du foyer.",
    ),
)
