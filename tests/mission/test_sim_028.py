"""SIM-028: the base of the CFE."""

import pytest

from tests.project_cases import study


@pytest.mark.mission("SIM-028")
def test_mixed_premises_count_by_their_surface():
    found = study(
        "cfe",
        valeur_locative=10_000,
        surface_totale=100,
        surface_professionnelle=40,
        taux=25,
        cabinets=1,
    )
    assert found.known("base") == 4000
    assert found.known("cotisation") == 1000
