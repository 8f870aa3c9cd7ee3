"""Minutes by road between many homes and many places, within a cutoff.

The search starts from the side that has fewer points: its cost is theirs, whatever the other
side counts. Blocks of starts go to one thread per core; each keeps small arrays of its own, that
it cleans where it went and nowhere else. numba does the work where it is installed, else scipy,
with the same minutes.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from queue import SimpleQueue
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from assemblier.maths import fast
from assemblier.maths.arrays import Array
from assemblier.travel.roads.contraction import (
    QUANTUM_MINUTES,
    TICK_MINUTES,
    TICKS_PER_QUANTUM,
    Contracted,
    Quantised,
)
from assemblier.travel.roads.location import Located, direct_minutes, located
from assemblier.travel.roads.rows import LONGEST_MINUTES, Rows
from assemblier.travel.roads.snapping import Snapped

BLOCK = 64
"""Starts searched in a row: neighbours on the map, so that their roads are still at hand."""
AHEAD = 4
"""Blocks searched in advance, per thread."""
FIRST_POOL = 1 << 16
FIRST_OUTPUT = 1 << 16
NIL = 0xFFFFFFFF
BUCKETS_PER_ROAD = 4
QUANTUM = (np.uint32(TICKS_PER_QUANTUM), QUANTUM_MINUTES)
SCIPY_CELLS = 4_000_000
"""Minutes held together when scipy searches, which fills one row of junctions per start."""

Unsigned = NDArray[np.uint32]
Progress = Callable[[int, int], None]
Compressed = tuple[NDArray[np.uint64], Unsigned, Unsigned]
"""Where the values of each row begin, which ends or nodes they are, their ticks."""
Pairs = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]
"""For a block of starts: how many ends each reaches, which, in how many minutes."""


def pairs_within(
    contracted: Contracted,
    homes: Snapped,
    places: Snapped,
    cutoff_minutes: float,
    progress: Progress | None = None,
    threads: int | None = None,
    from_places: bool | None = None,
) -> sp.csr_array:
    """Return the minutes by road from each home to each place in reach.

    Parameters
    ----------
    contracted
        From `contract`.
    homes, places
        From `snap`, on the graph that was contracted.
    cutoff_minutes
        Pairs farther than that are not stored; a pair exactly there is.
    progress
        Called with the starts searched so far, and how many there are.
    threads
        How many search at once; one per core by default.
    from_places
        Whether to search backwards from the places; by default, from the side that has fewer
        points.

    Returns
    -------
        (homes, places) float32 minutes, whole tenths of a second. A stored 0 is a pair at no
        distance; a pair that is not stored is out of reach, or on no road.

    Always true
    -----------
    Minutes are those of the whole road graph to a tenth of a second.
    A longer cutoff keeps every pair of a shorter one.
    Searched from the homes or from the places, minutes are the same.
    Inputs are unchanged.

    Raises
    ------
    ValueError
        When the cutoff is negative or longer than a day.
    """
    if not 0 <= cutoff_minutes <= LONGEST_MINUTES:
        raise ValueError(f"{cutoff_minutes} min : attendu une durée de 0 à {LONGEST_MINUTES} min")
    if from_places is None:
        from_places = len(places) <= len(homes)
    leaving, arriving = located(contracted, homes), located(contracted, places)
    starts, ends = (arriving, leaving) if from_places else (leaving, arriving)
    if from_places:
        starts, ends = starts.reversed(), ends.reversed()
    order = np.argsort(starts.junction[:, 0], kind="stable")
    counts, found, minutes = _joined(
        search_blocks(
            contracted, starts, ends, order, cutoff_minutes, from_places, progress, threads
        )
    )
    indptr = np.concatenate([[0], np.cumsum(counts)])
    size = len(homes) if from_places else len(places)
    by_start = sp.csr_array((minutes, found, indptr), shape=(len(order), size))
    del found, minutes
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    by_start = by_start[rank]
    pairs = sp.csr_array(by_start.T) if from_places else by_start
    pairs.sort_indices()
    return pairs


def search_blocks(
    contracted: Contracted,
    starts: Located,
    ends: Located,
    order: NDArray[np.intp],
    cutoff_minutes: float,
    backwards: bool,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Iterator[Pairs]:
    """Yield the pairs of each block of starts, in order: a few are held at once, never all.

    Parameters
    ----------
    contracted
        The roads.
    starts, ends
        Where they lie; reversed when the search goes backwards.
    order
        Rows of starts; best when neighbours on the map follow each other.
    cutoff_minutes
        The limit.
    backwards
        Whether roads are driven from the ends to the starts.
    progress
        Called after each block.
    threads
        How many search at once; one per core by default.
    """
    roads = contracted.backwards if backwards else contracted.forwards
    last_quantum = int(np.floor(cutoff_minutes / QUANTUM_MINUTES + 1e-6))
    task = _Task(
        roads,
        _departures(starts, order),
        _links(ends, len(contracted)),
        _direct(starts, order, ends),
        len(ends.road),
        last_quantum * TICKS_PER_QUANTUM + TICKS_PER_QUANTUM // 2 - 1,
    )
    bounds = [*range(0, len(order), BLOCK), len(order)]
    blocks = list(pairwise(bounds))
    many = threads or os.cpu_count() or 1
    run = _by_numba(task, blocks, many) if fast.is_available() else _by_scipy(task, blocks)
    for (_, done), pairs in zip(blocks, run, strict=True):
        if progress is not None:
            progress(done, len(order))
        yield pairs


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """What every block shares."""

    roads: Quantised
    departures: Compressed
    links: Compressed
    direct: Compressed
    ends: int
    limit: int


def _by_numba(task: _Task, blocks: list[tuple[int, int]], most_threads: int) -> Iterator[Pairs]:
    rows = task.roads.rows
    threads = min(most_threads, len(blocks))
    free: SimpleQueue[_Workspace] = SimpleQueue()
    for _ in range(threads):
        free.put(_Workspace.for_task(task, rows))

    def one(block: tuple[int, int]) -> Pairs:
        workspace = free.get()
        try:
            return workspace.search(task, rows, *block)
        finally:
            free.put(workspace)

    with ThreadPoolExecutor(max(1, threads)) as pool:
        waiting: deque[Future[Pairs]] = deque()
        for block in blocks:
            waiting.append(pool.submit(one, block))
            # A few blocks ahead of who reads them, never all.
            if len(waiting) > AHEAD * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Workspace:
    """The arrays one thread searches with; they grow when a search needs more room."""

    def __init__(
        self,
        dist: Unsigned,
        best: Unsigned,
        bucket: Unsigned,
        holds: NDArray[np.bool_],
        shift: int,
    ) -> None:
        self.dist, self.best, self.bucket, self.shift = dist, best, bucket, shift
        self.holds = holds
        self.pool = np.empty(FIRST_POOL, dtype=np.uint64)
        self.found = np.empty(max(FIRST_OUTPUT, len(best)), dtype=np.uint32)
        self.minutes = np.empty(len(self.found), dtype=np.float32)

    @classmethod
    def for_task(cls, task: _Task, rows: Rows) -> "_Workspace":
        """Return clean arrays for a task."""
        width = max(1, rows.typical_ticks // BUCKETS_PER_ROAD)
        shift = width.bit_length() - 1
        beyond = task.limit + 1
        return cls(
            np.full(len(rows.slots), beyond, dtype=np.uint32),
            np.full(task.ends, beyond, dtype=np.uint32),
            np.full((beyond >> shift) + 1, NIL, dtype=np.uint32),
            _holds(task.links, len(rows.slots)),
            shift,
        )

    def search(self, task: _Task, rows: Rows, begin: int, end: int) -> Pairs:
        """Search from a block of starts."""
        parts: list[tuple[NDArray[np.int32], NDArray[np.float32]]] = []
        counts = np.zeros(end - begin, dtype=np.int64)
        start = begin
        while start < end:
            start, used, lacks_room = _kernel()(
                rows.slots, task.departures, (self.holds, *task.links), task.direct,
                (np.uint64(begin), np.uint64(start), np.uint64(end)),
                np.uint32(task.limit), np.uint32(self.shift), QUANTUM,
                (self.dist, self.best, self.bucket, self.pool), (self.found, self.minutes, counts),
            )  # fmt: skip
            parts.append((self.found[:used].astype(np.int32), self.minutes[:used].copy()))
            if lacks_room:
                self.pool = np.empty(2 * len(self.pool), dtype=np.uint64)
        found, minutes = (np.concatenate(part) for part in zip(*parts, strict=True))
        return counts, found, minutes


@cache
def _kernel() -> Callable[..., Any]:
    """Return the compiled kernel; numba is imported here and not before."""
    from assemblier.travel.roads.kernels import bounded

    found: Callable[..., Any] = bounded
    return found


def _by_scipy(task: _Task, blocks: list[tuple[int, int]]) -> Iterator[Pairs]:
    size = len(task.roads)
    matrix = sp.csr_array(
        (task.roads.ticks.astype(np.float64), task.roads.head, task.roads.indptr),
        shape=(size, size),
    )
    for begin, end in blocks:
        step = max(1, SCIPY_CELLS // max(size, 1))
        parts = [
            _one_by_scipy(task, matrix, start)
            for first in range(begin, end, step)
            for start in range(first, min(first + step, end))
        ]
        counts = np.array([len(found) for found, _ in parts], dtype=np.int64)
        found, minutes = (np.concatenate(part) for part in zip(*parts, strict=True))
        yield counts, found, minutes


def _one_by_scipy(
    task: _Task, matrix: sp.csr_array, start: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the ends one start reaches, the plain way."""
    best = np.full(task.ends, np.inf)
    indptr, nodes, ticks = task.departures
    departures = slice(int(indptr[start]), int(indptr[start + 1]))
    if len(nodes[departures]):
        there = dijkstra(matrix, indices=nodes[departures].astype(np.intp), limit=task.limit)
        reach = (there + ticks[departures, None]).min(axis=0)
        link_indptr, link_end, link_ticks = task.links
        through = np.repeat(reach, np.diff(link_indptr).astype(np.intp)) + link_ticks
        np.minimum.at(best, link_end, through)
    indptr, ends, ticks = task.direct
    direct = slice(int(indptr[start]), int(indptr[start + 1]))
    np.minimum.at(best, ends[direct], ticks[direct].astype(np.float64))
    found = np.flatnonzero(best <= task.limit)
    return found.astype(np.int32), _minutes(best[found].astype(np.uint32))


