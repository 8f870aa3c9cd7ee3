"""FUN-050: FNADT in the plan."""

import pytest

from tests.project_cases import plan, refused

LINE = {"financeur": "fnadt", "montant": 100_000}


@pytest.mark.mission("FUN-050")
def test_fnadt_needs_several_actors():
    assert not plan(LINE, multi_acteurs="oui").refusals
    assert "plusieurs acteurs" in refused(plan(LINE, multi_acteurs="non"))
