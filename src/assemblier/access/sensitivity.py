"""How a score moves with each uncertain parameter, one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assemblier.access.banded import BandedDecay
from assemblier.access.demand import Demand, resident_demand
from assemblier.access.method import WEIGHTS, Method
from assemblier.access.scores import Scores, scores
from assemblier.access.supply import Supply
from assemblier.maths.arrays import Array
from assemblier.maths.decay import Stepped
from assemblier.territory import index
from assemblier.travel import (
    ChainEngine,
    CrowFlyEngine,
    Engine,
    RoadEngine,
    ScaledEngine,
    StoredEngine,
)

if TYPE_CHECKING:
    from assemblier.territory import Perimeter

STEP = 0.2
"""How far a number nobody confirmed is moved, both ways."""

FACTORS = (("20 % plus {0}", 1 + STEP), ("20 % plus {1}", 1 - STEP))
MORE_INSIDE = 5.0
"""Minutes added between a commune and itself."""

CHAIN = {
    "Minutes par kilomètre": "minutes_per_km",
    "Minutes par 100 m de dénivelé": "minutes_per_100_m",
    "Minutes fixes d'un trajet": "fixed_minutes",
}
"""What may be moved of the times between neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What one parameter, moved, does to the scores.

    Attributes
    ----------
    paths
        Parameters of the method that were moved, without what names the profession.
    parameter
        In French.
    moved
        What was changed, in French.
    score
        (communes,) scores then.
    mean_change
        Mean absolute change, weighted by standardised inhabitants, in the unit of the score.
    largest_change
        Largest absolute change of one commune.
    """

    paths: tuple[str, ...]
    parameter: str
    moved: str
    score: Array
    mean_change: float
    largest_change: float


def sensitivities(found: Scores, perimeter: "Perimeter", engine: Engine) -> tuple[Sensitivity, ...]:
    """Return how the scores of a perimeter move with each uncertain parameter.

    Parameters
    ----------
    found
        The scores to start from.
    perimeter, engine
        As they were computed with.

    Always true
    -----------
    Every parameter of the method that nobody confirmed is moved.
    Moving the activity of every place by a fifth moves every score by a fifth.
    Inputs are unchanged.
    """
    return tuple(
        _compared(found, case, _moved(found, perimeter, engine, case))
        for case in (*_method_cases(found), *_travel_cases(engine))
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One parameter moved: what is not None takes the place of what was computed with."""

    paths: tuple[str, ...]
    parameter: str
    moved: str
    method: Method | None = None
    supply: Supply | None = None
    demand: Demand | None = None
    engine: Engine | None = None


def _moved(found: Scores, perimeter: "Perimeter", engine: Engine, case: _Case) -> Array:
    return scores(
        perimeter,
        case.method or found.method,
        case.supply or found.supply,
        case.demand or found.demand,
        case.engine or engine,
    ).score


def _method_cases(found: Scores) -> Iterator[_Case]:
    """Yield what can be moved of the method, where nobody confirmed it."""
    import polars as pl

    method, bands = found.method, found.method.bands
    unconfirmed = {one.path.removeprefix(f"apl.{method.profession}.") for one in method.unconfirmed}
    if "decroissance.borne_superieure_incluse" in unconfirmed:
        flipped = Stepped(bands.decay.edges, bands.decay.weights, not bands.decay.upper_inclusive)
        yield _Case(
            ("decroissance.borne_superieure_incluse",),
            "Bord des bandes de temps",
            "un trajet de 10 minutes juste passe dans la bande suivante",
            method=_with(method, flipped, 1.0),
        )
    if "decroissance.bornes_minutes" in unconfirmed:
        for label, factor in FACTORS:
            yield _Case(
                ("decroissance.bornes_minutes",),
                "Largeur des bandes de temps",
                label.format("larges", "étroites"),
                method=_with(method, _stretched(bands.decay, factor), factor),
            )
    if "decroissance.poids" in unconfirmed:
        yield _Case(
            ("decroissance.poids",),
            "Poids des bandes de temps",
            "20 % de moins au-delà de la première",
            method=_with(method, _steeper(bands.decay), 1.0),
        )
    activity = tuple(path for path in unconfirmed if path.startswith("activite."))
    if activity:
        less = found.supply.table.with_columns(pl.col("activite") * (1 - STEP))
        yield _Case(
            activity,
            "Activité par lieu d'exercice",
            "20 % de moins partout",
            supply=replace(found.supply, table=less),
        )
    weights = tuple(path for path in unconfirmed if path.endswith(WEIGHTS))
    if weights and found.demand.ages_known.any():
        plain = replace(method, ages=(), weights=None)
        yield _Case(
            weights,
            "Poids par âge de la demande",
            "chaque habitant compte pour un",
            demand=resident_demand(plain),
        )


def _with(method: Method, decay: Stepped, factor: float) -> Method:
    edges = tuple(edge * factor for edge in method.bands.edges_minutes)
    return replace(method, bands=BandedDecay(decay, edges, method.bands.provenance))


def _stretched(decay: Stepped, factor: float) -> Stepped:
    return Stepped(decay.edges * factor, decay.weights, decay.upper_inclusive)


def _steeper(decay: Stepped) -> Stepped:
    weights = decay.weights.copy()
    weights[1:] *= 1 - STEP
    return Stepped(decay.edges, weights, decay.upper_inclusive)


def _travel_cases(engine: Engine) -> Iterator[_Case]:
    """Yield the minutes, longer and shorter by a fifth; an imported table is not moved."""
    if isinstance(engine, ChainEngine):
        inside = replace(engine, minutes_inside=engine.minutes_inside + MORE_INSIDE)
        yield _Case((), "Trajet dans sa propre commune", "5 minutes de plus", engine=inside)
    for label, factor in FACTORS:
        said = label.format("longs", "courts")
        if isinstance(engine, ChainEngine):
            for name, field in CHAIN.items():
                changed = {field: getattr(engine, field) * factor}
                yield _Case((), name, said, engine=replace(engine, **changed))
        elif isinstance(engine, CrowFlyEngine):
            model = replace(engine.model, speed_kmh=engine.model.speed_kmh / factor)
            yield _Case((), "Temps de trajet", said, engine=CrowFlyEngine(model))
        elif isinstance(engine, RoadEngine | StoredEngine):
            yield _Case((), "Temps de trajet", said, engine=ScaledEngine(engine, factor))


def _compared(found: Scores, case: _Case, score: Array) -> Sensitivity:
    change = np.abs(score - found.score)
    people = found.demand.standardised[index().positions(found.codes)]
    known = ~np.isnan(change) & ~np.isnan(people)
    total = people[known].sum()
    mean = float(change[known] @ people[known] / total) if total > 0 else float("nan")
    largest = float(change[known].max()) if known.any() else float("nan")
    return Sensitivity(case.paths, case.parameter, case.moved, score, mean, largest)
