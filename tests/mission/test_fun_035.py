"""FUN-035: the regional bursary that exceeds the national cap."""

import pytest

from assemblier.aids.legality import State, Verdict, check_aid
from assemblier.aids.legality.examples import examples


@pytest.mark.mission("FUN-035")
def test_500_a_month_over_the_cap_is_flagged():
    (region,) = [one for one in examples() if one.key == "auvergne-rhone-alpes"]
    assert region.aid.montant.monthly() == 500
    assert region.aid.montant.value * 150 == 450_000
    assert "150 internes" in region.says
    found = check_aid(region.aid)
    assert found.verdict is Verdict.ILLEGALE
    assert found.of("plafond").state is State.CONTRAIRE
    assert "X-13" in found.of("plafond").note
