"""Second part of the panorama: what the ARS and the Assurance Maladie propose, as of the source."""

from assemblier.diagnosis import follow_up
from assemblier.figures import Figure
from assemblier.reports.document import Finding, Items, Part, Section, Tone
from assemblier.reports.panorama.quoting import quoted_table, quoted_texts
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text

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
            _medical_time(scope),
            _rights_and_urgent_care(scope),
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


def _medical_time(scope: Scope) -> Section:
    return Section(
        "temps-medical",
        "Dégager du temps médical : assistants, délégations, télémédecine",
        (
            *_followed(scope, follow_up.assistants_per_100(scope.perimeter)),
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


def _followed(scope: Scope, found: Figure) -> tuple[Finding, ...]:
    """Return a followed figure in a sentence with its two numbers; nothing where it is unknown."""
    if found.numerator is None or found.denominator is None:
        return ()
    place = scope.where[:1].upper() + scope.where[1:]
    dated = f" ({found.numerator.vintage})" if found.numerator.vintage else ""
    count = f"{figure_text(found.numerator)}{dated}"
    text = f"{place}, {found.label} : {figure_text(found)} ; {count}."
    return (Finding(text, (found,)),)


def _rights_and_urgent_care(scope: Scope) -> Section:
    return Section(
        "droits",
        "Les droits et l'accès aux soins : C2S, accompagnement, service d'accès aux soins",
        (
            *_followed(scope, follow_up.rights_share(scope.perimeter)),
            *quoted_texts(
                "c2s_definition",
                "accompagnement_sante",
                "aides_individuelles",
                "sas_definition",
                "sas_reponses",
                "sas_echeance",
            ),
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
