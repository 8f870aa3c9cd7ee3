"""Each test is a line of « Always true » of `assemblier.maths.catchment`."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.maths.catchment import reaches_someone, two_step

unhurried = settings(deadline=None)
Case = tuple[np.ndarray, np.ndarray, sp.csr_array]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Supply, demand and weights, some islands among them."""
    homes, places = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    supply = rng.integers(0, 6000, places).astype(float)
    demand = rng.integers(0, 3000, homes).astype(float)
    weights = rng.choice([0.0, 1 / 3, 2 / 3, 1.0], size=(homes, places), p=[0.4, 0.2, 0.2, 0.2])
    return supply, demand, sp.csr_array(weights)


def plain_two_step(supply: list[float], demand: list[float], weight: list[list[float]]) -> list:
    """The same indicator, written as the paper states it, without any library."""
    ratios = []
    for place, offered in enumerate(supply):
        asked = 0.0
        for home, people in enumerate(demand):
            asked += people * weight[home][place]
        ratios.append(offered / asked if asked else 0.0)
    scores = []
    for home in range(len(demand)):
        score = 0.0
        for place, ratio in enumerate(ratios):
            score += ratio * weight[home][place]
        scores.append(score)
    return scores


@unhurried
@given(cases())
def test_a_plain_reading_of_the_paper_gives_the_same_scores(case: Case) -> None:
    supply, demand, weights = case
    expected = plain_two_step(supply.tolist(), demand.tolist(), weights.toarray().tolist())
    assert two_step(supply, demand, weights) == pytest.approx(expected, rel=1e-12)


@unhurried
@given(cases())
def test_demand_times_score_equals_the_supply_that_somebody_can_reach(case: Case) -> None:
    supply, demand, weights = case
    reached = supply[reaches_someone(demand, weights)].sum()
    assert demand @ two_step(supply, demand, weights) == pytest.approx(reached)


@unhurried
@given(cases(), st.floats(0.1, 10))
def test_scores_are_linear_in_supply(case: Case, factor: float) -> None:
    supply, demand, weights = case
    score = two_step(supply, demand, weights)
    other = np.flip(supply)
    assert two_step(factor * supply, demand, weights) == pytest.approx(factor * score)
    assert two_step(supply + other, demand, weights) == pytest.approx(
        score + two_step(other, demand, weights)
    )


@unhurried
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_homes_and_of_places_does_not_matter(case: Case, random) -> None:
    supply, demand, weights = case
    homes, places = list(range(len(demand))), list(range(len(supply)))
    random.shuffle(homes)
    random.shuffle(places)
    shuffled = sp.csr_array(weights.toarray()[np.ix_(homes, places)])
    assert two_step(supply[places], demand[homes], shuffled) == pytest.approx(
        two_step(supply, demand, weights)[homes]
    )


@unhurried
@given(cases(), st.data())
def test_adding_supply_never_lowers_a_score(case: Case, data: st.DataObject) -> None:
    supply, demand, weights = case
    more = supply.copy()
    more[data.draw(st.integers(0, len(supply) - 1))] += data.draw(st.floats(0, 6000))
    gain = two_step(more, demand, weights) - two_step(supply, demand, weights)
    assert (gain >= -1e-9).all()


@unhurried
@given(cases())
def test_full_reach_gives_total_supply_over_total_demand(case: Case) -> None:
    supply, demand, weights = case
    demand = demand + 1  # somebody lives there
    everything = sp.csr_array(np.ones(weights.shape))
    expected = np.full(len(demand), supply.sum() / demand.sum())
    assert two_step(supply, demand, everything) == pytest.approx(expected)


@unhurried
@given(cases())
def test_inputs_are_unchanged(case: Case) -> None:
    supply, demand, weights = case
    before = supply.copy(), demand.copy(), weights.toarray()
    two_step(supply, demand, weights)
    assert (supply == before[0]).all()
    assert (demand == before[1]).all()
    assert (weights.toarray() == before[2]).all()
