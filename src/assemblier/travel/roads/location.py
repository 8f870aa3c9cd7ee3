"""Where snapped points lie among junctions: how to leave them, how to arrive at them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array
from assemblier.travel.roads.contraction import Contracted
from assemblier.travel.roads.graph import Nodes
from assemblier.travel.roads.snapping import Snapped

HAIR = 1e-9
"""Minutes below which a sum of floats is zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Points on roads between two junctions.

    Attributes
    ----------
    junction
        (points, 2) the junction at the start of the road and the one at its end; −1 where the
        point is on no road.
    leave, arrive
        (points, 2) minutes to each junction, and from it; infinite where one may not drive.
    road
        (points,) two points of one road have the same number; −1 on no road.
    """

    junction: Nodes
    leave: Array
    arrive: Array
    road: NDArray[np.int64]

    def reversed(self) -> "Located":
        """Return the same points on roads driven the other way."""
        return Located(self.junction, self.arrive, self.leave, self.road)


def located(contracted: Contracted, points: Snapped) -> Located:
    """Return where points lie among the junctions.

    Parameters
    ----------
    contracted
        From the road graph the points are snapped on.
    points
        From `snap`.
    """
    placed = points.is_placed
    some = points.part(np.flatnonzero(placed))
    chain = _chain(contracted, some)
    on_chain = chain >= 0
    parts = (
        (np.flatnonzero(on_chain), _on_chain(contracted, some, chain, on_chain)),
        (np.flatnonzero(~on_chain), _on_direct(contracted, some, ~on_chain)),
    )
    row = np.flatnonzero(placed)
    count = len(points)
    found = Located(
        np.full((count, 2), -1, dtype=np.int32),
        np.full((count, 2), np.inf),
        np.full((count, 2), np.inf),
        np.full(count, -1, dtype=np.int64),
    )
    for rows, part in parts:
        found.junction[row[rows]], found.road[row[rows]] = part.junction, part.road
        found.leave[row[rows]], found.arrive[row[rows]] = part.leave, part.arrive
    return found


def _chain(contracted: Contracted, points: Snapped) -> NDArray[np.int64]:
    """Return the chain of each point, −1 between two neighbouring junctions."""
    at_tail, at_head = contracted.place[points.tail], contracted.place[points.head]
    return (-1 - np.minimum(at_tail, at_head)).astype(np.int64)


def _along(contracted: Contracted, node: Nodes, chain: NDArray[np.int64]) -> tuple[Array, Array]:
    """Return the minutes from the start of a chain to a node of it, and back."""
    place = contracted.place[node]
    is_end = place == contracted.chain_end[chain]
    # A junction that is not the end is the start: `ahead` and `back` are 0 there.
    ahead = np.where(is_end, contracted.chain_ahead[chain], contracted.ahead[node])
    back = np.where(is_end, contracted.chain_back[chain], contracted.back[node])
    return ahead, back


def _on_chain(
    contracted: Contracted,
    points: Snapped,
    every_chain: NDArray[np.int64],
    chosen: NDArray[np.bool_],
) -> Located:
    points, chain = points.part(np.flatnonzero(chosen)), every_chain[chosen]
    ahead_tail, back_tail = _along(contracted, points.tail, chain)
    ahead_head, back_head = _along(contracted, points.head, chain)
    swapped = ahead_tail > ahead_head
    share = np.where(swapped, 1 - points.position, points.position)
    step = np.where(swapped, points.minutes_back, points.minutes_ahead)
    back_step = np.where(swapped, points.minutes_ahead, points.minutes_back)
    from_start = np.where(swapped, ahead_head, ahead_tail) + share * step
    to_start = np.where(swapped, back_head, back_tail) + _times(share, back_step)
    total, total_back = contracted.chain_ahead[chain], contracted.chain_back[chain]
    to_end = np.maximum(total - from_start, 0)
    one_way = np.isinf(total_back)
    # On a one-way road one is at a junction, or cannot go back to it.
    to_start = np.where(one_way, np.where(from_start == 0, 0, np.inf), to_start)
    from_end = np.where(one_way, np.inf, total_back - np.where(one_way, 0, to_start))
    from_end = np.where(one_way & (to_end <= HAIR), 0, from_end)
    return Located(
        np.column_stack([contracted.chain_start[chain], contracted.chain_end[chain]]),
        np.column_stack([to_start, to_end]),
        np.column_stack([from_start, np.maximum(from_end, 0)]),
        chain,
    )


def _on_direct(contracted: Contracted, points: Snapped, chosen: NDArray[np.bool_]) -> Located:
    points = points.part(np.flatnonzero(chosen))
    tail, head = contracted.place[points.tail], contracted.place[points.head]
    share, rest = points.position, 1 - points.position
    number = points.tail.astype(np.int64) * len(contracted.place) + points.head
    return Located(
        np.column_stack([tail, head]),
        np.column_stack([_times(share, points.minutes_back), _times(rest, points.minutes_ahead)]),
        np.column_stack([_times(share, points.minutes_ahead), _times(rest, points.minutes_back)]),
        len(contracted.chain_start) + number,
    )


def _times(share: Array, minutes: Array) -> Array:
    """Return a share of some minutes; none of an impossible way is none only where one stands."""
    possible = np.isfinite(minutes)
    return np.where(
        possible, share * np.where(possible, minutes, 0), np.where(share == 0, 0, np.inf)
    )


def direct_minutes(
    start: Located, starts: NDArray[np.intp], end: Located, ends: NDArray[np.intp]
) -> Array:
    """Return the minutes between points of one road without leaving it; infinite where one cannot.

    Parameters
    ----------
    start, end
        Where points lie.
    starts, ends
        (pairs,) rows of points that share a road.
    """
    with np.errstate(invalid="ignore"):
        ahead = end.arrive[ends, 0] - start.arrive[starts, 0]
        back = start.leave[starts, 0] - end.leave[ends, 0]
    both = np.stack([ahead, back])
    minutes: Array = np.where(np.isfinite(both) & (both >= 0), both, np.inf).min(axis=0)
    return minutes
