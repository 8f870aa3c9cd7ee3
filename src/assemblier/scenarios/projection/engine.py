"""A projection from end to end: draws, counts, scores, zones, sensitivity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assemblier.access import Baseline
from assemblier.errors import InputError, Problem
from assemblier.figures import Figure, Nature, Provenance
from assemblier.maths.ensemble import quantiles_of
from assemblier.scenarios.projection.ageing import (
    NOTHING,
    Ageing,
    ageing_of,
    people_factor,
)
from assemblier.scenarios.projection.arrivals import MODES, Arrival
from assemblier.scenarios.projection.cliff import cliffs
from assemblier.scenarios.projection.horizons import horizon_of
from assemblier.scenarios.projection.hypotheses import Hypotheses, Variant
from assemblier.scenarios.projection.notes import METHOD, notes_of, told_parameters
from assemblier.scenarios.projection.placement import (
    Ground,
    ground_of,
    placement,
    supply_change,
    supply_changes,
)
from assemblier.scenarios.projection.population import crowd, tally
from assemblier.scenarios.projection.practitioners import Practitioners
from assemblier.scenarios.projection.results import Horizon, Projection, Year
from assemblier.scenarios.projection.scores import SHARES, Units, operator_at, scored, units_of
from assemblier.scenarios.projection.sensitivity import Ending, effects
from assemblier.scenarios.projection.settings import FARTHEST
from assemblier.scenarios.projection.years import years_of
from assemblier.territory import Perimeter, population
from assemblier.zoning.rules import rules_at
from assemblier.zoning.units import Partition


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """All that a projection reads."""

    perimeter: Perimeter
    now: Practitioners
    announced: tuple[Arrival, ...]
    on: date
    baseline: Baseline | None
    ground: Ground | None
    ageing: Ageing
    units: Units | None


def project(
    perimeter: Perimeter,
    practitioners: Practitioners,
    hypotheses: Hypotheses,
    on: date,
    baseline: Baseline | None = None,
    arrivals: Sequence[Arrival] = (),
    partition: Partition | None = None,
    *,
    sensitivity: bool = True,
) -> Projection:
    """Return what becomes of the practitioners of a territory, draw by draw.

    Parameters
    ----------
    perimeter
        The territory.
    practitioners
        Who practises now.
    hypotheses
        From `hypotheses`, edited or not.
    on
        Date of the rules of the zoning.
    baseline
        The scores to start from; None: practitioners only, no score.
    arrivals
        Those announced, beside the rate.
    partition
        The territories a zoning classes; None: no zone.
    sensitivity
        Whether each hypothesis is moved in turn: some twenty projections more.

    Always true
    -----------
    The same graine gives the same figures.
    Without exit nor entry the stock stays what it is, and so does each score.
    More years never make those who are there younger, nor more numerous.

    Raises
    ------
    InputError
        When nobody practises, a horizon is past or too far, or an arrival cannot be: every problem
        at once.
    """
    problems = _problems(perimeter, practitioners, hypotheses, arrivals, baseline)
    if problems:
        raise InputError(problems)
    case = _case(perimeter, practitioners, tuple(arrivals), on, baseline, partition)
    origin = _origin(case, hypotheses)
    years, horizons = _run(case, hypotheses, origin)
    is_prudent = hypotheses.variant is Variant.SANS_CROISSANCE
    prudent = (years, horizons) if is_prudent else _run(case, hypotheses.prudent(), origin)
    found = effects(
        hypotheses.leading(), lambda one: _ending(case, one), str(hypotheses.horizons[-1]), origin
    ) if sensitivity else ()  # fmt: skip
    return Projection(
        perimeter,
        practitioners,
        hypotheses,
        tuple(arrivals),
        years,
        prudent[0],
        horizons,
        prudent[1],
        cliffs(perimeter, baseline, practitioners) if baseline else (),
        found,
        notes_of(practitioners, hypotheses, baseline, case.ground, case.ageing, partition),
        origin,
    )


def _problems(
    perimeter: Perimeter, now: Practitioners, found: Hypotheses, announced: Sequence[Arrival],
    baseline: Baseline | None,
) -> list[Problem]:  # fmt: skip
    problems = []
    if now.count < 1:
        problems.append(
            Problem(
                "praticiens", "aucun", "un praticien au moins", "donner leurs âges ou une offre"
            )
        )
    late = [year for year in found.horizons if not now.year < year <= now.year + FARTHEST]
    if late:
        problems.append(
            Problem(
                "horizons",
                ", ".join(map(str, late)),
                f"des années de {now.year + 1} à {now.year + FARTHEST}, après celle des âges",
                "choisir d'autres années",
            )
        )
    for one in announced:
        problems += _arrival_problems(one, perimeter, baseline)
    return problems


def _arrival_problems(
    one: Arrival, perimeter: Perimeter, baseline: Baseline | None
) -> list[Problem]:
    where, problems = f"arrivée de {one.year}", []
    if not one.count >= 0 or not np.isfinite(one.count):
        problems.append(
            Problem(where, f"{one.count} praticiens", "un nombre positif", "corriger le nombre")
        )
    if one.mode not in ("", *MODES):
        problems.append(Problem(where, f"« {one.mode} »", ", ".join(MODES), "corriger le mode"))
    inside = one.commune is None or one.commune in perimeter.codes
    if not inside or (baseline and one.commune and one.commune not in baseline.places):
        problems.append(
            Problem(
                where,
                f"la commune {one.commune}",
                f"une commune {perimeter.charniere or perimeter.nom}",
                "corriger le code de la commune, ou le territoire",
            )
        )
    return problems


def _case(
    perimeter: Perimeter, now: Practitioners, announced: tuple[Arrival, ...], on: date,
    baseline: Baseline | None, partition: Partition | None,
) -> _Case:  # fmt: skip
    if baseline is None:
        return _Case(perimeter, now, announced, on, None, None, NOTHING, None)
    return _Case(
        perimeter,
        now,
        announced,
        on,
        baseline,
        ground_of(perimeter, baseline),
        ageing_of(baseline),
        units_of(perimeter, baseline, partition),
    )


def _origin(case: _Case, found: Hypotheses) -> Provenance:
    own = Provenance((case.now.source,), METHOD, told_parameters(found))
    if case.baseline is None:
        return own
    return own | case.ageing.provenance | case.baseline.provenance


def _run(
    case: _Case, found: Hypotheses, origin: Provenance
) -> tuple[tuple[Year, ...], tuple[Horizon, ...]]:
    years = _length(case, found)
    everybody = crowd(case.now, found, case.announced, years)
    counted = years_of(
        everybody, case.now.year, case.now.profession, lambda year: _people(case, year), origin
    )
    if case.baseline is None or case.ground is None or not len(case.ground.practices):
        return counted, ()
    where = placement(everybody, case.ground)
    changes = supply_changes(where, [year - case.now.year for year in found.horizons])
    return counted, tuple(
        horizon_of(case.perimeter, case.baseline, where, change, year, case.now.year,
                   case.ageing, case.units, rules_at(case.on), origin)
        for year, change in zip(found.horizons, changes, strict=True)
    )  # fmt: skip


def _length(case: _Case, found: Hypotheses) -> int:
    return found.horizons[-1] - case.now.year


def _people(case: _Case, year: int) -> Figure:
    """Return the inhabitants of the territory in a year: today's, aged where that is known."""
    today = population(case.perimeter)
    if case.baseline is None or today.value is None or not case.ageing.is_known:
        return today
    factor = people_factor(case.ageing, case.baseline, case.perimeter.codes, year)
    return replace(
        today,
        value=today.value * factor,
        nature=Nature.ESTIME,
        vintage=str(year),
        provenance=today.provenance | case.ageing.provenance,
    )


def _ending(case: _Case, found: Hypotheses) -> Ending:
    """Return the median stock and the median mean APL of the last horizon."""
    years = _length(case, found)
    everybody = crowd(case.now, found, case.announced, years)
    (stock,) = quantiles_of(tally(everybody).stock[-1], (0.5,))
    if case.baseline is None or case.ground is None or not len(case.ground.practices):
        return Ending(float(stock), None)
    where = placement(everybody, case.ground)
    at = operator_at(case.baseline, case.ageing, found.horizons[-1])
    mean = scored(case.perimeter, case.baseline, supply_change(where, years), at).mean
    return Ending(float(stock), float(quantiles_of(mean, SHARES)[1]))
