"""Stocks and flows: columns in any order, decimal comma or point, both shapes of table."""

import itertools
from pathlib import Path

import pytest

from tests.fixtures.sources.fabriquer import FLUX
from tests.imported import frame, imported, made


def test_departement_is_not_a_departure() -> None:
    rows = {
        r["profession"]: r
        for r in frame(made("essai_flux.csv", "effectifs-lignes"), "flux").to_dicts()
    }
    doctors = rows["medecin_generaliste"]
    assert (doctors["effectif_debut"], doctors["entrees"]) == (187, 16)
    assert (doctors["sorties"], doctors["effectif_fin"]) == (9, 194)
    assert rows["infirmier"]["effectif_fin"] == 1195 and rows["infirmier"]["entrees"] is None


@pytest.mark.parametrize("order", list(itertools.permutations(range(7)))[::701])
def test_the_order_of_columns_changes_nothing(order: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "essai_flux.csv"
    cells = [line.split(";") for line in FLUX]
    lines = [";".join(row[place] for place in order) for row in cells]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = frame(made("essai_flux.csv", "effectifs-lignes"), "flux")
    assert frame(imported(path, "effectifs-lignes"), "flux").equals(expected)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_a_printed_table(extension: str) -> None:
    got = made(f"essai_effectifs_imprimes.{extension}", "effectifs-imprimes")
    rows = {r["code"]: r for r in frame(got, "flux", "2021-2022").to_dicts()}
    assert (rows["43"]["effectif_debut"], rows["43"]["effectif_fin"]) == (187, 194)
    assert (rows["84"]["entrees"], rows["84"]["sorties"]) == (426, 465)


def test_a_single_stock_leaves_the_other_unknown() -> None:
    got = made("essai_flux_epci.xlsx", "effectifs-lignes")
    assert frame(got, "flux")["effectif_debut"].null_count() == 2
