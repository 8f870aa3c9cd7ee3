"""Each test is a line of « Always true » of `assemblier.travel`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.travel import CrowFly, crow_fly_times, great_circle_km, nearest

unhurried = settings(deadline=None)
MODEL = CrowFly(1.3, 45)
point = st.tuples(st.floats(2.0, 5.0), st.floats(44.0, 46.0))
many_points = st.lists(point, min_size=1, max_size=12).map(np.array)


@unhurried
@given(point, point)
def test_distance_is_the_same_both_ways(one: tuple, other: tuple) -> None:
    there = great_circle_km(np.array([one]), np.array([other]))[0]
    back = great_circle_km(np.array([other]), np.array([one]))[0]
    assert there == pytest.approx(back)
    assert 0 <= there <= np.pi * 6371.01
    assert great_circle_km(np.array([one]), np.array([one]))[0] == 0


@unhurried
@given(many_points, many_points, st.floats(1, 90))
def test_every_pair_within_the_cutoff_is_stored_and_no_other(
    homes: np.ndarray, places: np.ndarray, cutoff: float
) -> None:
    home_codes = [f"h{i}" for i in range(len(homes))]
    place_codes = [f"p{i}" for i in range(len(places))]
    times = crow_fly_times(home_codes, homes, place_codes, places, MODEL, cutoff)
    stored = {(int(i), int(j)) for i, j in zip(*times.minutes.tocoo().coords, strict=True)}
    assert ((times.minutes.data >= 0) & (times.minutes.data <= cutoff)).all()
    for i, home in enumerate(homes):
        for j, place in enumerate(places):
            minutes = MODEL.minutes(great_circle_km(home[None], place[None]))[0]
            if abs(minutes - cutoff) > 1e-6:
                assert ((i, j) in stored) == (minutes < cutoff)


@unhurried
@given(many_points, st.floats(0, 5))
def test_a_commune_reaches_itself(points: np.ndarray, inside: float) -> None:
    codes = [f"c{i}" for i in range(len(points))]
    times = crow_fly_times(codes, points, codes, points, CrowFly(1.3, 45, inside), 20)
    assert times.minutes.diagonal().tolist() == [inside] * len(codes)
    assert times.minutes.has_canonical_format


@unhurried
@given(many_points, many_points)
def test_no_place_is_nearer_than_the_one_returned(homes: np.ndarray, places: np.ndarray) -> None:
    found, distance_km = nearest(homes, places)
    for home, index, km in zip(homes, found, distance_km, strict=True):
        every = great_circle_km(np.repeat(home[None], len(places), axis=0), places)
        assert km == pytest.approx(every.min(), abs=1e-9)
        assert every[index] == pytest.approx(km, abs=1e-9)
