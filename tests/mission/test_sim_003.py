"""SIM-003: fixed consulting rooms against a mobile unit."""

import pytest

from tests.project_cases import study


@pytest.mark.mission("SIM-003")
def test_eight_hours_of_travel_out_of_thirty_five_leave_twenty_seven():
    found = study("itinerance", heures_semaine=35, trajet_heures=8)
    assert found.value("heures_mobile") == 27
    assert found.value("heures_fixe") == 35
    assert "Recommandé : des lieux fixes" in found.findings[1].text


@pytest.mark.mission("SIM-003")
@pytest.mark.parametrize("public", ["peu_mobile", "isole", "eloigne_du_soin"])
def test_an_isolated_public_may_call_for_the_mobile_unit(public):
    found = study("itinerance", heures_semaine=35, trajet_heures=8, public=public)
    assert "l'unité mobile peut répondre" in found.findings[1].text
