"""Integer programmes, solved with the bound that is proven of the answer.

HiGHS does the work, as scipy carries it: `scipy.optimize.milp`.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array

WHOLE = 0.5
"""A variable of 0 or 1 comes back near one of them: above this it is 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Maximise worth @ x, where rows @ x ≤ upper and floor ≤ x ≤ ceiling.

    Attributes
    ----------
    worth
        (variables,) what one unit of each is worth.
    floor, ceiling
        (variables,) between what and what each lies.
    integers
        How many variables, the first ones, are whole.
    rows, upper
        (constraints, variables) and (constraints,).
    """

    worth: Array
    floor: Array
    ceiling: Array
    integers: int
    rows: sp.csr_array
    upper: Array


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What was found.

    Attributes
    ----------
    values
        (variables,) the best found; None when the time was too short to find any.
    bound
        Nothing is worth more; infinite when nothing was proven.
    """

    values: Array | None
    bound: float


def solved(programme: Programme, seconds: float, nodes: int | None = None) -> Solution:
    """Return the best answer found within some time, with the bound proven of it.

    Parameters
    ----------
    programme
        What is asked.
    seconds
        Time at most, ≥ 0.
    nodes
        Branches at most, or None: unlike time, the same answer on any machine.

    Raises
    ------
    ShapeError
        When nothing satisfies the constraints.

    Examples
    --------
    >>> asked = Programme(np.array([3.0, 2.0]), np.zeros(2), np.ones(2), 2,
    ...                   sp.csr_array([[1.0, 1.0]]), np.ones(1))
    >>> solved(asked, 10.0).bound
    3.0
    """
    options: dict[str, float] = {"time_limit": max(seconds, 0.0), "mip_rel_gap": 0.0}
    if nodes is not None:
        options["node_limit"] = nodes
    found = milp(
        -programme.worth,
        integrality=(np.arange(len(programme.worth)) < programme.integers).astype(int),
        bounds=Bounds(programme.floor, programme.ceiling),
        constraints=LinearConstraint(programme.rows, -np.inf, programme.upper),
        options=options,
    )
    if found.status == 2:
        raise ShapeError("programme sans solution : des contraintes se contredisent")
    values = None if found.x is None else np.asarray(found.x, np.float64)
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return Solution(values, np.inf if np.isnan(bound) else bound)
