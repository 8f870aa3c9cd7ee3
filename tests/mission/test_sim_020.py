"""SIM-020: the shared practice of retired doctors."""

import pytest

from assemblier.projects.retired_doctors import laval
from assemblier.projects.retired_doctors import study as answered
from tests.project_cases import GUIDE_DAY, study


@pytest.mark.mission("SIM-020")
def test_fifteen_doctors_make_thirty_seven_half_days_and_a_half():
    found = study("retraites", medecins=15, demi_journees="2,5")
    assert float(found.known("total")) == 37.5
    assert float(found.known("etp")) == 3.75
    example = answered(laval(GUIDE_DAY), GUIDE_DAY)
    assert (example.known("total"), example.known("etp")) == (
        found.known("total"),
        found.known("etp"),
    )
