"""FUN-047: DETR in the plan."""

import pytest

from assemblier.errors import DataError
from tests.project_cases import plan, refused

LINE = {"financeur": "detr", "montant": 100_000}


@pytest.mark.mission("FUN-047")
def test_the_rural_flag_is_required():
    with pytest.raises(DataError, match="rural_eligible : absent"):
        plan(LINE, rural_eligible=None)
    assert "n'est pas éligible à la DETR" in refused(plan(LINE, rural_eligible="non"))
    assert not plan(LINE).refusals
