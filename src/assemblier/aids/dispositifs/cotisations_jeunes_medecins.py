"""COTISATIONS_JEUNES_MEDECINS: contributions helped with, soon after the diploma, in a ZIP."""

from assemblier.aids.conditions import LIBERAUX, dans_la_zone, pour_les_medecins, qui_s_installe
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Texte
from assemblier.aids.expressions import annees_depuis, annees_entre, entree, parametre

PANORAMA = "Panorama des questions de santé en Haute-Loire, 9 mars 2023, page 30"
diplome, installation = entree("date_diplome"), entree("date_installation")
delai = parametre("annees_maximum")

DISPOSITIF = Dispositif(
    sigle="COTISATIONS_JEUNES_MEDECINS",
    nom="Aide aux cotisations sociales des jeunes médecins",
    resume="L'Assurance maladie aide à payer les cotisations sociales d'un médecin qui s'installe "
    "en ZIP peu après son diplôme.",
    famille=Famille.ASSURANCE_MALADIE,
    financeur="Assurance maladie",
    contact="la caisse primaire d'assurance maladie (CPAM) ; l'Urssaf",
    beneficiaires="médecins qui s'installent dans les trois ans de leur diplôme",
    nature="aide au paiement de cotisations, dont le montant n'a pas été lu",
    duree="à lire dans le texte, que la présentation ne cite pas",
    ouvert="2023-01-01",
    conditions=(
        pour_les_medecins(PANORAMA),
        dans_la_zone("zones", PANORAMA),
        qui_s_installe(PANORAMA),
        Condition(
            "delai",
            (entree("statut").est("projet") & (annees_depuis(diplome) <= delai))
            | (entree("statut").est(*LIBERAUX) & (annees_entre(diplome, installation) <= delai)),
            "L'installation se fait dans les {annees_maximum} du diplôme ({date_diplome}).",
            "L'installation se fait plus de {annees_maximum} après le diplôme ({date_diplome}).",
            PANORAMA,
        ),
    ),
    montants=(),
    textes=(Texte(PANORAMA, "2023-03-09"),),
    non_modelise=(
        "Le montant, la durée et le texte de loi, que la présentation ne dit pas.",
        "La date d'ouverture, prise au début de l'année de la présentation.",
    ),
)
