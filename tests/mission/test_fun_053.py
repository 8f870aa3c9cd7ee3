"""FUN-053: ANRU in the plan."""

import pytest

from tests.project_cases import plan, refused

LINE = {"financeur": "anru", "montant": 10_000}


@pytest.mark.mission("FUN-053")
def test_anru_needs_the_convention():
    assert not plan(LINE, qpv="oui", convention_npnru="oui").refusals
    assert "convention de renouvellement urbain" in refused(
        plan(LINE, qpv="oui", convention_npnru="non")
    )
