"""Roads laid out for the search: four to a row, so that it neither looks up nor counts them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assemblier.travel.roads.graph import Nodes

WIDTH = 4
NEVER = 1 << 30
"""Ticks of an empty slot, which leads back to its own row."""
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
        (rows, 4, 2) uint32: where each road leads, and its ticks. The last slot of a row that
        goes on leads to the next one in no time.
    typical_ticks
        Median road: it sets the width of buckets.

    Always true
    -----------
    From row to row one gets where the roads lead, in the same ticks.
    """

    junctions: int
    slots: NDArray[np.uint32]
    typical_ticks: int


def laid_out(indptr: NDArray[np.int64], head: Nodes, ticks: NDArray[np.int32]) -> Rows:
    """Return the rows of some roads.

    Parameters
    ----------
    indptr, head, ticks
        Compressed sparse rows on junctions.

    Examples
    --------
    >>> laid_out(np.array([0, 1, 1]), np.array([1]), np.array([7])).slots[0, 0].tolist()
    [1, 7]
    """
    junctions = len(indptr) - 1
    degree = np.diff(indptr)
    # A full row keeps three roads and goes on; the last one keeps four.
    more = np.where(degree > WIDTH, (degree - 2) // (WIDTH - 1), 0)
    first = junctions + np.concatenate([[0], np.cumsum(more)])
    count = int(first[-1])
    slots = np.empty((count, WIDTH, 2), dtype=np.uint32)
    slots[:, :, 0] = np.arange(count, dtype=np.uint32)[:, None]
    slots[:, :, 1] = NEVER
    tail = np.repeat(np.arange(junctions), degree)
    rank = np.arange(len(head)) - indptr[tail]
    turn = np.minimum(rank // (WIDTH - 1), more[tail])
    row = np.where(turn == 0, tail, first[tail] + turn - 1)
    slot = rank - turn * (WIDTH - 1)
    slots[row, slot, 0], slots[row, slot, 1] = head, ticks
    for turn_made in range(int(more.max(initial=0))):
        going_on = np.flatnonzero(more > turn_made)
        from_row = going_on if turn_made == 0 else first[going_on] + turn_made - 1
        slots[from_row, WIDTH - 1, 0] = first[going_on] + turn_made
        slots[from_row, WIDTH - 1, 1] = 0
    typical = int(np.median(ticks)) if len(ticks) else 1
    return Rows(junctions, slots, typical)
