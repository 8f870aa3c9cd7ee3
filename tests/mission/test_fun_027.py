"""FUN-027: what a doctor who trains students is paid."""

import pytest

from tests.aids_answers import COSCOM, MSU, amount


@pytest.mark.mission("FUN-027")
def test_six_months_and_what_the_coscom_adds():
    assert amount("MSU", MSU, "annee", mois_de_stage=6) == 3_600
    host = {"accueille_un_stagiaire": "oui", "mois_de_stage": 6}
    assert amount("COSCOM", COSCOM, "stagiaire", **host) == 1_800
