"""FUN-030: the five forms of an aid to settle, and their conditions."""

import datetime as dt

import pytest

from assemblier.aids.legality import State, Verdict
from assemblier.aids.legality.opinion import law
from tests.legality_cases import INSTALLATION, opinion


@pytest.mark.mission("FUN-030")
def test_a_grant_of_another_kind_is_not_provided_for():
    assert len(law("installation.formes", dt.date(2019, 12, 31)).value) == 5
    found = opinion(INSTALLATION, forme="autre").of("forme")
    assert found.state is State.CONTRAIRE
    assert "n'est pas prévue" in found.sentence


@pytest.mark.mission("FUN-030")
def test_two_years_are_illegal_three_are_legal():
    assert opinion(INSTALLATION, engagement__annees=2).verdict is Verdict.ILLEGALE
    assert opinion(INSTALLATION, engagement__annees=3).verdict is Verdict.LEGALE


@pytest.mark.mission("FUN-030")
def test_group_practice_may_be_asked():
    assert "exercice en groupe" in opinion(INSTALLATION).of("forme").note
