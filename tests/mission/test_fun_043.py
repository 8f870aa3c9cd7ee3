"""FUN-043: equipment in the Vosges, from 500 € before tax, up to 5 000 €."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aid_cases import GUIDE, amounts, answer, missed

WHO = {"profession": "pharmacien", "statut": "installe"}


@pytest.mark.mission("FUN-043")
def test_499_is_refused_and_500_accepted():
    assert missed(answer("EX_VOSGES_TELEMEDECINE", GUIDE, **WHO, equipement_ht=499)) == ["depense"]
    found = answer("EX_VOSGES_TELEMEDECINE", GUIDE, **WHO, equipement_ht=500)
    assert found.verdict is Verdict.ELIGIBLE


@pytest.mark.mission("FUN-043")
def test_no_more_than_5_000():
    found = answer("EX_VOSGES_TELEMEDECINE", GUIDE, **WHO, equipement_ht=20_000)
    assert amounts(found) == {"montant": 5_000}
