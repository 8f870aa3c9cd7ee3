"""Each test is a line of « Always true » of `assemblier.maths.decay`."""

import numpy as np
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.maths.decay import stepped, weighted_pairs

unhurried = settings(deadline=None)


@st.composite
def bands(draw: st.DrawFn) -> list[tuple[float, float]]:
    edges = sorted(draw(st.sets(st.integers(0, 90), min_size=1, max_size=5)))
    weights = draw(st.lists(st.floats(0, 1), min_size=len(edges), max_size=len(edges)))
    return list(zip(map(float, edges), sorted(weights, reverse=True), strict=True))


minutes = st.lists(st.floats(0, 200), min_size=2, max_size=20).map(np.array)


@unhurried
@given(bands(), minutes, st.booleans())
def test_a_weight_is_between_0_and_1(
    bands: list[tuple[float, float]], minutes: np.ndarray, upper_inclusive: bool
) -> None:
    weights = stepped(bands, upper_inclusive=upper_inclusive)(minutes)
    assert ((weights >= 0) & (weights <= 1)).all()


@unhurried
@given(bands(), minutes, st.booleans())
def test_farther_never_weighs_more(
    bands: list[tuple[float, float]], minutes: np.ndarray, upper_inclusive: bool
) -> None:
    weights = stepped(bands, upper_inclusive=upper_inclusive)(np.sort(minutes))
    assert (np.diff(weights) <= 0).all()


@unhurried
@given(bands())
def test_an_edge_belongs_to_the_lower_band_when_upper_inclusive(
    bands: list[tuple[float, float]],
) -> None:
    edges = np.array([edge for edge, _ in bands])
    weights = [weight for _, weight in bands]
    assert stepped(bands, upper_inclusive=True)(edges).tolist() == weights
    assert stepped(bands, upper_inclusive=False)(edges).tolist() == [*weights[1:], 0.0]


@unhurried
@given(bands(), minutes, st.booleans())
def test_weighted_pairs_leave_the_input_unchanged_and_store_no_zero(
    bands: list[tuple[float, float]], minutes: np.ndarray, upper_inclusive: bool
) -> None:
    pairs = sp.csr_array((minutes, (np.arange(len(minutes)), np.zeros(len(minutes), dtype=int))))
    before = pairs.data.copy()
    weights = weighted_pairs(pairs, stepped(bands, upper_inclusive=upper_inclusive))
    assert (pairs.data == before).all()
    assert (weights.data > 0).all()
    assert weights.shape == pairs.shape
