"""SIM-007: the share of the city in the centres of Grenoble."""

import pytest

from tests.project_cases import centre


@pytest.mark.mission("SIM-007")
def test_the_city_pays_sixteen_per_cent_and_a_centre_costs_a_million():
    found = centre()
    assert round(float(found.known("grenoble_part")), 1) == 16.3
    assert found.known("grenoble_par_centre") == 1_040_000
