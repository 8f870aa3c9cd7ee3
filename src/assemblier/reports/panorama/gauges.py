"""The two gauges of the diagnosis, as blocks: side by side, never one score."""

from collections.abc import Sequence

from assemblier.diagnosis import signals
from assemblier.diagnosis.gauges import CommuneReading, Reading, TwoGauges
from assemblier.diagnosis.signals import Observation
from assemblier.reports.document import Cell, Gauge, Gauges, Section, Table
from assemblier.reports.panorama.blocks import (
    capitalised,
    figures_table,
    number_column,
    text_column,
)
from assemblier.reports.panorama.quoting import quoted_texts
from assemblier.reports.panorama.scope import Scope

TIED = 2
"""Communes named beside the nearest one, at most."""

VISIBLE_COMMUNES = 12


def gauge_blocks(found: TwoGauges) -> Gauges:
    """Return the gauges of a territory."""
    return Gauges(_gauge(found.spatial), _gauge(found.temporal))


def _gauge(reading: Reading) -> Gauge:
    return Gauge(
        reading.name,
        reading.figure,
        reading.low,
        reading.high,
        reading.threshold.value,
        reading.gloss,
        reading.companions,
    )


def desert_section(
    scope: Scope, found: TwoGauges, observations: Sequence[Observation] = ()
) -> Section:
    """Return what a « désert médical » is, both gauges, and the three signals to follow."""
    return Section(
        "deux-jauges",
        "Deux questions distinctes : loin d'un médecin, ou trop nombreux pour lui ?",
        (
            gauge_blocks(found),
            *quoted_texts(
                "desert_medical_definition", "sous_densite_definition", "desert_medical_causes"
            ),
            *_alerts(found),
            *quoted_texts("desert_medical_consequences"),
            *_signals(scope, observations),
        ),
    )


def _alerts(found: TwoGauges) -> tuple[Table, ...]:
    flagged = [one for one in found.communes if one.is_spatial_alert or one.is_temporal_alert]
    if len(found.communes) < 2 or not flagged:
        return ()
    flagged.sort(key=lambda one: -(one.minutes.value or 0))
    rows: list[tuple[Cell, ...]] = [_alert_row(one) for one in flagged]
    table = figures_table(
        "jauges_communes",
        "Communes en alerte sur l'une ou l'autre jauge",
        (
            text_column("nom", "Commune"),
            text_column("jauge", "Jauge en alerte"),
            number_column("minutes", "Minutes estimées"),
            text_column("proche", "Généraliste le plus proche"),
            number_column("habitants", "Habitants par généraliste"),
        ),
        rows,
        visible_rows=VISIBLE_COMMUNES,
        codes=[one.code_commune for one in flagged],
    )
    return (table,)


def _alert_row(one: CommuneReading) -> tuple[Cell, ...]:
    axes = ((one.is_spatial_alert, "spatiale"), (one.is_temporal_alert, "temporelle"))
    names = " et ".join(name for is_alert, name in axes if is_alert)
    return (one.nom, names, one.minutes, _nearest(one), one.per_practitioner)


def _nearest(one: CommuneReading) -> str:
    """Name the nearest practitioner's commune, and those as near to the minute."""
    if not one.tied:
        return one.nearest
    shown = ", ".join((one.nearest, *one.tied[:TIED]))
    return f"{shown} (à égalité, à la minute près)"


def _signals(scope: Scope, observations: Sequence[Observation]) -> tuple[Table, ...]:
    """Return the last value of each signal, and every observation where there are several."""
    series = signals.panel(scope.perimeter.expression, observations).series
    rows: list[tuple[Cell, ...]] = [
        (capitalised(one.signal.label), one.latest, one.latest.vintage, one.latest.missing)
        for one in series
    ]
    latest = figures_table(
        "signaux",
        "Les trois conséquences à suivre",
        (
            text_column("signal", "Conséquence"),
            number_column("valeur", "Dernière valeur"),
            text_column("date", "Date"),
            text_column("fichier", "Ce qui l'apporterait"),
        ),
        rows,
    )
    points: list[tuple[Cell, ...]] = [
        (capitalised(one.signal.label), point.vintage, point)
        for one in series
        for point in one.points
    ]
    if len(points) <= len(rows):
        return (latest,)
    columns = (
        text_column("signal", "Conséquence"),
        text_column("date", "Date"),
        number_column("valeur", "Valeur"),
    )
    return (latest, figures_table("signaux_dates", "Toutes les observations", columns, points))
