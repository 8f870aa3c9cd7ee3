"""OBS-014: the zoning of nurses in Haute-Loire, its under-dense areas listed by name."""

from pathlib import Path

import polars as pl
import pytest

from assemblier.cli.program import run
from assemblier.data import documents
from assemblier.sources.store import Store

UNDER_DENSE = ("tres_sous_dotee", "sous_dotee")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    return Store()


@pytest.mark.mission("OBS-014")
def test_the_presentation_of_2023_names_two_under_dense_areas() -> None:
    said = documents.cited_text("zones_infirmiers")
    assert said.items == ("le secteur de Saugues", "celui des gorges de l'Allier")


@pytest.mark.mission("OBS-014")
def test_both_areas_are_under_dense_in_the_file_and_each_commune_has_a_zone(
    donnees_essai: Path, store: Store
) -> None:
    folder = donnees_essai / "cartosante"
    assert (
        run(["sources", "importer", str(folder / "cartosante_zonage_infirmiers_commune.csv")]) == 0
    )
    appartenance = donnees_essai / "insee_cog" / "table-appartenance-geo-communes-22.xlsx"
    assert run(["sources", "importer", str(appartenance)]) == 0
    zoning = store.read("zonage").frame.filter(
        pl.col("code_commune").str.starts_with("43"), pl.col("profession") == "infirmier"
    )
    assert zoning["code_commune"].n_unique() == 257
    basins = store.read("appartenance").frame.select("code_commune", "bassin_de_vie")
    under = zoning.filter(pl.col("zone").is_in(UNDER_DENSE)).join(basins, on="code_commune")
    assert under.height == 21
    communes = set(under["code_commune"])
    assert "43234" in communes, "Saugues"
    assert "43136" in communes, "Monistrol-d'Allier, dans les gorges de l'Allier"
    # The file is of 2026: since 2023 the basin of Massiac, around Blesle, has become under-dense.
    assert set(under["bassin_de_vie"]) == {"43234", "43157", "15119"}
