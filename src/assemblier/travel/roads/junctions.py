"""Time lost where roads meet: lights, signs, a larger road, a roundabout, a barrier, a ferry."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assemblier.maths.arrays import Array
from assemblier.travel.roads.extract import Extract
from assemblier.travel.roads.profile import Profile
from assemblier.travel.roads.segments import Positions, Segments
from assemblier.travel.roads.speeds import Columns

LEAST_COUNTED_RANK = 6
"""From this rank on (access roads, tracks) a road makes no junction for those who pass it."""


@dataclass(frozen=True, slots=True, eq=False)
class Junctions:
    """What stands at each node.

    Attributes
    ----------
    is_crossing
        (nodes,) at least three roads meet.
    best_rank
        (nodes,) of the largest road there.
    has_roundabout, has_land
        (nodes,) a roundabout passes there; a road does.
    """

    is_crossing: NDArray[np.bool_]
    best_rank: NDArray[np.int64]
    has_roundabout: NDArray[np.bool_]
    has_land: NDArray[np.bool_]


def junctions_of(segments: Segments, columns: Columns) -> Junctions:
    """Return what stands at each node."""
    counted = columns.rank <= LEAST_COUNTED_RANK
    ends = np.concatenate([segments.tail[counted], segments.head[counted]])
    best = np.full(segments.nodes, np.iinfo(np.int64).max)
    for end in (segments.tail, segments.head):
        np.minimum.at(best, end, columns.rank)
    return Junctions(
        np.bincount(ends, minlength=segments.nodes) >= 3,
        best,
        _touched(segments, columns.is_roundabout),
        _touched(segments, ~columns.is_ferry),
    )


def _touched(segments: Segments, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found = np.zeros(segments.nodes, bool)
    found[segments.tail[chosen]] = True
    found[segments.head[chosen]] = True
    return found


def lost_minutes(
    extract: Extract, segments: Segments, columns: Columns, town: Array, profile: Profile
) -> tuple[Array, Array]:
    """Return (segments,) minutes lost on arriving at the head, and at the tail driven backwards."""
    junctions = junctions_of(segments, columns)
    lost = [
        _at_crossing(at, columns, town, junctions, profile) for at in (segments.head, segments.tail)
    ]
    for seconds, at, direction in zip(lost, (segments.head, segments.tail), (1, -1), strict=True):
        _add_signs(seconds, at, direction, extract, segments, profile)
    boarding = profile.number("bac.attente_minutes")
    # One boards where the ferry leaves a road: the wait is on the segment that leaves it.
    boards = [
        np.where(columns.is_ferry & junctions.has_land[start], boarding, 0.0)
        for start in (segments.tail, segments.head)
    ]
    return lost[0] / 60 + boards[0], lost[1] / 60 + boards[1]


def _at_crossing(
    at: Positions, columns: Columns, town: Array, junctions: Junctions, profile: Profile
) -> Array:
    """Return (segments,) seconds for giving way, entering a roundabout, crossing in town."""
    enters = junctions.has_roundabout[at] & ~columns.is_roundabout
    gives_way = columns.rank > junctions.best_rank[at]
    seconds = np.where(
        gives_way,
        profile.number("penalite.non_prioritaire"),
        profile.number("penalite.croisement") * town,
    )
    seconds = np.where(enters, profile.number("penalite.giratoire"), seconds)
    is_free = columns.is_roundabout | columns.is_ferry | ~junctions.is_crossing[at]
    return np.where(is_free, 0.0, seconds)


def _add_signs(
    seconds: Array,
    at: Positions,
    direction: int,
    extract: Extract,
    segments: Segments,
    profile: Profile,
) -> None:
    """Put the time of lights, signs and barriers in place of that of the crossing."""
    lost_at = {
        ref: profile.number(sign.penalty)
        for ref, sign in extract.signs.items()
        if sign.direction in (0, direction)
    }
    node = np.flatnonzero(np.isin(segments.ref, np.fromiter(lost_at, np.int64, len(lost_at))))
    by_node = np.zeros(segments.nodes)
    by_node[node] = [lost_at[int(ref)] for ref in segments.ref[node]]
    has_sign = by_node[at] > 0
    seconds[has_sign] = by_node[at][has_sign]
