"""SIM-017: the case type of the convention refused in 2023."""

import pytest

from tests.project_cases import PANORAMA_DAY, study


@pytest.mark.mission("SIM-017")
def test_both_sums_and_the_banner():
    found = study("cas-type", PANORAMA_DAY)
    assert [found.known(key) for key in ("socle", "forfait", "sans_engagement")] == [
        7240,
        2282,
        9522,
    ]
    assert [found.known(key) for key in ("consultation_30", "niveaux_2_3", "engagement")] == [
        14_700,
        6_000,
        20_700,
    ]
    assert "refusée le 28 février 2023" in found.subtitle
