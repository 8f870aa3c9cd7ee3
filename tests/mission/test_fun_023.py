"""FUN-023: the premium of hospital doctors on another site."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import HOSPITAL, missed, verdict


@pytest.mark.mission("FUN-023")
def test_fifteen_kilometres_no_a_little_more_yes():
    aid = "PRIME_EXERCICE_TERRITORIAL"
    assert missed(aid, HOSPITAL, distance_sites_km=15.0) == ["distance"]
    assert verdict(aid, HOSPITAL, distance_sites_km=15.1) is Verdict.ELIGIBLE
