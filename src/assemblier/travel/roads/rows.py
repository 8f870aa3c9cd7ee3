"""Roads laid out for the search: four to a row, so that it neither looks up nor counts them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assemblier.travel.roads.graph import Nodes

WIDTH = 4
NEVER = 1 << 30
"""Ticks of an empty slot, which leads back to its own row."""
CHUNK = 1 << 18
"""Junctions laid out together."""
LONGEST_MINUTES = 24 * 60
"""The longest cutoff: beyond, ticks would not fit in 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One row per junction, then the rows of those that have more than four roads.

    Attributes
    ----------
    junctions
        How many rows are junctions.
    slots
        (rows, 4) uint64: where each road leads in the low half, its ticks in the high one, so
        that one reading brings both. The last slot of a row that goes on leads to the next one
        in no time.
    typical_ticks
        Median road: it sets the width of buckets.

    Always true
    -----------
    From row to row one gets where the roads lead, in the same ticks.
    """

    junctions: int
    slots: NDArray[np.uint64]
    typical_ticks: int


def laid_out(indptr: NDArray[np.int64], head: Nodes, ticks: NDArray[np.int32]) -> Rows:
    """Return the rows of some roads.

    Parameters
    ----------
    indptr, head, ticks
        Compressed sparse rows on junctions.

    Examples
    --------
    >>> rows = laid_out(np.array([0, 1, 1]), np.array([1]), np.array([7]))
    >>> divmod(int(rows.slots[0, 0]), 1 << 32)
    (7, 1)
    """
    junctions = len(indptr) - 1
    degree = np.diff(indptr)
    # A full row keeps three roads and goes on; the last one keeps four.
    more = np.where(degree > WIDTH, (degree - 2) // (WIDTH - 1), 0)
    first = junctions + np.concatenate([[0], np.cumsum(more)])
    count = int(first[-1])
    slots = np.empty((count, WIDTH), dtype=np.uint64)
    slots[:] = _packed(np.arange(count), NEVER)[:, None]
    for begin in range(0, junctions, CHUNK):
        node = np.arange(begin, min(begin + CHUNK, junctions))
        road = np.arange(indptr[node[0]], indptr[node[-1] + 1])
        tail = np.repeat(node, degree[node])
        rank = road - indptr[tail]
        turn = np.minimum(rank // (WIDTH - 1), more[tail])
        row = np.where(turn == 0, tail, first[tail] + turn - 1)
        slots[row, rank - turn * (WIDTH - 1)] = _packed(head[road], ticks[road])
    for turn_made in range(int(more.max(initial=0))):
        going_on = np.flatnonzero(more > turn_made)
        from_row = going_on if turn_made == 0 else first[going_on] + turn_made - 1
        slots[from_row, WIDTH - 1] = _packed(first[going_on] + turn_made, 0)
    typical = int(np.median(ticks)) if len(ticks) else 1
    return Rows(junctions, slots, typical)


def _packed(where: NDArray[Any], ticks: NDArray[Any] | int) -> NDArray[np.uint64]:
    high = np.asarray(ticks).astype(np.uint64) << np.uint64(32)
    packed: NDArray[np.uint64] = where.astype(np.uint64) | high
    return packed
