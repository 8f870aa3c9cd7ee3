"""SIM-015: a second practice a few hours a week."""

import datetime as dt

import pytest

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
