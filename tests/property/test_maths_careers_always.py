"""Each test is a line of « Always true » of careers, ensembles and cohort changes."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assemblier.errors import ShapeError
from assemblier.maths import careers, ensemble
from assemblier.maths.assimilation import score_operator
from assemblier.maths.careers import (
    STEPS,
    GoingOn,
    by_draws,
    cumulative_exits,
    drawn_ages,
    drawn_careers,
    drawn_exits,
    scale_for,
)
from assemblier.maths.cohort import cohort
from assemblier.maths.cohort_change import cohort_change, projected
from assemblier.maths.ensemble import BLOCK, quantiles_of, rank_of, summary

AGES = 12
rates = arrays(np.float64, AGES, elements=st.floats(0, 1))
people = arrays(np.float64, AGES, elements=st.floats(0, 500))
years = st.integers(0, 15)
seeds = st.integers(0, 2**32)
census = arrays(np.float64, 20, elements=st.integers(1, 900).map(float))


@given(rates, rates, years)
def test_more_years_never_lower_the_chance_of_having_ceased_nor_do_higher_rates(
    one: np.ndarray, two: np.ndarray, count: int
) -> None:
    low, high = cumulative_exits(np.minimum(one, two), count), cumulative_exits(one, count)
    assert (np.diff(high, axis=1) >= -1e-12).all()
    assert (low <= high + 1e-12).all()


@given(rates, people, years)
def test_the_chance_of_having_ceased_is_one_less_the_part_of_a_cohort_that_is_left(
    law: np.ndarray, stock: np.ndarray, count: int
) -> None:
    left = stock @ (1 - cumulative_exits(law, count))
    assert left == pytest.approx(cohort(stock, law, np.zeros(AGES), count).totals()[0])


@given(rates, rates, seeds)
def test_higher_rates_never_give_a_later_year_for_the_same_chance(
    one: np.ndarray, two: np.ndarray, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    chances = rng.integers(0, STEPS, (AGES, 40), np.uint16)
    ages = np.arange(AGES)[:, None]
    low = drawn_exits(cumulative_exits(np.minimum(one, two), 9), ages, chances)
    assert (drawn_exits(cumulative_exits(one, 9), ages, chances) <= low).all()


@given(rates, seeds)
def test_the_part_that_ceases_by_a_year_tends_to_the_cumulative_chance(
    law: np.ndarray, seed: int
) -> None:
    draws = 4000
    chances = np.random.default_rng(seed).integers(0, STEPS, (AGES, draws), np.uint16)
    cumulative = cumulative_exits(law, 9)
    found = drawn_exits(cumulative, np.arange(AGES)[:, None], chances)
    for year in range(1, 10):
        part, chance = (found <= year).mean(axis=1), cumulative[:, year]
        # Six standard deviations of a mean of draws, and the step chances are read to.
        bound = 6 * np.sqrt(chance * (1 - chance) / draws) + 2 / STEPS
        assert (np.abs(part - chance) <= bound).all()


@given(rates, st.floats(0, 1), st.integers(0, 12), st.integers(0, 4), seeds)
def test_nobody_ceases_before_they_retire_compiled_or_not(
    law: np.ndarray, share: float, age: int, length: int, seed: int
) -> None:
    """`drawn_careers`; without going on, they cease when they retire."""
    rng = np.random.default_rng(seed)
    chances, more = (rng.integers(0, STEPS, (AGES, 50), np.uint16) for _ in range(2))
    ages, cumulative = np.arange(AGES)[:, None], cumulative_exits(law, 9)
    going_on, found = GoingOn(share, age, length), []
    for least in (1, 10**9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(careers, "WORTHWHILE", least)
            found.append(drawn_careers(cumulative, ages, chances, going_on, (more, more)))
    (retires, ends), again = found
    assert (retires == again[0]).all() and (ends == again[1]).all()
    assert (ends >= retires).all() and (ends <= 10).all()
    alone = drawn_careers(cumulative, ages, chances)
    assert (alone[0] == alone[1]).all() and (alone[0] == retires).all()


def test_every_chance_once_gives_the_law_to_a_step() -> None:
    law = np.linspace(0, 1, AGES)
    chances = np.tile(np.arange(STEPS, dtype=np.uint16), (AGES, 1))
    cumulative = cumulative_exits(law, 6)
    found = drawn_exits(cumulative, np.arange(AGES)[:, None], chances)
    for year in range(1, 7):
        assert (found <= year).mean(axis=1) == pytest.approx(cumulative[:, year], abs=1 / STEPS)


@given(arrays(np.float64, AGES, elements=st.sampled_from([0.0, 1.0, 3.0])), seeds)
def test_nobody_has_an_age_whose_part_is_zero(parts: np.ndarray, seed: int) -> None:
    parts[3] = 1.0
    chances = np.random.default_rng(seed).integers(0, STEPS, 500, np.uint16)
    assert (parts[drawn_ages(parts, chances)] > 0).all()


@given(st.floats(0.001, 0.999), st.floats(0.01, 1))
def test_the_exits_of_the_factor_found_are_the_share(share: float, slope: float) -> None:
    def exits(factor: float) -> float:
        return min(1.0, slope * factor)

    assert exits(scale_for(share, exits)) == pytest.approx(share)
    assert scale_for(0.5, lambda _: 0.1, most=9.0) == 9.0


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ShapeError):
        cumulative_exits(np.array([1.5]), 2)
    with pytest.raises(ShapeError):
        cumulative_exits(np.array([0.5]), 999)
    with pytest.raises(ShapeError):
        drawn_exits(np.zeros((3, 2)), np.zeros((2, 1), int), np.zeros((3, 4), np.uint16))
    with pytest.raises(ShapeError):
        drawn_ages(np.zeros(4), np.zeros(3, np.uint16))
    with pytest.raises(ShapeError):
        cohort_change(np.zeros(4), np.zeros(4))
    with pytest.raises(ShapeError):
        summary(sp.csr_array((2, 3)), np.zeros((2, 4), np.float32), np.zeros(2), (0.5,))
    with pytest.raises(ShapeError):
        summary(sp.csr_array((2, 3)), np.zeros((3, 4), np.float32), np.zeros(5), (0.5,))


def network(seed: int, homes: int, places: int) -> tuple[sp.csr_array, np.ndarray]:
    """Return an operator where every place is reached, and its people."""
    rng = np.random.default_rng(seed)
    weights = rng.random((homes, places)) * (rng.random((homes, places)) < 0.4)
    weights[0] = 1.0
    served = rng.integers(1, 900, homes).astype(np.float64)
    return score_operator(served, sp.csr_array(weights)), served


@given(seeds, st.integers(1, 30))
def test_quantiles_are_in_order_and_are_the_start_where_nothing_changes(
    seed: int, draws: int
) -> None:
    operator, _ = network(seed, 9, 5)
    rng = np.random.default_rng(seed)
    start, shares = rng.random(9) * 5, (0.05, 0.1, 0.5, 0.9, 0.95)
    change = (rng.normal(0, 300, (5, draws))).astype(np.float32)
    found = summary(operator, change, start, shares).quantiles
    # Nested: the interval of nine draws in ten holds that of eight in ten, which holds the median.
    assert (np.diff(found, axis=0) >= 0).all()
    still = summary(operator, np.zeros((5, draws), np.float32), start, shares).quantiles
    assert (still == start.astype(np.float32)).all()


@given(seeds)
def test_homes_by_block_or_all_at_once_give_the_same(seed: int) -> None:
    homes, places = BLOCK + 70, 3
    operator, _ = network(seed, homes, places)
    change = np.random.default_rng(seed).normal(0, 50, (places, 11)).astype(np.float32)
    start = np.full(homes, 2.0)
    whole = summary(operator, change, start, (0.1, 0.5)).quantiles
    parts = [
        summary(operator[rows], change, start[rows], (0.1, 0.5)).quantiles
        for rows in (slice(0, 100), slice(100, homes))
    ]
    assert (whole == np.concatenate(parts, axis=1)).all()


@given(seeds, st.integers(1, 70), st.sampled_from([0.0, 4.0, 4000.0]))
def test_compiled_or_not_quantiles_are_the_same(seed: int, draws: int, size: float) -> None:
    """Drawn one by one or many times the same; unknown starts and scores held at 0 among them."""
    pytest.importorskip("numba")
    operator, _ = network(seed, BLOCK + 7, 11)
    rng = np.random.default_rng(seed)
    change = rng.choice(rng.normal(0, size, 9), (11, draws)).astype(np.float32)
    start, shares = rng.choice([0.0, 1.5, 3.0, np.nan], len(operator.indptr) - 1), (0.1, 0.5, 1.0)
    group, found = sp.csr_array(rng.random((2, len(start)))), []
    for least in (0, 10**18):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ensemble, "WORTHWHILE", least)
            found.append(summary(operator, change, start, shares, group))
    one, two = found
    # A compiler that adds and multiplies at once, on other processors, may differ by a rounding.
    assert one.quantiles == pytest.approx(two.quantiles, rel=1e-5, abs=1e-5, nan_ok=True)
    assert one.groups == pytest.approx(two.groups, rel=1e-5, abs=1e-5)


@given(arrays(np.float32, (5, 60), elements=st.sampled_from([0.0, 0.5, 1e-30, 2.0, 9e9, np.nan])))
def test_compiled_ranks_are_those_of_a_sort(drawn: np.ndarray) -> None:
    """Of numbers that are not negative, many of them equal; the unknown come last."""
    pytest.importorskip("numba")
    ranks = np.array([0, 5, 29, 53, 59])
    found = ensemble._compiled_ranked(drawn.copy(), ranks)
    assert np.array_equal(found, ensemble._ranked(drawn.copy(), ranks), equal_nan=True)


@given(st.integers(0, 600), st.integers(1, 70), seeds)
def test_draws_by_parts_one_beside_the_other_are_the_values(
    count: int, draws: int, seed: int
) -> None:
    values = np.random.default_rng(seed).integers(0, 99, (count, draws), np.int8)
    parts = by_draws(values)
    assert (np.concatenate(parts, axis=1) == values).all()
    assert all(part.flags.c_contiguous for part in parts)


@given(seeds)
def test_the_supply_added_is_what_reaches_the_people(seed: int) -> None:
    """Supply conserved: the gains of a group weighted by its people sum to the supply added."""
    operator, served = network(seed, 7, 4)
    change = np.random.default_rng(seed).uniform(0, 900, (4, 6)).astype(np.float32)
    found = summary(operator, change, np.zeros(7), (), sp.csr_array(served[None, :])).groups[0]
    assert found == pytest.approx(change.sum(axis=0, dtype=np.float64), rel=1e-5)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 2000))
def test_a_larger_share_never_gives_a_smaller_rank(one: float, two: float, draws: int) -> None:
    low, high = sorted((one, two))
    assert 0 <= rank_of(low, draws) <= rank_of(high, draws) < draws


@given(arrays(np.float64, (3, 17), elements=st.floats(-9, 9)))
def test_a_quantile_is_a_value_that_was_drawn(values: np.ndarray) -> None:
    found = quantiles_of(values, (0.1, 0.5, 0.9))
    assert all(set(found[:, row]) <= set(values[row]) for row in range(3))


@given(census, census)
def test_the_ratios_bring_the_first_census_to_the_second(
    before: np.ndarray, after: np.ndarray
) -> None:
    change = cohort_change(before, after, most=1e9)
    assert change.after(before) == pytest.approx(after)


@given(census, census, census, census, st.floats(0, 22))
def test_projected_people_are_linear_never_negative_and_unchanged_after_no_year(
    before: np.ndarray, after: np.ndarray, one: np.ndarray, two: np.ndarray, count: float
) -> None:
    change = cohort_change(before, after)
    assert (projected(one, change, 0) == one).all()
    assert (projected(one, change, count) >= 0).all()
    together, apart = change.after(one + two), change.after(one) + change.after(two)
    assert together == pytest.approx(apart)
