"""FUN-026: the lodging of students of second cycle: closed to them in 2019, open in 2023."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import IN_2023, STAGE, verdict

EXTERN = {**STAGE, "statut": "etudiant", "annee_etudes": 4}


@pytest.mark.mission("FUN-026")
def test_in_early_2020_no():
    day = dt.date(2020, 1, 15)
    assert verdict("ETAT_HEBERGEMENT", EXTERN, day) is Verdict.NON_ELIGIBLE
    assert verdict("ETAT_HEBERGEMENT_2E_CYCLE", EXTERN, day) is Verdict.A_VENIR


@pytest.mark.mission("FUN-026")
@pytest.mark.parametrize("zone", ["ZIP", "ZAC"])
def test_in_2023_yes_in_both_zones(zone):
    found = verdict("ETAT_HEBERGEMENT_2E_CYCLE", EXTERN, IN_2023, zonage=zone)
    assert found is Verdict.ELIGIBLE
