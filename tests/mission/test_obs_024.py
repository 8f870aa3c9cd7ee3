"""OBS-024: stocks and flows of liberal physiotherapists, département and région."""

import pytest

from assemblier.data.documents import cited_table
from assemblier.diagnosis.presented import presented_stock_flow
from assemblier.diagnosis.stock_flow_table import read_stock_flow
from assemblier.figures import Nature

PROFESSION = "masseur_kinesitherapeute"
EXPECTED = {
    "Haute-Loire": (208, 199, 22, 13, 4.5),
    "Auvergne-Rhône-Alpes": (9589, 9319, 967, 697, 2.9),
}


@pytest.mark.mission("OBS-024")
@pytest.mark.parametrize("territory", EXPECTED)
def test_the_table_holds_together(territory):
    stock, previous, installations, cessations, percent = EXPECTED[territory]
    (found,) = (t for t in presented_stock_flow(PROFESSION) if t.territory == territory)
    assert (found.stock.value, found.previous.value) == (stock, previous)
    assert (found.installations.value, found.cessations.value) == (installations, cessations)
    assert found.balance.value == stock - previous == installations - cessations
    assert round(found.evolution.value, 1) == found.printed_evolution.value == percent
    assert found.anomalies == ()


@pytest.mark.mission("OBS-024")
def test_what_is_printed_and_what_is_computed_are_told_apart():
    for found in presented_stock_flow(PROFESSION):
        assert found.stock.nature is Nature.CITE
        assert found.stock.vintage == "31 octobre 2022"
        assert found.stock.provenance.sources[0].page == "page 25"
        assert found.balance.nature is Nature.CALCULE
        assert found.evolution.nature is Nature.CALCULE


@pytest.mark.mission("OBS-024")
def test_columns_come_in_any_order_with_dot_or_comma():
    table = cited_table("kinesitherapeutes_flux")
    direct = read_stock_flow("masseurs-kinésithérapeutes", table.columns, table.rows)
    order = [2, 0, 1]
    turned = read_stock_flow(
        "masseurs-kinésithérapeutes",
        [table.columns[column] for column in order],
        [[row[column].replace(".", ",") for column in order] for row in reversed(table.rows)],
    )
    assert any("." in cell for row in table.rows for cell in row)
    assert set(turned) == set(direct)
