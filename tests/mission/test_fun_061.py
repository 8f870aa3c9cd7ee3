"""FUN-061: the coordinator of a CLS."""

import pytest

from tests.project_cases import PANORAMA_DAY, study


@pytest.mark.mission("FUN-061")
def test_half_of_seventy_thousand():
    found = study("coordonnateur", PANORAMA_DAY, cout_poste=70_000)
    assert (found.known("ars"), found.known("local")) == (35_000, 35_000)
    assert "diagnostic est financé" in found.findings[0].text
