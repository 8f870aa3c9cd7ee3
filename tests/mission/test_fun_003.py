"""FUN-003: the CAIM."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import CAIM, amount, answer, missed, verdict


@pytest.mark.mission("FUN-003")
def test_four_days_fifty_thousand_two_and_a_half_less_two_none():
    assert amount("CAIM", CAIM) == 50_000
    assert amount("CAIM", CAIM, jours_par_semaine=2.5) < 50_000
    assert verdict("CAIM", CAIM, jours_par_semaine=2) is Verdict.NON_ELIGIBLE


@pytest.mark.mission("FUN-003")
def test_between_the_two_amounts_it_is_to_confirm():
    (main,) = [
        one for one in answer("CAIM", CAIM, jours_par_semaine=3).amounts if not one.montant.si
    ]
    assert main.is_to_confirm
    assert main.to_enter


@pytest.mark.mission("FUN-003")
@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"participation_pdsa": "non"}, "permanence_des_soins"),
        ({"zonage": "ZAC"}, "zone"),
        ({"caim_deja_signe": "oui"}, "premier_contrat"),
    ],
)
def test_without_on_call_duty_in_a_zac_or_twice_no(change, condition):
    assert missed("CAIM", CAIM, **change) == [condition]


@pytest.mark.mission("FUN-003")
def test_it_is_open_until_the_end_of_2025():
    assert verdict("CAIM", CAIM, dt.date(2025, 12, 31)) is Verdict.ELIGIBLE
    assert verdict("CAIM", CAIM, dt.date(2026, 1, 1)) is Verdict.FERME
