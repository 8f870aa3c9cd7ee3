"""Each test is a line of « Always true » of cohorts and of standardised rates."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assemblier.diagnosis.departures import listed_practitioners, outlook
from assemblier.diagnosis.standardised import Band, standardised
from assemblier.errors import ShapeError
from assemblier.maths.cohort import cohort, leaving_at, spread
from assemblier.maths.standardisation import direct
from assemblier.territory import parse

DAY = dt.date(2026, 11, 22)
AGES = 12
people = arrays(np.float64, AGES, elements=st.floats(0, 500))
parts = arrays(np.float64, AGES, elements=st.floats(0, 1))
years = st.integers(0, 15)


@given(people, parts, people, years)
def test_the_stock_of_a_year_is_that_of_the_year_before_plus_arrivals_minus_exits(
    stock: np.ndarray, rates: np.ndarray, arriving: np.ndarray, count: int
) -> None:
    total, exits, entries = cohort(stock, rates, arriving, count).totals()
    assert total[1:] == pytest.approx(total[:-1] + entries - exits)


@given(people, years)
def test_without_exit_nor_entry_the_total_stock_does_not_change(
    stock: np.ndarray, count: int
) -> None:
    nobody = np.zeros(AGES)
    assert cohort(stock, nobody, nobody, count).totals()[0] == pytest.approx(stock.sum())


@given(people, people, parts, people, people, years)
def test_the_stock_is_linear_in_the_first_stock_and_the_arrivals_together(
    one: np.ndarray,
    two: np.ndarray,
    rates: np.ndarray,
    some: np.ndarray,
    others: np.ndarray,
    count: int,
) -> None:
    together = cohort(one + two, rates, some + others, count).stock
    apart = cohort(one, rates, some, count).stock + cohort(two, rates, others, count).stock
    assert together == pytest.approx(apart)


def test_ages_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError):
        cohort(np.zeros(3), np.zeros(4), np.zeros(3), 1)


@given(st.integers(0, AGES - 1), st.integers(0, AGES - 1), st.floats(0, 1000))
def test_the_single_ages_of_a_band_sum_to_its_people(one: int, two: int, count: float) -> None:
    low, high = sorted((one, two))
    found = spread(np.array([low]), np.array([high]), np.array([count]), AGES)
    assert found.sum() == pytest.approx(count)
    assert (found[:low] == 0).all() and (found[high + 1 :] == 0).all()


def test_a_band_beyond_the_ages_is_refused() -> None:
    with pytest.raises(ShapeError):
        spread(np.array([8]), np.array([20]), np.array([1.0]), AGES)


@given(st.integers(0, AGES))
def test_everybody_leaves_on_reaching_the_age(age: int) -> None:
    assert leaving_at(age, AGES).tolist() == [0.0] * age + [1.0] * (AGES - age)


@given(st.lists(st.integers(22, 90), min_size=1, max_size=8), st.floats(0, 4))
def test_an_outlook_keeps_the_stock_of_a_year_that_of_the_year_before(
    ages: list[int], entries: float
) -> None:
    """`Outlook`: that of the year before, plus the entries, minus the exits."""
    found = outlook(parse("commune:43157"), listed_practitioners(ages, DAY), 2032, DAY, entries)
    for before, after in zip(found.years, found.years[1:], strict=False):
        moved = before.stock.value + after.entries.value - after.exits.value
        assert after.stock.value == pytest.approx(moved)


events = arrays(np.float64, (3, AGES), elements=st.integers(0, 60).map(float))
living = arrays(np.float64, (3, AGES), elements=st.integers(50, 9000).map(float))
reference = arrays(np.float64, AGES, elements=st.integers(1, 9000).map(float))


@given(events, living, reference)
def test_the_rate_lies_between_the_rates_by_age_and_in_its_interval(
    deaths: np.ndarray, population: np.ndarray, ages: np.ndarray
) -> None:
    found, by_age = direct(deaths, population, ages), deaths / population
    assert (found.rate >= by_age.min(axis=1) - 1e-12).all()
    assert (found.rate <= by_age.max(axis=1) + 1e-12).all()
    assert (found.low <= found.rate).all() and (found.rate <= found.high).all()


@given(events, living)
def test_a_zone_whose_ages_are_those_of_the_reference_keeps_its_crude_rate(
    deaths: np.ndarray, population: np.ndarray
) -> None:
    found = direct(deaths[:1], population[:1], population[0])
    assert found.rate[0] == pytest.approx(deaths[0].sum() / population[0].sum())


@given(events, living, reference, st.floats(0.01, 1000))
def test_only_the_shares_of_the_reference_count_not_its_size(
    deaths: np.ndarray, population: np.ndarray, ages: np.ndarray, size: float
) -> None:
    one, other = direct(deaths, population, ages), direct(deaths, population, ages * size)
    assert other.rate == pytest.approx(one.rate)
    assert other.high == pytest.approx(one.high)


def test_a_rate_that_cannot_be_is_refused() -> None:
    with pytest.raises(ShapeError):
        direct(np.ones((1, 2)), np.array([[1.0, 0.0]]), np.ones(2))
    with pytest.raises(ShapeError):
        direct(np.ones((1, 2)), np.ones((1, 3)), np.ones(2))


@given(st.permutations(range(6)), events, living)
def test_a_standardised_rate_lies_in_its_interval_and_the_order_of_rows_does_not_matter(
    order: list[int], deaths: np.ndarray, population: np.ndarray
) -> None:
    bands = [
        Band(
            "zsp", f"zone {zone}", first, last, deaths[zone, rank], population[zone, rank], "", "x"
        )
        for zone in range(3)
        for rank, (first, last) in enumerate(((0, 64), (65, None)))
    ]
    found = standardised(bands, DAY)
    assert standardised([bands[place] for place in order], DAY) == found
    assert all(one.low.value <= one.rate.value <= one.high.value for one in found)
