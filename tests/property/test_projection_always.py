"""Each test is a line of « Always true » of the projection of practitioners."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assemblier import access
from assemblier.maths.cohort import cohort
from assemblier.scenarios.projection import Arrival, Group, counted, project
from assemblier.scenarios.projection.ageing import NOTHING, Ageing, ageing_of, need_factors
from assemblier.scenarios.projection.cliff import cliffs
from assemblier.scenarios.projection.intervals import Measure, drawn
from assemblier.scenarios.projection.laws import AGES, age_parts, by_age, rates_of, staying
from assemblier.scenarios.projection.lives import arrivals, chances, even_chances, generator
from assemblier.scenarios.projection.placement import (
    NOWHERE,
    ground_of,
    placement,
    supply_change,
    supply_changes,
)
from assemblier.scenarios.projection.population import crowd, tally, usual_time
from assemblier.scenarios.projection.reference import Reference, overlay
from assemblier.scenarios.projection.scores import operator_at, positions, scored
from assemblier.scenarios.projection.sensitivity import Ending, effects
from assemblier.scenarios.projection.waves import Wave, expected_stock, waves_of
from assemblier.travel import chain_engine
from tests.projection_cases import DAY, HERE, NOBODY_CEASES, everyone, settled

BASE = access.baseline(HERE, DAY, chain_engine(DAY))
GROUND = ground_of(HERE, BASE)
COUNTED = counted(HERE, BASE, DAY)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ages = st.lists(st.integers(25, 90), min_size=1, max_size=12)
shares = st.floats(0, 1)
laws = st.lists(shares, min_size=7, max_size=7).map(tuple)
rising = laws.map(lambda one: tuple(sorted(one)))
seeds = st.integers(0, 2**32)


def of(some: list[int]) -> tuple[Group, ...]:
    return tuple(Group(1, age, age) for age in some)


@given(ages, laws, st.floats(0, 3), st.floats(0, 3))
def test_a_higher_factor_never_lowers_a_rate(
    some: list[int], law: tuple[float, ...], one: float, two: float
) -> None:
    low, high = (
        rates_of(settled(depart_taux=law, facteur_departs=factor), of(some))
        for factor in sorted((one, two))
    )
    assert (low <= high).all()


@given(st.floats(0.001, 0.15), st.integers(20, 400))
def test_scaled_those_who_cease_in_the_first_year_are_the_part_observed(
    share: float, count: int
) -> None:
    found, groups = settled(departs_observes=share), (Group(count),)
    left = by_age(found, groups) @ staying(rates_of(found, groups), found, 1)
    assert 1 - left[1] / left[0] == pytest.approx(share)


@given(st.one_of(st.none(), st.integers(25, 70)), st.integers(0, 20))
def test_the_parts_of_the_ages_of_a_class_sum_to_one(youngest: int | None, width: int) -> None:
    oldest = None if youngest is None else youngest + width
    assert age_parts(settled(), youngest, oldest).sum() == pytest.approx(1)


@given(laws, shares, st.floats(0, 8))
def test_more_years_never_raise_the_part_that_stays_and_cumul_never_lowers_it(
    law: tuple[float, ...], share: float, length: float
) -> None:
    on = settled(depart_taux=law, cumul_part=share, cumul_annees=length)
    rates = rates_of(on, ())
    found, off = staying(rates, on, 12), staying(rates, replace(on, has_cumul=False), 12)
    assert (np.diff(found, axis=1) <= 1e-12).all()
    assert (found >= off - 1e-12).all()
    people = np.ones(AGES)
    assert people @ off == pytest.approx(cohort(people, rates, np.zeros(AGES), 12).totals()[0])


@given(ages, laws, st.floats(0, 5))
def test_without_cumul_the_expected_stock_is_the_total_of_a_cohort(
    some: list[int], law: tuple[float, ...], count: float
) -> None:
    found, groups = settled(depart_taux=law, cumul=False), of(some)
    rates = rates_of(found, groups)
    waves = [Wave(year, count, is_rate=True) for year in range(1, 11)]
    entering = np.zeros(AGES)
    entering[found.arrival_age] = count
    total = cohort(by_age(found, groups), rates, entering, 10).totals()[0]
    assert expected_stock(found, groups, waves, rates, 10) == pytest.approx(total)


@FEW
@given(ages, st.integers(40, 80))
def test_the_deterministic_limit_is_a_cohort(some: list[int], leaving: int) -> None:
    """Rates of 0 or 1 and listed arrivals leave nothing to chance: every draw is the cohort."""
    at = {"depart_ages": (0, leaving), "depart_taux": (0.0, 1.0), "cumul": False}
    listed = {"variante": "taux observés", "installations": [(y, 2) for y in range(2027, 2037)]}
    found = settled(**at, **listed)
    now = everyone(*of(some))
    counts = tally(crowd(now, found, (), 10)).stock
    entering = np.zeros(AGES)
    entering[found.arrival_age] = 2
    total = cohort(by_age(found, now.groups), rates_of(found, ()), entering, 10).totals()[0]
    assert (counts == np.round(total)[:, None]).all()


@FEW
@given(ages, rising, seeds)
def test_the_mean_over_draws_tends_to_the_expected_stock(
    some: list[int], law: tuple[float, ...], seed: int
) -> None:
    found = settled(depart_taux=law, graine=seed, tirages=2000, variante="taux observés",
                    taux_installation=0.3)  # fmt: skip
    everybody = crowd(everyone(*of(some)), found, (), 10)
    counts, expected = tally(everybody).stock, everybody.expected
    left = staying(everybody.rates, found, 10)
    # Independent lives: variances add up; a Poisson number of arrivals has its mean for variance.
    variance = sum(left[age] * (1 - left[age]) for age in some)
    arrived = expected - sum(left[age] for age in some)
    bound = 6 * np.sqrt((variance + arrived) / 2000) + 1e-3 * (len(some) + arrived)
    assert (np.abs(counts.mean(axis=1) - expected) <= bound).all()


@FEW
@given(ages, laws, seeds, st.floats(0, 4))
def test_a_crowd_is_counted_without_losing_anybody(
    some: list[int], law: tuple[float, ...], seed: int, count: float
) -> None:
    """`Tally`: the stock of a year is that of the year before, plus entries, minus exits."""
    found = settled(depart_taux=law, graine=seed)
    announced = [Arrival(year, count) for year in range(2027, 2037)]
    counts = tally(crowd(everyone(*of(some)), found, announced, 10))
    assert (counts.stock[1:] == counts.stock[:-1] + counts.entries[1:] - counts.exits[1:]).all()
    assert (counts.time <= counts.stock + 1e-9).all()


@FEW
@given(ages, rising, rising, seeds)
def test_higher_rates_never_raise_the_stock_on_the_same_numbers(
    some: list[int], one: tuple[float, ...], two: tuple[float, ...], seed: int
) -> None:
    """In every draw, not only on average; without cumul, whose end a late exit may outlast."""
    low = tuple(min(pair) for pair in zip(one, two, strict=True))
    fewer, more = (
        tally(crowd(everyone(*of(some)), settled(depart_taux=law, graine=seed, cumul=False),
                    [Arrival(2028, 2.5)], 10)).stock
        for law in (one, low)
    )  # fmt: skip
    assert (fewer <= more).all()


@FEW
@given(ages, laws, seeds)
def test_more_years_never_make_those_who_are_there_younger_nor_more_numerous(
    some: list[int], law: tuple[float, ...], seed: int
) -> None:
    found = settled(depart_taux=law, graine=seed)
    lives = crowd(everyone(*of(some)), found, (), 10).present
    before = lives.present(0)
    for year in range(1, 11):
        after = lives.present(year)
        assert (after <= before).all()
        age = np.where(after, lives.ages + year, 999)
        assert (age.min(axis=0) >= min(some) + year).all()
        before = after


@FEW
@given(ages, laws, seeds)
def test_the_same_seed_gives_the_same_lives(
    some: list[int], law: tuple[float, ...], seed: int
) -> None:
    found, now = settled(depart_taux=law, graine=seed), everyone(*of(some), Group(3))
    one, two = (crowd(now, found, [Arrival(2030, 1.5)], 10) for _ in range(2))
    assert (one.present.ends == two.present.ends).all()
    assert (one.present.ages == two.present.ages).all()
    pairs = zip(one.entrants, two.entrants, strict=True)
    assert all((a.ends == b.ends).all() for a, b in pairs)
    shape = (4, 6)
    assert (chances(seed, shape, 1, 2) == chances(seed, shape, 1, 2)).all()
    assert (chances(seed, (9, 6), 1, 2)[:4] == chances(seed, shape, 1, 2)).all()


@FEW
@given(seeds, st.integers(1, 9))
def test_every_chance_is_as_frequent(seed: int, draws: int) -> None:
    found = even_chances(generator(seed, 1), (60_000, draws))
    assert found.shape == (60_000, draws) and found.dtype == np.uint16
    # By high byte and by low byte: five standard deviations and a little more, of many counts.
    expected = found.size / 256
    for part in (found >> 8, found & 255):
        counts = np.bincount(part.ravel(), minlength=256)
        assert np.abs(counts - expected).max() < 7 * np.sqrt(expected)


@given(st.integers(0, 30), st.floats(0, 30), st.floats(0, 30), seeds)
def test_arrivals_are_those_listed_and_a_larger_count_never_brings_fewer(
    whole: int, one: float, two: float, seed: int
) -> None:
    found = replace(settled(), graine=seed)
    assert (arrivals(Wave(1, whole, is_rate=False), 0, found) == whole).all()
    for is_rate in (False, True):
        low, high = (arrivals(Wave(1, count, is_rate), 0, found) for count in sorted((one, two)))
        assert (low <= high).all()


@given(st.lists(st.tuples(st.integers(2027, 2040), st.floats(0, 9)), max_size=4,
                unique_by=lambda one: one[0]), st.integers(0, 15))  # fmt: skip
def test_students_arrive_once_trained_never_before(
    entering: list[tuple[int, float]], lag: int
) -> None:
    found = settled(etudiants_locaux=entering, places_formation=entering, formation_annees=lag)
    waves = waves_of(found, (), (), rates_of(found, ()), 2026, 10)
    trained = [one for one in waves if one.count and one.is_rate]
    allowed = {year + lag - 2026 for year, _ in entering}
    assert all(one.year in allowed for one in trained)


@FEW
@given(ages, rising, st.integers(0, 5))
def test_on_average_a_year_is_the_one_before_and_who_came_less_who_left(
    some: list[int], law: tuple[float, ...], each: int
) -> None:
    """`Year`: the stock of a year is that of the year before, plus entries, minus exits."""
    listed = [(year, each) for year in range(2027, 2037)]
    found = settled(depart_taux=law, variante="taux observés", installations=listed, tirages=20)
    years = project(HERE, everyone(*of(some)), found, DAY, sensitivity=False).years
    assert len(years) == 11
    for before, year in pairwise(years):
        moved = year.coming.known_value() - year.leaving.known_value()
        due = before.expected.known_value() + moved
        assert year.coming.known_value() == each
        # Both flows are kept to nine decimals.
        assert year.expected.known_value() == pytest.approx(due, abs=1.1e-9)


@given(ages, rising)
def test_without_national_growth_no_year_brings_more_than_it_replaces(
    some: list[int], law: tuple[float, ...]
) -> None:
    found = settled(variante="sans croissance nationale", depart_taux=law)
    groups, rates = of(some), rates_of(found, of(some))
    waves = waves_of(found, groups, (), rates, 2026, 10)
    stock = expected_stock(found, groups, waves, rates, 10)
    came = np.array([0.0, *(one.count for one in waves)])
    gone = -np.diff(stock, prepend=stock[0]) + came
    assert (came <= found.replacement * gone + 1e-9).all()


@given(shares, shares, shares, st.sampled_from(["F", "H", ""]))
def test_more_part_time_never_raises_the_usual_time(
    one: float, two: float, women: float, sex: str
) -> None:
    few, many = (
        settled(temps_partiel_femmes=part, temps_partiel_hommes=part) for part in sorted((one, two))
    )
    assert usual_time(many, sex, women) <= usual_time(few, sex, women) + 1e-12


@FEW
@given(seeds)
def test_nobody_located_is_moved_and_each_open_practice_has_one_holder(seed: int) -> None:
    now = everyone(*COUNTED.groups[:5], Group(7, 50, 60))
    everybody = crowd(now, settled(graine=seed), (), 10)
    where = placement(everybody, GROUND)
    located = [BASE.places.index(one.commune) for one in now.groups[:5] for _ in range(one.count)]
    told = where.located[: len(located)]
    assert ((told == located) | (told == NOWHERE)).all()
    assert where.holders.shape == (len(where.open_practices), 200)
    assert set(np.unique(where.holders)) <= set(range(7))


@FEW
@given(seeds, rising)
def test_the_change_of_supply_is_the_activity_of_those_who_came_less_those_who_left(
    seed: int, law: tuple[float, ...]
) -> None:
    found = settled(graine=seed, depart_taux=law, cumul=False)
    everybody = crowd(COUNTED, found, [Arrival(2029, 3)], 10)
    where = placement(everybody, GROUND)
    assert not supply_change(where, 0).any()
    change = supply_change(where, 10).sum(axis=0, dtype=np.float64)
    left = where.acts @ (everybody.present.ends <= 10)
    # The last wave is the one announced; entrants may have left too.
    came = sum(one.present(10).sum(axis=0) for one in everybody.entrants)
    time = usual_time(found, "", found.women_entrants) / usual_time(found, "", found.women)
    expected = came * GROUND.mean_acts * time - left
    assert change == pytest.approx(expected, rel=1e-4, abs=5)


@FEW
@given(seeds, shares)
def test_the_changes_of_years_in_order_are_those_of_each_year_alone(
    seed: int, share: float
) -> None:
    found = settled(graine=seed, cumul_part=share)
    everybody = crowd(COUNTED, found, [Arrival(2029, 3), Arrival(2033, 2)], 10)
    where = placement(everybody, GROUND)
    for year, change in zip((4, 7, 10), supply_changes(where, (4, 7, 10)), strict=True):
        assert change == pytest.approx(supply_change(where, year), abs=0.1)


@FEW
@given(seeds)
def test_where_nobody_leaves_or_comes_scores_and_stock_stay_what_they_are(seed: int) -> None:
    found = settled(graine=seed, **NOBODY_CEASES)
    everybody = crowd(COUNTED, found, (), 10)
    assert (tally(everybody).stock == COUNTED.count).all()
    where = placement(everybody, GROUND)
    at = operator_at(BASE, NOTHING, 2036)
    assert at[0] is BASE.fit.operator and not at[1].any()
    scores = scored(HERE, BASE, supply_change(where, 10), at)
    assert scores.quantiles == pytest.approx(np.tile(BASE.official[scores.rows], (3, 1)))


@given(st.lists(st.floats(0, 6), min_size=1, max_size=30))
def test_the_three_positions_of_a_territory_sum_to_one(draws: list[float]) -> None:
    assert positions(np.array([draws]), 2.5, 4.0).sum(axis=0) == pytest.approx([1])


@given(st.lists(st.floats(0, 900), min_size=1, max_size=60))
def test_an_interval_is_in_order(draws: list[float]) -> None:
    """`Interval`: the low end is not above the median, nor the median above the high end."""
    found = drawn(Measure("essai"), np.array(draws), "2030", COUNTED_ORIGIN)
    assert found.low.value <= found.median.value <= found.high.value


COUNTED_ORIGIN = BASE.provenance


def test_the_same_seed_gives_the_same_figures_and_another_does_not() -> None:
    """`Projection`: the same seed gives the same figures."""
    one, two, other = (
        project(HERE, COUNTED, settled(graine=seed), DAY, BASE, sensitivity=False)
        for seed in (1, 1, 2)
    )
    assert one == two
    assert one.years != other.years
    assert one.horizons != other.horizons


def test_a_hypothesis_whose_bounds_are_its_value_moves_nothing() -> None:
    found = effects(settled(), lambda _: Ending(9.0, 2.0), "2036", COUNTED_ORIGIN)
    assert found
    assert all(figure.value == 0 for one in found for figure in (*one.stock, *one.apl))


def test_an_age_whose_series_is_not_published_is_not_available() -> None:
    found = {one.age: one for one in cliffs(HERE, BASE)}
    assert sorted(found) == [60, 62, 65]
    for age in (60, 62):
        assert found[age].left.value is None and found[age].lost.value is None
    assert found[65].left.value < found[65].today.value
    share = 100 * (1 - found[65].left.value / found[65].today.value)
    assert found[65].lost.value == pytest.approx(share)


LOCAL = project(HERE, everyone(Group(9, 40, 40)), settled(tirages=5), DAY, sensitivity=False)


@given(st.dictionaries(st.integers(2026, 2036), st.floats(1, 900), min_size=1))
def test_in_the_common_year_every_curve_is_100(counts: dict[int, float]) -> None:
    modes = dict.fromkeys(("liberal", "mixte", "salarie"), counts)
    found = overlay(Reference(LOCAL.practitioners.source, modes), LOCAL.years, COUNTED_ORIGIN)
    assert found.local[found.year].value == 100
    assert {one[found.year].value for one in found.national.values()} == {100}


def test_in_the_year_of_the_census_needs_have_not_changed() -> None:
    assert ageing_of(BASE) == NOTHING or ageing_of(BASE).is_known
    known = access.people_by_age(BASE.method)[-1].people
    found = Ageing(2023, known, known, BASE.method)
    assert (need_factors(found, BASE, 2023) == 1).all()
    assert (need_factors(found, BASE, 2028)[~np.isin(BASE.homes, BASE.area)] == 1).all()
    assert (need_factors(found, BASE, 2028) != 1).any()
