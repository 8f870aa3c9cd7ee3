"""FUN-017: equipment of practices in the mountains."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, IN_2023, missed, verdict


@pytest.mark.mission("FUN-017")
def test_only_in_the_mountains():
    assert verdict("EQUIPEMENT_MONTAGNE", GP, IN_2023, montagne="oui") is Verdict.ELIGIBLE
    assert missed("EQUIPEMENT_MONTAGNE", GP, IN_2023, montagne="non") == ["montagne"]
