"""Directed edges while the graph is being made, before they are put in order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array
from assemblier.travel.roads.segments import Positions, Segments
from assemblier.travel.roads.speeds import Columns


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Every direction one may drive.

    Attributes
    ----------
    tail, head
        (edges,) nodes.
    way
        (edges,) identifier of the way, −1 for none.
    minutes, length_m
        (edges,).
    is_road
        (edges,) whether a point may be snapped onto it.
    """

    tail: Positions
    head: Positions
    way: Positions
    minutes: Array
    length_m: Array
    is_road: NDArray[np.bool_]

    def joined(self, other: "Edges") -> "Edges":
        """Return these edges, then the others."""
        return Edges(
            np.concatenate([self.tail, other.tail]),
            np.concatenate([self.head, other.head]),
            np.concatenate([self.way, other.way]),
            np.concatenate([self.minutes, other.minutes]),
            np.concatenate([self.length_m, other.length_m]),
            np.concatenate([self.is_road, other.is_road]),
        )


def directed(
    segments: Segments, columns: Columns, way_ids: Positions, there: Array, back: Array
) -> Edges:
    """Return the edges of segments, in each direction that is open.

    Parameters
    ----------
    segments, columns
        The roads and what their tags say.
    way_ids
        (ways,) identifiers.
    there, back
        (segments,) minutes each way.
    """
    way = way_ids[segments.way]
    is_road = ~(columns.is_ferry | columns.is_tunnel)

    def one_way(
        is_open: NDArray[np.bool_], tail: Positions, head: Positions, minutes: Array
    ) -> Edges:
        return Edges(
            tail[is_open],
            head[is_open],
            way[is_open],
            minutes[is_open],
            segments.length_m[is_open],
            is_road[is_open],
        )

    return one_way(columns.is_forward, segments.tail, segments.head, there).joined(
        one_way(columns.is_backward, segments.head, segments.tail, back)
    )
