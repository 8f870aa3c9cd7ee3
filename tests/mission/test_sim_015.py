"""SIM-015: a second practice a few hours a week."""

import datetime as dt

import pytest

from assemblier import access
from assemblier.scenarios import Change, Scenario, outcome
from assemblier.territory import parse
from assemblier.travel import chain_engine
from tests.project_cases import study

DAY = dt.date(2023, 6, 1)
HERE = {"heures_semaine": 4, "zone": "zip"}


@pytest.mark.mission("SIM-015")
def test_both_thresholds_can_be_chosen_and_say_their_source():
    few = study("multi-site", DAY, **HERE, jours_an=9)
    assert few.known("majoration") == 0
    enough = study("multi-site", DAY, **HERE, jours_an=10)
    assert enough.known("majoration") == enough.known("honoraires") / 4 > 0
    hours = study("multi-site", DAY, **HERE, seuil="heures")
    assert hours.known("majoration") > 0
    short = study("multi-site", DAY, heures_semaine=2, zone="zip", seuil="heures")
    assert short.known("majoration") == 0
    assert [row[0] for row in hours.listings[0].rows] == ["10 jours par an", "10 heures par mois"]
    assert all("guide" in row[2] for row in hours.listings[0].rows)


@pytest.mark.mission("SIM-015")
def test_the_result_is_in_euros_tax_included():
    found = study("multi-site", DAY, **HERE, jours_an=45, base=4000, taux=25)
    assert found.known("economie") == 1000
    assert found.known("gain") == found.known("majoration") + 1000
    assert study("multi-site", DAY, heures_semaine=4, zone="hz", jours_an=45).known("gain") == 0


@pytest.mark.mission("SIM-015")
def test_the_contract_closes_at_the_end_of_2025():
    found = study("multi-site", dt.date(2026, 1, 1), **HERE, jours_an=45)
    assert found.known("majoration") == 0


@pytest.mark.mission("SIM-015")
def test_a_secondary_practice_shows_its_effect_on_access_here_and_where_it_is_taken():
    engine = chain_engine(DAY)
    base = access.baseline(parse("departement:43"), DAY, engine)
    said = {"commune": "43148", "venant_de": "43040", "demi_journees": 2.0}

    def tried(is_new):
        change = Change(1, "cabinet_secondaire", (*said.items(), ("temps_nouveau", is_new)))
        return outcome(Scenario("essai", "departement:43", (change,)), base, DAY, engine)

    here, main = (base.homes.index(code) for code in ("43148", "43040"))
    new, taken = tried(True), tried(False)
    assert new.gain[here] > 0
    assert new.gain[main] >= 0
    assert new.balance().net == pytest.approx(base.method.per_place * 2 / 10)
    assert taken.gain[here] > 0 > taken.gain[main]
    assert taken.balance().net == pytest.approx(0, abs=1e-6)
