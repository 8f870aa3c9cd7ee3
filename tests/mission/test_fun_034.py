"""FUN-034: the bursary of the Vienne, as the guide prints it."""

import pytest

from assemblier.aids.legality import State, check_aid
from assemblier.aids.legality.examples import examples


@pytest.mark.mission("FUN-034")
def test_the_mismatch_is_reported_and_the_rules_hold():
    (vienne,) = [one for one in examples() if one.key == "vienne"]
    found = check_aid(vienne.aid)
    mismatch = found.of("montants annoncés")
    assert mismatch.state is State.AVERTISSEMENT
    for amount in ("43\u202f200\u00a0€", "38\u202f400\u00a0€", "533,33\u00a0€"):
        assert amount in mismatch.sentence
    assert found.of("engagement").state is State.CONFORME
    assert found.of("plafond").state is State.CONFORME
    assert "7\u202f200\u00a0€ par an" in found.of("plafond").sentence
