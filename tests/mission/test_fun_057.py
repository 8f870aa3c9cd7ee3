"""FUN-057: the agency pays for engineering first."""

import pytest

from tests.project_cases import PLAN, plan


@pytest.mark.mission("FUN-057")
def test_engineering_belongs_to_conception_equipment_to_realisation():
    costs = [
        *PLAN["depenses"],
        {"nature": "ingenierie", "montant_ht": 20_000},
        {"nature": "amorcage", "montant_ht": 10_000},
    ]
    found = plan(
        {"financeur": "ars", "montant": 15_000, "depense": "ingenierie"},
        {"financeur": "ars", "montant": 10_000, "depense": "systeme_information"},
        {"financeur": "ars", "montant": 10_000, "depense": "amorcage"},
        depenses=costs,
    )
    assert not found.refusals
    steps = next(one for one in found.listings if one.key == "etapes")
    assert [row[0] for row in steps.rows] == ["conception", "réalisation", "réalisation"]
