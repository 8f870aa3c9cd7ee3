"""OBS-026: professionals by sex and class of ages; the classes sum to the stock."""

import pytest

from assemblier.diagnosis.local import pyramid
from assemblier.diagnosis.presented import presented_stock_flow
from assemblier.diagnosis.sex_age import (
    AgeClass,
    read_distributions,
    share_from_age,
    unknown_distribution,
)
from assemblier.errors import DataError
from assemblier.territory import parse

HEADER = "profession;sexe;age_debut;age_fin;effectif;date;source\n"
LINES = (
    "généralistes;F;25;54;62;30/09/2022;CPAM\ngénéralistes;H;25;54;48;30/09/2022;CPAM\n"
    "généralistes;F;55;;34;30/09/2022;CPAM\ngénéralistes;H;55;;50;30/09/2022;CPAM\n"
)


@pytest.mark.mission("OBS-026")
def test_a_distribution_must_sum_to_the_printed_stock(tmp_path):
    stock = presented_stock_flow("medecin_generaliste")[0].stock.value
    assert stock == 194
    path = tmp_path / "ages.csv"
    path.write_text(HEADER + LINES, encoding="utf-8")
    found = read_distributions(path, {"généralistes": stock})["généralistes"]
    assert sum(bar.women.value + bar.men.value for bar in found.bars) == stock
    assert (found.women.value, found.men.value) == (96, 98)
    path.write_text(HEADER + LINES.replace(";50;", ";51;"), encoding="utf-8")
    with pytest.raises(DataError, match="195"):
        read_distributions(path, {"généralistes": stock})


@pytest.mark.mission("OBS-026")
def test_the_document_prints_no_value_and_the_software_says_so():
    found = unknown_distribution("médecins généralistes libéraux")
    assert found.bars == ()
    assert "RPPS" in found.total.missing


@pytest.mark.mission("OBS-026")
def test_the_pyramid_of_haute_loire_sums_to_its_population():
    found = pyramid(parse("departement:43"))
    assert len(found.bars) == 20
    assert found.bars[-1].ages == AgeClass(95, None)
    assert found.total.value == pytest.approx(228_654, abs=10)
    assert share_from_age(found, 65).value == pytest.approx(26.1, abs=0.1)
    assert share_from_age(found, 75).value < share_from_age(found, 65).value
