"""FUN-016: who is paid for a death certificate."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, IN_2023, missed, verdict


@pytest.mark.mission("FUN-016")
@pytest.mark.parametrize("zone", ["ZIP", "ZAC"])
@pytest.mark.parametrize("status", ["retraite", "retraite_actif", "interne", "installe"])
def test_retired_doctors_and_interns_certify_in_both_zones(zone, status):
    said = {"zonage": zone, "statut": status}
    assert verdict("CERTIFICATS_DECES", GP, IN_2023, **said) is Verdict.ELIGIBLE


@pytest.mark.mission("FUN-016")
def test_a_doctor_who_no_longer_practises_may_since_july_2019():
    before = missed("CERTIFICATS_DECES", GP, dt.date(2019, 7, 26), statut="retraite")
    assert before == ["statut"]
