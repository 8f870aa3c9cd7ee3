"""OBS-022: stocks and flows of liberal nurses, département and région."""

import pytest

from assemblier.diagnosis.presented import presented_stock_flow
from assemblier.figures import Nature

PROFESSION = "infirmier"
EXPECTED = {
    "Haute-Loire": (488, 468, 52, 32, 4.3),
    "Auvergne-Rhône-Alpes": (11_994, 11_868, 1031, 905, 1.1),
}


@pytest.mark.mission("OBS-022")
@pytest.mark.parametrize("territory", EXPECTED)
def test_the_table_holds_together(territory):
    stock, previous, installations, cessations, percent = EXPECTED[territory]
    (found,) = (t for t in presented_stock_flow(PROFESSION) if t.territory == territory)
    assert (found.stock.value, found.previous.value) == (stock, previous)
    assert (found.installations.value, found.cessations.value) == (installations, cessations)
    assert found.balance.value == stock - previous == installations - cessations
    assert round(found.evolution.value, 1) == found.printed_evolution.value == percent
    assert found.anomalies == ()


@pytest.mark.mission("OBS-022")
def test_what_is_printed_and_what_is_computed_are_told_apart():
    for found in presented_stock_flow(PROFESSION):
        assert found.stock.nature is Nature.CITE
        assert found.stock.vintage == "30 septembre 2022"
        assert found.stock.provenance.sources[0].page == "page 22"
        assert found.balance.nature is Nature.CALCULE
        assert found.evolution.nature is Nature.CALCULE
