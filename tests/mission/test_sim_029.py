"""SIM-029: other pools of doctors."""

import pytest

from tests.project_cases import study

POOLS = [
    {"vivier": "retraites", "medecins": 6, "part": 50, "heures": 7},
    {"vivier": "voisins", "medecins": 4, "part": 25, "heures": 4},
    {"vivier": "hopital", "medecins": 1, "part": 100, "heures": 3},
]


@pytest.mark.mission("SIM-029")
def test_the_hours_of_the_pools_sum_with_their_assumptions_told():
    found = study("viviers", viviers=POOLS)
    assert [found.known(f"heures_{rank}") for rank in (1, 2, 3)] == [21, 4, 3]
    assert found.known("heures") == 28
    assert any("rien n'en est publié" in one for one in found.warnings)
