"""FUN-005: the COTRAM."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import COTRAM, amount, missed, verdict


@pytest.mark.mission("FUN-005")
def test_ten_percent_capped():
    assert amount("COTRAM", COTRAM, honoraires_an=150_000) == 15_000
    assert amount("COTRAM", COTRAM, honoraires_an=250_000) == 20_000


@pytest.mark.mission("FUN-005")
def test_a_third_contract_is_refused():
    assert verdict("COTRAM", COTRAM, contrats_de_transition_signes=1) is Verdict.ELIGIBLE
    assert missed("COTRAM", COTRAM, contrats_de_transition_signes=2) == ["contrats"]
