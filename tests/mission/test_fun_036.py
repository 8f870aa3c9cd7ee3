"""FUN-036: the aid of the Ardèche is under the cap."""

import pytest

from assemblier.aids.legality import State, check_aid
from assemblier.aids.legality.examples import examples


@pytest.mark.mission("FUN-036")
def test_400_a_month_for_six_months_holds():
    (ardeche,) = [one for one in examples() if one.key == "ardeche"]
    assert ardeche.aid.montant.monthly() * ardeche.aid.mois == 2_400
    found = check_aid(ardeche.aid)
    assert found.of("plafond").state is State.CONFORME
    assert found.of("zone").state is State.CONFORME
