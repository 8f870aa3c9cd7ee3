"""The situation once a scenario has happened, as another baseline to start from."""

from dataclasses import replace

import numpy as np

from assemblier.access import Baseline
from assemblier.access.demand import Demand
from assemblier.figures import Provenance
from assemblier.maths.assimilation import score_operator
from assemblier.scenarios.outcome import Outcome
from assemblier.territory import index


def state_after(found: Outcome) -> Baseline:
    """Return the baseline where the changes of a scenario are done.

    Scores, supply and standardised inhabitants are those after; what was counted, how well the
    baseline agrees with what was published, and the residents stay those of today.

    Parameters
    ----------
    found
        What the scenario changes; its own baseline is unchanged.

    Always true
    -----------
    After a scenario without changes, it is the same baseline.
    """
    base, fit = found.baseline, found.baseline.fit
    demand, operator = base.demand, fit.operator
    if found.changes_demand:
        demand = _demand_after(found)
        operator = score_operator(found.people_after, fit.weights)
    return replace(
        base,
        official=found.after,
        demand=demand,
        fit=replace(fit, operator=operator, supply=fit.supply + found.supply_change),
        provenance=base.provenance | Provenance(method=told(found)),
    )


def told(found: Outcome) -> str:
    """Return how the scores after a scenario are made, in French."""
    return (
        f"Scénario {found.scenario.identity} : APL publiée, plus la différence que font les "
        "changements sur le socle."
    )


def _demand_after(found: Outcome) -> Demand:
    base = found.baseline
    changed = np.flatnonzero(found.people_after != base.people)
    rows = index().positions([base.homes[home] for home in changed])
    standardised = base.demand.standardised.copy()
    standardised[rows] = found.people_after[changed] * base.method.multiplier
    return replace(base.demand, standardised=standardised)
