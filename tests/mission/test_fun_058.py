"""FUN-058: the agency does not pay for buildings."""

import pytest

from assemblier.projects.funds import BUILDINGS
from tests.project_cases import plan, refused


@pytest.mark.mission("FUN-058")
@pytest.mark.parametrize("nature", BUILDINGS)
def test_a_building_is_refused(nature):
    line = {"financeur": "ars", "montant": 10_000, "depense": nature}
    assert "n'ont pas vocation à financer un projet immobilier" in refused(plan(line))


@pytest.mark.mission("FUN-058")
def test_a_shared_information_system_is_not():
    assert not plan(
        {"financeur": "ars", "montant": 10_000, "depense": "systeme_information"}
    ).refusals
    assert "dire la dépense aidée" in refused(plan({"financeur": "ars", "montant": 10_000}))
