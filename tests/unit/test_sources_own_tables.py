"""Parquet files: read when their columns are those of a table or of a recipe."""

from pathlib import Path

import polars as pl
import pytest

from assemblier.errors import DataError
from assemblier.sources import importing, reading, registry
from assemblier.sources.codes import todays_context
from assemblier.sources.recipe_reading import read_with
from assemblier.sources.recipes import read_recipe
from assemblier.sources.store import Store
from tests.imported import account, frame, imported, reasons, repairs

APL = {
    "code_commune": ["43157", "1004", "99999"],
    "profession": ["medecin_generaliste"] * 3,
    "millesime": [2024, 2024, 2024],
    "apl": [3.5, 2.0, 1.0],
}


def parquet(tmp_path: Path, columns: dict[str, list[object]]) -> Path:
    path = tmp_path / "table.parquet"
    pl.DataFrame(columns).write_parquet(path)
    return path


def test_the_columns_of_a_table_are_enough(tmp_path: Path) -> None:
    got = imported(parquet(tmp_path, APL), "parquet")
    assert account(got) == (3, 2)
    assert reasons(got) == ["code commune inconnu"]
    assert repairs(got) == {"zéro initial rétabli": 1}
    kept = frame(got, "apl_publiee").select("code_commune", "apl").rows()
    assert kept == [("43157", 3.5), ("01004", 2.0)]
    assert got.tables[0].vintage == "2024"
    assert "non dit" in got.tables[0].source.producer


def test_another_column_is_not_left_out_in_silence(tmp_path: Path) -> None:
    path = parquet(tmp_path, {**APL, "revenu": [1, 2, 3]})
    assert registry.recognise(reading.sample(path)) is None
    files = importing.files_of([path])
    (outcome,) = importing.import_files(files, Store(tmp_path / "s"), todays_context())
    assert outcome.state is importing.State.REFUSED
    assert "renommer ses colonnes" in outcome.problems[0].action


RECIPE = """
cle: essai
titre: Essai
producteur: essai
millesime: "2024"
licence: essai
qualite: essai
table: apl_publiee
colonnes:
  code_commune: ou
  profession: {valeur: infirmier}
  millesime: {valeur: 2024}
  apl: combien
"""


def test_a_recipe_reads_a_parquet(tmp_path: Path) -> None:
    recipe = tmp_path / "r.yaml"
    recipe.write_text(RECIPE, encoding="utf-8")
    path = parquet(tmp_path, {"ou": [43157, 1004], "combien": [1.5, None]})
    got = read_with(read_recipe(recipe), path, reading.sample(path), todays_context())
    assert account(got) == (2, 2)
    kept = frame(got, "apl_publiee").select("code_commune", "apl").rows()
    assert kept == [("43157", 1.5), ("01004", None)]
    with pytest.raises(DataError, match="pas de colonne « combien »"):
        bad = parquet(tmp_path, {"ou": [43157]})
        read_with(read_recipe(recipe), bad, reading.sample(bad), todays_context())


def test_a_damaged_parquet_is_refused_with_a_message(tmp_path: Path) -> None:
    path = parquet(tmp_path, APL)
    path.write_bytes(path.read_bytes()[:-20])
    files = importing.files_of([path])
    (outcome,) = importing.import_files(files, Store(tmp_path / "s"), todays_context())
    assert outcome.state is importing.State.REFUSED
