"""How far each territory is from another class, and what other thresholds would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import Case, Decision, Simulation, classes, simulate
from assemblier.zoning.rules import Rules
from assemblier.zoning.units import Territoire

STEP = 0.1
"""Consultations a year per inhabitant: the size of a change people ask about."""


@dataclass(frozen=True, slots=True)
class Distance:
    """What separates a territory from the nearest threshold.

    Attributes
    ----------
    threshold
        The nearest one.
    gap
        APL less threshold: negative or zero on the fragile side.
    consultations
        Consultations a year, for its residents together, that would bring it to the threshold.
    """

    threshold: float
    gap: float
    consultations: float


def distance(decision: Decision, rules: Rules) -> Distance:
    """Return how far a territory is from the threshold nearest to its APL.

    The consultations count residents, not standardised inhabitants: an order of magnitude.
    """
    apl = decision.unit.apl
    if apl is None:
        raise ValueError(f"{decision.unit.code} : APL inconnue")
    nearest = min((rules.zip_le, rules.vivier_le), key=lambda one: (abs(apl - one), one))
    gap = apl - nearest
    return Distance(nearest, gap, abs(gap) * decision.unit.inhabitants)


@dataclass(frozen=True, slots=True)
class Change:
    """A territory that two simulations class differently."""

    code: str
    nom: str
    before: Zonage
    after: Zonage
    inhabitants: float

    @property
    def is_loss(self) -> bool:
        """Whether it is classed less fragile than before: it loses aids."""
        return self.after.rank > self.before.rank


def changes(before: Simulation, after: Simulation) -> tuple[Change, ...]:
    """Return the territories of both simulations whose class differs, in order of codes.

    Always true
    -----------
    A simulation compared with itself changes nothing.
    """
    own = {one.unit.code: one for one in before.decisions}
    return tuple(
        Change(
            one.unit.code,
            one.unit.nom,
            own[one.unit.code].zone,
            one.zone,
            after.case.residents(one.unit),
        )
        for one in after.decisions
        if one.unit.code in own and own[one.unit.code].zone is not one.zone
    )


def changed_inhabitants(moved: Sequence[Change]) -> tuple[float, float]:
    """Return the residents of territories classed more fragile, then less fragile."""
    return (
        fsum(one.inhabitants for one in moved if not one.is_loss),
        fsum(one.inhabitants for one in moved if one.is_loss),
    )


def close_ones(
    decisions: Sequence[Decision], rules: Rules, step: float = STEP
) -> list[tuple[Distance, Decision]]:
    """Return the territories within a step of a threshold, the closest first."""
    found = [(distance(one, rules), one) for one in decisions]
    near = [pair for pair in found if abs(pair[0].gap) <= step]
    return sorted(near, key=lambda pair: (abs(pair[0].gap), pair[1].unit.code))


def with_thresholds(case: Case, zip_le: float | None, vivier_le: float | None) -> Simulation:
    """Return the simulation of the same case with other thresholds.

    Always true
    -----------
    Ordered by APL, raising a threshold takes nothing from the ZIP and ZAC together.
    """
    return simulate(replace(case, rules=case.rules.with_thresholds(zip_le, vivier_le)))


def sensitivity(case: Case, step: float = STEP) -> Mapping[str, tuple[Zonage, Zonage, Zonage]]:
    """Return the class of each territory if its APL alone were lower, as it is, or higher.

    Parameters
    ----------
    case
        What is simulated.
    step
        The change of APL, in consultations a year per inhabitant.

    Returns
    -------
        By code of territory: class with the APL lower by `step`, class, class with it higher.
    """
    base = classes(case)
    return {
        unit.code: (_moved(case, unit, -step), base[unit.code], _moved(case, unit, step))
        for unit in case.units
    }


def _moved(case: Case, moved: Territoire, step: float) -> Zonage:
    """Return the class of a territory if its APL alone changed; it is never under zero."""
    if moved.apl is None:
        raise ValueError(f"{moved.code} : APL inconnue")
    other = replace(moved, apl=max(0.0, moved.apl + step))
    units = tuple(other if unit.code == moved.code else unit for unit in case.units)
    return classes(replace(case, units=units))[moved.code]
