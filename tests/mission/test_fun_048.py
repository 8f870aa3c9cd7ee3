"""FUN-048: DSIL in the plan."""

import pytest

from tests.project_cases import plan


@pytest.mark.mission("FUN-048")
def test_dsil_is_selectable_with_the_prefect_to_ask():
    found = plan({"financeur": "dsil", "montant": 100_000})
    assert not found.refusals
    row = next(row for row in found.listings[0].rows if row[0].startswith("DSIL"))
    assert "préfet" in row[2] and "accessibilité aux soins" in row[1]
