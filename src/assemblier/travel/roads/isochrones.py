"""How far one drives in some minutes, as surfaces for a map.

A place is inside when a road reached in time passes near it. The surface is drawn on a grid, then
its stairs are smoothed: it says where, to a hundred metres or so, and not at which door.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

from assemblier.maths.arrays import Array
from assemblier.travel.crow_fly import Points
from assemblier.travel.roads.contraction import Contracted
from assemblier.travel.roads.graph import RoadGraph
from assemblier.travel.roads.location import Located, located
from assemblier.travel.roads.snapping import METRES_PER_DEGREE, Snapped

BESIDE_M = 250.0
"""How far from a road reached in time a place still counts as reached."""
CELL_M = 100.0
MOST_CELLS = 1200
"""On a side: a wider surface is drawn on wider cells."""
SMALLEST_HOLE_KM2 = 2.0
"""What is not reached, but surrounded and smaller than that, is not drawn."""
GRID_DEGREES = 1e-6
"""Coordinates are rounded to a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class Isochrone:
    """The surface reached within some minutes.

    Attributes
    ----------
    minutes
        The limit.
    shape
        Polygons in longitude, latitude (WGS 84); empty where nothing is reached.
    """

    minutes: float
    shape: BaseGeometry


def isochrones(
    graph: RoadGraph,
    contracted: Contracted,
    origin: Snapped,
    minutes: Sequence[float],
    towards: bool = False,
) -> tuple[Isochrone, ...]:
    """Return the surfaces reached from a point within each of some minutes, shortest first.

    Parameters
    ----------
    graph, contracted
        The roads, and their junctions.
    origin
        One point, from `snap`.
    minutes
        The limits, > 0.
    towards
        Whether one drives to the point instead of leaving it.

    Always true
    -----------
    A longer limit encloses every shorter one.
    The point is inside every surface, where it is on a road.
    Where a road is reached in time, its place is inside.
    """
    limits = sorted(set(minutes))
    if not limits or not origin.is_placed[0]:
        return tuple(Isochrone(limit, shapely.Polygon()) for limit in limits)
    at_node = minutes_at_nodes(contracted, origin, limits[-1], towards)
    points, reached = _along_roads(graph, at_node, limits[-1], towards)
    here = _place(graph, origin)
    surface = _Surface.around(np.concatenate([here, points]), here[0])
    grid = surface.earliest(np.concatenate([here, points]), np.concatenate([[0.0], reached]))
    found: list[Isochrone] = []
    for limit in limits:
        shape = surface.outline(grid <= limit)
        if found:
            # A hair around the shorter one: smoothed apart, they could cross.
            inner = found[-1].shape.buffer(2 * GRID_DEGREES, join_style="mitre")
            shape = shapely.set_precision(shapely.union(shape, inner), GRID_DEGREES)
        found.append(Isochrone(limit, shape))
    return tuple(found)


def minutes_at_nodes(
    contracted: Contracted, origin: Snapped, limit: float, towards: bool = False
) -> Array:
    """Return the minutes from a point to every node of the road graph, or the other way.

    Parameters
    ----------
    contracted
        The junctions.
    origin
        One point, from `snap`.
    limit
        Farther nodes may be given as infinite.
    towards
        Whether one drives to the point instead of leaving it.

    Returns
    -------
        (nodes,) minutes; infinite beyond the limit.
    """
    place = located(contracted, origin)
    place = place.reversed() if towards else place
    at_junction = _at_junctions(contracted, place, limit, towards)
    found = np.full(len(contracted.place), np.inf)
    node = np.flatnonzero(contracted.place >= 0)
    found[node] = at_junction[contracted.place[node]]
    node = np.flatnonzero(contracted.place < 0)
    chain = (-1 - contracted.place[node]).astype(np.intp)
    from_start, from_end = _from_ends(contracted, node, chain, towards)
    found[node] = np.minimum(
        at_junction[contracted.chain_start[chain]] + from_start,
        at_junction[contracted.chain_end[chain]] + from_end,
    )
    own = chain == place.road[0]
    found[node[own]] = np.minimum(
        found[node[own]], _on_own_road(place, from_start[own], from_end[own])
    )
    return np.where(found <= limit, found, np.inf)


def _at_junctions(contracted: Contracted, place: Located, limit: float, towards: bool) -> Array:
    matrix = contracted.matrix()
    matrix = matrix.T.tocsr() if towards else matrix
    sides = np.flatnonzero(place.leave[0] <= limit)
    if not len(sides):
        return np.full(len(contracted), np.inf)
    there = dijkstra(matrix, indices=place.junction[0, sides], limit=limit)
    minutes: Array = (there + place.leave[0, sides, None]).min(axis=0)
    return minutes


def _from_ends(
    contracted: Contracted, node: NDArray[np.intp], chain: NDArray[np.intp], towards: bool
) -> tuple[Array, Array]:
    """Return the minutes from the start and from the end of their chain, or to them."""
    ahead, back = contracted.ahead[node], contracted.back[node]
    both = np.isfinite(back)
    rest_back = np.where(both, contracted.chain_back[chain] - np.where(both, back, 0), np.inf)
    rest_ahead = contracted.chain_ahead[chain] - ahead
    return (back, rest_ahead) if towards else (ahead, rest_back)


