"""What lies inside the priority quarters of a territory, as blocks and as a table."""

from assemblier.diagnosis.quarter_places import QuarterPlaces
from assemblier.reports.document import Block, Cell, Finding, Table
from assemblier.reports.panorama.blocks import figures_table, number_column, text_column
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text


def quarter_blocks(scope: Scope, found: QuarterPlaces) -> tuple[Block, ...]:
    """Return the sentence and the table of the quarters of a territory."""
    national = found.national
    printed = (
        f"En France, {figure_text(national)} dans les quartiers prioritaires, selon le guide de "
        f"{national.vintage}."
    )
    if not found.quarters:
        text = f"Aucun quartier prioritaire {scope.where} dans le fichier des contours. {printed}"
        return (Finding(text, (national,)),)
    count = len(found.quarters)
    words = f"{count} quartiers prioritaires" if count > 1 else "1 quartier prioritaire"
    text = (
        f"{words} {scope.where} : {figure_text(found.inside)} à l'intérieur, "
        f"{figure_text(found.outside)} dans le reste du territoire. {printed}"
    )
    return (Finding(text, (found.inside, found.outside, national)), quarter_table(found))


def quarter_table(found: QuarterPlaces) -> Table:
    """Return each kind of place in each quarter."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.quarters:
        rows += [(one.code, one.nom, kind, count) for kind, count in one.counts.items()]
        if not one.counts:
            rows.append((one.code, one.nom, "aucune adresse connue", 0))
    return figures_table(
        "quartiers_adresses",
        "Dans chaque quartier prioritaire",
        (
            text_column("code_qpv", "Code"),
            text_column("nom", "Quartier"),
            text_column("type", "Ce qui s'y trouve"),
            number_column("nombre", "Nombre"),
        ),
        rows,
    )
