"""Scores of many draws and their ranks by numba; imported by `ensemble` when there are many.

One thread. The sums of a home stay in the nearest cache from its first place to its rank; they are
made in the order scipy makes them.
"""

import numba
import numpy as np

__all__ = ["ranked", "scores"]


@numba.njit(cache=True, nogil=True)
def scores(indptr, indices, data, change, start, drawn):  # type: ignore[no-untyped-def]
    """Write (homes, draws) the scores of the homes; see `ensemble.scores_of`."""
    for home in range(len(drawn)):
        held = drawn[home]
        held[:] = 0
        pair, last = indptr[home], indptr[home + 1]
        # Four places at a time, each after the other: the sums are read and written once for all.
        while pair + 4 <= last:
            _add_four(held, change, indices[pair : pair + 4], data[pair : pair + 4])
            pair += 4
        while pair < last:
            one, weight = change[indices[pair]], data[pair]
            for draw in range(len(held)):
                held[draw] += weight * one[draw]
            pair += 1
        for draw in range(len(held)):
            total = held[draw] + start[home]
            held[draw] = np.float32(0) if total <= 0 else total


@numba.njit(cache=True, nogil=True)
def _add_four(held, change, places, weights):  # type: ignore[no-untyped-def]
    one, two, three, four = (
        change[places[0]], change[places[1]], change[places[2]], change[places[3]]
    )  # fmt: skip
    a, b, c, d = weights[0], weights[1], weights[2], weights[3]
    for draw in range(len(held)):
        held[draw] = held[draw] + a * one[draw] + b * two[draw] + c * three[draw] + d * four[draw]


@numba.njit(cache=True, nogil=True)
def ranked(bits, ranks, found):  # type: ignore[no-untyped-def]
    """Write (ranks, homes) the draw of each rank, from 0, of each home, all as bits.

    Bits of numbers that are not negative, read as whole numbers, are in the same order.
    """
    for home in range(len(bits)):
        row = bits[home]
        least, most = row[0], row[0]
        for draw in range(len(row)):
            least, most = min(least, row[draw]), max(most, row[draw])
        for rank in range(len(ranks)):
            found[rank, home] = _of_rank(row, ranks[rank], least, most)


@numba.njit(cache=True, nogil=True)
def _of_rank(row, rank, least, most):  # type: ignore[no-untyped-def]
    """Return the value of a rank: guessed between two bounds as if even, then counted.

    One count in three halves what is between the bounds: they meet, whatever the values are.
    """
    one = np.int64(1)
    low, high = np.int64(least), np.int64(most) + one
    under, until, turn = np.int64(0), np.int64(len(row)), 0
    while high - low > one:
        gap, part = high - low, 0.5
        if turn % 3 != 2:
            part = (rank - under + 0.5) / (until - under)
        pivot = np.int32(low + min(max(np.int64(gap * part), one), gap - one))
        count = _count_under(row, pivot)
        if count == rank:
            return _least_from(row, pivot)
        if count < rank:
            low, under = np.int64(pivot), np.int64(count)
        else:
            high, until = np.int64(pivot), np.int64(count)
        turn += 1
    return np.int32(low)


@numba.njit(cache=True, nogil=True)
def _count_under(row, pivot):  # type: ignore[no-untyped-def]
    count = np.int32(0)
    for draw in range(len(row)):
        # Four bytes again: eight are half as quick.
        count = np.int32(count + (row[draw] < pivot))
    return count


@numba.njit(cache=True, nogil=True)
def _least_from(row, pivot):  # type: ignore[no-untyped-def]
    top = np.int32(np.iinfo(np.int32).max)
    least = top
    for draw in range(len(row)):
        least = min(least, row[draw] if row[draw] >= pivot else top)
    return least
