"""Forbidden turns, in a graph where only nodes are known: copies of the junction.

Whoever comes from the way of a restriction arrives at a copy of the junction, which has only the
turns that remain; the end of that way is a node of its own, so that both its directions stay
between the same two nodes, where a point may be snapped. The road that leaves the copy is copied
too, up to the next junction: otherwise one would take the allowed turn, make a half-turn at the
first point, and come back to make the forbidden one. The half-turn stays possible from each copied
point, for the time of a real one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from assemblier.travel.roads.edges import Edges
from assemblier.travel.roads.extract import Restriction
from assemblier.travel.roads.segments import Positions
from assemblier.travel.roads.speeds import MIN_MINUTES

LONGEST_COPY = 10_000
"""Points copied along one road at most: a loop without a junction must end."""


@dataclass(slots=True)
class _Copies:
    """New nodes and edges, and the edges that now arrive, or leave, elsewhere."""

    edges: Edges
    next_node: int
    half_turn_minutes: float
    original: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)
    length_m: list[float] = field(default_factory=list)
    arrives: dict[int, int] = field(default_factory=dict)
    leaves: dict[int, int] = field(default_factory=dict)

    def node(self, original: int) -> int:
        """Add a copy of a node."""
        self.original.append(original)
        self.next_node += 1
        return self.next_node - 1

    def edge(self, tail: int, head: int, minutes: float, length_m: float) -> None:
        """Add an edge that no point is snapped onto."""
        self.tail.append(tail)
        self.head.append(head)
        self.minutes.append(minutes)
        self.length_m.append(length_m)

    def added(self) -> Edges:
        """Return the new edges."""
        count = len(self.tail)
        return Edges(
            np.array(self.tail, np.int64),
            np.array(self.head, np.int64),
            np.full(count, -1, np.int64),
            np.array(self.minutes, float),
            np.array(self.length_m, float),
            np.zeros(count, bool),
        )


def without_forbidden_turns(
    edges: Edges,
    refs: Positions,
    restrictions: Sequence[Restriction],
    half_turn_minutes: float,
) -> tuple[Edges, Positions, int]:
    """Return edges in which no forbidden turn is possible.

    Parameters
    ----------
    edges
        Directed, with the way of each.
    refs
        (nodes,) identifier of the point of each node.
    restrictions
        Forbidden and obligatory turns.
    half_turn_minutes
        The time of a half-turn on the road.

    Returns
    -------
        The edges; (copies,) the node of which each added node is a copy; how many restrictions
        apply to roads of this graph.

    Always true
    -----------
    Without restrictions, the edges are those given.
    No path of the result makes a forbidden turn at the junction of its restriction, half-turns
    apart, unless no other turn was left.
    """
    leaving, arriving = _around(edges, refs, restrictions)
    allowed, applied = _allowed_turns(edges, restrictions, leaving, arriving)
    if not allowed:
        return edges, np.zeros(0, np.int64), applied
    copies = _Copies(edges, len(refs), half_turn_minutes)
    junction_of: dict[tuple[int, frozenset[int]], int] = {}
    walk = _Walk(edges, len(refs))
    for arrival, turns in allowed.items():
        via = int(edges.head[arrival])
        if (via, turns) not in junction_of:
            junction_of[via, turns] = copies.node(via)
        _part_way(copies, walk, arrival, junction_of[via, turns])
    # After every way with a restriction has its end: a copied road may arrive at one of them.
    for (_, turns), copy in junction_of.items():
        for turn in sorted(turns):
            _copy_road(copies, walk, copy, turn)
    return _moved(copies), np.array(copies.original, np.int64), applied


def _part_way(copies: _Copies, walk: "_Walk", arrival: int, copy: int) -> None:
    """Give the end of a way a node of its own, which leads to a copy of the junction."""
    edges = copies.edges
    via, before = int(edges.head[arrival]), int(edges.tail[arrival])
    end = copies.node(via)
    copies.arrives[arrival] = end
    copies.edge(end, copy, MIN_MINUTES, 0.0)
    for back in walk.leaving(via):
        if edges.head[back] == before and edges.way[back] == edges.way[arrival]:
            copies.leaves[int(back)] = end
            copies.edge(via, end, MIN_MINUTES, 0.0)


def _moved(copies: _Copies) -> Edges:
    """Return all the edges, between the nodes they now join."""
    edges = copies.edges
    tail, head = edges.tail.copy(), edges.head.copy()
    tail[list(copies.leaves)] = list(copies.leaves.values())
    head[list(copies.arrives)] = list(copies.arrives.values())
    kept = Edges(tail, head, edges.way, edges.minutes, edges.length_m, edges.is_road)
    return kept.joined(copies.added())


class _Walk:
    """Which edges leave a node, and whether it is only a point along one road."""

    def __init__(self, edges: Edges, nodes: int) -> None:
        self._order = np.argsort(edges.tail, kind="stable")
        self._first = np.searchsorted(edges.tail[self._order], np.arange(nodes + 1))
        self._head = edges.head
        pairs = np.concatenate([edges.tail * nodes + edges.head, edges.head * nodes + edges.tail])
        pairs.sort()
        is_first = np.concatenate([[True], pairs[1:] != pairs[:-1]])
        self._neighbours = np.bincount(pairs[is_first] // nodes, minlength=nodes)

    def leaving(self, node: int) -> Positions:
        """Return the edges that leave a node."""
        return self._order[self._first[node] : self._first[node + 1]]

    def goes_on(self, node: int, came_from: int) -> int | None:
        """Return the edge that goes on along the road; None at a junction or a dead end."""
        if self._neighbours[node] != 2:
            return None
        onward = [int(edge) for edge in self.leaving(node) if self._head[edge] != came_from]
        return onward[0] if len(onward) == 1 else None


def _copy_road(copies: _Copies, walk: _Walk, start: int, edge: int) -> None:
    """Copy the road that begins with an edge, from a copied node to the next junction."""
    edges, here = copies.edges, start
    for _ in range(LONGEST_COPY):
        tail, head = int(edges.tail[edge]), int(edges.head[edge])
        onward = walk.goes_on(head, tail)
        spent = float(edges.minutes[edge]), float(edges.length_m[edge])
        if onward is None:
            copies.edge(here, copies.arrives.get(edge, head), *spent)
            return
        there = copies.node(head)
        copies.edge(here, there, *spent)
        copies.edge(there, head, copies.half_turn_minutes, 0.0)
        here, edge = there, onward
    # The loop is longer than any road: join it rather than leave a dead end.
    copies.edge(here, int(edges.head[edge]), float(edges.minutes[edge]), 0.0)


def _around(
    edges: Edges, refs: Positions, restrictions: Iterable[Restriction]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return the edges that leave, and that arrive at, the points with a restriction."""
    via = np.unique(np.fromiter((one.via for one in restrictions), np.int64))
    node = np.flatnonzero(np.isin(refs, via))
    leaving: dict[int, list[int]] = defaultdict(list)
    arriving: dict[int, list[int]] = defaultdict(list)
    for edge in np.flatnonzero(np.isin(edges.tail, node)):
        leaving[int(refs[edges.tail[edge]])].append(int(edge))
    for edge in np.flatnonzero(np.isin(edges.head, node)):
        arriving[int(refs[edges.head[edge]])].append(int(edge))
    return leaving, arriving


