"""Take out the nodes a road only passes through: what stays are its junctions.

Sums are made in float; rounding comes after (`Contracted.quantised`). Rounded before, a road of a
hundred short segments would be wrong by a hundred roundings, and pairs near the limit lost.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from assemblier.maths.arrays import Array
from assemblier.travel.roads.graph import Nodes, RoadGraph
from assemblier.travel.roads.ordering import hilbert_rank
from assemblier.travel.roads.rows import Rows, laid_out

QUANTUM_MINUTES = 1 / 600
"""A tenth of a second: what minutes are rounded to in the end."""
TICKS_PER_QUANTUM = 1024
"""Roads are summed in smaller steps, so that a path of a thousand roads still errs by less than
one quantum."""
TICK_MINUTES = QUANTUM_MINUTES / TICKS_PER_QUANTUM

Ticks = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Contracted:
    """The junctions of a road graph, the roads between them, and where every node lies.

    A *junction* is a node that stays. A *chain* is a road between two distinct junctions, `start`
    and `end`, through at least one node that does not stay; it is driven both ways, or from start
    to end only. Parallel roads leave the fastest; a road that comes back where it started keeps
    one of its nodes as a junction.

    Attributes
    ----------
    junction
        (junctions,) the node of the road graph each one is; near junctions have near numbers.
    indptr, head, minutes
        Roads by origin: compressed sparse rows on junctions; float64 minutes.
    place
        (nodes,) number of the junction, or −1 − its chain.
    ahead
        (nodes,) minutes from the start of its chain; 0 for a junction.
    back
        (nodes,) minutes to the start of its chain; infinite where one may not drive back.
    chain_start, chain_end
        (chains,) junctions.
    chain_ahead, chain_back
        (chains,) minutes from start to end, and from end to start or infinite.

    Always true
    -----------
    The minutes between two junctions are those of the road graph.
    """

    junction: Nodes
    indptr: NDArray[np.int64]
    head: Nodes
    minutes: Array
    place: Nodes
    ahead: Array
    back: Array
    chain_start: Nodes
    chain_end: Nodes
    chain_ahead: Array
    chain_back: Array

    def __len__(self) -> int:
        return len(self.junction)

    def matrix(self) -> sp.csr_array:
        """Return (junctions, junctions) minutes of the roads."""
        shape = (len(self), len(self))
        return sp.csr_array((self.minutes, self.head, self.indptr), shape=shape)

    def quantised(self, step_minutes: float = TICK_MINUTES) -> "Quantised":
        """Return the roads in whole numbers of a step.

        Parameters
        ----------
        step_minutes
            The step; the default is small enough for sums to stay within a tenth of a second.

        Always true
        -----------
        Each road errs by half a step at most, a path by half a step per road.
        """
        ticks = np.rint(self.minutes / step_minutes)
        if len(ticks) and ticks.max() >= np.iinfo(np.int32).max:
            raise ValueError(f"pas de {step_minutes} min : trop petit pour la route la plus longue")
        return Quantised(self.indptr, self.head, ticks.astype(np.int32), step_minutes)

    @cached_property
    def forwards(self) -> "Quantised":
        """The roads as they are driven, in ticks."""
        return self.quantised()

    @cached_property
    def backwards(self) -> "Quantised":
        """The roads driven the other way, in ticks."""
        return self.quantised().transposed()


@dataclass(frozen=True, eq=False)
class Quantised:
    """Roads between junctions in whole numbers of a step: compressed sparse rows."""

    indptr: NDArray[np.int64]
    head: Nodes
    ticks: Ticks
    step_minutes: float

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @cached_property
    def rows(self) -> Rows:
        """The same roads, laid out for the search."""
        return laid_out(self.indptr, self.head, self.ticks)

    def transposed(self) -> "Quantised":
        """Return the same roads driven the other way."""
        tail = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.indptr))
        order = np.argsort(self.head, kind="stable")
        indptr = np.zeros(len(self) + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.head, minlength=len(self)), out=indptr[1:])
        return Quantised(indptr, tail[order], self.ticks[order], self.step_minutes)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges without loops or slower parallels, sorted by tail then head."""

    nodes: int
    indptr: NDArray[np.int64]
    tail: Nodes
    head: Nodes
    minutes: Array

    def find(self, tail: Nodes, head: Nodes) -> NDArray[np.intp]:
        """Return where edges are, −1 where there is none."""
        if len(self.tail) == 0:
            return np.full(len(tail), -1, dtype=np.intp)
        keys = self.tail.astype(np.int64) * self.nodes + self.head
        wanted = tail.astype(np.int64) * self.nodes + head
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[found] == wanted, found, -1)


