"""FUN-019: the operation of 400 doctors."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, missed, verdict

POST = {**GP, "statut": "salarie", "poste_400": "salarie", "date_embauche": dt.date(2019, 6, 1)}


@pytest.mark.mission("FUN-019")
@pytest.mark.parametrize("zone", ["ZIP", "ZAC"])
def test_both_zones_are_open(zone):
    assert verdict("MED400", POST, dt.date(2020, 6, 1), zonage=zone) is Verdict.ELIGIBLE


@pytest.mark.mission("FUN-019")
def test_twenty_four_months_at_most():
    assert verdict("MED400", POST, dt.date(2021, 5, 31)) is Verdict.ELIGIBLE
    assert missed("MED400", POST, dt.date(2021, 6, 1)) == ["duree"]
