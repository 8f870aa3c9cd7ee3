"""SIM-010: the schedule of the aid for a medical assistant."""

import pytest

from assemblier.aids.dispositifs.assistant_medical import DISPOSITIF
from assemblier.projects.assistant_medical import HIGH, OPTIONS, ORDINARY, VERY_HIGH, schedule
from tests.project_cases import PANORAMA_DAY, refused, study


@pytest.mark.mission("SIM-010")
@pytest.mark.parametrize(
    ("time", "total", "third", "each"),
    [
        ("tiers_temps", 28_000, 8_350, 12_000),
        ("mi_temps", 42_000, 12_500, 18_000),
        ("plein_temps", 84_000, 25_000, 36_000),
    ],
)
def test_totals_high_and_very_high_activity(time, total, third, each):
    assert sum(schedule(time, ORDINARY, PANORAMA_DAY)[0]) == total
    assert schedule(time, HIGH, PANORAMA_DAY)[0][2] == third
    assert schedule(time, VERY_HIGH, PANORAMA_DAY)[0] == (each, each, each)
    found = study("assistant", PANORAMA_DAY, temps=time, zone="zip", rang=92)
    assert found.known("aide", 2) == third
    assert study("assistant", PANORAMA_DAY, temps=time, rang=96).known("total") == 3 * each


@pytest.mark.mission("SIM-010")
def test_a_full_time_outside_the_deficit_zone_is_refused():
    assert "hors zone déficitaire" in refused(
        study("assistant", PANORAMA_DAY, temps="plein_temps", zone="hz")
    )
    assert not study("assistant", PANORAMA_DAY, temps="plein_temps", zone="zac").refusals
    assert not study("assistant", PANORAMA_DAY, temps="mi_temps", zone="hz").refusals


@pytest.mark.mission("SIM-010")
def test_the_parameters_are_those_of_the_aid():
    assert DISPOSITIF.sigle == "ASSISTANT_MEDICAL"
    assert set(OPTIONS) == {key for key, _ in DISPOSITIF.entrees[0].choix}
