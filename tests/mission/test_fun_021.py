"""FUN-021: the CFE exemption of second practices, and its deliberation."""

import pytest

from assemblier.aids.legality import State, Verdict
from tests.legality_cases import TAX, opinion


@pytest.mark.mission("FUN-021")
def test_1999_inhabitants_yes_2000_elsewhere_no():
    assert opinion(TAX).verdict is Verdict.LEGALE
    larger = opinion(TAX, cabinet__population=2000, zone={"classement": "HZ"})
    assert larger.of("lieu").state is State.CONTRAIRE
    assert opinion(TAX, cabinet__population=2000, cabinet__zone_rurale="oui").verdict is (
        Verdict.LEGALE
    )
    fragile = opinion(TAX, cabinet__population=2000, zone={"classement": "ZAC"})
    assert fragile.of("lieu").state is State.CONFORME


@pytest.mark.mission("FUN-021")
def test_a_main_practice_and_no_deliberation_are_no():
    main = opinion(TAX, cabinet__population=2000, cabinet__site="principal")
    assert main.of("lieu").state is State.CONTRAIRE
    without = opinion(TAX, deliberation__date=None)
    assert without.verdict is Verdict.INCOMPLETE
    assert without.of("date de la délibération").state is State.A_COMPLETER
