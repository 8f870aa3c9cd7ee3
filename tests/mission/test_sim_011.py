"""SIM-011: the patients an assistant brings."""

import pytest

from assemblier.parameters import value
from tests.project_cases import PANORAMA_DAY, study


@pytest.mark.mission("SIM-011")
def test_a_thousand_patients_become_1050_to_1100():
    found = study("assistant", PANORAMA_DAY, temps="mi_temps", patientele=1000)
    assert (found.known("suivis_bas"), found.known("suivis_haut")) == (1050, 1100)
    assert found.known("cout_bas") == 10_500 / 100
    assert found.known("cout_haut") == 18_000 / 50


@pytest.mark.mission("SIM-011")
def test_the_twelve_assistants_of_the_departement():
    count = value("projets.assistant.departement_43", PANORAMA_DAY)
    assert count == 12
    found = study("assistant", PANORAMA_DAY, temps="mi_temps", patientele=1000, assistants=count)
    assert (found.known("patients_bas"), found.known("patients_haut")) == (600, 1200)
