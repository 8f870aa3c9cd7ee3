"""The lines of a map, drawn once: several maps and formats show the same communes.

A plan holds the sheet, each contour placed on it, and the paths that were asked for. Colours, names
and legends are those of each map; see `maps`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from assemblier.reports.map_projection import path_data, polygons, sheet_for

WIDTH_PX = 720.0
MAX_HEIGHT_PX = 760.0
_MARGIN, _FRAME_MARGIN = 0.04, 0.12
"""Share of the longer side left around: a frame shows what surrounds it."""
_FRAME_HEIGHT_PX = 520.0
"""A frame is wider than high: it stands on a page beside what it is read with."""
_LEAST_SEEN_PX = 64.0
"""Square pixels of a commune in a frame under which its class cannot be read."""
_KEPT = 6
"""Plans kept: those of a panorama show one territory, those of a sheet its neighbours."""
_SLIVER = 30.0
"""Holes smaller than this (square path units) between two contours are not borders."""

Geometries = Mapping[str, BaseGeometry]
T = TypeVar("T")


class Plan:
    """The communes of a map on their sheet.

    Parameters
    ----------
    codes
        The communes drawn; those that have no contour are left out.
    shapes
        The contour of each commune, neighbours included, in longitudes and latitudes.
    frame
        The communes the sheet is framed on; those out of it are left out. Empty: all.

    Raises
    ------
    ValueError
        When no commune has a contour.
    """

    def __init__(self, codes: Iterable[str], shapes: Geometries, frame: Iterable[str] = ()) -> None:
        self.shapes = shapes
        inside = {code: shapes[code] for code in codes if code in shapes}
        if not inside:
            raise ValueError("aucune commune de la carte n'a de contour")
        about = [inside[code] for code in frame if code in inside]
        self.is_framed = bool(about)
        margin, height = (_FRAME_MARGIN, _FRAME_HEIGHT_PX) if about else (_MARGIN, MAX_HEIGHT_PX)
        self.sheet = sheet_for(about or inside.values(), WIDTH_PX, height, margin)
        placed = {code: self.sheet.placed(shape) for code, shape in inside.items()}
        seen = shapely.box(0.0, 0.0, *self._size())
        self.placed = {
            code: shape
            for code, shape in placed.items()
            if not about or shapely.intersects(seen, shape)
        }
        self._drawn: dict[tuple[str, tuple[object, ...]], object] = {}

    def seen(self) -> tuple[str, ...]:
        """Return the communes that can be seen: in a frame, not those of which a sliver is."""
        if not self.is_framed:
            return tuple(self.placed)
        frame, least = shapely.box(0.0, 0.0, *self._size()), _LEAST_SEEN_PX * self.sheet.units**2
        return tuple(
            code
            for code, shape in self.placed.items()
            if not polygons(shape) or shapely.intersection(shape, frame).area >= least
        )

    def _size(self) -> tuple[float, float]:
        sheet = self.sheet
        return sheet.width * sheet.units, sheet.height * sheet.units

    def outline(self, code: str) -> str:
        """Return the path of a commune, or the disc of one that is only known as a point."""
        return self._once("contour", (code,), lambda: self._outline(self.placed[code]))

    def area(self, codes: Sequence[str]) -> str:
        """Return the path of some communes together."""
        return self._once("aire", tuple(codes), lambda: path_data(self._area(codes)))

    def borders(self, groups: Sequence[tuple[str, ...]]) -> tuple[str, str]:
        """Return the path of groups of communes, then that of the whole map."""
        return self._once("limites", tuple(groups), lambda: self._borders(groups))

    def around(self, codes: Sequence[str]) -> str:
        """Return the path of the neighbours, cut at the edge of the sheet."""
        return self._once("voisines", tuple(codes), lambda: self._around(codes))

    def _once(self, kind: str, about: tuple[object, ...], draw: Callable[[], T]) -> T:
        key = (kind, about)
        if key not in self._drawn:
            self._drawn[key] = draw()
        return self._drawn[key]  # type: ignore[return-value]

    def _outline(self, shape: BaseGeometry) -> str:
        if polygons(shape):
            return path_data(shape)
        x, y = middle(shape)
        radius = 4 * self.sheet.units
        across = f"a{radius} {radius} 0 1 0"
        return f"M{x - radius:.0f} {y:.0f}{across} {2 * radius} 0{across}-{2 * radius} 0z"

    def _area(self, codes: Iterable[str]) -> BaseGeometry:
        return together(self.placed[code] for code in codes if code in self.placed)

    def _borders(self, groups: Sequence[tuple[str, ...]]) -> tuple[str, str]:
        areas = [self._area(codes) for codes in groups]
        grouped = {code for codes in groups for code in codes}
        alone = [shape for code, shape in self.placed.items() if code not in grouped]
        inner = "".join(path_data(area) for area in areas)
        return inner, path_data(together([*areas, *alone]))

    def _around(self, codes: Sequence[str]) -> str:
        sheet = self.sheet
        frame = (0.0, 0.0, *self._size())
        shapes = (self.shapes[code] for code in codes if code in self.shapes)
        cut = (shapely.clip_by_rect(sheet.placed(shape), *frame) for shape in shapes)
        return "".join(path_data(shapely.set_precision(shape, 1)) for shape in cut)


@lru_cache(maxsize=_KEPT)
def embedded_plan(
    codes: tuple[str, ...], context: tuple[str, ...], frame: tuple[str, ...] = ()
) -> Plan:
    """Return the plan of some communes and their neighbours, from the embedded contours."""
    from assemblier.data import contours

    return Plan(codes, contours([*codes, *context]), frame)


def middle(shape: BaseGeometry) -> tuple[float, float]:
    """Return a point inside a shape."""
    point = shapely.point_on_surface(shape)
    return float(point.x), float(point.y)


def together(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the union of contours, without the slivers left between two of them."""
    union = shapely.transform(shapely.union_all(list(shapes)), np.round)
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                area.exterior,
                [ring for ring in area.interiors if shapely.Polygon(ring).area > _SLIVER],
            )
            for area in polygons(union)
        ]
    )
