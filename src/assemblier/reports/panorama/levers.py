"""Third part of the panorama: the levers of communes and intercommunalités."""

from assemblier.data.documents import keys
from assemblier.reports.document import Part, Section
from assemblier.reports.panorama.measures import DATED
from assemblier.reports.panorama.quoting import quoted_texts

DETERMINANTS = "determinant_"


def levers() -> Part:
    """Return the third part: what a commune or an EPCI can do, in the words of the source."""
    determinants = [key for key in keys("texts") if key.startswith(DETERMINANTS)]
    return Part(
        "leviers",
        "Les communes et intercommunalités productrices de santé : les leviers",
        (
            _section(
                "leviers-offre",
                "Agir sur l'offre de soins",
                "communes_contexte",
                "leviers_offre_de_soin",
                "synthese_promouvoir",
                "synthese_exercice_regroupe",
            ),
            _section(
                "leviers-contexte",
                "Établir un contexte local facilitant et rapprocher les personnes du soin",
                "leviers_contexte_local",
                "leviers_rapprocher_du_soin",
            ),
            _section(
                "contrats",
                "Contractualiser : contrat local de santé, conseil local de santé mentale",
                "cls_definition",
                "cls_demarche",
                "cls_financement",
                "clsm_definition",
                "clsm_passerelle",
                "partenariat_assurance_maladie",
            ),
            _section(
                "determinants",
                "Les déterminants de la santé que les communes ont en main",
                "determinants_sante",
                "logement_et_sante",
                *determinants,
            ),
        ),
    )


def _section(key: str, title: str, *texts: str) -> Section:
    return Section(key, title, (DATED, *quoted_texts(*texts)))
