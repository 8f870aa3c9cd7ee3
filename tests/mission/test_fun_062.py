"""FUN-062: the lump sums of 2015 are an optional revenue of a centre de santé."""

import pytest

from assemblier.aids.engine import Situations, Verdict, ask
from tests.aid_cases import GUIDE, answer


@pytest.mark.mission("FUN-062")
def test_the_line_is_told_to_a_centre():
    study = ask(Situations(1, {"type_structure": "cds", "zonage": "ZIP"}), GUIDE)
    told = [one.aid.sigle for one in study.answers() if not one.is_out_of_scope]
    assert "CDS_FORFAITS" in told


@pytest.mark.mission("FUN-062")
def test_it_is_optional():
    for joins, verdict in (("oui", Verdict.ELIGIBLE), ("non", Verdict.NON_ELIGIBLE)):
        found = answer("CDS_FORFAITS", GUIDE, type_structure="cds", adhesion_accord_national=joins)
        assert found.verdict is verdict
        assert "facultative" in found.aid.resume
