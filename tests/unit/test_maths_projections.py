"""The inverse projections agree with an independent implementation to better than a metre."""

import math

import numpy as np
import pytest

from assemblier.maths.projections import PROJECTIONS, SEMI_MAJOR_METRES, geographic

# A box of longitudes and latitudes around each territory.
BOXES = {
    2154: (-5.5, 10.0, 41.2, 51.3),
    4467: (-56.6, -56.0, 46.6, 47.3),
    4471: (44.9, 45.4, -13.1, -12.5),
    5490: (-63.2, -60.7, 14.3, 18.2),
    2972: (-54.7, -51.5, 2.0, 6.0),
    2975: (55.1, 55.9, -21.5, -20.8),
}


@pytest.mark.parametrize("epsg", sorted(PROJECTIONS))
def test_agrees_with_proj_within_a_metre(epsg: int) -> None:
    pyproj = pytest.importorskip("pyproj", reason="pyproj sert seulement de point de comparaison")
    west, east, south, north = BOXES[epsg]
    rng = np.random.default_rng(epsg)
    longitude = rng.uniform(west, east, 2_000)
    latitude = rng.uniform(south, north, 2_000)
    crs = pyproj.CRS.from_epsg(epsg)
    forward = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    x, y = forward.transform(longitude, latitude)
    found_longitude, found_latitude = geographic(np.asarray(x), np.asarray(y), epsg)
    gap = np.hypot(
        np.radians(found_longitude - longitude) * np.cos(np.radians(latitude)),
        np.radians(found_latitude - latitude),
    )
    assert float(gap.max()) * SEMI_MAJOR_METRES < 0.001  # a millimetre, so a metre is safe


def test_an_unknown_point_stays_unknown_and_alone() -> None:
    x, y = np.array([700_000.0, math.nan]), np.array([6_600_000.0, 6_600_000.0])
    longitude, latitude = geographic(x, y, 2154)
    assert longitude[0] == pytest.approx(3.0) and latitude[0] == pytest.approx(46.5)
    assert math.isnan(longitude[1]) and math.isnan(latitude[1])


def test_inputs_remain_unchanged() -> None:
    x, y = np.array([500_000.0]), np.array([7_000_000.0])
    geographic(x, y, 2975)
    assert x[0] == 500_000.0 and y[0] == 7_000_000.0


def test_a_projection_no_official_file_uses_is_refused() -> None:
    with pytest.raises(KeyError):
        geographic(np.array([0.0]), np.array([0.0]), 3857)
