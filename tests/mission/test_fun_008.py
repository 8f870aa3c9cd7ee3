"""FUN-008: the PTMA, not with the PTMG, but after it."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, missed, verdict


@pytest.mark.mission("FUN-008")
def test_not_at_the_same_time_but_one_after_the_other():
    assert missed("PTMA", GP, ptmg_en_cours="oui") == ["sans_ptmg"]
    assert verdict("PTMA", GP, ptmg_en_cours="non") is Verdict.ELIGIBLE
