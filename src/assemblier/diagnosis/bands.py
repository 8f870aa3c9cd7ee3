"""The three half-open bands of the APL, and who lives under 1, 2.5 and 4 consultations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assemblier import parameters
from assemblier.diagnosis.apl import PublishedApl
from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.errors import DataError, Problem
from assemblier.figures import Figure, Provenance, unavailable
from assemblier.french import french_spaces, number
from assemblier.maths import inequality
from assemblier.maths.arrays import Array

METHOD = (
    "Communes et habitants sous un seuil : APL strictement inférieure au seuil, habitants comptés "
    "en population municipale."
)
USED = Provenance(method=METHOD)
NOTHING = inequality.Known(np.zeros(0), np.zeros(0), 0.0, 0)
Selection: TypeAlias = NDArray[np.bool_]
FIRST_YEAR = 2017
"""Of the first text that sets thresholds; an older APL is read with them too."""

THRESHOLDS = (
    "apl.seuils.une_consultation",
    "apl.seuils.sous_dense",
    "apl.seuils.quatre_consultations",
)


@dataclass(frozen=True, slots=True)
class Band:
    """One band: closed below, open above.

    Attributes
    ----------
    index
        0 for the lowest.
    low, high
        Consultations a year per inhabitant.
    legend
        As printed on the maps.
    """

    index: int
    low: float
    high: float
    legend: str


@dataclass(frozen=True, slots=True)
class Counter:
    """Who is strictly under a threshold.

    Attributes
    ----------
    communes, inhabitants
        Counts.
    share
        Of the inhabitants whose APL is known, in %.
    """

    threshold: float
    communes: Figure
    inhabitants: Figure
    share: Figure


@dataclass(frozen=True, slots=True)
class BandCount:
    """What one band holds: communes, inhabitants and their share."""

    band: Band
    communes: Figure
    inhabitants: Figure
    share: Figure


@dataclass(frozen=True, slots=True)
class BandCounts:
    """Bands and thresholds of one vintage in one perimeter.

    Attributes
    ----------
    millesime
        Year of the APL.
    bands
        The three bands, lowest first.
    counters
        Under 1, 2.5 and 4.
    modal_by_communes, modal_by_inhabitants
        The band that holds most communes, most inhabitants; None when nothing is known.
    is_majority_of_communes, is_majority_of_inhabitants
        Whether that band holds more than half of them.
    unknown_communes, unknown_inhabitants
        How many were left out because their APL is unknown.
    """

    millesime: int
    bands: tuple[BandCount, ...]
    counters: tuple[Counter, ...]
    modal_by_communes: Band | None
    modal_by_inhabitants: Band | None
    is_majority_of_communes: bool
    is_majority_of_inhabitants: bool
    unknown_communes: int
    unknown_inhabitants: float


def bands(on: date | None = None) -> tuple[Band, ...]:
    """Return the bands in force at a date (today by default).

    Examples
    --------
    >>> [band.legend for band in bands()]
    ['[0 ; 2,5[', '[2,5 ; 4[', '[4 ; 100[']
    """
    day = on or date.today()
    edges = parameters.value("apl.classes.bornes", day)
    legends = parameters.value("apl.classes.libelles", day)
    return tuple(
        Band(index, float(low), float(high), legend)
        for index, (low, high, legend) in enumerate(
            zip(edges[:-1], edges[1:], legends, strict=True)
        )
    )


def classify(value: float | None, among: Sequence[Band] | None = None) -> Band | None:
    """Return the band of an APL, None when it is unknown.

    Parameters
    ----------
    value
        Consultations a year per inhabitant; None or nan when unknown.
    among
        The bands (those in force today by default).

    Always true
    -----------
    A value from the first edge to the last, excluded, is in exactly one band.

    Raises
    ------
    DataError
        When the value is in no band: negative, or as high as the last edge.

    Examples
    --------
    >>> [classify(value).index for value in (2.499, 2.5, 3.999, 4.0)]
    [0, 1, 1, 2]
    """
    if value is None or np.isnan(value):
        return None
    known = bands() if among is None else among
    for band in known:
        if band.low <= value < band.high:
            return band
    raise DataError(
        [
            Problem(
                "APL",
                number(value, 3),
                f"une valeur de {number(known[0].low)} à {number(known[-1].high)} exclu",
                "vérifier le fichier de l'APL",
            )
        ]
    )


def band_counts(published: PublishedApl, millesime: int) -> BandCounts:
    """Count the communes and inhabitants of each band and under each threshold.

    Parameters
    ----------
    published
        Published APL of a perimeter.
    millesime
        One of its years.

    Always true
    -----------
    Bands and unknown communes sum to the communes of the perimeter, so do inhabitants, where most
    inhabitants are covered; elsewhere nothing is available.
    A higher threshold never counts fewer communes.
    """
    day = date(max(millesime, FIRST_YEAR), 12, 31)
    everything = inequality.known(published.of(millesime), published.population)
    known = known_part(published.of(millesime), published.population) or NOTHING
    among = bands(day)
    index = np.array([_index(value, among) for value in known.values], dtype=int)
    make = _Counter(published, millesime, known)
    per_band = tuple(make.band(band, index == band.index) for band in among)
    communes = [count.communes for count in per_band]
    inhabitants = [count.inhabitants for count in per_band]
    return BandCounts(
        millesime,
        per_band,
        tuple(make.under(known.values, path, day) for path in THRESHOLDS),
        _modal(among, communes),
        _modal(among, inhabitants),
        _majority(communes),
        _majority(inhabitants),
        everything.excluded_count,
        everything.excluded_weight,
    )


def majority_notice(total: int, communes_under: int, band: Band) -> str:
    """Say when a printed majority cannot be: more than half of the communes are elsewhere.

    Parameters
    ----------
    total
        Communes of the territory.
    communes_under
        Printed number of communes under the low edge of the band.
    band
        The band said to hold the majority of communes.

    Returns
    -------
        The notice, empty when the majority is possible.

    Examples
    --------
    >>> majority_notice(257, 100, bands()[1])
    ''
    """
    if total - communes_under > total / 2:
        return ""
    return french_spaces(
        f"La source dit que la majorité des communes est dans la classe {band.legend}, mais compte "
        f"{number(communes_under)} communes sous {number(band.low, 1)} : il en reste "
        f"{number(total - communes_under)} sur {number(total)}, moins de la moitié."
    )


class _Counter:
    """Makes the figures of one vintage; none is available when no APL is known."""

    def __init__(self, published: PublishedApl, millesime: int, known: inequality.Known) -> None:
        self.published, self.known, self.population = published, known, known.weights
        self.vintage = f"APL {millesime}, {published.population_vintage}"
        self.origin = published.origin(millesime) | published.population_provenance

    def figure(self, label: str, value: float, unit: str, used: Provenance = USED) -> Figure:
        if not len(self.population):
            return unavailable(label, self.published.missing, unit, self.vintage)
        return Figure(
            label,
            float(value),
            unit,
            vintage=self.vintage,
            provenance=self.origin | used,
            decimals=1 if unit == "%" else 0,
            note=excluded_note(self.known),
        )

    def share(self, label: str, weight: float, used: Provenance = USED) -> Figure:
        return self.figure(label, 100 * weight / max(self.population.sum(), 1e-9), "%", used)

    def band(self, band: Band, inside: Selection) -> BandCount:
        weight = float(self.population[inside].sum())
        where = f"classe {band.legend}"
        return BandCount(
            band,
            self.figure(f"communes, {where}", inside.sum(), "communes"),
            self.figure(f"habitants, {where}", weight, "habitants"),
            self.share(f"part des habitants, {where}", weight),
        )

    def under(self, values: Array, path: str, day: date) -> Counter:
        threshold = float(parameters.value(path, day))
        is_strict = parameters.value("apl.seuils.strict", day)
        inside = values < threshold if is_strict else values <= threshold
        weight = float(self.population[inside].sum())
        used = USED | Provenance(parameters=(parameters.explain(path, day).as_text(),))
        decimals = 0 if threshold == int(threshold) else 1
        label = f"sous {number(threshold, decimals)} consultation{'s' * (threshold >= 2)} par an"
        return Counter(
            threshold,
            self.figure(f"communes {label}", inside.sum(), "communes", used),
            self.figure(f"habitants {label}", weight, "habitants", used),
            self.share(f"part des habitants {label}", weight, used),
        )


def _index(value: float, among: Sequence[Band]) -> int:
    band = classify(value, among)
    return -1 if band is None else band.index


def _modal(among: Sequence[Band], figures: Sequence[Figure]) -> Band | None:
    """Return the band that holds most; the lowest one among equals."""
    values = [figure.value for figure in figures if figure.value is not None]
    return among[int(np.argmax(values))] if len(values) == len(among) else None


def _majority(figures: Sequence[Figure]) -> bool:
    values = [figure.value for figure in figures if figure.value is not None]
    return bool(values) and max(values) > sum(values) / 2
