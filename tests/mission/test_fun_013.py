"""FUN-013: the contributions of young doctors."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, IN_2023, missed, verdict

DOCTOR = {**GP, "statut": "projet"}


@pytest.mark.mission("FUN-013")
def test_in_a_zac_or_three_years_and_a_day_after_the_diploma_no():
    in_time = dt.date(2020, 3, 9)
    aid = "COTISATIONS_JEUNES_MEDECINS"
    assert verdict(aid, DOCTOR, IN_2023, date_diplome=in_time) is Verdict.ELIGIBLE
    assert missed(aid, DOCTOR, IN_2023, date_diplome=in_time, zonage="ZAC") == ["zone"]
    late = in_time - dt.timedelta(days=1)
    assert missed(aid, DOCTOR, IN_2023, date_diplome=late) == ["delai"]
