"""What a choice costs the neighbours if its teams were recruited among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assemblier.access import Baseline
from assemblier.maths.arrays import Array
from assemblier.scenarios.network import Network
from assemblier.territory import Perimeter


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """An activity that moves instead of being added.

    Attributes
    ----------
    taken
        (places,) consultations a year that leave each commune outside the territory, ≥ 0.
    loss
        (homes,) consultations per head that each commune loses, ≥ 0.
    new
        Consultations a year that the neighbours could not give.
    """

    taken: Array
    loss: Array
    new: float


def transfer(
    network: Network,
    baseline: Baseline,
    perimeter: Perimeter,
    opened: Sequence[int],
    capacities: Array,
) -> Transfer:
    """Return what neighbours lose if they give the activity of the places, each as it has.

    Parameters
    ----------
    network, baseline, perimeter
        Of the choice.
    opened
        Candidates that open.
    capacities
        (candidates,) consultations a year.

    Always true
    -----------
    What is taken and what is new sum to the capacity of the places.
    No commune gives more than it has.
    """
    columns = {code: k for k, code in enumerate(baseline.places)}
    inside = set(perimeter.codes)
    row_of = [columns.get(code, -1) for code in baseline.homes]
    is_outside = np.array(
        [code not in inside and code in columns for code in baseline.homes], dtype=bool
    )
    left = np.maximum(baseline.fit.supply, 0.0)
    taken, new = np.zeros(len(left)), 0.0
    for one in opened:
        kept = slice(network.minutes.indptr[one], network.minutes.indptr[one + 1])
        near = network.minutes.indices[kept]
        near = near[is_outside[near]]
        places = np.array([row_of[home] for home in near], dtype=np.intp)
        there = float(left[places].sum())
        given = min(float(capacities[one]), there)
        if there > 0:
            share = left[places] * (given / there)
            taken[places] += share
            left[places] -= share
        new += float(capacities[one]) - given
    return Transfer(taken, np.asarray(baseline.fit.operator @ taken, np.float64), new)
