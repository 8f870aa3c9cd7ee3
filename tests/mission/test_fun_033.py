"""FUN-033: the cap and the commitment of the study indemnity."""

import datetime as dt

import pytest

from assemblier.aids.legality import Domaine, State, Verdict
from assemblier.aids.legality.caps import cap_of
from tests.legality_cases import STUDY, opinion


@pytest.mark.mission("FUN-033")
def test_25_500_is_the_cap():
    day = dt.date(2019, 12, 31)
    assert cap_of(Domaine.INDEMNITE_ETUDE, day).yearly == 25_500
    assert cap_of(Domaine.INDEMNITE_STAGE, day).monthly * 5 * 12 == 25_500
    assert opinion(STUDY, montant="25 500 € par an").verdict is Verdict.LEGALE
    over = opinion(STUDY, montant="25 501 € par an")
    assert over.of("plafond").state is State.CONTRAIRE


@pytest.mark.mission("FUN-033")
@pytest.mark.parametrize(("years", "state"), [(5, State.CONFORME), (4, State.CONTRAIRE)])
def test_five_years_are_the_least(years, state):
    assert opinion(STUDY, engagement__annees=years).of("engagement").state is state


@pytest.mark.mission("FUN-033")
def test_the_repayment_is_total_then_partial():
    assert opinion(STUDY, clauses__remboursement="aucun").verdict is Verdict.ILLEGALE
    assert opinion(STUDY, clauses__remboursement="total").verdict is Verdict.INCOMPLETE
    assert opinion(STUDY, clauses__remboursement="total_ou_partiel").verdict is Verdict.LEGALE
