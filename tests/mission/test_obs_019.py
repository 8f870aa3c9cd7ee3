"""OBS-019: stocks and flows of liberal general practitioners, département and région."""

import pytest

from assemblier.diagnosis.presented import presented_stock_flow
from assemblier.figures import Nature

PROFESSION = "medecin_generaliste"
EXPECTED = {
    "Haute-Loire": (194, 187, 16, 9, 3.7),
    "Auvergne-Rhône-Alpes": (6928, 6967, 426, 465, -0.6),
}


@pytest.mark.mission("OBS-019")
@pytest.mark.parametrize("territory", EXPECTED)
def test_the_table_holds_together(territory):
    stock, previous, installations, cessations, percent = EXPECTED[territory]
    (found,) = (t for t in presented_stock_flow(PROFESSION) if t.territory == territory)
    assert (found.stock.value, found.previous.value) == (stock, previous)
    assert (found.installations.value, found.cessations.value) == (installations, cessations)
    assert found.balance.value == stock - previous == installations - cessations
    assert round(found.evolution.value, 1) == found.printed_evolution.value == percent
    assert found.anomalies == ()


@pytest.mark.mission("OBS-019")
def test_what_is_printed_and_what_is_computed_are_told_apart():
    for found in presented_stock_flow(PROFESSION):
        assert found.stock.nature is Nature.CITE
        assert found.stock.vintage == "30 septembre 2022"
        assert found.stock.provenance.sources[0].page == "page 18"
        assert found.balance.nature is Nature.CALCULE
        assert found.evolution.nature is Nature.CALCULE
