"""SIM-016: what a CFE exemption costs."""

import pytest

from tests.project_cases import study


@pytest.mark.mission("SIM-016")
def test_two_practices_cost_two_thousand_euros_a_year():
    found = study("cfe", base=4000, taux=25, cabinets=2)
    assert found.known("perte") == 2000
    assert "ne sont pas compensées par l'Etat" in found.findings[0].text
