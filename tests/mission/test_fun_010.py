"""FUN-010: the PIAS."""

import pytest

from tests.aids_answers import PIAS, amount, missed


@pytest.mark.mission("FUN-010")
def test_the_amount_and_its_cap():
    assert amount("PIAS", PIAS, revenus_an=80_000) == 6_300
    assert amount("PIAS", PIAS, revenus_an=120_000) == 6_900


@pytest.mark.mission("FUN-010")
def test_thirty_minutes_are_not_more_than_thirty():
    assert missed("PIAS", PIAS, minutes_urgences=30) == ["isolement"]
