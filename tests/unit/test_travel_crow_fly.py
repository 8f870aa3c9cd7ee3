import numpy as np
import pytest
import scipy.sparse as sp
from pyproj import Geod

from assemblier.errors import ShapeError
from assemblier.figures import Nature
from assemblier.travel import CrowFly, TravelTimes, crow_fly_times, great_circle_km, nearest

LE_PUY, BRIOUDE, LANGEAC = (3.885, 45.043), (3.384, 45.294), (3.495, 45.098)
MODEL = CrowFly(1.3, 45)


def test_distance_agrees_with_an_ellipsoid() -> None:
    geod = Geod(ellps="WGS84")
    _, _, metres = geod.inv(*LE_PUY, *BRIOUDE)
    ours = great_circle_km(np.array([LE_PUY]), np.array([BRIOUDE]))[0]
    assert ours == pytest.approx(metres / 1000, rel=0.005)


def test_minutes_of_ten_kilometres() -> None:
    # 10 km × 1,3 at 45 km/h
    assert MODEL.minutes(np.array([10.0]))[0] == pytest.approx(17.333, abs=0.001)
    assert MODEL.distance_km(MODEL.minutes(np.array([10.0]))[0]) == pytest.approx(10)


def test_times_say_how_they_were_made() -> None:
    times = crow_fly_times(["43157"], np.array([LE_PUY]), ["43157"], np.array([LE_PUY]), MODEL, 20)
    assert times.nature is Nature.ESTIME
    assert "multipliée par 1,3" in times.method
    assert "45 km/h" in times.method


def test_inside_a_commune_is_the_parameter_and_is_stored_even_at_zero() -> None:
    homes, points = ["43157", "43040"], np.array([LE_PUY, BRIOUDE])
    times = crow_fly_times(homes, points, homes, points, MODEL, 20)
    assert times.minutes.nnz == 2  # Brioude is out of reach of Le Puy in 20 minutes
    assert times.minutes.diagonal().tolist() == [0, 0]
    slower = crow_fly_times(homes, points, homes, points, CrowFly(1.3, 45, 4.0), 20)
    assert slower.minutes.diagonal().tolist() == [4, 4]


def test_a_commune_without_a_point_reaches_only_itself() -> None:
    points = np.array([LE_PUY, (np.nan, np.nan)])
    times = crow_fly_times(["a", "b"], points, ["a", "b"], points, MODEL, 60)
    assert times.minutes.toarray().tolist() == [[0, 0], [0, 0]]
    assert times.minutes.nnz == 2


def test_two_sites_at_the_same_point_are_both_in_reach() -> None:
    points = np.array([LE_PUY, LE_PUY])
    times = crow_fly_times(["a"], points[:1], ["x", "y"], points, MODEL, 20)
    assert times.minutes.nnz == 2


def test_nothing_to_reach() -> None:
    times = crow_fly_times(["a"], np.array([LE_PUY]), [], np.zeros((0, 2)), MODEL, 20)
    assert times.minutes.shape == (1, 0)
    found, distance_km = nearest(np.array([LE_PUY]), np.zeros((0, 2)))
    assert found.tolist() == [-1]
    assert np.isnan(distance_km).all()


def test_nearest_of_three() -> None:
    found, distance_km = nearest(np.array([LE_PUY]), np.array([BRIOUDE, LANGEAC]))
    assert found.tolist() == [1]
    assert distance_km[0] == pytest.approx(31.2, abs=0.5)


def test_restricted_keeps_the_order_asked_for() -> None:
    points = np.array([LE_PUY, LANGEAC, BRIOUDE])
    times = crow_fly_times(["a", "b", "c"], points, ["a", "b", "c"], points, MODEL, 200)
    part = times.restricted(["c", "a"], ["b"])
    assert part.minutes.toarray().tolist() == [
        [times.minutes.toarray()[2, 1]],
        [times.minutes.toarray()[0, 1]],
    ]
    with pytest.raises(ShapeError, match="hors de la recherche"):
        times.restricted(["z"], ["b"])


def test_points_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError, match="points"):
        crow_fly_times(["a", "b"], np.array([LE_PUY]), [], np.zeros((0, 2)), MODEL, 20)
    with pytest.raises(ShapeError, match="minutes"):
        TravelTimes(("a",), ("b",), sp.csr_array((2, 2)), 20, "", Nature.ESTIME)


@pytest.mark.parametrize("values", [(0.9, 45), (1.3, 0), (1.3, 45, -1)])
def test_a_model_that_makes_no_sense_is_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="sinuosité"):
        CrowFly(*values)
