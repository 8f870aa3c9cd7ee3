"""Put points on the nearest road one may drive on, and say how far that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from assemblier.maths.arrays import Array
from assemblier.travel.crow_fly import EARTH_RADIUS_KM, Points, _chord, _on_sphere
from assemblier.travel.roads.graph import Nodes, RoadGraph

METRES_PER_DEGREE = float(np.radians(EARTH_RADIUS_KM * 1000))
NARROWING = 8
"""Most points are near a road: those within an eighth of the limit are found first."""
CHUNK = 4_000_000
"""Edges looked at together."""
GRID_SIDE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """Points on edges.

    Attributes
    ----------
    tail, head
        (points,) nodes of the road graph, tail before head in number; −1 where no road is within
        the limit.
    position
        (points,) from 0 at the tail to 1 at the head.
    minutes_ahead, minutes_back
        (points,) of the whole edge from tail to head, and from head to tail; infinite where one
        may not drive.
    distance_m
        (points,) from the point to its place on the road; nan where there is none.
    """

    tail: Nodes
    head: Nodes
    position: Array
    minutes_ahead: Array
    minutes_back: Array
    distance_m: Array

    def __len__(self) -> int:
        return len(self.tail)

    @property
    def is_placed(self) -> NDArray[np.bool_]:
        """Which points are on a road."""
        return self.tail >= 0

    def part(self, rows: NDArray[np.intp]) -> "Snapped":
        """Return some of the points."""
        return Snapped(
            self.tail[rows],
            self.head[rows],
            self.position[rows],
            self.minutes_ahead[rows],
            self.minutes_back[rows],
            self.distance_m[rows],
        )


@dataclass(frozen=True, slots=True)
class _Nearest:
    """For each point, the best edge so far: −1 and infinite where there is none."""

    edge: NDArray[np.intp]
    position: Array
    distance_m: Array


def snap(graph: RoadGraph, points: Points, limit_m: float) -> Snapped:
    """Return each point on the nearest edge that one may drive on and stop along.

    Parameters
    ----------
    graph
        The roads.
    points
        (points, 2) longitude, latitude in degrees; nan where unknown.
    limit_m
        Farther than that from any road, a point is nowhere.

    Always true
    -----------
    No road is nearer than the one returned; within the limit, one is always returned.
    A point on a road is 0 metres from it.
    """
    points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    best = _Nearest(
        np.full(len(points), -1, dtype=np.intp),
        np.zeros(len(points)),
        np.full(len(points), np.inf),
    )
    known = ~np.isnan(points).any(axis=1)
    for reach_m in (limit_m / NARROWING, limit_m):
        # What is found within a reach is the nearest; only the others look farther.
        _look(graph, points, np.flatnonzero(known & (best.edge < 0)), reach_m, best)
    return _snapped(graph, best)


def _look(
    graph: RoadGraph, points: Points, rows: NDArray[np.intp], reach_m: float, best: _Nearest
) -> None:
    """Find the nearest edge within a reach of some points."""
    if len(rows) == 0:
        return
    edge = _one_way_each(graph, _near(graph, points[rows], reach_m))
    if len(edge) == 0:
        return
    tail, head = _tails(graph, edge), graph.head[edge]
    piece, centre = _pieces(graph, tail, head, reach_m)
    tree = cKDTree(_on_sphere(centre), balanced_tree=False, compact_nodes=False)
    # Half a piece, at most, between the middle of a piece and its nearest point.
    first, _ = tree.query(_on_sphere(points[rows]))
    around = np.minimum(first + _chord(reach_m / 2000), _chord(1.5 * reach_m / 1000)) * 1.01
    found = tree.query_ball_point(_on_sphere(points[rows]), around)
    count = np.fromiter((len(some) for some in found), np.intp, len(found))
    if count.sum() == 0:
        return
    row = np.repeat(rows, count)
    near = piece[np.concatenate([np.array(some, dtype=np.intp) for some in found])]
    position, distance = _project(graph, points[row], tail[near], head[near])
    order = np.lexsort((edge[near], distance, row))
    order = order[np.concatenate([[True], row[order][1:] != row[order][:-1]])]
    order = order[distance[order] <= reach_m]
    best.edge[row[order]] = edge[near[order]]
    best.position[row[order]] = position[order]
    best.distance_m[row[order]] = distance[order]


def _near(graph: RoadGraph, points: Points, reach_m: float) -> NDArray[np.intp]:
    """Return the edges that pass near a point, and some others: a coarse grid says which."""
    grid = _Grid.around(points, reach_m)
    near_node = grid.holds(graph.longitude, graph.latitude)
    kept = []
    for begin in range(0, graph.edges, CHUNK):
        edge = np.arange(begin, min(begin + CHUNK, graph.edges))
        tail = _tails_between(graph, begin, begin + len(edge))
        is_near = near_node[graph.head[edge]]
        # Only a long edge passes near a point that neither of its ends is near.
        long = ~is_near & (graph.length_m[edge] > reach_m)
        far = edge[long]
        part, middle = _pieces(graph, tail[long], graph.head[far], reach_m)
        is_near[np.flatnonzero(long)[part[grid.holds(*middle.T)]]] = True
        is_near |= near_node[tail]
        kept.append(edge[is_near & graph.is_road[edge]])
    return np.concatenate(kept) if kept else np.zeros(0, dtype=np.intp)


def _one_way_each(graph: RoadGraph, edge: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return one edge for each pair of nodes: the other way lies on the same place."""
    tail, head = _tails(graph, edge).astype(np.int64), graph.head[edge]
    pair = np.minimum(tail, head) * graph.nodes + np.maximum(tail, head)
    return np.sort(edge[np.unique(pair, return_index=True)[1]])


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Cells of a map, at least as wide as a reach, and which of them are near a point."""

    west: float
    south: float
    wide: float
    high: float
    held: NDArray[np.bool_]

    @classmethod
    def around(cls, points: Points, reach_m: float) -> "_Grid":
        """Return the cells within two of a point: its own and those around."""
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        high = max(reach_m / METRES_PER_DEGREE, (north - south) / GRID_SIDE)
        cosine = np.cos(np.radians(min(max(abs(south), abs(north)) + 1, 89.0)))
        wide = max(reach_m / METRES_PER_DEGREE / cosine, (east - west) / GRID_SIDE)
        west, south = west - 2.5 * wide, south - 2.5 * high
        shape = (int((north - south) / high) + 4, int((east - west) / wide) + 4)
        held = np.zeros(shape, dtype=np.bool_)
        x = ((points[:, 0] - west) / wide).astype(np.intp)
        y = ((points[:, 1] - south) / high).astype(np.intp)
        for up in range(-2, 3):
            for right in range(-2, 3):
                held[np.clip(y + up, 0, shape[0] - 1), np.clip(x + right, 0, shape[1] - 1)] = True
        return cls(float(west), float(south), float(wide), float(high), held)

    def holds(self, longitude: Array, latitude: Array) -> NDArray[np.bool_]:
        """Return which points are in a cell near one of those the grid was made around."""
        rows, columns = self.held.shape
        x, y = (longitude - self.west) / self.wide, (latitude - self.south) / self.high
        inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        found = np.zeros(len(x), dtype=np.bool_)
        found[inside] = self.held[y[inside].astype(np.intp), x[inside].astype(np.intp)]
        return found


def _tails(graph: RoadGraph, edge: NDArray[np.intp]) -> Nodes:
    """Return the node each of some edges leaves."""
    return (np.searchsorted(graph.indptr, edge, side="right") - 1).astype(np.int32)


def _tails_between(graph: RoadGraph, begin: int, end: int) -> Nodes:
    """Return the node each edge of a range leaves, without looking each one up."""
    first = int(np.searchsorted(graph.indptr, begin, side="right")) - 1
    last = int(np.searchsorted(graph.indptr, end, side="left"))
    bounds: NDArray[np.int64] = np.clip(graph.indptr[first : last + 1], begin, end)
    return np.repeat(np.arange(first, last, dtype=np.int32), bounds[1:] - bounds[:-1])


def _pieces(
    graph: RoadGraph, tail: Nodes, head: Nodes, longest_m: float
) -> tuple[NDArray[np.intp], Points]:
    """Cut edges into pieces no longer than that; return the edge of each and its middle."""
    east = graph.longitude[head] - graph.longitude[tail]
    north = graph.latitude[head] - graph.latitude[tail]
    cosine = np.cos(np.radians(graph.latitude[tail]))
    length = np.hypot(east * cosine, north) * METRES_PER_DEGREE
    count = np.maximum(1, np.ceil(length / longest_m)).astype(np.int64)
    edge = np.repeat(np.arange(len(tail)), count)
    rank = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = (rank + 0.5) / count[edge]
    return edge, np.column_stack(
        [
            graph.longitude[tail[edge]] + share * east[edge],
            graph.latitude[tail[edge]] + share * north[edge],
        ]
    )


def _project(graph: RoadGraph, points: Points, tail: Nodes, head: Nodes) -> tuple[Array, Array]:
    """Return where on its edge each point falls, 0 to 1, and how many metres away."""
    # A few kilometres around a point, the map is flat.
    scale = np.column_stack([np.cos(np.radians(points[:, 1])), np.ones(len(points))])
    scale *= METRES_PER_DEGREE
    start = np.column_stack([graph.longitude[tail], graph.latitude[tail]])
    way = (np.column_stack([graph.longitude[head], graph.latitude[head]]) - start) * scale
    gone = (points - start) * scale
    square = (way**2).sum(axis=1)
    along = np.divide((gone * way).sum(axis=1), square, out=np.zeros(len(way)), where=square > 0)
    position = np.clip(along, 0, 1)
    return position, np.hypot(*(gone - position[:, None] * way).T)


def _snapped(graph: RoadGraph, best: _Nearest) -> Snapped:
    """Return the points as places on roads, tail before head, both ways known."""
    placed = best.edge >= 0
    edge = best.edge[placed]
    tail, head = _tails(graph, edge), graph.head[edge]
    swapped = tail > head
    first, second = np.where(swapped, head, tail), np.where(swapped, tail, head)
    position = np.where(swapped, 1 - best.position[placed], best.position[placed])
    count = len(best.edge)
    whole = Snapped(
        np.full(count, -1, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.zeros(count),
        np.full(count, np.inf),
        np.full(count, np.inf),
        np.where(placed, best.distance_m, np.nan),
    )
    whole.tail[placed], whole.head[placed], whole.position[placed] = first, second, position
    whole.minutes_ahead[placed] = _fastest(graph, first, second)
    whole.minutes_back[placed] = _fastest(graph, second, first)
    return whole


def _fastest(graph: RoadGraph, tail: Nodes, head: Nodes) -> Array:
    """Return the minutes of the fastest edge between nodes, infinite where there is none."""
    degree = (graph.indptr[tail + 1] - graph.indptr[tail]).astype(np.int64)
    row = np.repeat(np.arange(len(tail)), degree)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(degree) - degree, degree)
    edge = graph.indptr[tail[row]] + rank
    right = graph.head[edge] == head[row]
    minutes = np.full(len(tail), np.inf)
    np.minimum.at(minutes, row[right], graph.minutes[edge[right]].astype(np.float64))
    return minutes
