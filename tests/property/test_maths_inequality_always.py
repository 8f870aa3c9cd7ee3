"""Each test is a line of « Always true » of `assemblier.maths.inequality`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.maths import inequality

unhurried = settings(deadline=None)
Distribution = tuple[np.ndarray, np.ndarray]


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    size = draw(st.integers(1, 15))
    # multiples of 0.01, as published scores are; 0 included
    values = draw(st.lists(st.integers(0, 900), min_size=size, max_size=size))
    people = draw(st.lists(st.integers(1, 20_000), min_size=size, max_size=size))
    return np.array(values) / 100, np.array(people, dtype=float)


def plain_gini(values: np.ndarray, people: np.ndarray) -> float:
    """Mean absolute difference between two people, over twice the mean."""
    average = (values * people).sum() / people.sum()
    if average == 0:
        return 0.0
    difference = 0.0
    for value, weight in zip(values, people, strict=True):
        for other, other_weight in zip(values, people, strict=True):
            difference += weight * other_weight * abs(value - other)
    return float(difference / people.sum() ** 2 / (2 * average))


@unhurried
@given(distributions())
def test_gini_is_half_the_relative_mean_difference(case: Distribution) -> None:
    assert inequality.gini(*case) == pytest.approx(plain_gini(*case), abs=1e-9)


@unhurried
@given(distributions(), st.floats(0, 9))
def test_indices_are_0_when_everybody_has_the_same(case: Distribution, value: float) -> None:
    values = np.full_like(case[0], value)
    assert inequality.gini(values, case[1]) == pytest.approx(0, abs=1e-9)
    assert inequality.theil(values, case[1]) == pytest.approx(0, abs=1e-9)


@unhurried
@given(distributions())
def test_indices_stay_in_their_range(case: Distribution) -> None:
    assert 0 <= inequality.gini(*case) < 1
    assert inequality.theil(*case) >= 0
    assert inequality.palma(*case) >= 0.25 - 1e-9
    assert inequality.tenth_ratio(*case) >= 1 - 1e-9


@unhurried
@given(distributions(), st.floats(0.1, 10))
def test_indices_do_not_change_with_the_scale(case: Distribution, factor: float) -> None:
    values, people = case
    for index in (inequality.gini, inequality.theil, inequality.palma):
        assert index(values * factor, people) == pytest.approx(index(values, people), abs=1e-9)
    assert inequality.gini(values, people * factor) == pytest.approx(
        inequality.gini(values, people), abs=1e-9
    )


@unhurried
@given(distributions(), st.floats(0.1, 0.9))
def test_splitting_a_place_changes_nothing(case: Distribution, part: float) -> None:
    values, people = case
    split_values = np.append(values, values[0])
    split_people = np.append(people, people[0] * part)
    split_people[0] *= 1 - part
    assert inequality.gini(split_values, split_people) == pytest.approx(
        inequality.gini(values, people), abs=1e-9
    )


@unhurried
@given(distributions())
def test_the_lorenz_curve_rises_under_the_diagonal(case: Distribution) -> None:
    people, total = inequality.lorenz(*case)
    assert (people[0], total[0]) == (0, 0)
    assert (people[-1], total[-1]) == (pytest.approx(1), pytest.approx(1))
    assert (np.diff(people) >= 0).all()
    assert (np.diff(total) >= 0).all()
    assert (total <= people + 1e-9).all()


@unhurried
@given(distributions(), st.floats(0.01, 1))
def test_the_worst_served_are_never_above_the_mean_nor_the_best_under(
    case: Distribution, share: float
) -> None:
    average = inequality.mean(*case)
    assert inequality.worst_served_mean(*case, share) <= average + 1e-9
    assert inequality.best_served_mean(*case, share) >= average - 1e-9
    assert inequality.worst_served_mean(*case, 1) == pytest.approx(average)
    assert inequality.best_served_mean(*case, 1) == pytest.approx(average)


@unhurried
@given(distributions(), st.floats(0, 10), st.floats(0, 10))
def test_raising_the_threshold_never_lowers_a_count(
    case: Distribution, one: float, two: float
) -> None:
    low, high = (inequality.under(*case, threshold) for threshold in sorted((one, two)))
    assert low.count <= high.count
    assert low.weight <= high.weight
    assert low.share <= high.share


@unhurried
@given(distributions(), st.data())
def test_what_is_kept_and_what_is_excluded_make_the_whole(
    case: Distribution, data: st.DataObject
) -> None:
    values, people = case
    hidden = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    )
    kept = inequality.known(np.where(hidden, np.nan, values), people)
    assert kept.weights.sum() + kept.excluded_weight == pytest.approx(people.sum())
    assert kept.excluded_count == hidden.sum()
    assert len(kept.values) + kept.excluded_count == len(values)


@unhurried
@given(distributions())
def test_inputs_are_unchanged(case: Distribution) -> None:
    before = case[0].copy(), case[1].copy()
    inequality.gini(*case)
    inequality.theil(*case)
    inequality.palma(*case)
    inequality.tenth_ratio(*case)
    inequality.under(*case, 2.5)
    assert (case[0] == before[0]).all()
    assert (case[1] == before[1]).all()
