"""The worked example: three communes A, B, C of 1000, 2000 and 1500 standardised inhabitants."""

import numpy as np
import pytest
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.maths.catchment import reaches_someone, supply_to_demand_ratio, two_step
from assemblier.maths.decay import stepped, weighted_pairs

DEMAND = np.array([1000.0, 2000.0, 1500.0])
SUPPLY = np.array([6000.0, 0.0, 4500.0])
MINUTES = sp.csr_array(
    (
        np.array([0.0, 8.0, 18.0, 8.0, 0.0, 12.0, 18.0, 12.0, 0.0]),
        (np.repeat([0, 1, 2], 3), np.tile([0, 1, 2], 3)),
    ),
    shape=(3, 3),
)
WEIGHTS = weighted_pairs(
    MINUTES, stepped([(10, 1), (15, 2 / 3), (20, 1 / 3)], upper_inclusive=True)
)


def test_ratios_of_the_worked_example() -> None:
    ratio = supply_to_demand_ratio(SUPPLY, DEMAND, WEIGHTS)
    assert ratio == pytest.approx([1.714286, 0.0, 1.421053], abs=5e-7)


def test_scores_of_the_worked_example() -> None:
    score = two_step(SUPPLY, DEMAND, WEIGHTS)
    assert score == pytest.approx([2.187970, 2.661654, 1.992481], abs=5e-7)
    assert DEMAND @ score == pytest.approx(10_500)


def test_one_doctor_one_commune() -> None:
    assert two_step([5000.0], [1000.0], sp.csr_array([[1.0]])).tolist() == [5.0]


def test_everybody_within_the_first_band_shares_everything() -> None:
    weights = sp.csr_array(np.ones((3, 3)))
    score = two_step(SUPPLY, DEMAND, weights)
    assert score == pytest.approx(np.full(3, SUPPLY.sum() / DEMAND.sum()))


def test_nothing_in_reach_is_zero_and_an_island_stays_finite() -> None:
    weights = sp.csr_array(np.array([[1.0, 0.0], [0.0, 0.0]]))
    score = two_step([10.0, 7.0], [5.0, 4.0], weights)
    assert score.tolist() == [2.0, 0.0]
    assert reaches_someone([5.0, 4.0], weights).tolist() == [True, False]


def test_a_commune_without_inhabitants_has_a_score_and_does_not_divide_by_zero() -> None:
    weights = sp.csr_array(np.array([[1.0, 0.0], [1.0, 1.0]]))
    score = two_step([10.0, 7.0], [5.0, 0.0], weights)
    assert score.tolist() == [2.0, 2.0]


def test_unknown_supply_makes_unknown_who_reaches_it_and_nobody_else() -> None:
    weights = sp.csr_array(np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]))
    score = two_step([np.nan, 6.0], [1.0, 1.0, 1.0], weights)
    assert np.isnan(score).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("supply", "demand"),
    [([1.0], [1.0, 2.0]), ([1.0, 2.0, 3.0], [1.0]), ([-1.0, 1.0], [1.0, 1.0])],
)
def test_arrays_that_do_not_fit_are_refused(supply: list[float], demand: list[float]) -> None:
    with pytest.raises(ShapeError, match="attendu"):
        two_step(supply, demand, sp.csr_array(np.ones((2, 2))))


def test_a_matrix_of_supply_is_refused() -> None:
    with pytest.raises(ShapeError, match="forme"):
        two_step(np.ones((2, 2)), [1.0, 1.0], sp.csr_array(np.ones((2, 2))))
