"""What is always true of a siting in a real territory, whatever is asked."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import access, territory
from assemblier.maths.siting import shortfall
from assemblier.scenarios import Change, Outcome, Scenario, outcome
from assemblier.scenarios.candidates import Candidate, State
from assemblier.scenarios.choosing import Objective
from assemblier.scenarios.siting import Request, Siting, Structure, sited
from assemblier.scenarios.state_after import state_after
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
PERIMETER = territory.parse("epci:200073419")
BASE = access.baseline(PERIMETER, ON, ENGINE)


NOTHING = outcome(Scenario("rien", PERIMETER.expression, ()), BASE, ON, ENGINE)


@st.composite
def requests(draw) -> Request:
    """Places among some communes, some open already or left out, within a budget or not."""
    codes = draw(st.lists(st.sampled_from(PERIMETER.codes), min_size=3, max_size=8, unique=True))
    states = [State.POSSIBLE, *(draw(st.sampled_from(list(State))) for _ in codes[1:])]
    candidates = tuple(
        Candidate(
            code, etat=state, cout=draw(st.integers(1, 20)) * 100.0,
            capacite=draw(st.sampled_from([500.0, 8000.0, 60_000.0])),
        )
        for code, state in zip(codes, states, strict=True)
    )  # fmt: skip
    cheapest = min(one.cout for one in candidates if one.etat is State.POSSIBLE)
    free = sum(one.etat is State.POSSIBLE for one in candidates)
    budgets = st.floats(cheapest, 4000.0)
    return Request(
        draw(st.sampled_from((Structure.CENTRE, Structure.MSP))),
        draw(st.sampled_from(list(Objective))),
        draw(st.integers(1, free)), candidates,
        budget=draw(st.one_of(st.none(), budgets)),
    )  # fmt: skip


def sitings() -> st.SearchStrategy[Siting]:
    """A siting of today."""
    return requests().map(lambda asked: sited(PERIMETER, BASE, ENGINE, ON, asked))


@st.composite
def outcomes(draw) -> Outcome:
    """A scenario of departures, of arrivals and of people who become more, or fewer."""
    staffed = [
        code
        for code in PERIMETER.codes
        if BASE.counts[BASE.places.index(code)] >= 1 and code not in BASE.conflicts
    ]
    changes = [("retraite", (("commune", draw(st.sampled_from(staffed))), ("nombre", 1)))]
    if draw(st.booleans()):
        where = draw(st.sampled_from(PERIMETER.codes))
        changes.append(("installation", (("commune", where), ("nombre", 1))))
    if draw(st.booleans()):
        told = ("territoire", PERIMETER.expression), ("evolution", draw(st.integers(-30, 30)))
        changes.append(("population", told))
    listed = tuple(Change(rank, *one) for rank, one in enumerate(changes, start=1))
    return outcome(Scenario("essai", PERIMETER.expression, listed), BASE, ON, ENGINE)


def chosen(found: Siting) -> tuple[object, ...]:
    """Everything a report says of a choice."""
    return (
        found.choice, found.alternatives, found.growth, found.lack, found.gain.tolist(),
        found.transfer.taken.tolist(), found.transfer.loss.tolist(), found.network.score.tolist(),
    )  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(sitings())
def test_sited_what_exists_is_always_open_what_is_left_out_never(found: Siting) -> None:
    """What exists is always open, what is left out never, and the budget is never exceeded."""
    kept = (State.EXISTANT, State.DECIDE)
    assert {k for k, one in enumerate(found.candidates) if one.etat in kept} == set(
        found.rules.fixed
    )
    assert all(found.candidates[k].etat is State.POSSIBLE for k in found.choice.chosen)
    if found.request.budget is not None:
        assert found.total_cost <= found.request.budget * (1 + 1e-9)


@settings(deadline=None, max_examples=25)
@given(sitings())
def test_transfer_what_is_taken_and_what_is_new_sum_to_the_capacity_of_the_places(
    found: Siting,
) -> None:
    """What is taken and what is new sum to the capacity of the places."""
    moved = found.transfer
    total = found.capacities[list(found.opened)].sum()
    assert moved.taken.sum() + moved.new == pytest.approx(total)


@settings(deadline=None, max_examples=25)
@given(sitings())
def test_transfer_no_commune_gives_more_than_it_has(found: Siting) -> None:
    """No commune gives more than it has."""
    assert np.all(found.transfer.taken <= np.maximum(BASE.fit.supply, 0.0) * (1 + 1e-9) + 1e-9)
    assert np.all(found.transfer.taken >= 0)
    assert np.all(found.transfer.loss >= 0)


@settings(deadline=None, max_examples=15)
@given(requests())
def test_sited_after_a_scenario_without_changes_the_choice_is_the_same(request: Request) -> None:
    """After a scenario without changes, the choice is the same."""
    today, after = (chosen(sited(PERIMETER, one, ENGINE, ON, request)) for one in (BASE, NOTHING))
    assert repr(after) == repr(today)  # nan is equal to itself only as a text


@settings(deadline=None, max_examples=25)
@given(outcomes(), st.sampled_from([800.0, 4000.0, 20_000.0]))
def test_sited_one_place_takes_away_as_much_as_the_best_tried_one_by_one(
    after: Outcome, capacity: float
) -> None:
    """One place chosen for the lack takes away as much as the best of them tried one by one."""
    found = sited(PERIMETER, after, ENGINE, ON, Request(Structure.CENTRE, capacity=capacity))
    operator = (after.baseline.fit.weights.toarray()) / np.maximum(
        after.people_after @ after.baseline.fit.weights.toarray(), 1e-300
    )
    people = np.where(found.is_inside, np.nan_to_num(after.residents), 0.0)
    target = found.network.target
    start = shortfall(after.after, people, target)
    tried = [
        start - shortfall(after.after + operator[:, BASE.places.index(code)] * capacity,
                          people, target)
        for code in PERIMETER.codes
    ]  # fmt: skip
    assert found.choice.value == pytest.approx(max(tried), rel=1e-9)
    best = PERIMETER.codes.index(found.candidates[found.choice.chosen[0]].code_commune)
    assert tried[best] == pytest.approx(max(tried), rel=1e-9)


def test_state_after_a_scenario_without_changes_it_is_the_same_baseline() -> None:
    """After a scenario without changes, it is the same baseline."""
    after = state_after(NOTHING)
    np.testing.assert_array_equal(after.official, BASE.official)
    np.testing.assert_array_equal(after.fit.supply, BASE.fit.supply)
    np.testing.assert_array_equal(after.people, BASE.people)
    assert after.fit.operator is BASE.fit.operator


@settings(deadline=None, max_examples=15)
@given(outcomes())
def test_state_after_its_own_baseline_is_unchanged(found: Outcome) -> None:
    before = [one.copy() for one in (BASE.official, BASE.fit.supply, BASE.people)]
    after = state_after(found)
    np.testing.assert_allclose(after.people, found.people_after, rtol=1e-12)
    np.testing.assert_allclose(after.fit.score - BASE.fit.score, found.gain, rtol=1e-7, atol=1e-9)
    for old, now in zip(before, (BASE.official, BASE.fit.supply, BASE.people), strict=True):
        np.testing.assert_array_equal(old, now)
