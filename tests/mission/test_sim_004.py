"""SIM-004: the antenna of a centre de santé: 20 hours, under 30 minutes, one information system."""

import datetime as dt

import pytest

from assemblier import access, territory
from assemblier.errors import InputError
from assemblier.scenarios import Change, Outcome, Scenario, outcome
from assemblier.scenarios.places import places
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)
GOOD = {
    "commune": "43148",
    "site_principal": "43040",
    "heures_semaine": 20.0,
    "meme_systeme_information": True,
    "temps_nouveau": True,
    "minutes": 29.0,
}


def tried(**said: object) -> Outcome:
    change = Change(1, "antenne", tuple({**GOOD, **said}.items()))
    return outcome(Scenario("antenne", "departement:43", (change,)), BASE, ON, ENGINE)


@pytest.mark.mission("SIM-004")
@pytest.mark.parametrize("said", [{}, {"heures_semaine": 20.0}, {"minutes": 29.0}])
def test_twenty_hours_at_twenty_nine_minutes_are_accepted(said: dict) -> None:
    assert tried(**said).balance().gained > 0


@pytest.mark.mission("SIM-004")
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"heures_semaine": 20.5}, "au plus 20 heures"),
        ({"minutes": 30.0}, "moins de 30 minutes"),
        ({"meme_systeme_information": False}, "le même système d'information"),
    ],
)
def test_an_antenna_out_of_the_rules_is_refused_with_its_text(said: dict, expected: str) -> None:
    with pytest.raises(InputError) as refused:
        tried(**said)
    assert expected in str(refused.value)
    assert "Décret n° 2018-143" in str(refused.value)


@pytest.mark.mission("SIM-004")
def test_every_reason_is_said_at_once() -> None:
    with pytest.raises(InputError) as refused:
        tried(heures_semaine=25.0, minutes=45.0, meme_systeme_information=False)
    assert len(refused.value.problems) == 3


@pytest.mark.mission("SIM-004")
def test_hours_that_are_not_new_are_taken_from_the_centre_and_said_to_move() -> None:
    found = tried(temps_nouveau=False)
    assert found.supply_change.sum() == pytest.approx(0)
    assert found.balance().lost > 0
    assert found.balance().net == pytest.approx(0, abs=1e-6)


@pytest.mark.mission("SIM-004")
def test_the_communes_where_an_antenna_may_open_are_those_under_thirty_minutes() -> None:
    (compared,) = places(tried(), ON, ENGINE)
    assert len(compared.tried) > 10
    assert all(one.minutes < 30 for one in compared.tried)
    near = {one.commune for one in compared.tried}
    times = ENGINE.times(["43040"], list(BASE.area), 240.0).minutes.tocoo()
    far = {BASE.area[k] for k, one in zip(times.coords[1], times.data, strict=True) if one >= 30}
    assert len(far) > 100
    assert not near & far
