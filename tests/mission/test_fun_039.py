"""FUN-039: Paris Med', 15 000 € per professional against three years in sector 1."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aid_cases import GUIDE, amounts, answer, missed

WHO = {"profession": "medecin_generaliste", "statut": "projet", "secteur": "secteur_1"}


@pytest.mark.mission("FUN-039")
def test_four_professionals_receive_60_000_at_most():
    said = {"annees_promises_localement": 3, "professionnels_installes": 4}
    found = answer("EX_PARIS_MED", GUIDE, **WHO, **said)
    assert found.verdict is Verdict.ELIGIBLE
    assert amounts(found) == {"montant": 60_000}


@pytest.mark.mission("FUN-039")
def test_less_than_three_years_is_refused():
    found = answer("EX_PARIS_MED", GUIDE, **WHO, annees_promises_localement=2.9)
    assert missed(found) == ["engagement"]
