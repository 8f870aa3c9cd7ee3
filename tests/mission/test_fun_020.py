"""FUN-020: on-call income free of tax."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, missed, verdict


@pytest.mark.mission("FUN-020")
def test_in_a_zip_yes_in_a_zac_no():
    said = {"participation_pdsa": "oui"}
    assert verdict("PDSA_151TER", GP, **said) is Verdict.ELIGIBLE
    assert missed("PDSA_151TER", GP, **said, zonage="ZAC") == ["zone"]
