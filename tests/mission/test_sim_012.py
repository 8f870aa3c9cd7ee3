"""SIM-012: medical time as the common unit."""

import pytest

from tests.project_cases import study


@pytest.mark.mission("SIM-012")
def test_freeing_five_hours_and_a_half_makes_eighteen_consultations():
    found = study("temps-medical", leviers=[{"levier": "secretariat", "medecins": 1}])
    assert float(found.known("heures_1")) == 5.5
    assert int(found.known("consultations_1")) == 18
    assert found.listings[0].rows[0][3] == "18"


@pytest.mark.mission("SIM-012")
def test_levers_are_ranked_by_the_cost_of_an_hour():
    levers = [
        {"levier": "secretariat", "medecins": 1, "cout": 33000},
        {"levier": "multi_site", "heures": 4, "cout": 3000},
        {"levier": "ipa", "cout": 1},
    ]
    found = study("temps-medical", leviers=levers)
    assert [row[1] for row in found.listings[0].rows] == [
        "consultations d'un médecin voisin",
        "secrétariat",
        "infirmier en pratique avancée",
    ]
    assert found.listings[0].rows[2][2] == "non disponible"
