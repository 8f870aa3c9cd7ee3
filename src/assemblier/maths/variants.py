"""Floating catchments of the literature, one interface: supply, demand and weights in, scores out.

`catchment.two_step` is the enhanced form (E2SFCA), the one the DREES uses. The others answer a
researcher's question: what if the form were another?
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp

from assemblier.maths.arrays import Array
from assemblier.maths.catchment import two_step

Catchment: TypeAlias = Callable[
    [Array | Sequence[float], Array | Sequence[float], sp.csr_array], Array
]
"""(places,) supply, (homes,) demand and (homes, places) weights to (homes,) scores."""


def two_step_binary(
    supply: Array | Sequence[float], demand: Array | Sequence[float], weights: sp.csr_array
) -> Array:
    """Return the plain two-step catchment: all that is in reach counts in full.

    Parameters
    ----------
    supply, demand, weights
        As `catchment.two_step`; any weight above 0 counts as 1.

    Always true
    -----------
    It is `two_step` on weights of 0 and 1.

    References
    ----------
    Luo and Wang 2003.

    Examples
    --------
    >>> two_step_binary([10.0], [5.0], sp.csr_array([[0.3]]))
    array([2.])
    """
    binary = sp.csr_array(
        (np.where(np.isnan(weights.data), np.nan, 1.0), weights.indices, weights.indptr),
        shape=weights.shape,
    )
    return two_step(supply, demand, binary)


def three_step(
    supply: Array | Sequence[float], demand: Array | Sequence[float], weights: sp.csr_array
) -> Array:
    """Return the three-step catchment: people divide themselves among the places they reach.

    Parameters
    ----------
    supply, demand, weights
        As `catchment.two_step`.

    Always true
    -----------
    `demand @ result` equals the supply that at least one inhabitant can reach.
    Where each home reaches only one place, fully, it is `two_step`.

    References
    ----------
    Wan, Zou and Sternberg 2012: G_ij = w_ij / Σ_k w_ik, R_j = S_j / Σ_i G_ij w_ij P_i,
    A_i = Σ_j G_ij w_ij R_j.

    Examples
    --------
    >>> three_step([10.0, 10.0], [5.0], sp.csr_array([[1.0, 1.0]]))
    array([4.])
    """
    total = np.asarray(weights.sum(axis=1), dtype=np.float64)
    share = np.divide(1.0, total, out=np.zeros_like(total), where=total != 0)
    # G_ij w_ij in one sparse array of the same shape as weights.
    chosen = sp.csr_array(
        (
            weights.data**2 * np.repeat(share, np.diff(weights.indptr)),
            weights.indices.copy(),
            weights.indptr.copy(),
        ),
        shape=weights.shape,
    )
    return two_step(supply, demand, chosen)


VARIANTS: dict[str, Catchment] = {
    "2sfca": two_step_binary,
    "e2sfca": two_step,
    "3sfca": three_step,
}
"""Every form, by the name the literature gives it."""
