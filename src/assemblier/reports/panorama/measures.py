"""Second part of the panorama: what the ARS and the Assurance Maladie propose, as of the source."""

from assemblier.reports.document import Items, Part, Section, Tone
from assemblier.reports.panorama.quoting import quoted_table, quoted_texts
from assemblier.reports.panorama.scope import Scope

DATED = Items(
    "À lire avec sa date et son lieu",
    (
        "Cette partie reprend une présentation faite en Haute-Loire le 9 mars 2023, telle "
        "qu'imprimée ; la région y est Auvergne-Rhône-Alpes. Ce n'est pas l'état du droit : "
        "montants, zones et conventions ont pu changer depuis.",
    ),
    Tone.WARNING,
)


def measures(scope: Scope) -> Part:
    """Return the second part: zoning and aids, coordinated practice, medical time, rights."""
    return Part(
        "dispositifs",
        "Les dispositifs et solutions proposés par l'ARS et l'Assurance Maladie",
        (
            _zoning(scope),
            _coordinated_practice(scope),
            _medical_time(),
            _rights_and_urgent_care(),
            *((_negotiations(),) if scope.holds_haute_loire else ()),
        ),
    )


def _zoning(scope: Scope) -> Section:
    local = ("zonage_43",) if scope.holds_haute_loire else ()
    return Section(
        "zonage-aides",
        "Les aides dépendent de la zone : prioritaire (ZIP) ou complémentaire (ZAC)",
        (
            DATED,
            *quoted_texts("zonage_definitions", *local, "tvs_definition", "apl_methode"),
            quoted_table("aides_zip_zac"),
        ),
    )


def _coordinated_practice(scope: Scope) -> Section:
    local = quoted_texts("cpts_projets_43") if scope.holds_haute_loire else ()
    return Section(
        "exercice-coordonne",
        "L'exercice coordonné : maisons de santé, centres de santé, CPTS",
        (
            *quoted_texts(
                "msp_definition",
                "msp_financement",
                "cds_definition",
                "cpts_definition",
                "cpts_missions",
                "cpts_financement",
            ),
            *local,
            quoted_table("recapitulatif_structures"),
        ),
    )


def _medical_time() -> Section:
    return Section(
        "temps-medical",
        "Dégager du temps médical : assistants, délégations, télémédecine",
        (
            *quoted_texts("assistants_medicaux_definition", "assistants_medicaux_conditions"),
            quoted_table("assistants_medicaux_aide", "assistants_medicaux"),
            *quoted_texts(
                "protocoles_cooperation",
                "pratique_avancee",
                "telemedecine_definition",
                "telemedecine_remboursement",
            ),
        ),
    )


def _rights_and_urgent_care() -> Section:
    return Section(
        "droits",
        "Les droits et l'accès aux soins : C2S, accompagnement, service d'accès aux soins",
        quoted_texts(
            "c2s_definition",
            "accompagnement_sante",
            "aides_individuelles",
            "sas_definition",
            "sas_reponses",
            "sas_echeance",
        ),
    )


def _negotiations() -> Section:
    return Section(
        "negociations",
        "Négociations conventionnelles de 2022-2023 : des mesures proposées, puis refusées",
        (
            quoted_table("negociations_mesures"),
            quoted_table("negociations_cas_type", "negociations_cas"),
            *quoted_texts("negociations_issue"),
        ),
    )