def _minutes(ticks: Unsigned) -> NDArray[np.float32]:
    """Return minutes rounded to the quantum."""
    quanta = (ticks + np.uint32(TICKS_PER_QUANTUM // 2)) // np.uint32(TICKS_PER_QUANTUM)
    return (quanta * QUANTUM_MINUTES).astype(np.float32)


def _ticks(minutes: Array) -> Unsigned:
    return np.rint(minutes / TICK_MINUTES).astype(np.uint32)


def _departures(starts: Located, order: NDArray[np.intp]) -> Compressed:
    """Return the junctions each start leaves for."""
    minutes = starts.leave[order]
    row, side = np.nonzero(minutes <= LONGEST_MINUTES)
    return _compressed(row, starts.junction[order][row, side], minutes[row, side], len(order))


def _links(ends: Located, junctions: int) -> Compressed:
    """Return the ends each junction leads to."""
    row, side = np.nonzero(ends.arrive <= LONGEST_MINUTES)
    return _compressed(ends.junction[row, side], row, ends.arrive[row, side], junctions)


def _holds(links: Compressed, rows: int) -> NDArray[np.bool_]:
    """Return (rows,) whether a row leads to an end: read at every step, it must be small."""
    found = np.zeros(rows, dtype=np.bool_)
    found[: len(links[0]) - 1] = links[0][1:] > links[0][:-1]
    return found


def _direct(starts: Located, order: NDArray[np.intp], ends: Located) -> Compressed:
    """Return the ends on the very road of each start, reached without leaving it."""
    by_road = np.argsort(ends.road, kind="stable")
    road = ends.road[by_road]
    wanted = starts.road[order]
    first, beyond = np.searchsorted(road, wanted), np.searchsorted(road, wanted, side="right")
    count = np.where(wanted >= 0, beyond - first, 0)
    row = np.repeat(np.arange(len(order)), count)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    end = by_road[np.repeat(first, count) + rank]
    minutes = direct_minutes(starts, order[row], ends, end)
    kept = minutes <= LONGEST_MINUTES
    return _compressed(row[kept], end[kept], minutes[kept], len(order))


def _compressed(row: NDArray[Any], value: NDArray[Any], minutes: Array, rows: int) -> Compressed:
    order = np.argsort(row, kind="stable")
    indptr = np.zeros(rows + 1, dtype=np.uint64)
    np.cumsum(np.bincount(row, minlength=rows), out=indptr[1:])
    return indptr, value[order].astype(np.uint32), _ticks(minutes[order])


def _joined(blocks: Iterator[Pairs]) -> Pairs:
    parts = list(blocks)
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)
    counts, found, minutes = (np.concatenate(part) for part in zip(*parts, strict=True))
    return counts, found, minutes
