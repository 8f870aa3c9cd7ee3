"""FUN-012: the CESP."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import STUDENT, amount, missed, verdict


@pytest.mark.mission("FUN-012")
@pytest.mark.parametrize(("months", "total", "due"), [(12, 14_400, 24), (36, 43_200, 36)])
def test_what_is_paid_and_what_is_due(months, total, due):
    assert amount("CESP", STUDENT, "total", mois_d_allocation=months) == total
    assert amount("CESP", STUDENT, "engagement", mois_d_allocation=months) == due


@pytest.mark.mission("FUN-012")
def test_the_first_year_of_medicine_no_of_odontology_yes():
    assert missed("CESP", STUDENT, annee_etudes=1) == ["annee"]
    dentist = {"profession": "chirurgien_dentiste", "annee_etudes": 1}
    assert verdict("CESP", STUDENT, **dentist) is Verdict.ELIGIBLE
    assert verdict("CESP", STUDENT, statut="interne") is Verdict.ELIGIBLE