def _on_own_road(place: Located, from_start: Array, from_end: Array) -> Array:
    """Return the minutes to nodes of the road the point is on, without leaving it."""
    ways = [
        minutes - place.arrive[0, side] if np.isfinite(place.arrive[0, side]) else minutes + np.inf
        for side, minutes in enumerate((from_start, from_end))
    ]
    found: Array = np.min([np.where(way >= 0, way, np.inf) for way in ways], axis=0)
    return found


def _along_roads(
    graph: RoadGraph, at_node: Array, limit: float, towards: bool
) -> tuple[Points, Array]:
    """Return points along the roads reached, close enough to fill cells, and their minutes."""
    node = np.flatnonzero(np.isfinite(at_node))
    near = np.zeros(graph.nodes, dtype=np.bool_)
    near[node] = True
    tails = graph.tails()
    entry = graph.head if towards else tails
    edge = np.flatnonzero(near[entry])
    first = entry[edge]
    last = tails[edge] if towards else graph.head[edge]
    count = np.maximum(1, np.ceil(graph.length_m[edge] / CELL_M)).astype(np.int64)
    row = np.repeat(np.arange(len(edge)), count + 1)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
    share = rank / count[row]
    minutes = at_node[first[row]] + share * graph.minutes[edge[row]]
    kept = minutes <= limit
    row, share, minutes = row[kept], share[kept], minutes[kept]
    points = [
        axis[first[row]] + share * (axis[last[row]] - axis[first[row]])
        for axis in (graph.longitude, graph.latitude)
    ]
    return np.column_stack(points), minutes


def _place(graph: RoadGraph, origin: Snapped) -> Points:
    """Return (1, 2) where the point is on its road."""
    tail, head, share = origin.tail[:1], origin.head[:1], origin.position[:1]
    return np.column_stack(
        [
            axis[tail] + share * (axis[head] - axis[tail])
            for axis in (graph.longitude, graph.latitude)
        ]
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Surface:
    """A grid of cells over the points, in metres around one of them."""

    centre: Points
    cosine: float
    west: float
    south: float
    cell_m: float
    rows: int
    columns: int

    @classmethod
    def around(cls, points: Points, centre: Points) -> "_Surface":
        """Return a grid that holds the points and what is beside them."""
        cosine = float(np.cos(np.radians(centre[1])))
        metres = (points - centre) * (cosine, 1.0) * METRES_PER_DEGREE
        (west, south), (east, north) = metres.min(axis=0), metres.max(axis=0)
        cell = max(CELL_M, float(max(east - west, north - south)) / MOST_CELLS)
        margin = BESIDE_M + 2 * cell
        return cls(
            centre,
            cosine,
            float(west) - margin,
            float(south) - margin,
            cell,
            int((north - south + 2 * margin) / cell) + 1,
            int((east - west + 2 * margin) / cell) + 1,
        )

    def earliest(self, points: Points, minutes: Array) -> Array:
        """Return (rows, columns) the minutes of the earliest road beside each cell."""
        metres = (points - self.centre) * (self.cosine, 1.0) * METRES_PER_DEGREE
        x, y = ((metres - (self.west, self.south)) / self.cell_m).astype(np.intp).T
        grid = np.full((self.rows, self.columns), np.inf)
        np.minimum.at(grid, (y, x), minutes)
        steps = max(1, round(BESIDE_M / self.cell_m))
        up, right = np.mgrid[-steps : steps + 1, -steps : steps + 1]
        beside = up**2 + right**2 <= (steps + 0.5) ** 2
        found: Array = ndimage.minimum_filter(grid, footprint=beside, mode="constant", cval=np.inf)
        return found

    def outline(self, inside: NDArray[np.bool_]) -> BaseGeometry:
        """Return the outline of some cells, small holes filled, stairs smoothed, in degrees."""
        holes, count = ndimage.label(~inside)
        size = np.bincount(holes.ravel(), minlength=count + 1) * (self.cell_m / 1000) ** 2
        small = size < SMALLEST_HOLE_KM2
        # The outside touches the edge of the grid, and stays.
        small[np.unique(np.concatenate([holes[[0, -1]].ravel(), holes[:, [0, -1]].ravel()]))] = (
            False
        )
        stairs = shapely.union_all(self._bands(inside | small[holes]))
        smooth = stairs.simplify(self.cell_m * 0.75)
        degrees = shapely.transform(smooth, self._in_degrees)
        return shapely.set_precision(shapely.make_valid(degrees), GRID_DEGREES)

    def _bands(self, inside: NDArray[np.bool_]) -> NDArray[np.object_]:
        """Return one rectangle per run of cells in a row."""
        framed = np.pad(inside, ((0, 0), (1, 1))).astype(np.int8)
        change = np.diff(framed, axis=1)
        row, first = np.nonzero(change == 1)
        _, beyond = np.nonzero(change == -1)
        west, south = self.west + first * self.cell_m, self.south + row * self.cell_m
        bands: NDArray[np.object_] = shapely.box(
            west, south, self.west + beyond * self.cell_m, south + self.cell_m
        )
        return bands

    def _in_degrees(self, metres: Points) -> Points:
        return metres / METRES_PER_DEGREE / (self.cosine, 1.0) + self.centre
