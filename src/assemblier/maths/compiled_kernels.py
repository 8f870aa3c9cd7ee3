"""Kernels compiled by numba; imported by `fast` when they are first called.

One thread: sums do not depend on the machine, nothing is shared with a process pool, and a busy
machine is not slowed further. Sums may be reassociated (1e-16), nan stays nan. Positions come
unsigned (see `fast`): a signed one would be tested for negative indexing at every pair, which
costs more than the sum itself.
"""

import numba
import numpy as np

__all__ = [
    "band_of",
    "demand_by_place",
    "product",
    "sum_by_home",
    "sum_with_unknown",
]

SUMS = {"reassoc", "contract"}
"""What the compiler may do to sums: reorder them, never assume that nan is absent."""


@numba.njit(cache=True, nogil=True)
def band_of(minutes, edges, upper_inclusive):  # type: ignore[no-untyped-def]
    """Return the band of each pair, `len(edges)` beyond the last, one more where unknown."""
    found = np.zeros(len(minutes), dtype=np.uint8)
    # Edge by edge and without a branch, so that the processor compares many pairs at once.
    for edge in edges:
        if upper_inclusive:
            for pair in range(len(minutes)):
                found[pair] += minutes[pair] > edge
        else:
            for pair in range(len(minutes)):
                found[pair] += minutes[pair] >= edge
    unknown = np.uint8(len(edges) + 1)
    for pair in range(len(minutes)):
        found[pair] = unknown if minutes[pair] != minutes[pair] else found[pair]
    return found


@numba.njit(cache=True, nogil=True)
def demand_by_place(indptr, indices, bands, weights, demand, places):  # type: ignore[no-untyped-def]
    """Step 1: return (places,) the weighted demand that reaches each place."""
    total = np.zeros(places)
    shares = np.zeros(len(weights))
    for home in range(len(demand)):
        for band in range(len(weights)):
            if weights[band] != 0.0:
                shares[band] = weights[band] * demand[home]
        for pair in range(indptr[home], indptr[home + 1]):
            total[indices[pair]] += shares[bands[pair]]
    return total


@numba.njit(cache=True, nogil=True, fastmath=SUMS)
def sum_by_home(indptr, indices, bands, weights, ratio):  # type: ignore[no-untyped-def]
    """Step 2: return (homes,) the ratios in reach, weighted; every ratio is known."""
    scores = np.empty(len(indptr) - 1)
    for home in range(len(scores)):
        total = 0.0
        for pair in range(indptr[home], indptr[home + 1]):
            total += weights[bands[pair]] * ratio[indices[pair]]
        scores[home] = total
    return scores


@numba.njit(cache=True, nogil=True)
def sum_with_unknown(indptr, indices, bands, weights, ratio):  # type: ignore[no-untyped-def]
    """Step 2 where ratios may be nan: what is out of reach counts for nothing, even unknown."""
    scores = np.zeros(len(indptr) - 1)
    for home in range(len(scores)):
        for pair in range(indptr[home], indptr[home + 1]):
            weight = weights[bands[pair]]
            if weight != 0.0:
                scores[home] += weight * ratio[indices[pair]]
    return scores


@numba.njit(cache=True, nogil=True, fastmath=SUMS)
def product(indptr, indices, data, values):  # type: ignore[no-untyped-def]
    """Return the product of a compressed sparse array with a vector."""
    rows = len(indptr) - 1
    found = np.empty(rows)
    for row in range(rows):
        total = 0.0
        for pair in range(indptr[row], indptr[row + 1]):
            total += data[pair] * values[indices[pair]]
        found[row] = total
    return found