def contract(graph: RoadGraph) -> Contracted:
    """Return the junctions of a graph and the roads between them.

    Parameters
    ----------
    graph
        Any directed graph; connected or not.

    Examples
    --------
    >>> from assemblier.travel.roads.graph import RoadSource, build_graph
    >>> road = build_graph(np.array([4.0, 4.1, 4.2]), np.array([45.0, 45.0, 45.0]),
    ...     np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), np.array([3.0, 3.0, 2.0, 2.0]),
    ...     np.ones(4), np.ones(4, bool), RoadSource("essai", "", "", "", ""))
    >>> junctions = contract(road)
    >>> sorted(junctions.junction.tolist()), junctions.minutes.tolist()
    ([0, 2], [5.0, 5.0])
    """
    edges = _simple(graph.nodes, graph.tails(), graph.head, graph.minutes.astype(np.float64))
    passing = _passing(edges)
    chains = _follow(edges, passing)
    kept = np.flatnonzero(~passing)
    kept = kept[np.argsort(hilbert_rank(graph.longitude[kept], graph.latitude[kept]))]
    return _numbered(edges, chains, kept.astype(np.int32))


def _simple(nodes: int, tail: Nodes, head: Nodes, minutes: Array) -> _Edges:
    order = np.lexsort((minutes, head, tail))
    order = order[tail[order] != head[order]]
    tail, head = tail[order], head[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    tail, head, minutes = tail[first], head[first], minutes[order[first]]
    indptr = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=nodes), out=indptr[1:])
    return _Edges(nodes, indptr, tail, head, minutes)


def _passing(edges: _Edges) -> NDArray[np.bool_]:
    """Return which nodes a road only passes through, both ways or one way."""
    nodes = edges.nodes
    out_degree = np.diff(edges.indptr)
    in_degree = np.bincount(edges.head, minlength=nodes)
    by_head = np.argsort(edges.head, kind="stable")
    in_indptr = np.concatenate([[0], np.cumsum(in_degree)])
    passing = np.zeros(nodes, dtype=np.bool_)
    for degree in (1, 2):
        node = np.flatnonzero((out_degree == degree) & (in_degree == degree))
        # Both are sorted, so that equal sets are equal rows.
        place = np.arange(degree)
        after = edges.head[edges.indptr[node, None] + place]
        before = edges.tail[by_head[in_indptr[node, None] + place]]
        same = (after == before).all(axis=1)
        passing[node] = same if degree == 2 else ~same
    passing[_needed_on_loops(edges, passing)] = False
    return passing


