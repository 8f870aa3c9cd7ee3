"""Scores and zones of one horizon as figures."""

from assemblier.access import Baseline
from assemblier.figures import Figure, Nature, Provenance
from assemblier.maths.arrays import Array
from assemblier.maths.careers import Floats
from assemblier.maths.ensemble import quantiles_of
from assemblier.scenarios.projection.ageing import Ageing
from assemblier.scenarios.projection.intervals import Measure, estimate, interval
from assemblier.scenarios.projection.placement import Placement
from assemblier.scenarios.projection.results import Chance, Horizon, Score, Zoned
from assemblier.scenarios.projection.scores import (
    SHARES,
    Scored,
    Units,
    operator_at,
    positions,
    scored,
    unit_draws,
)
from assemblier.territory import Perimeter, index
from assemblier.zoning.doctors import Position
from assemblier.zoning.rules import Rules

UNIT = "consultations par an et par habitant"
APL = Measure("APL", UNIT, 2)
MEAN = Measure("APL moyenne", UNIT, 2)
APL_65 = Measure("APL aux médecins de 65 ans et moins", UNIT, 2)
CHANCE = Measure("part des tirages", "%", 0)


def horizon_of(
    perimeter: Perimeter, baseline: Baseline, where: Placement, change: Floats, year: int,
    first: int, ageing: Ageing, units: Units | None, rules: Rules, origin: Provenance,
) -> Horizon:  # fmt: skip
    """Return the scores and zones of a year.

    Parameters
    ----------
    perimeter, baseline, where
        The territory, the situation before, who is where.
    change
        (places, draws) what each draw adds to each place.
    year, first
        The horizon, and the year the ages were told at.
    ageing
        Of the inhabitants.
    units
        The territories a zoning classes, or None.
    rules
        Its thresholds.
    origin
        Of the figures.
    """
    at = operator_at(baseline, ageing, year)
    found = scored(perimeter, baseline, change, at)
    zones: tuple[Zoned, ...] = ()
    if units is not None:
        draws = unit_draws(units, where, year - first, at)
        zones = _zoned(units, draws, rules, baseline, str(year), origin)
    mean = interval(MEAN, quantiles_of(found.mean, SHARES), str(year), origin)
    return Horizon(year, mean, _scores(found, baseline, str(year), origin), zones)


def _scores(found: Scored, baseline: Baseline, when: str, origin: Provenance) -> tuple[Score, ...]:
    codes = [baseline.homes[row] for row in found.rows]
    names = index().nom[index().positions(codes)].tolist()
    today = baseline.official[found.rows]
    rows = sorted(zip(codes, names, today.tolist(), found.quantiles.T, strict=True),
                  key=lambda row: row[0])  # fmt: skip
    return tuple(
        Score(code, nom, _published(APL, now, baseline), interval(APL, three, when, origin))
        for code, nom, now, three in rows
    )


def _published(measure: Measure, value: float, baseline: Baseline) -> Figure:
    return Figure(
        measure.label, value, UNIT, Nature.CITE, str(baseline.year), baseline.provenance, 2
    )


def _zoned(
    units: Units, draws: Array, rules: Rules, baseline: Baseline, when: str, origin: Provenance
) -> tuple[Zoned, ...]:
    where = origin | Provenance(parameters=rules.sources)
    parts = positions(draws, rules.zip_le, rules.vivier_le)
    three = quantiles_of(draws, SHARES)
    return tuple(
        Zoned(
            code,
            units.noms[rank],
            _published(APL_65, float(units.today[rank]), baseline),
            _position(float(units.today[rank]), rules),
            interval(APL_65, three[:, rank], when, origin),
            tuple(
                Chance(one, estimate(CHANCE, 100 * part, when, where))
                for one, part in zip(Position, parts[:, rank], strict=True)
            ),
        )
        for rank, code in enumerate(units.codes)
    )


def _position(score: float, rules: Rules) -> Position:
    if score <= rules.zip_le:
        return Position.OBLIGATOIRE
    return Position.VIVIER if score <= rules.vivier_le else Position.HORS_VIVIER
