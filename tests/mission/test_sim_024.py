"""SIM-024: the national benchmark of maisons de santé."""

import pytest

from tests.project_cases import plan


@pytest.mark.mission("SIM-024")
def test_the_implied_cost_and_the_mean_project():
    found = plan()
    assert round(float(found.known("repere_cout")) / 1e6, 1) == 102.7
    assert round(float(found.known("repere_projet")) / 1e6, 3) == 1.167
    assert round(float(found.known("repere_etat_projet")) / 1e6, 2) == 0.34
