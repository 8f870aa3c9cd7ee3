"""FUN-037: the advance of Ardenne Rives de Meuse: what holds and what is still to be told."""

import pytest

from assemblier.aids.legality import State, Verdict, check_aid
from assemblier.aids.legality.examples import examples


@pytest.mark.mission("FUN-037")
def test_five_years_hold_the_zone_and_the_convention_are_asked_for():
    (ardenne,) = [one for one in examples() if one.key == "ardenne-rives-de-meuse"]
    found = check_aid(ardenne.aid)
    assert ardenne.aid.montant.value == 50_000
    assert found.verdict is Verdict.INCOMPLETE
    assert found.of("engagement").state is State.CONFORME
    assert found.of("zone").state is State.A_COMPLETER
    assert found.of("convention").state is State.A_COMPLETER
