import numpy as np
import pytest

from assemblier.errors import ShapeError
from assemblier.maths import inequality


def test_equal_values_are_equal() -> None:
    values, people = np.full(5, 3.2), np.array([1.0, 20.0, 3.0, 400.0, 5.0])
    assert inequality.gini(values, people) == pytest.approx(0, abs=1e-12)
    assert inequality.theil(values, people) == pytest.approx(0, abs=1e-12)
    assert inequality.palma(values, people) == pytest.approx(0.25)
    assert inequality.tenth_ratio(values, people) == pytest.approx(1)


def test_known_gini_of_one_who_has_everything() -> None:
    # n - 1 people with nothing, one with everything: 1 - 1/n.
    assert inequality.gini([0.0] * 9 + [1.0], [1.0] * 10) == pytest.approx(0.9)


def test_known_theil_of_one_who_has_everything() -> None:
    assert inequality.theil([0.0] * 9 + [1.0], [1.0] * 10) == pytest.approx(np.log(10))


def test_palma_and_tenths_by_hand() -> None:
    values, people = np.arange(1.0, 11.0), np.ones(10)
    assert inequality.palma(values, people) == pytest.approx(10 / (1 + 2 + 3 + 4))
    assert inequality.worst_served_mean(values, people) == pytest.approx(1)
    assert inequality.best_served_mean(values, people) == pytest.approx(10)
    assert inequality.tenth_ratio(values, people) == pytest.approx(10)


def test_a_place_across_the_limit_counts_in_part() -> None:
    # the worst tenth of 100 people: 5 at 1, then 5 of the 95 at 3
    assert inequality.worst_served_mean([1.0, 3.0], [5.0, 95.0]) == pytest.approx(2.0)


def test_nothing_at_all_is_equal_and_nothing_for_some_is_infinite() -> None:
    assert inequality.gini([0.0, 0.0], [1.0, 1.0]) == 0
    assert inequality.theil([0.0, 0.0], [1.0, 1.0]) == 0
    assert inequality.tenth_ratio([0.0, 0.0], [1.0, 1.0]) == 1
    assert inequality.palma([0.0, 1.0], [1.0, 1.0]) == float("inf")
    assert inequality.tenth_ratio([0.0, 1.0], [1.0, 1.0]) == float("inf")


def test_under_is_strict() -> None:
    found = inequality.under([0.9, 2.499, 2.5, 4.0], [1.0, 2.0, 4.0, 8.0], 2.5)
    assert (found.count, found.weight) == (2, 3.0)
    assert found.share == pytest.approx(0.2)


def test_unknown_values_are_refused_and_can_be_set_apart() -> None:
    values, people = [1.0, np.nan, 3.0], [10.0, 5.0, 10.0]
    with pytest.raises(ShapeError, match="known"):
        inequality.gini(values, people)
    kept = inequality.known(values, people)
    assert (kept.excluded_weight, kept.excluded_count) == (5.0, 1)
    assert inequality.mean(kept.values, kept.weights) == 2.0


@pytest.mark.parametrize(
    ("values", "people", "message"),
    [
        ([1.0], [1.0, 2.0], "attendu"),
        ([1.0, 2.0], [1.0, np.nan], "poids inconnus"),
        ([1.0], [0.0], "aucun habitant"),
        ([-1.0], [1.0], "négatives"),
    ],
)
def test_distributions_that_make_no_sense_are_refused(
    values: list[float], people: list[float], message: str
) -> None:
    with pytest.raises(ShapeError, match=message):
        inequality.mean(values, people)


def test_a_share_outside_zero_one_is_refused() -> None:
    with pytest.raises(ValueError, match="part"):
        inequality.worst_served_mean([1.0], [1.0], 0)
