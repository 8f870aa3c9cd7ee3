"""FUN-002: which aids for me: the State, the health insurance and the collectivités by zone."""

import pytest

from assemblier.aids.engine import Situations, Verdict, ask
from tests.aids_answers import CAIM, IN_2019, answer

PROFILE = {**CAIM, "qpv": "non"}
HEALTH_INSURANCE, STATE = "CAIM", "PTMG"


def open_aids(zone: str) -> dict[str, Verdict]:
    study = ask(Situations(1, {**PROFILE, "zonage": zone}), IN_2019)
    return {one.aid.sigle: one.verdict for one in study.answers() if not one.is_out_of_scope}


@pytest.mark.mission("FUN-002")
def test_zip_has_the_three_zac_no_caim_and_elsewhere_none():
    priority, complementary, outside = map(open_aids, ("ZIP", "ZAC", "HZ"))
    assert priority[HEALTH_INSURANCE] is Verdict.ELIGIBLE
    assert priority[STATE] is complementary[STATE] is Verdict.ELIGIBLE
    local = [sigle for sigle in priority if sigle.startswith("L1511_8")]
    assert local
    for sigle in local:
        assert priority[sigle] is not Verdict.NON_ELIGIBLE
        assert complementary[sigle] is not Verdict.NON_ELIGIBLE
        assert outside[sigle] is Verdict.NON_ELIGIBLE
    assert complementary[HEALTH_INSURANCE] is Verdict.NON_ELIGIBLE
    assert outside[HEALTH_INSURANCE] is outside[STATE] is Verdict.NON_ELIGIBLE


@pytest.mark.mission("FUN-002")
def test_an_answer_has_its_reason_its_amount_its_text_and_whom_to_ask():
    found = answer("CAIM", CAIM)
    assert all(one.phrase and one.article for one in found.conditions)
    assert found.amounts[0].value == 50_000
    assert found.aid.textes and found.aid.contact and found.aid.cumuls
    refused = answer("CAIM", CAIM, zonage="ZAC")
    assert [one.condition.cle for one in refused.conditions if one.met is False] == ["zone"]
