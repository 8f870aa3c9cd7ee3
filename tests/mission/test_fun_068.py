"""FUN-068: the balance subsidy, with a yearly cap."""

import pytest

from assemblier.projects.centre_form import HORIZON
from tests.project_cases import centre


@pytest.mark.mission("FUN-068")
def test_the_subsidy_is_the_deficit_and_stops_at_the_cap():
    found = centre(plafond_subvention=50_000)
    for year in range(HORIZON):
        deficit = max(0, -found.known("resultat", year))
        assert found.known("subvention", year) == deficit
        assert found.known("versee", year) == min(deficit, 50_000)
        assert found.known("a_trouver", year) == deficit - found.known("versee", year)