def _allowed_turns(
    edges: Edges,
    restrictions: Sequence[Restriction],
    leaving: dict[int, list[int]],
    arriving: dict[int, list[int]],
) -> tuple[dict[int, frozenset[int]], int]:
    """Return, for each arrival that a restriction concerns, the edges it may take."""
    allowed: dict[int, frozenset[int]] = {}
    applied = 0
    for one, turns in _known(edges, restrictions, leaving, arriving):
        concerned = [edge for edge in arriving[one.via] if edges.way[edge] == one.from_way]
        applied += bool(concerned)
        for arrival in concerned:
            at = int(edges.head[arrival])
            before = allowed.get(
                arrival, frozenset(edge for edge in leaving[one.via] if edges.tail[edge] == at)
            )
            allowed[arrival] = before & turns if one.is_only else before - turns
    # Where nothing is left the restriction is a mistake, or the rest lies outside the extract.
    return {edge: turns for edge, turns in allowed.items() if turns}, applied


def _known(
    edges: Edges,
    restrictions: Sequence[Restriction],
    leaving: dict[int, list[int]],
    arriving: dict[int, list[int]],
) -> Iterator[tuple[Restriction, frozenset[int]]]:
    """Yield the restrictions whose point and whose second way are in the graph."""
    for one in restrictions:
        turns = frozenset(
            edge for edge in leaving.get(one.via, ()) if edges.way[edge] == one.to_way
        )
        if turns and one.via in arriving:
            yield one, turns
