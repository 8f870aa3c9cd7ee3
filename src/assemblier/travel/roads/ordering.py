"""Number points so that neighbours on the map are neighbours in memory."""

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array

BITS = 16


def hilbert_rank(longitude: Array, latitude: Array) -> NDArray[np.int64]:
    """Return (points,) the place of each point along a Hilbert curve over all of them.

    Parameters
    ----------
    longitude, latitude
        (points,) degrees.

    Examples
    --------
    >>> hilbert_rank(np.array([0.0, 1.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0, 1.0])).argsort()
    array([0, 3, 2, 1])
    """
    side = 1 << BITS
    x, y = _cells(longitude, side), _cells(latitude, side)
    rank = np.zeros(len(x), dtype=np.int64)
    half = side >> 1
    while half:
        right, up = (x & half) > 0, (y & half) > 0
        rank += half * half * ((3 * right) ^ up)
        # Turn the quarter so that the curve inside it starts where the last one ended.
        flipped = ~up & right
        x, y = np.where(flipped, side - 1 - x, x), np.where(flipped, side - 1 - y, y)
        x, y = np.where(up, x, y), np.where(up, y, x)
        half >>= 1
    return rank


def _cells(values: Array, side: int) -> NDArray[np.int64]:
    low = float(values.min()) if len(values) else 0.0
    span = float(values.max()) - low if len(values) else 0.0
    cells: NDArray[np.int64] = ((values - low) * ((side - 1) / span if span else 0.0)).astype(
        np.int64
    )
    return cells
