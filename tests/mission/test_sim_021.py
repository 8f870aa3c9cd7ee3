"""SIM-021: where to set a teleconsultation room."""

import pytest

from tests.project_cases import study

PLACES = [
    {
        "nom": "Salle des fêtes",
        "nature": "local_municipal",
        "commune": "commune:43148",
        "debit": "oui",
    },
    {"nom": "Pharmacie", "nature": "pharmacie", "commune": "commune:43148", "debit": "oui"},
]


@pytest.mark.mission("SIM-021")
def test_a_municipal_room_scores_lower_than_a_pharmacy_and_says_why():
    found = study("teleconsultation", lieux=PLACES)
    assert found.known("points_1") < found.known("points_2")
    best, worst = found.listings[0].rows
    assert (best[0], worst[0]) == ("Pharmacie", "Salle des fêtes")
    assert "il est vivement conseillé de privilégier les lieux des soins" in worst[4]


@pytest.mark.mission("SIM-021")
def test_people_within_reach_grow_with_the_minutes_and_need_a_commune():
    near, far = (study("teleconsultation", lieux=PLACES, minutes=one) for one in (5, 20))
    assert 0 < near.known("habitants_1") < far.known("habitants_1")
    nowhere = study("teleconsultation", lieux=[{"nom": "X", "nature": "ehpad"}])
    assert nowhere.value("habitants_1") is None
