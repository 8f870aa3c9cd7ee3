"""Each test is a line of « Always true » of `assemblier.scenarios`."""

import datetime as dt
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import access, territory
from assemblier.diagnosis.zonage_apl import Apl
from assemblier.figures import Source
from assemblier.maths.edits import SupplyEdits
from assemblier.maths.inequality import gini
from assemblier.scenarios import Balance, Change, Outcome, Scenario, outcome
from assemblier.scenarios.outcome import gains
from assemblier.scenarios.places import places
from assemblier.scenarios.zones import apl_after
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
few = settings(deadline=None, max_examples=25)


@cache
def base() -> access.Baseline:
    return access.baseline(territory.parse("departement:43"), ON, ENGINE)


def tried(*changes: tuple[str, dict]) -> Outcome:
    listed = tuple(
        Change(rank, kind, tuple(values.items())) for rank, (kind, values) in enumerate(changes, 1)
    )
    return outcome(Scenario("essai", "departement:43", listed), base(), ON, ENGINE)


PLACES = st.sampled_from(territory.parse("departement:43").codes)
PRACTICES = st.sampled_from(
    [
        code
        for code, count in zip(base().places, base().counts, strict=True)
        if count >= 1 and code not in base().conflicts
    ]
)
ACTS = st.floats(500, 6000)


def arrival(commune: str, acts: float, count: int = 1) -> tuple[str, dict]:
    return "installation", {"commune": commune, "nombre": count, "activite": acts}


@few
@given(PLACES, ACTS)
def test_a_scenario_whose_changes_undo_each_other_gives_back_the_baseline_exactly(
    place: str, acts: float
) -> None:
    there = ("demenagement", {"commune": "43157", "vers": place, "nombre": 1})
    back = ("demenagement", {"commune": place, "vers": "43157", "nombre": 1})
    if place not in ("43157", *base().conflicts):
        found = tried(there, back)
        np.testing.assert_array_equal(found.supply_change, 0)
        np.testing.assert_array_equal(found.gain, 0)
        np.testing.assert_array_equal(found.after, found.before)
    edits = SupplyEdits.of(base().people, base().fit.weights)
    column = base().places.index(place)
    forth = edits.apply(np.zeros(len(base().homes)), column, acts)
    np.testing.assert_array_equal(edits.apply(forth, column, -acts), 0)


@few
@given(PLACES, PLACES, ACTS, ACTS)
def test_the_order_of_changes_at_different_places_does_not_matter(
    first: str, second: str, one: float, other: float
) -> None:
    forward = tried(arrival(first, one), arrival(second, other))
    backward = tried(arrival(second, other), arrival(first, one))
    np.testing.assert_array_equal(forward.gain, backward.gain)


@few
@given(PLACES, ACTS, PRACTICES)
def test_gains_equals_the_whole_computation_again_less_the_one_before(
    place: str, acts: float, left: str
) -> None:
    found = tried(arrival(place, acts), ("retraite", {"commune": left, "nombre": 1}))
    fit = base().fit
    whole = fit.operator @ (fit.supply + found.supply_change) - fit.operator @ fit.supply
    np.testing.assert_allclose(gains(base(), found.supply_change, base().people), whole, atol=1e-9)


@few
@given(PLACES, ACTS, PRACTICES)
def test_the_balance_of_everybody_is_the_activity_added(place: str, acts: float, left: str) -> None:
    found = tried(arrival(place, acts), ("retraite", {"commune": left, "nombre": 1}))
    balance: Balance = found.balance()
    assert balance.net == pytest.approx(found.supply_change.sum(), abs=1e-6)


@few
@given(PLACES, ACTS)
def test_the_baseline_is_unchanged(place: str, acts: float) -> None:
    kept = base().fit.supply.copy(), base().official.copy(), base().people.copy()
    tried(arrival(place, acts), ("population", {"territoire": "departement:43", "evolution": 3.0}))
    np.testing.assert_array_equal(base().fit.supply, kept[0])
    np.testing.assert_array_equal(base().official, kept[1])
    np.testing.assert_array_equal(base().people, kept[2])


@few
@given(PLACES, ACTS)
def test_an_installation_never_lowers_a_score_and_gini_stays_a_share(
    place: str, acts: float
) -> None:
    found = tried(arrival(place, acts))
    assert (found.gain >= 0).all()
    assert all(0 <= one <= 1 for one in found.gini())
    assert gini([1.0, 1.0], [1.0, 1.0]) == pytest.approx(0)


@few
@given(PLACES, ACTS)
def test_adding_somebody_who_then_leaves_gives_back_the_baseline_exactly(
    place: str, acts: float
) -> None:
    if np.isnan(base().counts[base().places.index(place)]) or place in base().conflicts:
        return
    found = tried(arrival(place, acts), ("depart", {"commune": place, "nombre": 1}))
    np.testing.assert_array_equal(found.after, found.before)


@few
@given(PLACES, ACTS, st.integers(0, 3))
def test_after_the_last_day_of_a_scenario_everything_has_changed(
    place: str, acts: float, months: int
) -> None:
    kind, values = arrival(place, acts)
    found = tried(
        (kind, {**values, "le": "2027-01-31"}),
        (kind, {**values, "le": f"2027-{months + 2:02d}-01"}),
    )
    for day in (dt.date(2027, months + 2, 1), dt.date(2030, 1, 1)):
        np.testing.assert_array_equal(found.at(day).gain, found.gain)
        assert not found.at(day).pending
    assert not found.at(dt.date(2027, 1, 30)).gain.any()


@few
@given(PLACES, ACTS)
def test_a_scenario_that_changes_nothing_moves_no_score(place: str, acts: float) -> None:
    kind, values = arrival(place, acts)
    if np.isnan(base().counts[base().places.index(place)]) or place in base().conflicts:
        return
    nothing = tried((kind, values), ("depart", {"commune": place, "nombre": 1}))
    known = dict.fromkeys(base().homes, 3.0)
    apl = Apl(known, "essai", Source("essai", "essai", "essai", ""))
    assert apl_after(nothing, apl) == known
    moved = apl_after(tried((kind, values)), apl)
    assert any(moved[code] > known[code] for code in known)


@few
@given(PLACES, st.integers(1, 4))
def test_a_place_in_the_commune_of_the_scenario_does_what_the_scenario_says(
    place: str, doctors: int
) -> None:
    found = tried(
        ("retraite", {"commune": "43148", "nombre": 2}),
        ("centre_de_sante", {"commune": place, "medecins": float(doctors)}),
    )
    (compared,) = places(found, ON, ENGINE)
    inside = found.is_inside
    left = np.nan_to_num(found.residents[inside])[found.after[inside] < compared.target].sum()
    assert compared.chosen.commune == place
    assert compared.chosen.under == pytest.approx(left)
    assert all(one.relief <= compared.tried[0].relief for one in compared.tried)


@few
@given(st.lists(st.dates(dt.date(2027, 1, 1), dt.date(2040, 1, 1)), min_size=1, max_size=4))
def test_periods_follow_each_other_without_a_gap(days: list[dt.date]) -> None:
    arrivals = [("installation", {"commune": "43148", "nombre": 1, "le": day.isoformat()})
                for day in sorted(days)]  # fmt: skip
    periods = tried(*arrivals).periods
    assert [step.day for step, _ in periods] == sorted(set(days))
    for (_, last), (step, _) in pairwise(periods):
        assert last is not None and step.day == last + dt.timedelta(days=1)
    assert periods[-1][1] is None
