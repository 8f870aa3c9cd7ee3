"""CMP-005: the caps are taken jointly over all who give."""

import pytest

from assemblier.aids.legality import State
from tests.legality_cases import STAGE, STUDY, opinion


@pytest.mark.mission("CMP-005")
def test_300_and_150_are_flagged():
    other = [{"nom": "Région d'essai", "montant": "300 € par mois"}]
    over = opinion(STAGE, montant="150 € par mois", autres_donneurs=other).of("plafond")
    assert over.state is State.CONTRAIRE
    assert "450\u00a0€" in over.sentence
    assert "125\u00a0€" in over.correction
    alone = opinion(STAGE, montant="150 € par mois").of("plafond")
    assert alone.state is State.CONFORME


@pytest.mark.mission("CMP-005")
def test_two_study_indemnities_are_added():
    other = [{"nom": "Région d'essai", "montant": "1 € par mois"}]
    assert opinion(STUDY).of("plafond").state is State.CONFORME
    assert opinion(STUDY, autres_donneurs=other).of("plafond").state is State.CONTRAIRE
