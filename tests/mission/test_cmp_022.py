"""CMP-022: the CPTS belongs to professionals; a commune that leads it is warned."""

import datetime as dt

import pytest

from assemblier.aids.legality import State
from assemblier.aids.legality.subjects import subject


@pytest.mark.mission("CMP-022")
def test_an_elected_initiator_is_warned():
    cpts = subject("cpts")
    day = dt.date(2023, 3, 9)
    warned = cpts.check(cpts.read({"initiateur": "elus"}), day).of("Initiative")
    assert warned.state is State.AVERTISSEMENT
    assert "coquille vide" in warned.sentence
    clauses = cpts.check(cpts.read({"initiateur": "professionnels"}), day).findings
    assert "Initiative" not in {one.clause for one in clauses}