def _needed_on_loops(edges: _Edges, passing: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return nodes to keep so that every chain has two distinct ends."""
    inside = passing[edges.tail] & passing[edges.head]
    shape = (edges.nodes, edges.nodes)
    links = sp.csr_array(
        (np.ones(inside.sum(), np.int8), (edges.tail[inside], edges.head[inside])), shape=shape
    )
    label = connected_components(links, directed=False)[1]
    leaving = passing[edges.tail] & ~passing[edges.head]
    entering = ~passing[edges.tail] & passing[edges.head]
    chain = np.concatenate([label[edges.tail[leaving]], label[edges.head[entering]]])
    end = np.concatenate([edges.head[leaving], edges.tail[entering]])
    ends = np.unique(np.column_stack([chain, end]), axis=0)
    distinct = np.bincount(ends[:, 0], minlength=label.max(initial=-1) + 1)
    node = np.flatnonzero(passing)
    ranked = node[np.argsort(label[node], kind="stable")]
    _, first = np.unique(label[ranked], return_index=True)
    short = 2 - distinct[label[ranked[first]]]
    one, two = first[short >= 1], first[short == 2] + 1
    needed: NDArray[np.intp] = ranked[np.concatenate([one, two])]
    return needed


@dataclass(frozen=True, slots=True)
class _Chains:
    """For each edge: the first edge of its road, and the minutes from its start, itself included.

    `last` is the last edge of the road each first edge begins, −1 for the others.
    """

    root: NDArray[np.intp]
    minutes: Array
    last: NDArray[np.intp]
    passing: NDArray[np.bool_]


def _follow(edges: _Edges, passing: NDArray[np.bool_]) -> _Chains:
    """Walk all the roads at once, each step twice as long as the one before."""
    count = len(edges.tail)
    arriving = np.flatnonzero(passing[edges.head])
    via = edges.head[arriving]
    after = edges.indptr[via]
    two_ways = np.diff(edges.indptr)[via] == 2
    turns_back = two_ways & (edges.head[after] == edges.tail[arriving])
    root = np.arange(count)
    root[after + turns_back] = arriving
    minutes = np.where(root == np.arange(count), 0.0, edges.minutes)
    active = np.flatnonzero(root != np.arange(count))
    while len(active):
        before = root[active]
        minutes[active] += minutes[before]
        root[active] = root[before]
        active = active[root[root[active]] != root[active]]
    ending = np.flatnonzero(~passing[edges.head])
    last = np.full(count, -1, dtype=np.intp)
    last[root[ending]] = ending
    return _Chains(root, minutes + edges.minutes[root], last, passing)


def _numbered(edges: _Edges, chains: _Chains, kept: Nodes) -> Contracted:
    number = np.full(edges.nodes, -1, dtype=np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    first = np.flatnonzero(~chains.passing[edges.tail])
    last = chains.last[first]
    roads = _simple(
        len(kept), number[edges.tail[first]], number[edges.head[last]], chains.minutes[last]
    )
    # One chain for both ways: the one whose first edge comes first is « ahead ».
    through = first[first != chains.last[first]]
    reverse = edges.find(edges.head[chains.last[through]], edges.tail[chains.last[through]])
    chosen = (reverse < 0) | (through < reverse)
    ahead_root, back_root = through[chosen], reverse[chosen]
    place, ahead, back = _places(edges, chains, number, ahead_root, back_root)
    end = chains.last[ahead_root]
    there = back_root >= 0
    chain_back = np.full(len(ahead_root), np.inf)
    chain_back[there] = chains.minutes[chains.last[back_root[there]]]
    return Contracted(
        kept,
        roads.indptr,
        roads.head,
        roads.minutes,
        place,
        ahead,
        back,
        number[edges.tail[ahead_root]],
        number[edges.head[end]],
        chains.minutes[end],
        chain_back,
    )


def _places(
    edges: _Edges,
    chains: _Chains,
    number: Nodes,
    ahead_root: NDArray[np.intp],
    back_root: NDArray[np.intp],
) -> tuple[Nodes, Array, Array]:
    """Return where every node lies: `place`, `ahead`, `back` of `Contracted`."""
    place, ahead = number.copy(), np.zeros(edges.nodes)
    back = np.where(chains.passing, np.inf, 0.0)
    arriving = np.flatnonzero(chains.passing[edges.head])
    for root, is_back in ((ahead_root, False), (back_root[back_root >= 0], True)):
        chain_of = np.full(len(edges.tail), -1, dtype=np.int32)
        chain_of[root] = np.flatnonzero(back_root >= 0) if is_back else np.arange(len(root))
        edge = arriving[chain_of[chains.root[arriving]] >= 0]
        node, first = edges.head[edge], chains.root[edge]
        if is_back:
            back[node] = chains.minutes[chains.last[first]] - chains.minutes[edge]
        else:
            place[node] = -1 - chain_of[first]
            ahead[node] = chains.minutes[edge]
    return place, ahead, back
