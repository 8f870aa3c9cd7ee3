"""FUN-007: the PTMG, replaced by the contract of first years."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, amount, answer, verdict

DOCTOR = {**GP, "zonage": "ZAC", "statut": "projet"}


@pytest.mark.mission("FUN-007")
def test_open_in_2019_replaced_in_2021():
    assert verdict("PTMG", DOCTOR, honoraires_mois=0) is Verdict.ELIGIBLE
    later = answer("PTMG", DOCTOR, dt.date(2021, 6, 1))
    assert later.verdict is Verdict.FERME
    assert "CDE" in later.note


@pytest.mark.mission("FUN-007")
@pytest.mark.parametrize(("fees", "topped"), [(0, 6_900), (5_000, 1_900), (6_900, 0), (9_000, 0)])
def test_the_income_is_topped_up(fees, topped):
    assert amount("PTMG", DOCTOR, honoraires_mois=fees) == topped
