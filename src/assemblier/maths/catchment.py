"""Two-step floating catchment: supply shared among all who can reach it, on sparse matrices."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector


def supply_to_demand_ratio(
    supply: Array | Sequence[float], demand: Array | Sequence[float], weights: sp.csr_array
) -> Array:
    """Step 1: what each place offers per head of those who can reach it.

    Parameters
    ----------
    supply
        (places,) consultations a year, ≥ 0; nan where unknown.
    demand
        (homes,) standardised inhabitants, ≥ 0; nan where unknown.
    weights
        (homes, places) sparse, 0 to 1; a missing pair means out of reach.

    Returns
    -------
        (places,) consultations a year per weighted inhabitant. 0 where no inhabitant is in reach:
        nobody uses that supply. nan where the supply, or the demand in reach, is unknown.

    Raises
    ------
    ShapeError
        When weights is not (homes, places), or an array holds a negative number.

    References
    ----------
    Luo and Qi 2009, step 1: R_j = S_j / Σ_k P_k w(t_kj).

    Examples
    --------
    >>> supply_to_demand_ratio([10.0], [5.0], sp.csr_array([[1.0]]))
    array([2.])
    """
    supply, demand = vector("supply", supply), vector("demand", demand)
    _check_shape(supply, demand, weights)
    weighted_demand = np.asarray(weights.T @ demand, dtype=np.float64)
    # A place that reaches nobody: 0 / 0 would be nan, but nothing is unknown there.
    reached = weighted_demand != 0
    return np.divide(supply, weighted_demand, out=np.zeros_like(supply), where=reached)


def two_step(
    supply: Array | Sequence[float], demand: Array | Sequence[float], weights: sp.csr_array
) -> Array:
    """Supply per head reachable from each home, shared among all who can reach it.

    Parameters
    ----------
    supply
        (places,) consultations a year, ≥ 0; nan where unknown.
    demand
        (homes,) standardised inhabitants, ≥ 0; nan where unknown.
    weights
        (homes, places) sparse, 0 to 1; a missing pair means out of reach.

    Returns
    -------
        (homes,) consultations a year per standardised inhabitant; 0 where nothing is in reach,
        nan where something in reach is unknown.

    Always true
    -----------
    `demand @ result` equals the supply that at least one inhabitant can reach.
    Doubling every supply doubles every score; scores of two supplies add up.
    The order of homes and of places does not matter.
    Adding supply never lowers a score.
    When everybody reaches everything fully, the score is total supply over total demand.
    Inputs are unchanged.

    Raises
    ------
    ShapeError
        When weights is not (homes, places), or an array holds a negative number.

    References
    ----------
    Luo and Qi 2009: R_j = S_j / Σ_k P_k w(t_kj), then A_i = Σ_j R_j w(t_ij). The DREES APL has
    this form with P standardised by age.

    Examples
    --------
    >>> two_step(np.array([10.0]), np.array([5.0]), sp.csr_array([[1.0]]))
    array([2.])
    """
    ratio = supply_to_demand_ratio(supply, demand, weights)
    # Step 2: sum the ratios of the places in reach of each home.
    return np.asarray(weights @ ratio, dtype=np.float64)


def reaches_someone(demand: Array | Sequence[float], weights: sp.csr_array) -> np.ndarray:
    """Return, for each place, whether at least one inhabitant can reach it.

    Parameters
    ----------
    demand
        (homes,) inhabitants, ≥ 0.
    weights
        (homes, places) sparse.

    Examples
    --------
    >>> reaches_someone([0.0, 3.0], sp.csr_array([[1.0, 1.0], [0.0, 1.0]]))
    array([False,  True])
    """
    demand = vector("demand", demand)
    found: np.ndarray = np.asarray(weights.T @ demand) != 0
    return found


def _check_shape(supply: Array, demand: Array, weights: sp.csr_array) -> None:
    if weights.shape != (len(demand), len(supply)):
        raise ShapeError(
            f"weights : forme {weights.shape}, attendu ({len(demand)}, {len(supply)}) : "
            "une ligne par commune de résidence, une colonne par lieu de soins"
        )
