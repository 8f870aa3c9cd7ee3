"""What is always true of a siting in a real territory, whatever is asked."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import access, territory
from assemblier.scenarios.candidates import Candidate, State
from assemblier.scenarios.choosing import Objective
from assemblier.scenarios.siting import Request, Siting, Structure, sited
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
PERIMETER = territory.parse("epci:200073419")
BASE = access.baseline(PERIMETER, ON, ENGINE)


@st.composite
def sitings(draw) -> Siting:
    """A siting among some communes, some open already or left out, within a budget or not."""
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
    request = Request(
        draw(st.sampled_from(list(Structure))), draw(st.sampled_from(list(Objective))),
        draw(st.integers(1, free)), candidates,
        budget=draw(st.one_of(st.none(), budgets)),
    )  # fmt: skip
    return sited(PERIMETER, BASE, ENGINE, ON, request)


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
