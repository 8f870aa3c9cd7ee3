"""FUN-049: DSID in the plan."""

import pytest

from tests.project_cases import plan, refused

LINE = {"financeur": "dsid", "montant": 100_000}


@pytest.mark.mission("FUN-049")
def test_dsid_is_for_departements_only():
    assert not plan(LINE, porteur="departement").refusals
    assert "elle est pour les départements" in refused(plan(LINE, porteur="commune"))
