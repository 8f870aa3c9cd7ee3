"""Two gauges, spatial and temporal, side by side: never one score.

Spatial: how far the nearest general practitioner is. Temporal: how many people there are for one.
Each has its own stated threshold; a territory may be in alert on one, on both or on none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from assemblier import parameters
from assemblier.access import banded_decay
from assemblier.diagnosis.census import Census, census
from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.local import (
    BPE_FILE,
    LABELS,
    POPULATION_VINTAGE,
    equipment,
    equipped_population,
    population_of,
)
from assemblier.diagnosis.remoteness import (
    SPATIAL_METHOD,
    TEMPORAL_METHOD,
    Communes,
    Positions,
    Remoteness,
    Selection,
    remoteness,
)
from assemblier.figures import Confidence, Figure, Nature, Provenance, unavailable
from assemblier.french import french_spaces, number
from assemblier.maths.arrays import Array
from assemblier.maths.inequality import mean
from assemblier.territory import Perimeter, companions, index
from assemblier.travel import crow_fly_model
from assemblier.travel.crow_fly import CrowFly, great_circle_km

GP = "medecin_generaliste"
MINUTES = "minutes en voiture"
PER_GP = "habitants par généraliste"
ACTS = "apl.medecin_generaliste.activite.actes_par_etp"
UNDERSERVED = "apl.seuils.sous_dense"
KM_PER_DEGREE = 111.0
"""Of latitude, at the least."""

UNCONFIRMED = Confidence.NON_CONFIRME
"""Of everything that rests on the crow-fly model: its sinuosity and speed are hypotheses."""

UPPER_BOUND = (
    "Au plus : une commune dont l'offre est inconnue est plus proche ; un généraliste y exerce "
    "peut-être."
)
TRUNCATED = (
    "Bassin tronqué : des communes à portée, hors du département couvert, ont une offre inconnue "
    "et ne sont comptées ni en habitants ni en généralistes."
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where a gauge is in alert, and why there.

    Attributes
    ----------
    value
        A figure above it is in alert.
    reason
        In French, with the parameters it is made of.
    provenance
        These parameters.
    """

    value: float
    reason: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Reading:
    """One axis of a perimeter.

    Attributes
    ----------
    name
        ``"Jauge spatiale"`` or ``"Jauge temporelle"``.
    figure
        The value.
    low, high
        Ends of the scale, in its unit.
    threshold
        Where the alert begins.
    is_alert
        None when the value is unknown.
    communes_in_alert, inhabitants_in_alert
        Of the perimeter, on this axis alone.
    gloss
        In plain words.
    companions
        The same for the département, the région, France.
    """

    name: str
    figure: Figure
    low: float
    high: float
    threshold: Threshold
    is_alert: bool | None
    communes_in_alert: Figure
    inhabitants_in_alert: Figure
    gloss: str
    companions: tuple[tuple[str, Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneReading:
    """Both axes of one commune.

    Attributes
    ----------
    code_commune, nom
        Which one.
    distance_km, minutes
        To the nearest commune with a known practitioner.
    nearest
        Name of that commune, itself where it has one; empty where there is none.
    per_practitioner
        Inhabitants for one practitioner in the catchment of the nearest one.
    is_spatial_alert, is_temporal_alert
        Each axis on its own; None where it is unknown.
    tied
        Names of the other communes with a practitioner that the estimate, told to the minute,
        does not tell apart from the nearest.
    """

    code_commune: str
    nom: str
    distance_km: Figure
    minutes: Figure
    nearest: str
    per_practitioner: Figure
    is_spatial_alert: bool | None
    is_temporal_alert: bool | None
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TwoGauges:
    """Both readings of a perimeter and those of its communes.

    Attributes
    ----------
    spatial, temporal
        Of the perimeter.
    communes
        In the order of the perimeter.
    """

    spatial: Reading
    temporal: Reading
    communes: tuple[CommuneReading, ...]

    def flagged(self, *, spatial: bool, temporal: bool) -> tuple[CommuneReading, ...]:
        """Return the communes whose two alerts are exactly these."""
        return tuple(
            commune
            for commune in self.communes
            if (commune.is_spatial_alert, commune.is_temporal_alert) == (spatial, temporal)
        )


def spatial_threshold(on: date) -> Threshold:
    """Return from how many minutes the spatial gauge is in alert.

    Examples
    --------
    >>> spatial_threshold(date(2024, 1, 1)).value
    10.0
    """
    bands = banded_decay(on)
    reason = (
        f"Au-delà de {number(bands.full_minutes)} minutes un généraliste n'est plus « parfaitement "
        "accessible » (première borne de la décroissance de l'APL)."
    )
    return Threshold(bands.full_minutes, french_spaces(reason), bands.provenance)


def temporal_threshold(on: date) -> Threshold:
    """Return from how many inhabitants per practitioner the temporal gauge is in alert.

    Examples
    --------
    >>> temporal_threshold(date(2024, 1, 1)).value
    2160.0
    """
    acts, underserved = (parameters.explain(path, on) for path in (ACTS, UNDERSERVED))
    value = float(acts.value) / float(underserved.value)
    reason = (
        f"Au-delà de {number(value)} habitants, un généraliste à temps plein "
        f"({number(acts.value)} consultations par an) offre moins de "
        f"{number(underserved.value, 1)} consultations par an et par habitant."
    )
    texts = (acts.as_text(), underserved.as_text())
    return Threshold(value, french_spaces(reason), Provenance(parameters=texts))


def flags(
    minutes: float, per_practitioner: float, spatial: Threshold, temporal: Threshold
) -> tuple[bool | None, bool | None]:
    """Return whether each axis is in alert, independently of the other.

    Parameters
    ----------
    minutes, per_practitioner
        The two values; nan where unknown.
    spatial, temporal
        Their thresholds: a value equal to one is not in alert.

    Always true
    -----------
    Neither flag depends on the value of the other axis.
    An unknown value has no flag.
    """
    return _flag(minutes, spatial.value), _flag(per_practitioner, temporal.value)


def two_gauges(perimeter: Perimeter, on: date | None = None) -> TwoGauges:
    """Return both gauges of a perimeter, for general practitioners.

    Parameters
    ----------
    perimeter
        The territory.
    on
        Date of the parameters (today by default).

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> found = two_gauges(parse("departement:43"), date(2024, 1, 1))
    >>> found.spatial.figure.nature.value, len(found.communes)
    ('estimé', 257)
    """
    measures = _measures(on or date.today(), census(perimeter.codes, GP))
    readings = tuple(_commune(measures, int(row)) for row in index().positions(perimeter.codes))
    return TwoGauges(
        _spatial_reading(measures, perimeter), _temporal_reading(measures, perimeter), readings
    )


@dataclass(frozen=True, slots=True)
class _Measures:
    """Both axes of every commune of the index, and what they were made with."""

    communes: Communes
    found: Remoteness
    spatial: Threshold
    temporal: Threshold
    reach_minutes: float
    origin: Provenance
    counted: Census
    model: CrowFly
    places: Positions

    def knows(self, rows: Positions) -> Selection:
        """Where the supply of the commune itself is known: only there is an axis shown."""
        return ~np.isnan(self.communes.supply[rows])


@lru_cache(maxsize=8)
def _measures(on: date, counted: Census) -> _Measures:
    table = index()
    bands, model = banded_decay(on), crow_fly_model(on)
    communes = Communes(
        table.codes,
        np.column_stack([table.longitude, table.latitude]),
        np.nan_to_num(population_of(table.codes)),
        counted.of(table.codes),
    )
    return _Measures(
        communes,
        remoteness(communes, model, bands.reach_minutes),
        spatial_threshold(on),
        temporal_threshold(on),
        bands.reach_minutes,
        counted.provenance | table.provenance("longitude") | model.provenance,
        counted,
        model,
        np.flatnonzero(np.nan_to_num(communes.supply) > 0),
    )


def _flag(value: float | None, threshold: float) -> bool | None:
    return None if value is None or np.isnan(value) else bool(value > threshold)


# --- one commune


def _commune(measures: _Measures, row: int) -> CommuneReading:
    found, table = measures.found, index()
    if np.isnan(measures.communes.supply[row]):
        return _unknown_commune(row)
    minutes, per_gp = found.minutes[row], found.inhabitants_per_practitioner[row]
    is_spatial, is_temporal = flags(minutes, per_gp, measures.spatial, measures.temporal)
    return CommuneReading(
        table.codes[row],
        str(table.nom[row]),
        _spatial_figure(measures, "distance à vol d'oiseau", found.distance_km[row], "km", row),
        _spatial_figure(measures, "trajet estimé", minutes, MINUTES, row),
        str(table.nom[found.nearest[row]]),
        _catchment_figure(measures, row),
        is_spatial,
        is_temporal,
        _tied(measures, row),
    )


def _tied(measures: _Measures, row: int) -> tuple[str, ...]:
    """Return the communes with a practitioner as near as the nearest, to the minute."""
    found, points = measures.found, measures.communes.points
    nearest_km = found.distance_km[row]
    if not nearest_km > 0:
        return ()
    longest = measures.model.distance_km(float(found.minutes[row]) + 1.0)
    places = measures.places
    # First a band of latitudes: few places are left to measure.
    places = places[np.abs(points[places, 1] - points[row, 1]) * KM_PER_DEGREE <= longest]
    away = great_circle_km(points[[row]], points[places])
    minutes = measures.model.minutes(away)
    is_tied = (np.round(minutes) == np.round(found.minutes[row])) & (places != found.nearest[row])
    order = np.argsort(away[is_tied], kind="stable")
    return tuple(str(index().nom[place]) for place in places[is_tied][order])


def _unknown_commune(row: int) -> CommuneReading:
    table = index()
    return CommuneReading(
        table.codes[row],
        str(table.nom[row]),
        unavailable("distance à vol d'oiseau", BPE_FILE, "km"),
        unavailable("trajet estimé", BPE_FILE, MINUTES),
        "",
        unavailable("habitants par généraliste à portée", BPE_FILE, PER_GP),
        None,
        None,
    )


def _spatial_figure(measures: _Measures, label: str, value: float, unit: str, row: int) -> Figure:
    return Figure(
        f"{label} jusqu'au généraliste le plus proche",
        float(value),
        unit,
        Nature.ESTIME if unit == MINUTES else Nature.CALCULE,
        measures.counted.vintage,
        measures.origin | Provenance(method=SPATIAL_METHOD),
        decimals=1 if unit == "km" else 0,
        note=UPPER_BOUND if measures.found.is_upper_bound[row] else "",
        confidence=UNCONFIRMED if unit == MINUTES else Confidence.CONFIRME,
    )


def _catchment_figure(measures: _Measures, row: int) -> Figure:
    found = measures.found
    origin = measures.origin | index().provenance("population")
    vintage = f"{POPULATION_VINTAGE} / {measures.counted.vintage}"
    return Figure(
        "habitants par généraliste à portée",
        float(found.inhabitants_per_practitioner[row]),
        PER_GP,
        Nature.ESTIME,
        vintage,
        origin | Provenance(method=TEMPORAL_METHOD),
        numerator=Figure(
            "habitants du bassin", float(found.inhabitants[row]), "habitants", provenance=origin
        ),
        denominator=Figure(
            "généralistes du bassin",
            float(found.practitioners[row]),
            LABELS[GP],
            provenance=origin,
        ),
        note=TRUNCATED if found.is_truncated[row] else "",
        confidence=UNCONFIRMED,
    )


# --- a perimeter


def _spatial_reading(measures: _Measures, perimeter: Perimeter) -> Reading:
    figure = _mean_minutes(measures, perimeter)
    communes, people = _in_alert(
        measures, perimeter, measures.found.minutes, measures.spatial, "minutes"
    )
    return Reading(
        "Jauge spatiale",
        figure,
        0.0,
        max(1.5 * measures.reach_minutes, figure.value or 0.0),
        measures.spatial,
        _flag(figure.value, measures.spatial.value),
        communes,
        people,
        _spatial_gloss(figure, measures.spatial, _alert_text(perimeter, communes, people)),
        _companions(perimeter, lambda other: _mean_minutes(measures, other)),
    )


def _temporal_reading(measures: _Measures, perimeter: Perimeter) -> Reading:
    figure = _per_gp(measures, perimeter)
    values = measures.found.inhabitants_per_practitioner
    communes, people = _in_alert(
        measures, perimeter, values, measures.temporal, "habitants par généraliste"
    )
    return Reading(
        "Jauge temporelle",
        figure,
        0.0,
        max(2 * measures.temporal.value, figure.value or 0.0),
        measures.temporal,
        _flag(figure.value, measures.temporal.value),
        communes,
        people,
        _temporal_gloss(figure, measures.temporal, _alert_text(perimeter, communes, people)),
        _companions(perimeter, lambda other: _per_gp(measures, other)),
    )


def _in_alert(
    measures: _Measures, perimeter: Perimeter, values: Array, threshold: Threshold, unit: str
) -> tuple[Figure, Figure]:
    """Return the communes of a perimeter above a threshold, and their inhabitants."""
    rows = index().positions(perimeter.codes)
    here = np.where(measures.knows(rows), values[rows], np.nan)
    found = known_part(here, measures.communes.population[rows])
    label = f"au-delà de {number(threshold.value)} {unit}"
    if found is None:
        return (
            unavailable(f"communes {label}", BPE_FILE, "communes"),
            unavailable(f"habitants {label}", BPE_FILE, "habitants"),
        )
    is_over = found.values > threshold.value
    origin = measures.origin | index().provenance("population") | threshold.provenance

    def figure(what: str, value: float) -> Figure:
        return Figure(
            f"{what} {label}",
            value,
            what,
            Nature.ESTIME,
            f"{measures.counted.vintage}, {POPULATION_VINTAGE}",
            origin,
            note=excluded_note(found),
            confidence=UNCONFIRMED,
        )

    return figure("communes", float(is_over.sum())), figure(
        "habitants", float(found.weights[is_over].sum())
    )


def _mean_minutes(measures: _Measures, perimeter: Perimeter) -> Figure:
    """Return the mean minutes of the inhabitants of a perimeter to the nearest practitioner."""
    label = "trajet estimé jusqu'au généraliste le plus proche, moyenne des habitants"
    rows = index().positions(perimeter.codes)
    values = np.where(measures.knows(rows), measures.found.minutes[rows], np.nan)
    weights = measures.communes.population[rows]
    found = known_part(values, weights)
    if found is None:
        return unavailable(label, BPE_FILE, MINUTES)
    bounded = weights[measures.knows(rows) & measures.found.is_upper_bound[rows]].sum()
    note = ""
    if bounded:
        share = number(100 * bounded / found.weights.sum(), 1)
        note = french_spaces(f"Au plus, pour {share} % des habitants : offre voisine inconnue.")
    return Figure(
        label,
        mean(found.values, found.weights),
        MINUTES,
        Nature.ESTIME,
        f"{measures.counted.vintage}, {POPULATION_VINTAGE}",
        measures.origin
        | index().provenance("population")
        | Provenance(method=f"{SPATIAL_METHOD} Moyenne pondérée par la population."),
        decimals=1,
        note=" ".join(text for text in (excluded_note(found), note) if text),
        confidence=UNCONFIRMED,
    )


def _per_gp(measures: _Measures, perimeter: Perimeter) -> Figure:
    """Return the inhabitants per practitioner of a perimeter, or in reach of a single commune."""
    rows = index().positions(perimeter.codes)
    if len(rows) == 1:
        return _commune(measures, int(rows[0])).per_practitioner
    count, people = equipment(perimeter, GP), equipped_population(perimeter, GP)
    label = "habitants par généraliste du territoire"
    if count.value is None or people.value is None:
        return unavailable(label, BPE_FILE, PER_GP)
    if count.value == 0:
        return unavailable(label, "rien : aucun généraliste n'y exerce", PER_GP, note="n.c.")
    return Figure(
        label,
        people.value / count.value,
        PER_GP,
        vintage=f"{people.vintage} / {count.vintage}",
        provenance=people.provenance | count.provenance,
        numerator=people,
        denominator=count,
        note=count.note,
    )


def _companions(
    perimeter: Perimeter, measure: Callable[[Perimeter], Figure]
) -> tuple[tuple[str, Figure], ...]:
    return tuple((other.nom, measure(other)) for other in companions(perimeter))


def _spatial_gloss(figure: Figure, threshold: Threshold, alert: str) -> str:
    if figure.value is None:
        return french_spaces(
            f"Éloignement du généraliste le plus proche : non disponible ({BPE_FILE})."
        )
    if figure.value == 0:
        start = "Un généraliste au moins exerce sur place."
    else:
        start = (
            f"Il faut en moyenne {number(figure.value, figure.decimals)} minutes en voiture, temps "
            "estimé, jusqu'à la commune la plus proche où exerce un généraliste ; qui vit dans une "
            "telle commune compte pour zéro minute."
        )
    return french_spaces(f"{start} {threshold.reason}{alert}")


def _temporal_gloss(figure: Figure, threshold: Threshold, alert: str) -> str:
    if figure.value is None:
        return french_spaces(f"Habitants par généraliste : non disponible ({figure.missing}).")
    start = (
        f"Un généraliste pour {number(figure.value)} habitants : plus il a de patients, moins il a "
        "de temps pour chacun. Celui qui exerce en deux lieux y compte deux fois : le vrai nombre "
        "d'habitants pour un médecin est plus élevé."
    )
    return french_spaces(f"{start} {threshold.reason}{alert}")


def _alert_text(perimeter: Perimeter, communes: Figure, people: Figure) -> str:
    if len(perimeter.codes) == 1 or not communes.value or people.value is None:
        return ""
    plural = "s" if communes.value > 1 else ""
    return (
        f" C'est le cas de {number(communes.value)} commune{plural} "
        f"({number(people.value)} habitants)."
    )
