"""From ways to segments: each pair of points that follow each other, its length, its bends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array
from assemblier.travel.crow_fly import EARTH_RADIUS_KM
from assemblier.travel.roads.extract import UNKNOWN, Extract

Positions = NDArray[np.int64]
METRES_PER_DEGREE = np.pi / 180 * EARTH_RADIUS_KM * 1000
DEGREES = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """The roads, cut at every point.

    Attributes
    ----------
    longitude, latitude
        (nodes,) degrees. A point that no car passes is as many nodes as segments end there.
    ref
        (nodes,) the identifier of the point.
    tail, head
        (segments,) nodes, in the order of the way.
    way
        (segments,) place of the way in the extract.
    length_m
        (segments,) metres.
    curvature
        (segments,) radians per metre, over `window_m` of the way.
    """

    longitude: Array
    latitude: Array
    ref: Positions
    tail: Positions
    head: Positions
    way: Positions
    length_m: Array
    curvature: Array

    @property
    def nodes(self) -> int:
        """How many nodes."""
        return len(self.longitude)


def cut(extract: Extract, window_m: float) -> tuple[Segments, int]:
    """Return the segments of an extract, and how many have an end outside of it.

    Parameters
    ----------
    extract
        As read.
    window_m
        The length of road over which a bend is measured.
    """
    length, curvature = _lengths_and_bends(extract, window_m)
    way_of_point = np.repeat(np.arange(len(extract.way_ids)), np.diff(extract.first))
    begin = np.flatnonzero(way_of_point[:-1] == way_of_point[1:])
    known = extract.x != UNKNOWN
    is_whole = known[begin] & known[begin + 1]
    # A point written twice in a row is no road.
    is_road = extract.refs[begin] != extract.refs[begin + 1]
    kept = begin[is_whole & is_road]
    ref, first_point, node = np.unique(extract.refs, return_index=True, return_inverse=True)
    tail, head, ref, first_point = _unblocked(extract, node[kept], node[kept + 1], ref, first_point)
    is_used = np.zeros(len(ref), bool)
    is_used[tail] = is_used[head] = True
    used = np.flatnonzero(is_used)
    number = np.cumsum(is_used) - 1
    segments = Segments(
        np.asarray(extract.x[first_point[used]] * DEGREES, np.float64),
        np.asarray(extract.y[first_point[used]] * DEGREES, np.float64),
        ref[used],
        number[tail],
        number[head],
        way_of_point[kept],
        length[kept],
        curvature[kept],
    )
    return segments, int(len(begin) - is_whole.sum())


def _unblocked(
    extract: Extract, tail: Positions, head: Positions, ref: Positions, first_point: Positions
) -> tuple[Positions, Positions, Positions, Positions]:
    """Give every segment an end of its own at a point that no car passes."""
    blocked = np.isin(ref, np.fromiter(extract.blocked, np.int64, len(extract.blocked)))
    ends = np.concatenate([tail, head])
    cut_here = np.flatnonzero(blocked[ends])
    old = ends[cut_here]
    ends[cut_here] = len(ref) + np.arange(len(cut_here))
    return (
        ends[: len(tail)],
        ends[len(tail) :],
        np.concatenate([ref, ref[old]]),
        np.concatenate([first_point, first_point[old]]),
    )


def _lengths_and_bends(extract: Extract, window_m: float) -> tuple[Array, Array]:
    """Return (points,) the length and the curvature of the segment that begins at each point.

    The last point of a way begins none: what stands there is without meaning.
    """
    points = len(extract.refs)
    latitude = np.radians(extract.y * DEGREES)
    dx = np.diff(extract.x) * DEGREES * METRES_PER_DEGREE * np.cos(latitude[:-1])
    dy = np.diff(extract.y) * DEGREES * METRES_PER_DEGREE
    last = extract.first[1:] - 1
    length = np.zeros(points)
    length[:-1] = np.hypot(dx, dy)
    length[last] = 0
    turn = _turns(np.arctan2(dy, dx), extract.first, points)
    along = np.concatenate([[0.0], np.cumsum(length)])[:-1]
    turned = np.cumsum(turn)
    middle = along + length / 2
    way = np.repeat(np.arange(len(last)), np.diff(extract.first))
    before = np.maximum(middle - window_m / 2, along[extract.first[:-1]][way])
    after = np.minimum(middle + window_m / 2, along[last][way])
    # Between two points the turn is spread evenly: the drawing of a bend is a few corners.
    bend = np.interp(after, along, turned) - np.interp(before, along, turned)
    return length, np.maximum(bend, 0) / window_m


def _turns(heading: Array, first: Positions, points: int) -> Array:
    """Return (points,) by how many radians the road turns at each point, 0 at the ends of a way."""
    turn = np.zeros(points)
    change = np.diff(heading)
    turn[1 : len(change) + 1] = np.abs((change + np.pi) % (2 * np.pi) - np.pi)
    turn[first[:-1]] = 0
    turn[first[1:] - 1] = 0
    return turn
