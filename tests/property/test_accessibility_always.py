"""Each test is a line of « Always true » of `assemblier.access`."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.access import accessibility, banded_decay, perimeter_accessibility
from assemblier.figures import NOWHERE
from assemblier.territory import parse, part_within
from assemblier.travel import CrowFly, TravelTimes, crow_fly_times

unhurried = settings(deadline=None)
ON = date(2024, 1, 1)
BANDS = banded_decay(ON)
MODEL = CrowFly(1.3, 45)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[TravelTimes, dict[str, float], dict[str, float]]:
    """Communes on a plain 50 km wide: times, supply (some unknown), population."""
    size = draw(st.integers(2, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    codes = [f"c{place:02}" for place in range(size)]
    points = np.column_stack([rng.uniform(3.0, 3.6, size), rng.uniform(45.0, 45.4, size)])
    times = crow_fly_times(codes, points, codes, points, MODEL, BANDS.reach_minutes)
    supply = {code: float(rng.integers(0, 9)) for code in codes if rng.random() < 0.8}
    demand = {code: float(rng.integers(1, 5000)) for code in codes}
    return times, supply, demand


@unhurried
@given(worlds(), st.data())
def test_adding_supply_anywhere_never_lowers_a_score_of_accessibility(
    world: tuple, data: st.DataObject
) -> None:
    times, supply, demand = world
    place = data.draw(st.sampled_from(times.places))
    more = {**supply, place: supply.get(place, 0.0) + data.draw(st.floats(0, 5))}
    before = accessibility(times.homes, supply, demand, times, BANDS)
    after = accessibility(times.homes, more, demand, times, BANDS)
    assert (after.score >= before.score - 1e-12).all()


@unhurried
@given(worlds())
def test_a_lower_bound_is_a_score_that_reaches_an_unknown_supply(world: tuple) -> None:
    times, supply, demand = world
    found = accessibility(times.homes, supply, demand, times, BANDS)
    minutes = times.minutes.tocoo()
    reaching = {
        times.homes[home]
        for home, place, t in zip(*minutes.coords, minutes.data, strict=True)
        if times.places[place] not in supply and BANDS.decay(np.array([t]))[0] > 0
    }
    flagged = {code for code, bound in zip(found.codes, found.is_lower_bound, strict=True) if bound}
    assert flagged == reaching


@unhurried
@given(worlds(), st.data())
def test_with_neighbours_a_score_does_not_depend_on_the_perimeter(
    world: tuple, data: st.DataObject
) -> None:
    times, supply, demand = world
    part = data.draw(st.lists(st.sampled_from(times.homes), min_size=1, unique=True))
    whole = accessibility(times.homes, supply, demand, times, BANDS)
    found = accessibility(part, supply, demand, times, BANDS)
    expected = [whole.score[times.homes.index(code)] for code in part]
    assert found.score == pytest.approx(expected)


@settings(deadline=None, max_examples=8)
@given(st.data())
def test_the_score_of_perimeter_accessibility_does_not_depend_on_the_perimeter(
    data: st.DataObject,
) -> None:
    departement = parse("departement:43")
    epci = part_within(parse("epci:200073393"), departement)
    supply = {code: float(place % 3) for place, code in enumerate(departement.codes)}
    code = data.draw(st.sampled_from(epci.codes))
    alone = perimeter_accessibility(parse(f"commune:{code}"), supply, ON, NOWHERE)
    together = perimeter_accessibility(epci, supply, ON, NOWHERE)
    assert alone.score[0] == pytest.approx(together.score[epci.codes.index(code)])
