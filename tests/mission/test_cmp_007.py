"""CMP-007: what is paid back of a study bursary."""

import datetime as dt
from fractions import Fraction

import pytest

from assemblier.aids.legality.repayment import repayment
from assemblier.figures import Confidence

DAY = dt.date(2019, 12, 31)
RECEIVED = Fraction(25_500)


@pytest.mark.mission("CMP-007")
@pytest.mark.parametrize(("kept", "share"), [(0, 1), (3, Fraction(2, 5)), (5, 0), (6, 0)])
def test_nothing_kept_is_all_back_all_kept_is_nothing_back(kept, share):
    found = repayment(RECEIVED, Fraction(kept), Fraction(5), DAY)
    assert found.share == share
    assert found.euros == RECEIVED * share


@pytest.mark.mission("CMP-007")
def test_the_formula_is_said_to_be_a_hypothesis():
    found = repayment(RECEIVED, Fraction(3), Fraction(5), DAY)
    assert found.law.confidence is Confidence.NON_CONFIRME
    assert "Hypothèse" in found.law.reference
