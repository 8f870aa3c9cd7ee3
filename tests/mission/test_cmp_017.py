"""CMP-017: two dates give two answers for the PTMG; each rule has its date, text and doubt."""

import datetime as dt

import pytest

from assemblier.zoning.classes import Zonage
from assemblier.zoning.rules import aids_opened


def keys(day: dt.date) -> set[str]:
    return {aid.key for aid in aids_opened(Zonage.ZAC, day)}


@pytest.mark.mission("CMP-017")
def test_two_dates_give_two_answers_for_the_ptmg():
    # The decree was published on 24 December 2020: it holds from the day after.
    assert "ptmg" in keys(dt.date(2020, 12, 24))
    assert "ptmg" not in keys(dt.date(2020, 12, 25))
    assert "contrat_de_debut_d_exercice" in keys(dt.date(2021, 4, 1))


@pytest.mark.mission("CMP-017")
def test_each_rule_has_its_date_its_text_and_says_what_is_to_check():
    found = {aid.key: aid for aid in aids_opened(Zonage.ZIP, dt.date(2026, 2, 1))}
    assert all(aid.reference and aid.since <= dt.date(2026, 2, 1) for aid in found.values())
    assert found["aides_convention_2024"].is_to_check
    assert not found["cesp"].is_to_check
