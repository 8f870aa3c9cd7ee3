"""A baseline that agrees with the published scores: what every scenario starts from.

The supply of each commune is fitted so that it reproduces the published APL while staying close to
what is counted there. How well it does is measured on communes whose score was not read.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from assemblier.access.baseline_evidence import (
    Evidence,
    Fit,
    decay_of,
    fitted,
    held_out,
    people_around,
)
from assemblier.access.baseline_settings import Settings, of_full_time, settings
from assemblier.access.choice import chosen_supply
from assemblier.access.comparison import Agreement, agreement
from assemblier.access.demand import Demand
from assemblier.access.method import PROFESSIONS, Method
from assemblier.access.method import method as method_of
from assemblier.access.needs import needs
from assemblier.access.published import published as published_of
from assemblier.access.scores import surroundings
from assemblier.access.supply import Supply
from assemblier.errors import UnavailableError
from assemblier.figures import Nature, Provenance
from assemblier.french import number
from assemblier.maths.arrays import Array
from assemblier.territory import index
from assemblier.travel import Engine, TravelTimes

if TYPE_CHECKING:
    from assemblier.territory import Perimeter

FOLDS = 5
"""Parts the communes are cut into, each in turn left unread."""
GP = "medecin_generaliste"


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """How far a baseline stands from what was published.

    Attributes
    ----------
    counted
        With the supply expected from counts alone, before any score was read.
    fitted
        With the supply fitted: it has read these scores.
    held_out
        On communes whose own score was not read, in `FOLDS` parts: the honest error.
    """

    counted: Agreement
    fitted: Agreement
    held_out: Agreement


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The situation before any change.

    Attributes
    ----------
    area
        The communes whose published scores were read: whole départements.
    travel
        Minutes between homes and places.
    method, supply, demand
        What was counted.
    fit
        Weights, and the supply fitted.
    published
        (homes,) scores read in the publication; nan where unknown.
    official
        (homes,) the published score where there is one and nothing contradicts it, else nan.
    counts
        (places,) places of practice counted; nan where unknown.
    conflicts
        Communes whose published score is 0 although somebody practises there: the score was not
        read, and is not shown as a result.
    border
        (homes,) part of the score that comes from communes whose supply is unknown.
    quality
        How well it agrees.
    year
        Of the published scores.
    settings
        What it was fitted with.
    provenance
        Sources, method, parameters.
    """

    area: tuple[str, ...]
    travel: TravelTimes
    method: Method
    supply: Supply
    demand: Demand
    fit: Fit
    published: Array
    official: Array
    counts: Array
    conflicts: tuple[str, ...]
    border: Array
    quality: Quality
    year: int
    settings: Settings
    provenance: Provenance

    @property
    def evidence(self) -> Evidence:
        """What it was fitted on."""
        return _evidence(
            self.travel, self.demand, self.counts, self.official, self.settings, self.method
        )

    @property
    def homes(self) -> tuple[str, ...]:
        """Communes people live in."""
        return self.travel.homes

    @property
    def places(self) -> tuple[str, ...]:
        """Communes people go to."""
        return self.travel.places

    @property
    def is_border(self) -> np.ndarray:
        """(homes,) whether a score depends too much on supplies that are only supposed."""
        found: np.ndarray = self.border >= self.settings.outside_share
        return found

    @property
    def people(self) -> Array:
        """(homes,) standardised inhabitants, in the number the score is for: 1, or 100,000."""
        people = self.demand.standardised[index().positions(self.homes)]
        return np.nan_to_num(people) / self.method.multiplier

    @property
    def told(self) -> str:
        """How well the baseline agrees, in French: every result says it."""
        one = self.quality.held_out
        is_gp = self.method.profession == GP
        digits = 2 if is_gp else 1
        unit = "consultation" if is_gp else "ETP pour 100 000"
        who = "" if is_gp else f" aux {PROFESSIONS[self.method.profession]}"
        return (
            f"Socle ajusté sur l'APL publiée{who} {self.year} de "
            f"{number(self.quality.fitted.communes)} "
            f"communes. Sur des communes dont le score n'a pas été lu, l'écart absolu moyen est de "
            f"{number(one.gap_before, digits)} {unit} et la corrélation de "
            f"{number(one.correlation, 2)} (sans ajustement : "
            f"{number(self.quality.counted.gap_before, digits)} et "
            f"{number(self.quality.counted.correlation, 2)})."
        )


