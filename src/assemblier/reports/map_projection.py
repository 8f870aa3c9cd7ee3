"""From longitudes and latitudes to the sheet: a local projection of equal scale, and SVG paths.

Over a région, multiplying longitudes by the cosine of the middle latitude keeps shapes and areas
within one percent; nothing more is asked of a map of classes.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.2
"""Length of one degree of latitude."""
_UNITS = ((100, 4), (2000, 2))
"""Up to so many communes, so many path units a pixel; beyond, one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where degrees fall on the drawing.

    Attributes
    ----------
    west, north
        Longitude of the left edge, latitude of the upper edge.
    cosine
        Of the middle latitude.
    px_per_degree
        Of latitude.
    width, height
        Of the map, in pixels.
    units
        How many integer coordinates of a path make one pixel.
    """

    west: float
    north: float
    cosine: float
    px_per_degree: float
    width: float
    height: float
    units: int

    @property
    def px_per_km(self) -> float:
        """Pixels of one kilometre."""
        return self.px_per_degree / KM_PER_DEGREE

    def placed(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in path units, on whole coordinates."""

        def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
            across = (points[:, 0] - self.west) * self.cosine
            down = self.north - points[:, 1]
            moved = np.column_stack((across, down)) * (self.px_per_degree * self.units)
            return np.round(moved)

        placed = shapely.transform(geometry, move)
        if shapely.is_valid(placed):
            return placed
        # Rounding can pinch a contour; made valid, it can be joined to its neighbours. By its
        # structure: a hole that comes to touch the contour stays a hole.
        valid = shapely.make_valid(placed, method="structure", keep_collapsed=False)
        return _areas(valid)


def sheet_for(
    geometries: Iterable[BaseGeometry], width: float, max_height: float, margin: float = 0.04
) -> Sheet:
    """Return the sheet that holds all the geometries, no wider and no higher than asked.

    Parameters
    ----------
    geometries
        In longitudes and latitudes; at least one.
    width, max_height
        In pixels.
    margin
        Share of the longer side left empty on each side.
    """
    shapes = list(geometries)
    west, south, east, north = shapely.total_bounds(shapes)
    cosine = math.cos(math.radians((south + north) / 2))
    longer = max((east - west) * cosine, north - south, 0.01)
    across = (east - west) * cosine + 2 * margin * longer
    down = north - south + 2 * margin * longer
    scale = min(width / across, max_height / down)
    return Sheet(
        west=west - (width / scale - (east - west) * cosine) / 2 / cosine,
        north=north + margin * longer,
        cosine=cosine,
        px_per_degree=scale,
        width=width,
        height=down * scale,
        units=next((units for most, units in _UNITS if len(shapes) <= most), 1),
    )


def path_data(geometry: BaseGeometry) -> str:
    """Return the path of a geometry on whole coordinates, as short as SVG allows.

    Only areas are drawn; lines and points give nothing.

    Examples
    --------
    >>> path_data(shapely.box(0, 0, 2, 1, ccw=False))
    'M0 0v1h2v-1z'
    """
    return "".join(
        _ring(ring) for area in polygons(geometry) for ring in (area.exterior, *area.interiors)
    )


def polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Return the areas of a geometry, whatever collections hold them."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Return what has an area in a geometry, or the geometry itself when nothing has."""
    found = polygons(geometry)
    return shapely.MultiPolygon(found) if found else geometry


def _ring(ring: BaseGeometry) -> str:
    """Return one ring: an absolute start, then relative steps, the last one left to `z`."""
    points = shapely.get_coordinates(ring).astype(int)
    steps = np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)][:-1]
    written = [f"M{points[0, 0]}{_joined(points[0, 1])}"]
    was_slanted = False
    for across, down in steps.tolist():
        if down == 0:
            written.append(f"h{across}")
        elif across == 0:
            written.append(f"v{down}")
        else:
            written.append(_joined(across) if was_slanted else f"l{across}")
            written.append(_joined(down))
        was_slanted = across != 0 and down != 0
    return "".join(written) + "z"


def _joined(value: int) -> str:
    """Write a number after another: a minus sign separates them already."""
    return str(value) if value < 0 else f" {value}"
