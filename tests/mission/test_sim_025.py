"""SIM-025: the perimeter and the size of a CPTS project."""

import pytest

from tests.project_cases import PANORAMA_DAY, refused, study


@pytest.mark.mission("SIM-025")
def test_thirty_thousand_inhabitants_show_the_range():
    found = study("cpts", PANORAMA_DAY, population=30_000)
    assert found.known("taille") == 1
    assert "de 287\u202f000\u00a0€ à 580\u202f000\u00a0€" in found.findings[0].text
    assert found.known("bas") <= found.known("plein") <= found.known("haut")


@pytest.mark.mission("SIM-025")
def test_an_overlap_is_refused():
    here = {"territoire": "epci:200073419"}
    other = [{"nom": "Velay Sud", "territoire": "commune:43157"}]
    assert "Le Puy-en-Velay" in refused(study("cpts", PANORAMA_DAY, **here, existantes=other))
    away = [{"nom": "Brivadois", "territoire": "commune:43040"}]
    assert not study("cpts", PANORAMA_DAY, **here, existantes=away).refusals
