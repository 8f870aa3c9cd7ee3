"""Each test is a line of « Always true » of the other forms, the edits and the compiled kernels."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.maths import fast
from assemblier.maths.catchment import reaches_someone, two_step
from assemblier.maths.decay import Stepped, stepped, weighted_pairs
from assemblier.maths.edits import SupplyEdits
from assemblier.maths.fast import two_step_minutes, two_step_weights
from assemblier.maths.variants import three_step, two_step_binary

unhurried = settings(deadline=None)
Case = tuple[np.ndarray, np.ndarray, sp.csr_array]
STEPS = stepped([(10, 1), (15, 2 / 3), (20, 1 / 3)], upper_inclusive=True)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Supply, demand and minutes, some pairs on the edge of a band, some islands."""
    homes, places = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    chosen = rng.random((homes, places)) < 0.7
    rows, columns = np.nonzero(chosen)
    minutes = rng.choice([0.0, 3.5, 10.0, 12.0, 15.0, 20.0, 20.5], len(rows))
    return (
        rng.integers(0, 6000, places).astype(float),
        rng.integers(0, 3000, homes).astype(float),
        sp.csr_array((minutes, (rows, columns)), shape=(homes, places)),
    )


@unhurried
@given(cases())
def test_two_step_binary_is_two_step_on_weights_of_0_and_1(case: Case) -> None:
    supply, demand, minutes = case
    weights = weighted_pairs(minutes, STEPS)
    ones = sp.csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), weights.shape)
    assert two_step_binary(supply, demand, weights) == pytest.approx(two_step(supply, demand, ones))


@unhurried
@given(cases())
def test_three_step_conserves_the_supply_that_somebody_reaches(case: Case) -> None:
    supply, demand, minutes = case
    weights = weighted_pairs(minutes, STEPS)
    reached = supply[reaches_someone(demand, weights)].sum()
    assert demand @ three_step(supply, demand, weights) == pytest.approx(reached)


@unhurried
@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_three_step_is_two_step_where_each_home_has_one_place(homes: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    supply, demand = rng.random(3) * 100, rng.random(homes) * 100
    place = rng.integers(0, 3, homes)
    weights = sp.csr_array((np.ones(homes), (np.arange(homes), place)), shape=(homes, 3))
    assert three_step(supply, demand, weights) == pytest.approx(two_step(supply, demand, weights))


@unhurried
@given(cases(), st.data())
def test_an_edit_equals_the_whole_computation_again_and_comes_back(case, data) -> None:
    supply, demand, minutes = case
    weights = weighted_pairs(minutes, STEPS)
    place = data.draw(st.integers(0, len(supply) - 1))
    change = data.draw(st.floats(0, 6000))
    edits, before = SupplyEdits.of(demand, weights), two_step(supply, demand, weights)
    kept = before.copy()
    after = edits.apply(before, place, change)
    more = supply.copy()
    more[place] += change
    assert after == pytest.approx(two_step(more, demand, weights), rel=1e-12, abs=1e-9)
    assert edits.apply(after, place, -change) == pytest.approx(before, rel=1e-12, abs=1e-9)
    assert (before == kept).all()


@unhurried
@given(cases(), st.booleans())
def test_a_stepped_decay_gives_each_minute_the_weight_of_its_band(case: Case, inclusive) -> None:
    decay = stepped([(10, 1), (15, 0.5), (20, 0.25)], upper_inclusive=inclusive)
    assert isinstance(decay, Stepped)
    for minute, weight in zip(case[2].data, decay(case[2].data), strict=True):
        passed = [edge for edge in (10, 15, 20) if (minute > edge if inclusive else minute >= edge)]
        assert weight == [1, 0.5, 0.25, 0][len(passed)]


@unhurried
@given(cases(), st.booleans())
def test_two_step_minutes_equals_the_reference_for_one_or_several(case: Case, inclusive) -> None:
    supply, demand, minutes = case
    decay = stepped([(10, 1), (15, 2 / 3), (20, 1 / 3)], upper_inclusive=inclusive)
    weights = weighted_pairs(minutes, decay)
    before = supply.copy(), demand.copy(), minutes.toarray()
    supplies = np.column_stack([supply, supply[::-1]])
    demands = np.column_stack([demand, demand + 1])
    together = two_step_minutes(supplies, demands, minutes, decay)
    for column in range(2):
        expected = two_step(supplies[:, column], demands[:, column], weights)
        assert together[:, column] == pytest.approx(expected, rel=1e-12, abs=1e-12)
    alone = two_step_minutes(supply, demand, minutes, decay)
    assert alone == pytest.approx(together[:, 0], rel=1e-12)
    assert (supply == before[0]).all() and (demand == before[1]).all()
    assert (minutes.toarray() == before[2]).all()


@pytest.mark.skipif(not fast.is_available(), reason="numba n'est pas installé (extra rapide)")
@settings(deadline=None, max_examples=40)
@given(cases(), st.booleans())
def test_the_compiled_kernels_equal_the_reference_to_1e_12(case: Case, inclusive) -> None:
    supply, demand, minutes = case
    decay = stepped([(10, 1), (15, 2 / 3), (20, 1 / 3)], upper_inclusive=inclusive)
    weights = weighted_pairs(minutes, decay)
    expected = two_step(supply, demand, weights)
    found = fast.compiled(supply[:, None], demand[:, None], minutes, decay)[:, 0]
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)
    both = two_step_weights(supply, demand, weights, sp.csc_array(weights))
    assert both == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.skipif(not fast.is_available(), reason="numba n'est pas installé (extra rapide)")
@settings(deadline=None, max_examples=40)
@given(cases(), st.data())
def test_the_compiled_kernels_keep_unknown_where_the_reference_does(case: Case, data) -> None:
    supply, demand, minutes = case
    supply[data.draw(st.integers(0, len(supply) - 1))] = np.nan
    expected = two_step(supply, demand, weighted_pairs(minutes, STEPS))
    found = fast.compiled(supply[:, None], demand[:, None], minutes, STEPS)[:, 0]
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True)
