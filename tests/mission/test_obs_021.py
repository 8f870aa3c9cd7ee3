"""OBS-021: dentists; the labels of the flows are swapped in both columns, and it is said."""

import pytest

from assemblier.diagnosis.presented import presented_stock_flow
from assemblier.diagnosis.stock_flow import SWAPPED


@pytest.mark.mission("OBS-021")
def test_both_columns_are_flagged_as_swapped_and_the_evolution_is_still_right():
    here, region = presented_stock_flow("chirurgien_dentiste")
    assert (here.stock.value, here.previous.value, here.balance.value) == (101, 99, 2)
    assert (region.stock.value, region.previous.value, region.balance.value) == (4290, 4218, 72)
    for found in (here, region):
        assert [anomaly.code for anomaly in found.anomalies] == [SWAPPED]
        assert "sans doute inversés" in found.anomalies[0].message
        assert found.installations.value - found.cessations.value == -found.balance.value
    assert round(here.evolution.value, 1) == 2.0
    assert round(region.evolution.value, 1) == 1.7


@pytest.mark.mission("OBS-021")
def test_nothing_is_repaired_silently():
    here, region = presented_stock_flow("chirurgien_dentiste")
    assert (here.installations.value, here.cessations.value) == (1, 3)
    assert (region.installations.value, region.cessations.value) == (274, 346)
