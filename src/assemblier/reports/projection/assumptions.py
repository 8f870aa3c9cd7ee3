"""What a projection supposes, and what each hypothesis changes."""

from collections.abc import Sequence

from assemblier.figures import Provenance
from assemblier.french import french_spaces
from assemblier.reports.document import (
    Block,
    Chart,
    ChartKind,
    Column,
    Items,
    Paragraph,
    Section,
    Table,
)
from assemblier.reports.panorama.blocks import figures_table, number_column, text_column
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.scenarios.projection import Effect, Hypothesis

DRAWN = 8
"""How many hypotheses the chart shows: those that move the stock most."""
NOT_MODELLED = (
    "Les raisons de partir ou de venir : logement, école, conjoint, équipe, garde.",
    "Les départs avant la retraite vers un autre territoire, comptés dans les taux seulement en "
    "moyenne.",
    "Les patientèles et leur fidélité : chacun va où il peut aller.",
    "Les gains de temps des assistants médicaux, des infirmiers en pratique avancée et des "
    "secrétariats : « assemblier scenario » les essaie.",
    "Les maladies, les congés et les absences longues.",
)


def assumption_sections(shown: Foreseen) -> tuple[Section, ...]:
    """Return the hypotheses, their effects, and what is not modelled."""
    found = shown.projection
    hypotheses = Section(
        "hypotheses",
        "Chaque hypothèse, sa valeur et sa source",
        (hypotheses_table(shown.hypotheses, found.provenance), _edit()),
    )
    limits = Section(
        "limites",
        "Ce qui n'est pas compté",
        (Items("Hors du modèle", tuple(map(french_spaces, NOT_MODELLED)),
               provenance=found.provenance),),
    )  # fmt: skip
    if not found.sensitivity:
        return (hypotheses, limits)
    title = "Ce que chaque hypothèse change à elle seule"
    return (hypotheses, Section("sensibilite", title, _sensitivity(found.sensitivity)), limits)


def _edit() -> Paragraph:
    return Paragraph(
        french_spaces(
            "Toutes se corrigent : « assemblier modele projection TERRITOIRE -o hypotheses.xlsx » "
            "donne le classeur, et « --hypotheses hypotheses.xlsx » le relit."
        )
    )


def hypotheses_table(hypotheses: Sequence[Hypothesis], provenance: Provenance) -> Table:
    """Return each hypothesis: value, unit, who says it, whether it is confirmed."""
    columns = (
        Column("hypothese", "Hypothèse"),
        Column("valeur", "Valeur"),
        Column("unite", "Unité"),
        Column("etat", "État"),
        Column("source", "Source"),
        Column("cle", "Clé dans le fichier"),
    )
    rows = tuple(
        (one.label, one.value, one.unit, _state(one), one.told, one.key) for one in hypotheses
    )
    return Table("hypotheses", "Hypothèses", columns, rows, provenance=provenance)


def _state(one: Hypothesis) -> str:
    if one.is_edited:
        return "donnée par l'utilisateur"
    return "confirmé" if one.is_confirmed else "non confirmé"


def _sensitivity(effects: Sequence[Effect]) -> tuple[Block, ...]:
    moving = [one for one in effects if any(figure.value for figure in one.stock)]
    return (*((tornado(moving),) if moving else ()), sensitivity_table(effects))


def tornado(effects: Sequence[Effect]) -> Chart:
    """Return what each hypothesis moves at its low and its high value, the greatest first."""
    table = figures_table(
        "tornade",
        "Ce que chaque hypothèse change à l'effectif final",
        (
            text_column("hypothese", "Hypothèse"),
            number_column("basse", "valeur basse", 1),
            number_column("haute", "valeur haute", 1),
        ),
        [(f"{one.label} : {one.low} ou {one.high}", *one.stock) for one in effects[:DRAWN]],
    )
    summary = (
        "Chaque hypothèse est mise à sa valeur basse, puis haute, les autres ne bougeant pas, sur "
        "les mêmes tirages."
    )
    return Chart("tornade", table.title, ChartKind.GROUPED_BARS, table, summary)


def sensitivity_table(effects: Sequence[Effect]) -> Table:
    """Return the change of the stock and of the mean score for each hypothesis."""
    return figures_table(
        "sensibilite",
        "Sensibilité : une hypothèse à la fois",
        (
            text_column("hypothese", "Hypothèse"),
            text_column("basse", "Valeur basse"),
            text_column("haute", "Valeur haute"),
            number_column("effectif_basse", "Effectif, valeur basse", 1),
            number_column("effectif_haute", "Effectif, valeur haute", 1),
            number_column("apl_basse", "APL, valeur basse", 2),
            number_column("apl_haute", "APL, valeur haute", 2),
        ),
        [(one.label, one.low, one.high, *one.stock, *one.apl) for one in effects],
        note="Changements du milieu des tirages, au dernier horizon.",
    )
