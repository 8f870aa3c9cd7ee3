"""CMP-020: a place of teleconsultation keeps the secret of a consultation."""

import datetime as dt

import pytest

from assemblier.aids.legality import State, Verdict
from assemblier.aids.legality.subjects import subject

DAY = dt.date(2019, 12, 31)


@pytest.mark.mission("CMP-020")
def test_no_closed_room_fails():
    place = subject("lieu-de-teleconsultation")
    closed = place.check(place.read({"local_ferme": "oui", "lieu_de_soins": "oui"}), DAY)
    assert closed.verdict is Verdict.LEGALE
    opened = place.check(place.read({"local_ferme": "non"}), DAY)
    assert opened.verdict is Verdict.ILLEGALE
    assert "confidentialité" in opened.findings[0].sentence


@pytest.mark.mission("CMP-020")
def test_a_place_of_care_is_advised():
    place = subject("lieu-de-teleconsultation")
    found = place.check(place.read({"local_ferme": "oui", "lieu_de_soins": "non"}), DAY)
    assert found.of("Lieu de soins").state is State.CONSEIL
