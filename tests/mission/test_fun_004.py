"""FUN-004: the COSCOM."""

import pytest

from tests.aids_answers import COSCOM, amount


@pytest.mark.mission("FUN-004")
def test_twelve_months_and_a_hospital_then_neither():
    whole = {
        "accueille_un_stagiaire": "oui",
        "mois_de_stage": 12,
        "hopital_de_proximite": "oui",
    }
    assert amount("COSCOM", COSCOM, "total", **whole) == 9_850
    assert amount("COSCOM", COSCOM, "total") == 5_000
