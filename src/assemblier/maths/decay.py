"""Minutes → weight: how much of a place counts for somebody who lives that far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import scipy.sparse as sp

from assemblier.maths.arrays import Array

Decay: TypeAlias = Callable[[Array], Array]
"""Minutes (any shape, ≥ 0 or nan) to weights of the same shape, 0 to 1, never increasing."""


@dataclass(frozen=True, slots=True, eq=False)
class Stepped:
    """A decay by bands, as the numbers a compiled kernel reads; `stepped` makes one.

    Attributes
    ----------
    edges
        (bands,) upper edge of each band, in minutes, increasing.
    weights
        (bands + 1,) weight of each band, then beyond the last; never increasing.
    upper_inclusive
        Whether an edge belongs to the band that ends there.

    Always true
    -----------
    Called, it gives each minute the weight of its band.
    """

    edges: Array
    weights: Array
    upper_inclusive: bool

    def __call__(self, minutes: Array) -> Array:
        """Return the weights of some minutes, of the same shape; nan where they are unknown."""
        minutes = np.asarray(minutes, dtype=np.float64)
        if np.any(minutes < 0):
            raise ValueError("minutes négatives : attendu des durées ≥ 0")
        side: Literal["left", "right"] = "left" if self.upper_inclusive else "right"
        found: Array = self.weights[np.searchsorted(self.edges, minutes, side=side)]
        return np.where(np.isnan(minutes), np.nan, found)


def stepped(
    bands: Sequence[tuple[float, float]], beyond: float = 0.0, *, upper_inclusive: bool
) -> Stepped:
    """Return a stepped decay: one weight per band of minutes.

    The edge of a band is decided differently by every program of the field, and moves results by
    several per cent with whole minutes: hence an argument without default.

    Parameters
    ----------
    bands
        (upper edge in minutes, weight), edges increasing, weights 0 to 1 never increasing. The
        first band starts at 0, each next one where the previous ends.
    beyond
        Weight past the last edge, at most the last weight.
    upper_inclusive
        True: exactly 10 minutes belongs to the band that ends at 10. False: to the next one.

    Returns
    -------
        A function from minutes to weights; unknown minutes (nan) have an unknown weight.

    Always true
    -----------
    A weight is between 0 and 1.
    Farther never weighs more.
    An edge belongs to the lower band when upper_inclusive, to the upper band otherwise.

    Raises
    ------
    ValueError
        When the edges do not increase or the weights increase.

    Examples
    --------
    >>> weight = stepped([(10, 1), (15, 2 / 3), (20, 1 / 3)], upper_inclusive=True)
    >>> weight(np.array([9.0, 10.0, 18.0, 20.0, 21.0])).round(3)
    array([1.   , 1.   , 0.333, 0.333, 0.   ])
    """
    edges = np.array([edge for edge, _ in bands], dtype=np.float64)
    weights = np.array([*(weight for _, weight in bands), beyond], dtype=np.float64)
    _check_bands(edges, weights)
    return Stepped(edges, weights, upper_inclusive)


def _check_bands(edges: Array, weights: Array) -> None:
    if len(edges) == 0 or edges[0] < 0 or np.any(np.diff(edges) <= 0):
        raise ValueError(f"bornes {edges.tolist()} : attendu des minutes croissantes")
    if np.any(np.diff(weights) > 0) or weights[0] > 1 or weights[-1] < 0:
        raise ValueError(f"poids {weights.tolist()} : attendu de 1 à 0, jamais croissants")


def weighted_pairs(minutes: sp.csr_array, decay: Decay) -> sp.csr_array:
    """Return the weights of every pair in reach; pairs of weight 0 are left out.

    Parameters
    ----------
    minutes
        (homes, places) sparse. A stored 0 is a pair at zero minutes; a pair that is not stored
        is out of reach.
    decay
        From minutes to weight.

    Always true
    -----------
    The input is unchanged.
    Every stored weight is above 0, or nan where the minutes are unknown.

    Examples
    --------
    >>> minutes = sp.csr_array((np.array([0.0, 30.0]), ([0, 0], [0, 1])), shape=(1, 2))
    >>> weighted_pairs(minutes, stepped([(20, 1)], upper_inclusive=True)).toarray()
    array([[1., 0.]])
    """
    weights = sp.csr_array(
        (decay(minutes.data), minutes.indices.copy(), minutes.indptr.copy()), shape=minutes.shape
    )
    weights.eliminate_zeros()
    return weights
