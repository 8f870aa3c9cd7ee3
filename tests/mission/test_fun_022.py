"""FUN-022: retired doctors who still practise."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import RETIRED, missed, verdict


@pytest.mark.mission("FUN-022")
def test_79_999_yes_80_000_no():
    assert verdict("CUMUL_RETRAITE", RETIRED, revenus_an=79_999) is Verdict.ELIGIBLE
    assert missed("CUMUL_RETRAITE", RETIRED, revenus_an=80_000) == ["revenus"]
    assert missed("CUMUL_RETRAITE", RETIRED, zonage="HZ") == ["zone"]
