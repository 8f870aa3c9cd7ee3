"""SIM-018: is a maison de santé the right project."""

import pytest

from assemblier.projects.msp import EMPTY_PREMISES, Gate, pertinence
from tests.project_cases import GUIDE_DAY, study


@pytest.mark.mission("SIM-018")
def test_nobody_committed_closes_the_way_with_the_warning():
    found = pertinence(0, 0, GUIDE_DAY)
    assert found.gate is Gate.CLOSED
    assert EMPTY_PREMISES in found.why
    assert len(found.others) == 4
    told = study("msp", medecins=0, paramedicaux=0)
    assert "locaux vides" in told.findings[0].text


@pytest.mark.mission("SIM-018")
def test_two_doctors_and_a_paramedic_open_it():
    assert pertinence(2, 1, GUIDE_DAY).gate is Gate.OPEN
    assert pertinence(1, 3, GUIDE_DAY).gate is Gate.FRAGILE
    assert pertinence(2, 0, GUIDE_DAY).gate is Gate.FRAGILE
