"""What the zoning would become: territories, then intercommunalités, at risk at each horizon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, isnan

from assemblier.zoning.doctors import Case, Position, position
from assemblier.zoning.units import Territoire

SERIES_YEARS = {"apl_62": 3, "apl_60": 5}
"""Doctors of 62 (60) or less today are those of 65 or less in 3 (5) years, arrivals left out."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A territory that is not under the threshold and would be.

    Attributes
    ----------
    unit
        The territory today.
    projected
        Its APL at the horizon; None where unknown.
    before, after
        Its position today and at the horizon.
    """

    unit: Territoire
    projected: float | None
    before: Position
    after: Position | None

    @property
    def loss(self) -> float | None:
        """Return the APL it would lose, None where unknown."""
        if self.projected is None or self.unit.apl is None:
            return None
        return self.unit.apl - self.projected

    @property
    def is_at_risk(self) -> bool:
        """Whether it would fall to the mandatory ZIP, and is not there."""
        return self.after is Position.OBLIGATOIRE and self.before is not Position.OBLIGATOIRE


def risks(case: Case, projected: Sequence[Territoire]) -> tuple[Risk, ...]:
    """Return each territory today and at a horizon, the greatest loss first, unknown ones last.

    Parameters
    ----------
    case
        The simulation of today.
    projected
        The same territories with the APL of the horizon.
    """
    future = {unit.code: unit.apl for unit in projected}
    found = []
    for unit in case.units:
        apl = future.get(unit.code)
        after = None if apl is None else position(replace(unit, apl=apl), case.rules)
        found.append(Risk(unit, apl, position(unit, case.rules), after))
    return tuple(sorted(found, key=_order))


def _order(risk: Risk) -> tuple[bool, float, str]:
    loss = risk.loss
    return (loss is None, -(loss or 0.0), risk.unit.code)


@dataclass(frozen=True, slots=True)
class GroupRisk:
    """The mean APL of a group of communes today and at a horizon, by resident inhabitants."""

    code: str
    nom: str
    today: float | None
    projected: float | None

    @property
    def loss(self) -> float | None:
        """Return the APL it would lose, None where unknown."""
        if self.today is None or self.projected is None:
            return None
        return self.today - self.projected


def group_risks(
    groups: Mapping[str, tuple[str, Sequence[str]]],
    today: Mapping[str, float],
    projected: Mapping[str, float],
    population: Mapping[str, float],
) -> tuple[GroupRisk, ...]:
    """Return intercommunalités (or other groups), the greatest loss first, unknown ones last.

    Parameters
    ----------
    groups
        Name and communes by code.
    today, projected
        APL by commune.
    population
        Resident inhabitants by commune.

    Always true
    -----------
    Known losses are in descending order.
    """
    found = [
        GroupRisk(
            code, nom, _mean(communes, today, population), _mean(communes, projected, population)
        )
        for code, (nom, communes) in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.loss is None, -(one.loss or 0.0), one.code)))


def _mean(
    communes: Sequence[str], apl: Mapping[str, float], population: Mapping[str, float]
) -> float | None:
    weights = [population.get(code, float("nan")) for code in communes]
    values = [apl.get(code, float("nan")) for code in communes]
    pairs = [(value, weight) for value, weight in zip(values, weights, strict=True) if weight != 0]
    total = fsum(weight for _, weight in pairs)
    mean = fsum(value * weight for value, weight in pairs) / total if total else float("nan")
    return None if isnan(mean) else mean
