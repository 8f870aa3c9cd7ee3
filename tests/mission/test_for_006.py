"""FOR-006: as many people, but older: the demand goes up, and what is in reach of each falls."""

import datetime as dt

import pytest

from assemblier import access, territory
from assemblier.scenarios import Change, Outcome, Scenario, outcome
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)


def tried(kind: str, **said: object) -> Outcome:
    change = Change(1, kind, (("territoire", "departement:43"), *said.items()))
    return outcome(Scenario("ans", "departement:43", (change,)), BASE, ON, ENGINE)


@pytest.mark.mission("FOR-006")
def test_a_constant_but_older_population_asks_for_more() -> None:
    found = tried("vieillissement", points=5.0)
    assert found.people_after[found.is_inside].sum() > BASE.people[found.is_inside].sum()
    known = found.is_inside & (BASE.fit.score > 0)
    assert (found.gain[known] < 0).all()


@pytest.mark.mission("FOR-006")
def test_older_by_more_asks_for_more_and_by_nothing_for_the_same() -> None:
    mild, strong = (tried("vieillissement", points=one).people_after.sum() for one in (1.0, 4.0))
    assert BASE.people.sum() < mild < strong
    assert not tried("vieillissement", points=0.0).gain.any()


@pytest.mark.mission("FOR-006")
def test_a_growth_of_the_population_is_followed_by_the_demand() -> None:
    found = tried("population", evolution=10.0)
    inside = found.is_inside
    assert found.people_after[inside] == pytest.approx(1.1 * BASE.people[inside])
