"""From the plane to the globe: the official projections of French territory, inverted.

Only what official files use: Lambert-93 in metropolitan France, UTM overseas, all on the GRS80
ellipsoid. The geographic systems (RGF93, RGAF09, RGFG95, RGR92, RGM04, RGSPM06) agree with WGS84
to better than a metre, so no datum shift is applied.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

# GRS80: semi-major axis in metres and flattening (Moritz 1980).
SEMI_MAJOR_METRES = 6_378_137.0
FLATTENING = 1 / 298.257222101
_ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))
_THIRD_FLATTENING = FLATTENING / (2 - FLATTENING)


@dataclass(frozen=True, slots=True)
class LambertConic:
    """Lambert conformal conic with two standard parallels; angles in degrees, lengths in metres."""

    origin_longitude: float
    origin_latitude: float
    parallel_south: float
    parallel_north: float
    false_easting: float
    false_northing: float


@dataclass(frozen=True, slots=True)
class TransverseMercator:
    """Universal transverse Mercator zone; angle in degrees, length in metres."""

    central_longitude: float
    false_northing: float = 0.0
    false_easting: float = 500_000.0
    scale: float = 0.9996


Projection = LambertConic | TransverseMercator

# The projections of the IGN, by EPSG code.
PROJECTIONS: dict[int, Projection] = {
    2154: LambertConic(3.0, 46.5, 44.0, 49.0, 700_000.0, 6_600_000.0),  # métropole
    4467: TransverseMercator(-57.0),  # Saint-Pierre-et-Miquelon, UTM 21 N
    4471: TransverseMercator(45.0, 10_000_000.0),  # Mayotte, UTM 38 S
    5490: TransverseMercator(-63.0),  # Antilles, UTM 20 N
    2972: TransverseMercator(-51.0),  # Guyane, UTM 22 N
    2975: TransverseMercator(57.0, 10_000_000.0),  # La Réunion, UTM 40 S
}


def geographic(x: Array, y: Array, epsg: int) -> tuple[Array, Array]:
    """Longitudes and latitudes, in degrees, of points of a plane.

    Parameters
    ----------
    x, y
        (points,) metres, east and north; nan stays nan.
    epsg
        One of `PROJECTIONS`.

    Always true
    -----------
    Within the territory of the projection the answer is within a metre of the published one.
    A point that is unknown stays unknown.

    Raises
    ------
    KeyError
        For a projection no official file uses.

    References
    ----------
    Snyder 1987, Map projections: a working manual, pp. 107-109 (Lambert); Karney 2011, Transverse
    Mercator with an accuracy of a few nanometers, Journal of Geodesy 85, eqs. 7-11 and 36.

    Examples
    --------
    >>> longitude, latitude = geographic(np.array([700_000.0]), np.array([6_600_000.0]), 2154)
    >>> float(longitude[0]), round(float(latitude[0]), 6)
    (3.0, 46.5)
    """
    projection = PROJECTIONS[epsg]
    if isinstance(projection, LambertConic):
        return _inverse_lambert(x, y, projection)
    return _inverse_mercator(x, y, projection)


def _inverse_lambert(x: Array, y: Array, conic: LambertConic) -> tuple[Array, Array]:
    south, north = math.radians(conic.parallel_south), math.radians(conic.parallel_north)
    exponent = math.log(_parallel_radius(south) / _parallel_radius(north)) / (
        _isometric(north) - _isometric(south)
    )
    constant = _parallel_radius(south) / exponent * math.exp(exponent * _isometric(south))
    origin = constant * math.exp(-exponent * _isometric(math.radians(conic.origin_latitude)))
    east, north_gap = x - conic.false_easting, origin - (y - conic.false_northing)
    radius = np.hypot(east, north_gap)
    longitude = conic.origin_longitude + np.degrees(np.arctan2(east, north_gap) / exponent)
    with np.errstate(divide="ignore"):
        isometric = -np.log(radius / abs(constant)) / exponent
    return longitude, np.degrees(_latitude(np.sinh(isometric)))


def _parallel_radius(latitude: float) -> float:
    """Radius of the parallel at a latitude in radians, in metres."""
    sine = _ECCENTRICITY * math.sin(latitude)
    return SEMI_MAJOR_METRES * math.cos(latitude) / math.sqrt(1 - sine * sine)


def _isometric(latitude: float) -> float:
    sine = math.sin(latitude)
    return math.atanh(sine) - _ECCENTRICITY * math.atanh(_ECCENTRICITY * sine)


def _latitude(conformal_tangent: Array) -> Array:
    """Geodetic latitude in radians from the tangent of the conformal latitude (Karney, Newton)."""
    square = _ECCENTRICITY * _ECCENTRICITY
    tangent = conformal_tangent / (1 - square)
    for _ in range(4):  # quadratic convergence: three steps reach rounding error
        sine = tangent / np.hypot(1.0, tangent)
        sigma = np.sinh(_ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine))
        found = tangent * np.hypot(1.0, sigma) - sigma * np.hypot(1.0, tangent)
        slope = (1 + (1 - square) * tangent * tangent) / ((1 - square) * np.hypot(1.0, tangent))
        tangent = tangent + (conformal_tangent - found) / np.hypot(1.0, found) * slope
    result: Array = np.arctan(tangent)
    return result


def _inverse_mercator(x: Array, y: Array, zone: TransverseMercator) -> tuple[Array, Array]:
    n = _THIRD_FLATTENING
    rectifying = SEMI_MAJOR_METRES / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    beta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    xi = (y - zone.false_northing) / (zone.scale * rectifying)
    eta = (x - zone.false_easting) / (zone.scale * rectifying)
    xi_sphere, eta_sphere = xi.copy(), eta.copy()
    for order, weight in enumerate(beta, start=1):
        xi_sphere -= weight * np.sin(2 * order * xi) * np.cosh(2 * order * eta)
        eta_sphere -= weight * np.cos(2 * order * xi) * np.sinh(2 * order * eta)
    conformal = np.sin(xi_sphere) / np.hypot(np.sinh(eta_sphere), np.cos(xi_sphere))
    longitude = zone.central_longitude + np.degrees(
        np.arctan2(np.sinh(eta_sphere), np.cos(xi_sphere))
    )
    return longitude, np.degrees(_latitude(conformal))
