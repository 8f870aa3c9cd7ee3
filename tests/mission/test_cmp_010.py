"""CMP-010: a mobile project needs the authorisation of the Ordre, places and times fixed."""

import datetime as dt

import pytest

from assemblier.aids.legality import State, Verdict
from assemblier.aids.legality.subjects import subject

DAY = dt.date(2019, 12, 31)


@pytest.mark.mission("CMP-010")
def test_a_mobile_project_needs_the_authorisation_of_the_ordre():
    itinerant = subject("medecine-itinerante")
    every = {one.key: "oui" for one in itinerant.fields}
    assert itinerant.check(itinerant.read(every), DAY).verdict is Verdict.LEGALE
    without = itinerant.check(itinerant.read({**every, "autorisation_de_l_ordre": "non"}), DAY)
    assert without.verdict is Verdict.ILLEGALE
    (failing,) = [one for one in without.findings if one.state is State.CONTRAIRE]
    assert "foraine" in failing.sentence
    assert itinerant.check({}, DAY).verdict is Verdict.INCOMPLETE


@pytest.mark.mission("CMP-010")
def test_travel_is_said_not_to_be_paid():
    found = subject("medecine-itinerante").check({}, DAY).of("Trajets")
    assert "ne sont pas facturables" in found.sentence