def baseline(
    perimeter: "Perimeter",
    on: date,
    engine: Engine,
    year: int | None = None,
    *,
    offer: str = "",
    demand: str = "",
    profession: str = GP,
) -> Baseline:
    """Return the baseline of a territory, fitted on the whole départements it touches.

    Parameters
    ----------
    perimeter
        The territory.
    on
        Date of the parameters.
    engine
        Gives the minutes.
    year
        Of the published scores; the latest known by default.
    offer, demand
        As in `study`.
    profession
        One of `PROFESSIONS`.

    Always true
    -----------
    A published score that a count contradicts is never read.
    No supply is negative.

    Raises
    ------
    UnavailableError
        When no score was published there.
    InputError
        When no supply describes the territory.
    """
    method, people = needs(method_of(profession, on), demand, year)
    area = _whole_departements(perimeter.codes)
    offered = chosen_supply(method, area, offer)
    known = published_of(profession, year, codes=area)
    if not any(code in known.scores for code in area):
        who = PROFESSIONS[profession]
        raise UnavailableError(
            f"APL publiée aux {who}{f' de {year}' if year else ''}, {perimeter.nom}",
            f"le classeur de l'APL aux {who} de la DREES, par commune, à importer par "
            "« assemblier sources importer »",
        )
    chosen = settings(on)
    if profession != GP:
        read = [known.scores[code] for code in area if code in known.scores]
        chosen = of_full_time(chosen, method.per_place, float(np.mean(read)), on)
    travel = _travel(area, engine, method, chosen)
    published = _values(travel.homes, known.scores, area)
    counts = _counts(offered, travel.places)
    conflicts = _conflicts(travel.homes, published, _counts(offered, travel.homes))
    official = np.where(np.isin(travel.homes, conflicts), np.nan, published)
    evidence = _evidence(travel, people, counts, official, chosen, method)
    decay, _ = decay_of(method.bands.decay, chosen, travel.nature is Nature.ESTIME)
    fit = fitted(evidence, decay, chosen)
    unknown = np.asarray(fit.operator @ np.where(np.isnan(counts), fit.supply, 0.0))
    share = np.divide(unknown, fit.score, out=np.zeros_like(unknown), where=fit.score > 0)
    sources = (known.source,) if known.source else ()
    return Baseline(
        area, travel, method, offered, people, fit, published, official, counts, conflicts, share,
        _quality(evidence, fit, travel.homes, chosen), known.year, chosen,
        Provenance(sources) | method.provenance | offered.provenance | people.provenance
        | travel.provenance | chosen.provenance | Provenance(method=METHOD),
    )  # fmt: skip


METHOD = (
    "Socle : offre de chaque commune ajustée pour reproduire l'APL publiée, positive, proche des "
    "praticiens comptés ; l'offre des communes non décrites est supposée, puis ajustée."
)


def folds_of(codes: Sequence[str]) -> np.ndarray:
    """Return the fold of each commune: always the same, and unrelated to the map."""
    return np.array([zlib.crc32(code.encode()) % FOLDS for code in codes])


def _whole_departements(codes: Sequence[str]) -> tuple[str, ...]:
    departements = index().code_departement
    touched = np.unique(departements[index().positions(codes)])
    return tuple(index().code_commune[np.isin(departements, touched)].tolist())


def _travel(area: Sequence[str], engine: Engine, method: Method, chosen: Settings) -> TravelTimes:
    # How far to look depends on the nature of the minutes, which a first short look tells.
    nature = engine.times(area[:1], area[:1], 1.0).nature
    _, reach = decay_of(method.bands.decay, chosen, nature is Nature.ESTIME)
    return surroundings(area, engine, reach)


def _values(homes: Sequence[str], scores: Mapping[str, float], area: Sequence[str]) -> Array:
    inside = set(area)
    return np.array([scores.get(code, np.nan) if code in inside else np.nan for code in homes])


def _counts(supply: Supply, codes: Sequence[str]) -> Array:
    found = dict.fromkeys(supply.covered, 0.0)
    for code, count in supply.table.select("code_commune", "effectif").iter_rows():
        found[code] = found.get(code, 0.0) + count
    return np.array([found.get(code, np.nan) for code in codes])


def _conflicts(homes: Sequence[str], published: Array, counts: Array) -> tuple[str, ...]:
    contradicted = (published == 0) & (np.nan_to_num(counts) > 0)
    return tuple(np.array(homes)[contradicted].tolist())


def _evidence(
    travel: TravelTimes,
    people: Demand,
    counts: Array,
    official: Array,
    chosen: Settings,
    method: Method,
) -> Evidence:
    homes, places = index().positions(travel.homes), index().positions(travel.places)
    return Evidence(
        travel.minutes,
        np.nan_to_num(people.standardised[homes]) / method.multiplier,
        counts,
        np.nan_to_num(people.total[places]),
        people_around(travel.places, chosen.radius_km),
        official,
    )


def _quality(evidence: Evidence, fit: Fit, homes: Sequence[str], chosen: Settings) -> Quality:
    scores, people = evidence.published, evidence.demand
    unread = held_out(evidence, fit, folds_of(homes), chosen)
    return Quality(
        agreement(fit.expected_score, scores, people),
        agreement(fit.score, scores, people),
        agreement(unread, scores, people),
    )
