"""How fast each segment is driven: class, written limit, town, surface, bends; and ferries."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from assemblier.maths.arrays import Array
from assemblier.travel.roads.extract import Extract
from assemblier.travel.roads.profile import Profile
from assemblier.travel.roads.segments import METRES_PER_DEGREE, Segments

CELL_M = 200.0
MIN_KMH = 3.0
MIN_MINUTES = 1e-4
"""Two points on one spot: a stored zero would be no edge at all."""

MS_TO_KMH = 3.6


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What the tags say, one value per segment.

    Attributes
    ----------
    rank, class_of_road
        (segments,) importance at a junction, and place in `Profile.classes` (−1: ferry).
    is_forward, is_backward, is_roundabout, is_tunnel, is_ferry
        (segments,).
    forward_kmh, backward_kmh, town, factor, ferry_minutes
        (segments,) as `Way`, nan where unknown.
    """

    rank: NDArray[np.int64]
    class_of_road: NDArray[np.int64]
    is_forward: NDArray[np.bool_]
    is_backward: NDArray[np.bool_]
    is_roundabout: NDArray[np.bool_]
    is_tunnel: NDArray[np.bool_]
    is_ferry: NDArray[np.bool_]
    forward_kmh: Array
    backward_kmh: Array
    town: Array
    factor: Array
    ferry_minutes: Array


def columns_of(extract: Extract, segments: Segments, profile: Profile) -> Columns:
    """Return the tags of each segment."""
    kind = extract.kinds[segments.way]
    class_of_road = np.array([way.class_of_road for way in extract.ways], np.int64)[kind]
    rank = np.array([*profile.values["rangs"], len(profile.classes)], np.int64)

    def column(name: str, dtype: type) -> np.ndarray:
        return np.array([getattr(way, name) for way in extract.ways], dtype)[kind]

    return Columns(
        rank[class_of_road],
        class_of_road,
        column("is_forward", bool),
        column("is_backward", bool),
        column("is_roundabout", bool),
        column("is_tunnel", bool),
        class_of_road < 0,
        column("forward_kmh", float),
        column("backward_kmh", float),
        column("town", float),
        column("factor", float),
        column("ferry_minutes", float),
    )


def town_share(segments: Segments, columns: Columns, profile: Profile) -> Array:
    """Return (segments,) 0 out of town, 1 in town, between the two where roads are fairly dense.

    What the tags say holds; the rest is the length of roads per square kilometre around.
    """
    low, high = profile.pair("densite.bornes")
    density = road_density(segments, ~columns.is_ferry, profile.number("densite.cote_m"))
    share = np.clip((density - low) / (high - low), 0, 1)
    return np.where(np.isnan(columns.town), share, columns.town)


def road_density(segments: Segments, counted: NDArray[np.bool_], side_m: float) -> Array:
    """Return (segments,) kilometres of road per km² in a square around each segment."""
    # Sinusoidal: areas are right everywhere, shapes near the middle of the extract.
    middle = segments.longitude.mean()
    x = (segments.longitude - middle) * np.cos(np.radians(segments.latitude)) * METRES_PER_DEGREE
    y = segments.latitude * METRES_PER_DEGREE
    column = ((x - x.min()) // CELL_M).astype(np.int64)[segments.tail]
    row = ((y - y.min()) // CELL_M).astype(np.int64)[segments.tail]
    shape = (int(row.max()) + 1, int(column.max()) + 1)
    cell = row * shape[1] + column
    metres = np.bincount(
        cell, np.where(counted, segments.length_m, 0), minlength=shape[0] * shape[1]
    )
    size = max(1, round(side_m / CELL_M))
    mean = uniform_filter(metres.reshape(shape).astype(np.float32), size, mode="constant")
    found: Array = mean.ravel()[cell].astype(np.float64) / 1000 / (CELL_M / 1000) ** 2
    return found


def speeds_kmh(
    segments: Segments, columns: Columns, town: Array, profile: Profile
) -> tuple[Array, Array]:
    """Return (segments,) the speed each way.

    Always true
    -----------
    A higher written limit never slows a segment.
    """
    by_class = np.array([profile.speeds(name) for name in profile.classes])[columns.class_of_road]
    usual = by_class[:, 0] + (by_class[:, 1] - by_class[:, 0]) * town
    rural_part, town_part = profile.pair("part_de_la_limite")
    part = rural_part + (town_part - rural_part) * town
    capped = set(profile.names("classes_plafonnees"))
    is_capped = np.array([name in capped for name in profile.classes])[columns.class_of_road]
    bend = np.sqrt(
        profile.number("lacets.acceleration_laterale") / np.maximum(segments.curvature, 1e-9)
    )

    def driven(limit: Array) -> Array:
        written = np.where(is_capped, np.minimum(limit * part, usual), limit * part)
        speed = np.where(np.isnan(limit), usual, written) * columns.factor
        found: Array = np.maximum(np.minimum(speed, bend * MS_TO_KMH), MIN_KMH)
        return found

    return driven(columns.forward_kmh), driven(columns.backward_kmh)


def drive_minutes(
    segments: Segments, columns: Columns, town: Array, profile: Profile
) -> tuple[Array, Array]:
    """Return (segments,) minutes each way, penalties not included; on a ferry, the crossing."""
    crossing = ferry_minutes(segments, columns, profile.number("bac.vitesse_kmh"))

    def minutes(kmh: Array) -> Array:
        on_land = segments.length_m / kmh / 1000 * 60
        found: Array = np.maximum(np.where(columns.is_ferry, crossing, on_land), MIN_MINUTES)
        return found

    there_kmh, back_kmh = speeds_kmh(segments, columns, town, profile)
    return minutes(there_kmh), minutes(back_kmh)


def ferry_minutes(segments: Segments, columns: Columns, usual_kmh: float) -> Array:
    """Return (segments,) minutes of a crossing: its duration shared along it, or usual speed."""
    length_of_way = np.bincount(segments.way, segments.length_m)[segments.way]
    share = segments.length_m / np.maximum(length_of_way, 1e-6)
    usual = segments.length_m / 1000 / usual_kmh * 60
    found: Array = np.where(np.isnan(columns.ferry_minutes), usual, columns.ferry_minutes * share)
    return found
