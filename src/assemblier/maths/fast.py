"""The same two-step catchment, compiled: for a country, or for the same computation many times.

`catchment.two_step` is the reference, in scipy. Here numba reads minutes once per step and holds
no weights, so that five professions cost little more than one. numba is imported at the first
call, and compiles then (a few seconds, kept on disk): below `WORTHWHILE_PAIRS` scipy is quicker.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array
from assemblier.maths.catchment import _check_shape, two_step
from assemblier.maths.decay import Stepped, weighted_pairs

WORTHWHILE_PAIRS = 400_000
"""Pairs from which compiling pays within one run."""


def is_available() -> bool:
    """Return whether numba is installed; scipy does the work otherwise."""
    return find_spec("numba") is not None


def two_step_minutes(supply: Array, demand: Array, minutes: sp.csr_array, decay: Stepped) -> Array:
    """Return the scores straight from minutes, for one profession or for several at once.

    Parameters
    ----------
    supply
        (places,) or (places, professions), ≥ 0; nan where unknown.
    demand
        (homes,) or (homes, professions), ≥ 0, as many professions as supply.
    minutes
        (homes, places) sparse; a stored 0 is a pair at zero minutes.
    decay
        From minutes to weights.

    Returns
    -------
        (homes,) or (homes, professions), as supply.

    Always true
    -----------
    It equals `catchment.two_step` on the weights of these minutes to 1e-12.
    Several professions at once are each of them alone.
    Inputs are unchanged.

    Raises
    ------
    ShapeError
        When shapes do not fit, or a value is negative.

    Examples
    --------
    >>> from assemblier.maths.decay import stepped
    >>> near = sp.csr_array((np.array([8.0]), ([0], [0])), shape=(1, 1))
    >>> two_step_minutes(np.array([10.0]), np.array([5.0]), near,
    ...                  stepped([(10, 1)], upper_inclusive=True))
    array([2.])
    """
    supplies, demands = _columns("supply", supply), _columns("demand", demand)
    if supplies.shape[1] != demands.shape[1]:
        raise ShapeError(f"supply {supplies.shape}, demand {demands.shape} : une colonne chacune")
    _check_shape(supplies[:, 0], demands[:, 0], minutes)
    if np.any(minutes.data < 0):
        raise ValueError("minutes négatives : attendu des durées ≥ 0")
    if minutes.nnz < WORTHWHILE_PAIRS or not is_available():
        scores = _by_scipy(supplies, demands, minutes, decay)
    else:
        scores = compiled(supplies, demands, minutes, decay)
    return scores if np.ndim(supply) == 2 else scores[:, 0]


def _by_scipy(supplies: Array, demands: Array, minutes: sp.csr_array, decay: Stepped) -> Array:
    weights = weighted_pairs(minutes, decay)
    columns = zip(supplies.T, demands.T, strict=True)
    return np.column_stack([two_step(one, asked, weights) for one, asked in columns])


def compiled(supplies: Array, demands: Array, minutes: sp.csr_array, decay: Stepped) -> Array:
    """Return the scores of several professions, always by the compiled kernel.

    Parameters
    ----------
    supplies, demands
        (places, professions) and (homes, professions).
    minutes, decay
        As `two_step_minutes`.
    """
    # The bands of all pairs are found once; each profession then only reads them.
    pairs = (
        unsigned(minutes.indptr),
        unsigned(minutes.indices),
        _bands(minutes.data, decay),
        _with_unknown(decay),
    )
    columns = zip(supplies.T.copy(), demands.T.copy(), strict=True)
    return np.column_stack([_one(supply, demand, pairs) for supply, demand in columns])


def _one(supply: Array, demand: Array, pairs: tuple[np.ndarray, ...]) -> Array:
    """Return the scores of one profession, the bands of its pairs being known."""
    asked = kernel("demand_by_place")(*pairs, demand, len(supply))
    ratio = np.divide(supply, asked, out=np.zeros_like(supply), where=asked != 0)
    name = "sum_with_unknown" if np.isnan(ratio).any() else "sum_by_home"
    scores: Array = kernel(name)(*pairs, ratio)
    return scores


def two_step_weights(
    supply: Array, demand: Array, by_home: sp.csr_array, by_place: sp.csc_array
) -> Array:
    """Return the scores from weights that are ready, held both ways.

    Parameters
    ----------
    supply, demand
        (places,) and (homes,).
    by_home, by_place
        The same (homes, places) weights, compressed by row and by column.

    Always true
    -----------
    It equals `catchment.two_step` to 1e-12.
    """
    _check_shape(supply, demand, by_home)
    _check_shape(supply, demand, by_place)
    product = kernel("product")
    weighted = product(unsigned(by_place.indptr), unsigned(by_place.indices), by_place.data, demand)
    ratio = np.divide(supply, weighted, out=np.zeros_like(supply), where=weighted != 0)
    scores: Array = product(
        unsigned(by_home.indptr), unsigned(by_home.indices), by_home.data, ratio
    )
    return scores


def _columns(name: str, values: Array) -> Array:
    array = np.ascontiguousarray(values, dtype=np.float64)
    array = array[:, None] if array.ndim == 1 else array
    if array.ndim != 2 or array.shape[1] == 0:
        raise ShapeError(f"{name} : forme {array.shape}, attendu (n,) ou (n, professions)")
    if np.any(array < 0) or np.any(np.isinf(array)):
        raise ShapeError(f"{name} : des valeurs négatives ou infinies, attendu des nombres ≥ 0")
    return array


def unsigned(positions: np.ndarray) -> np.ndarray:
    """Return the same positions as unsigned integers, without a copy."""
    wide = positions.dtype.itemsize == np.dtype(np.int64).itemsize
    return positions.view(np.uint64 if wide else np.uint32)


def _with_unknown(decay: Stepped) -> Array:
    return np.append(decay.weights, np.nan)


def _bands(minutes: Array, decay: Stepped) -> np.ndarray:
    """Return the band of each pair on one byte; the last one is « unknown minutes »."""
    found: np.ndarray = kernel("band_of")(minutes, decay.edges, decay.upper_inclusive)
    return found


@cache
def kernel(name: str) -> Callable[..., Any]:
    """Compile one kernel; numba is imported here and not before."""
    from assemblier.maths import compiled_kernels

    found: Callable[..., Any] = getattr(compiled_kernels, name)
    return found
