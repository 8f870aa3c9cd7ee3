"""FUN-009: the PTMR."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, missed, verdict

LOCUM = {**GP, "statut": "remplacant"}


@pytest.mark.mission("FUN-009")
def test_a_thesis_of_two_years_yes_of_four_no():
    assert verdict("PTMR", LOCUM, date_these=dt.date(2017, 6, 1)) is Verdict.ELIGIBLE
    assert missed("PTMR", LOCUM, date_these=dt.date(2015, 6, 1)) == ["remplacant"]
