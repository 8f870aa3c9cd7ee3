"""What is always true of the engines of `assemblier.travel`."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.territory import index
from assemblier.travel import ScaledEngine, chain_engine, great_circle_km, points_of

few = settings(deadline=None, max_examples=15)
ON = dt.date(2024, 1, 1)
HERE = [code for code in index().codes if code.startswith(("43", "29", "974"))]
CODES = st.lists(st.sampled_from(HERE), min_size=1, max_size=5, unique=True)


@few
@given(CODES, CODES)
def test_times_are_the_same_both_ways(homes: list[str], places: list[str]) -> None:
    engine = chain_engine(ON)
    there, back = (engine.times(*pair, 40).minutes for pair in ((homes, places), (places, homes)))
    assert there.toarray() == pytest.approx(back.toarray().T)


@few
@given(CODES, st.floats(1, 30), st.floats(0, 20))
def test_times_of_a_longer_cutoff_keep_every_pair(homes, cutoff, more) -> None:
    engine = chain_engine(ON)
    short, long = (engine.times(homes, HERE, limit).minutes for limit in (cutoff, cutoff + more))
    assert short.nnz <= long.nnz
    assert (short.data <= cutoff).all()
    same = long.toarray()[short.nonzero()]
    assert same == pytest.approx(short.toarray()[short.nonzero()])


@few
@given(CODES)
def test_times_are_never_shorter_than_in_a_straight_line(homes: list[str]) -> None:
    engine = chain_engine(ON)
    minutes = engine.times(homes, HERE, 30).minutes.tocoo()
    starts = points_of(homes)[minutes.row]
    ends = points_of(HERE)[minutes.col]
    assert (minutes.data >= great_circle_km(starts, ends) * engine.minutes_per_km - 1e-6).all()


def test_a_commune_reaches_itself() -> None:
    minutes = chain_engine(ON).times(HERE, HERE, 20).minutes
    assert np.diff(minutes.indptr).min() >= 1


@few
@given(CODES, st.floats(1, 30), st.floats(0.5, 2))
def test_scaled_engine_every_stored_value_is_the_one_of_the_other_engine_times_the_factor(
    homes: list[str], cutoff: float, factor: float
) -> None:
    """And no pair within the cutoff is missing."""
    engine = chain_engine(ON)
    scaled = ScaledEngine(engine, factor).times(homes, HERE, cutoff)
    every = engine.times(homes, HERE, 100).minutes.tocoo()
    wanted = every.data * factor
    near = wanted < cutoff - 1e-9
    found = scaled.minutes.toarray()
    assert found[every.row[near], every.col[near]] == pytest.approx(wanted[near])
    assert scaled.minutes.nnz <= np.sum(wanted <= cutoff + 1e-9)
    assert scaled.minutes.nnz >= near.sum()
    assert (scaled.minutes.data <= cutoff).all()
    assert scaled.cutoff_minutes == cutoff
