"""CMP-021: an aid against the charter of non-competition."""

import pytest

from assemblier.aids.legality import State, aid_of
from assemblier.reports.legalite import charter
from tests.legality_cases import INSTALLATION, opinion


@pytest.mark.mission("CMP-021")
def test_a_premium_is_flagged_where_a_charter_is_signed():
    found = opinion(INSTALLATION, charte="oui").of("charte")
    assert found.state is State.AVERTISSEMENT
    premises = opinion(INSTALLATION, charte="oui", forme="locaux")
    assert "charte" not in {one.clause for one in premises.findings}


@pytest.mark.mission("CMP-021")
def test_the_draft_charter_forbids_overbidding():
    text = charter(aid_of(INSTALLATION)).plain
    assert "surenchérir sur l'aide" in text
    assert "avantage financier direct" in text
