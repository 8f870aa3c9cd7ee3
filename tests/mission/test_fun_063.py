"""FUN-063: the card of individual aids, and what is left to live on."""

import pytest

from tests.project_cases import PANORAMA_DAY, study


@pytest.mark.mission("FUN-063")
def test_the_card_says_monthly_anonymous_and_illustrates_what_is_left():
    found = study("reste-a-vivre", PANORAMA_DAY, ressources=1_100, charges=780)
    said = " ".join(one.text for one in found.findings)
    assert found.known("reste") == 320
    assert "mensuellement" in said
    assert "anonyme" in said
    assert "reste à vivre" in said


@pytest.mark.mission("FUN-063")
def test_the_tool_decides_nothing_and_says_whom_to_ask():
    found = study("reste-a-vivre", PANORAMA_DAY, ressources=900, charges=1_000)
    assert found.known("reste") == -100
    assert any("ne décide de rien" in one for one in found.warnings)
    assert any("caisse primaire" in one for one in found.warnings)
