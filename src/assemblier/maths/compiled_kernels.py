"""Kernels compiled by numba; imported by `fast` when they are first called.

Each thread sums into its own rows or its own accumulator, so that a run gives the same bits
whatever the order in which threads finish.
"""

import numba
import numpy as np

__all__ = ["band_of", "demand_by_place", "product", "sum_by_home"]

CHUNKS = 8
"""Accumulators of `demand_by_place`: fixed, so that sums do not depend on the machine."""


@numba.njit(parallel=True, cache=True)
def band_of(minutes, edges, upper_inclusive):  # type: ignore[no-untyped-def]
    """Return the band of each pair, `len(edges)` beyond the last, one more where unknown."""
    found = np.empty(len(minutes), dtype=np.uint8)
    for pair in numba.prange(len(minutes)):
        value = minutes[pair]
        band = 0
        if upper_inclusive:
            while band < len(edges) and value > edges[band]:
                band += 1
        else:
            while band < len(edges) and value >= edges[band]:
                band += 1
        found[pair] = len(edges) + 1 if np.isnan(value) else band
    return found


@numba.njit(parallel=True, cache=True)
def demand_by_place(indptr, indices, bands, weights, demand, places):  # type: ignore[no-untyped-def]
    """Step 1: return (places, professions) the weighted demand that reaches each place."""
    homes, professions = demand.shape
    partial = np.zeros((CHUNKS, places, professions))
    for chunk in numba.prange(CHUNKS):
        for home in range(homes * chunk // CHUNKS, homes * (chunk + 1) // CHUNKS):
            for pair in range(indptr[home], indptr[home + 1]):
                weight = weights[bands[pair]]
                if weight != 0.0:
                    place = indices[pair]
                    for one in range(professions):
                        partial[chunk, place, one] += weight * demand[home, one]
    total = np.zeros((places, professions))
    for chunk in range(CHUNKS):
        total += partial[chunk]
    return total


@numba.njit(parallel=True, cache=True)
def sum_by_home(indptr, indices, bands, weights, ratios):  # type: ignore[no-untyped-def]
    """Step 2: return (homes, professions) the ratios in reach, weighted."""
    homes, professions = len(indptr) - 1, ratios.shape[1]
    scores = np.zeros((homes, professions))
    for home in numba.prange(homes):
        for pair in range(indptr[home], indptr[home + 1]):
            weight = weights[bands[pair]]
            if weight != 0.0:
                place = indices[pair]
                for one in range(professions):
                    scores[home, one] += weight * ratios[place, one]
    return scores


@numba.njit(parallel=True, cache=True)
def product(indptr, indices, data, values):  # type: ignore[no-untyped-def]
    """Return the product of a compressed sparse array with a vector."""
    rows = len(indptr) - 1
    found = np.empty(rows)
    for row in numba.prange(rows):
        total = 0.0
        for pair in range(indptr[row], indptr[row + 1]):
            total += data[pair] * values[indices[pair]]
        found[row] = total
    return found
