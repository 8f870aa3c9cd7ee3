"""How a score moves with each uncertain parameter, one at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assemblier.access.banded import BandedDecay
from assemblier.access.demand import PeopleByAge, resident_demand
from assemblier.access.method import Method
from assemblier.access.scores import Scores, scores
from assemblier.access.supply import Supply
from assemblier.maths.arrays import Array
from assemblier.maths.decay import Stepped
from assemblier.territory import index
from assemblier.travel import ChainEngine, CrowFlyEngine, Engine

if TYPE_CHECKING:
    from assemblier.territory import Perimeter

STEP = 0.2
"""How far a number nobody confirmed is moved, both ways."""


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What one parameter, moved, does to the scores.

    Attributes
    ----------
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

    parameter: str
    moved: str
    score: Array
    mean_change: float
    largest_change: float


def sensitivities(
    found: Scores, perimeter: "Perimeter", engine: Engine, by_age: PeopleByAge | None
) -> tuple[Sensitivity, ...]:
    """Return how the scores of a perimeter move with each uncertain parameter.

    Parameters
    ----------
    found
        The scores to start from.
    perimeter, engine, by_age
        As they were computed with.

    Always true
    -----------
    Moving the activity of every place by a fifth moves every score by a fifth.
    Inputs are unchanged.
    """
    cases = _cases(found, engine, by_age)
    return tuple(
        _compared(found, name, moved, scores(perimeter, method, supply, _demand, other).score)
        for name, moved, method, supply, other, ages in cases
        for _demand in [resident_demand(method, ages)]
    )


Case = tuple[str, str, Method, Supply, Engine, PeopleByAge | None]


def _cases(found: Scores, engine: Engine, by_age: PeopleByAge | None) -> list[Case]:
    method, supply = found.method, found.supply
    cases: list[Case] = [
        ("Borne des bandes", "la borne supérieure change de bande", _other_edge(method), supply,
         engine, by_age),
        ("Activité par lieu d'exercice", "20 % de moins partout", method, _scaled(supply, 1 - STEP),
         engine, by_age),
    ]  # fmt: skip
    if by_age is not None and method.weights is not None:
        cases.append(("Poids par âge", "tous égaux à 1", method, supply, engine, None))
    for label, other in _other_engines(engine):
        cases.append(("Temps de trajet", label, method, supply, other, by_age))
    return cases


def _other_edge(method: Method) -> Method:
    decay = method.bands.decay
    flipped = Stepped(decay.edges, decay.weights, not decay.upper_inclusive)
    bands = method.bands
    return replace(method, bands=BandedDecay(flipped, bands.edges_minutes, bands.provenance))


def _scaled(supply: Supply, factor: float) -> Supply:
    import polars as pl

    return replace(supply, table=supply.table.with_columns(pl.col("activite") * factor))


def _other_engines(engine: Engine) -> list[tuple[str, Engine]]:
    """Return the engine, slower and faster by a fifth; an imported table is not moved."""
    moves: dict[str, Callable[[float], Engine]] = {}
    if isinstance(engine, ChainEngine):
        moves["vitesse"] = lambda factor: replace(
            engine,
            minutes_per_km=engine.minutes_per_km * factor,
            minutes_per_100_m=engine.minutes_per_100_m * factor,
        )
    if isinstance(engine, CrowFlyEngine):
        moves["vitesse"] = lambda factor: CrowFlyEngine(
            replace(engine.model, speed_kmh=engine.model.speed_kmh / factor)
        )
    return [
        (label, move(factor))
        for move in moves.values()
        for label, factor in (("20 % plus longs", 1 + STEP), ("20 % plus courts", 1 - STEP))
    ]


def _compared(found: Scores, name: str, moved: str, score: Array) -> Sensitivity:
    change = np.abs(score - found.score)
    people = found.demand.standardised[index().positions(found.codes)]
    known = ~np.isnan(change) & ~np.isnan(people)
    total = people[known].sum()
    mean = float(change[known] @ people[known] / total) if total > 0 else float("nan")
    largest = float(change[known].max()) if known.any() else float("nan")
    return Sensitivity(name, moved, score, mean, largest)
