"""FUN-059: the ACI of a maison de santé."""

import pytest

from tests.project_cases import PANORAMA_DAY, study


@pytest.mark.mission("FUN-059")
def test_both_statements_stand_with_their_dates():
    found = study("msp", PANORAMA_DAY, medecins=3, paramedicaux=2, loyer=36_000)
    listing = next(one for one in found.listings if one.key == "aci")
    said = {row[0]: row[1] for row in listing.rows}
    assert "peuvent atteindre 70 000 €" in said["2019"]
    assert "Rémunération moyenne : 70 000 euros" in said["9 mars 2023"]
    assert found.known("aci_repere") == 70_000
    assert found.value("aci") is None
