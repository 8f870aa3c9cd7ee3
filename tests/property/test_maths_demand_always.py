"""Each test is a line of « Always true » of `assemblier.maths.demand`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.errors import DataError, ShapeError
from assemblier.maths.demand import (
    normalised_weights,
    reclassed,
    recovered_weights,
    standardised,
)

unhurried = settings(deadline=None)
WEIGHTS = st.lists(st.floats(0.1, 5), min_size=2, max_size=6)
SEEDS = st.integers(0, 2**32 - 1)


@unhurried
@given(WEIGHTS, SEEDS)
def test_normalised_weights_keep_the_total_of_the_reference(weights, seed) -> None:
    people = np.random.default_rng(seed).random(len(weights)) * 1e6 + 1
    normal = normalised_weights(weights, people)
    assert people @ normal == pytest.approx(people.sum())
    assert normalised_weights(normal, people) == pytest.approx(normal)


@unhurried
@given(WEIGHTS, SEEDS)
def test_standardised_with_weights_of_1_is_the_population(weights, seed) -> None:
    people = np.random.default_rng(seed).random((4, len(weights))) * 1000
    assert standardised(people, np.ones(len(weights))) == pytest.approx(people.sum(axis=1))


@unhurried
@given(st.floats(0, 100), st.floats(0, 100))
def test_standardised_counts_more_where_people_weigh_more(young, moved) -> None:
    here = np.array([[young + moved, 10.0], [young, 10.0 + moved]])
    light, heavy = standardised(here, [0.5, 1.5])
    assert heavy >= light


@unhurried
@given(SEEDS)
def test_reclassed_loses_nobody_and_is_exact_inside(seed) -> None:
    rng = np.random.default_rng(seed)
    found = sorted({0, *rng.integers(1, 90, 8).tolist()})
    people = rng.random((3, len(found))) * 100
    wanted = sorted({0, *rng.integers(1, 90, 3).tolist()})
    assert reclassed(people, found, wanted).sum(axis=1) == pytest.approx(people.sum(axis=1))
    half = found[len(found) // 2]
    split = reclassed(people, found, [0, half] if half else [0])
    if half:
        assert split[:, 1] == pytest.approx(people[:, len(found) // 2 :].sum(axis=1))


@unhurried
@given(WEIGHTS, SEEDS)
def test_recovered_weights_come_back_from_a_workbook_and_are_never_negative(weights, seed) -> None:
    people = np.random.default_rng(seed).random((40, len(weights))) * 1000
    found = recovered_weights(people, people @ np.array(weights), 2021, 2021)
    assert found.weights == pytest.approx(np.array(weights), rel=1e-6)
    assert (found.weights >= 0).all()
    assert found.relative_gap < 1e-9


def test_recovered_weights_refuse_another_vintage_and_unknown_values_at_once() -> None:
    people = np.ones((3, 2))
    with pytest.raises(DataError) as refused:
        recovered_weights(people, np.array([1.0, np.nan, 2.0]), 2020, 2016)
    assert len(refused.value.problems) == 2
    assert "2016" in str(refused.value)


def test_recovered_weights_refuse_classes_that_cannot_be_told_apart() -> None:
    people = np.outer(np.arange(1.0, 6.0), [0.3, 0.7])
    with pytest.raises(DataError, match="indiscernables"):
        recovered_weights(people, people.sum(axis=1), 2021, 2021)


def test_ages_that_do_not_increase_are_refused() -> None:
    with pytest.raises(ShapeError):
        reclassed(np.ones((1, 2)), [0, 0], [0])
