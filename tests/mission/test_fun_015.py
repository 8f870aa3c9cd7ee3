"""FUN-015: salaried posts that consult in town."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, IN_2023, missed, verdict


@pytest.mark.mission("FUN-015")
@pytest.mark.parametrize("zone", ["ZIP", "ZAC"])
@pytest.mark.parametrize("status", ["praticien_hospitalier", "salarie"])
def test_both_zones_are_open(zone, status):
    said = {"zonage": zone, "statut": status}
    assert verdict("POSTE_AMBULATOIRE", GP, IN_2023, **said) is Verdict.ELIGIBLE
    assert missed("POSTE_AMBULATOIRE", GP, IN_2023, **{**said, "zonage": "HZ"}) == ["zone"]
