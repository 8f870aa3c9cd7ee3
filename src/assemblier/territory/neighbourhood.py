"""What lies around some communes: neighbours, halo, distances, outline."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assemblier import data
from assemblier.territory.communes import Communes, index

if TYPE_CHECKING:
    import numpy as np
    import shapely
    from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088


def neighbours(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the communes outside that share a border with some communes.

    Parameters
    ----------
    codes
        Codes of communes.

    Always true
    -----------
    No commune is its own neighbour, and if A is a neighbour of B, B is a neighbour of A.

    Examples
    --------
    >>> "43002" in neighbours(["43157"])
    True
    """
    import polars as pl

    inside = sorted(set(codes))
    borders = data.voisins()
    both = pl.concat(
        [
            borders.select(inner="code_a", outer="code_b"),
            borders.select(inner="code_b", outer="code_a"),
        ]
    )
    listed = pl.lit(inside, dtype=pl.List(pl.String))
    found = both.filter(pl.col("inner").is_in(listed) & ~pl.col("outer").is_in(listed))
    return tuple(found["outer"].unique().sort().to_list())


def halo(codes: Iterable[str], distance_km: float) -> tuple[str, ...]:
    """Return the communes outside whose point is near the point of one of some communes.

    Parameters
    ----------
    codes
        Codes of communes; those that have no point have no halo.
    distance_km
        As the crow flies, at most; see the function `distance_km`.

    Always true
    -----------
    A longer distance never loses a commune.

    Examples
    --------
    >>> "43002" in halo(["43157"], 10), "42218" in halo(["43157"], 10)
    (True, False)
    """
    import numpy as np

    rows = index()
    inside = np.unique(rows.positions(codes))
    near = np.zeros(len(rows), dtype=np.bool_)
    for epsg in np.unique(rows.epsg[inside]).tolist():
        if epsg:
            own = inside[rows.epsg[inside] == epsg]
            near |= _near_on_plane(rows, own, epsg, distance_km)
            near |= _near_on_sphere(rows, own, epsg, distance_km)
    near[inside] = False
    return tuple(rows.code_commune[near].tolist())


def distance_km(origins: Sequence[str], destinations: Sequence[str]) -> "NDArray[np.float64]":
    """Return the distances as the crow flies between communes taken two by two.

    Between the points of the communes: on the plane when both have the same legal projection, on
    the sphere otherwise.

    Parameters
    ----------
    origins, destinations
        Codes of communes, as many of each.

    Returns
    -------
        Kilometres; nan where a commune has no point.

    Always true
    -----------
    Distances are the same both ways, and zero from a commune to itself.

    Examples
    --------
    >>> distance_km(["43157"], ["63113"]).round(0)
    array([103.])
    """
    import numpy as np

    rows = index()
    a, b = rows.positions(origins), rows.positions(destinations)
    on_plane = (rows.epsg[a] == rows.epsg[b]) & (rows.epsg[a] != 0)
    flat = np.hypot(rows.x_m[a] - rows.x_m[b], rows.y_m[a] - rows.y_m[b]) / 1000
    chord = np.linalg.norm(_unit_vectors(rows, a) - _unit_vectors(rows, b), axis=1)
    return np.where(on_plane, flat, _arc_km(chord))


def outline(codes: Iterable[str]) -> "shapely.Geometry":
    """Return the union of the contours of some communes, in longitude and latitude.

    Parameters
    ----------
    codes
        Codes of communes; those that have no contour are left out, and if none has, the result
        is an empty geometry.
    """
    import numpy as np
    import shapely

    shapes = np.array(list(data.contours(codes).values()), dtype=object)
    return shapely.coverage_union_all(shapes)


def _near_on_plane(
    rows: Communes, own: "NDArray[np.intp]", epsg: int, reach_km: float
) -> "NDArray[np.bool_]":
    import numpy as np
    from scipy.spatial import cKDTree

    same = np.flatnonzero(rows.epsg == epsg)
    points = np.column_stack([rows.x_m, rows.y_m])
    distances, _ = cKDTree(points[own]).query(
        points[same], distance_upper_bound=np.nextafter(reach_km * 1000, np.inf)
    )
    near = np.zeros(len(rows), dtype=np.bool_)
    near[same[np.isfinite(distances)]] = True
    return near


def _near_on_sphere(
    rows: Communes, own: "NDArray[np.intp]", epsg: int, reach_km: float
) -> "NDArray[np.bool_]":
    import numpy as np
    from scipy.spatial import cKDTree

    other = np.flatnonzero((rows.epsg != epsg) & (rows.epsg != 0))
    chords, _ = cKDTree(_unit_vectors(rows, own)).query(_unit_vectors(rows, other))
    near = np.zeros(len(rows), dtype=np.bool_)
    near[other[_arc_km(chords) <= reach_km]] = True
    return near


def _unit_vectors(rows: Communes, at: "NDArray[np.intp]") -> "NDArray[np.float64]":
    import numpy as np

    longitude, latitude = np.radians(rows.longitude[at]), np.radians(rows.latitude[at])
    return np.column_stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    )


def _arc_km(chord: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    # Rounding can carry a chord of the unit sphere just past its diameter.
    angle: NDArray[np.float64] = 2 * np.arcsin(np.minimum(chord / 2, 1.0))
    return angle * EARTH_RADIUS_KM
