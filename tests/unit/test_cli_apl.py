"""`assemblier apl`: what people read, what is written, what is refused."""

import json

import polars as pl
import pytest

from assemblier.cli.program import run

EPCI = "epci:200073419"
COLUMNS = {
    "code_commune", "nom", "apl", "apl_publiee", "millesime_publie", "ecart", "population",
    "population_standardisee",
}  # fmt: skip


def test_the_answer_to_why_this_figure(capsys):
    assert run(["apl", EPCI, "--expliquer", "43157"]) == 0
    said = capsys.readouterr().out
    assert "Pourquoi" in said
    assert "médecins généralistes du Puy-en-Velay" in said
    assert "Non confirmés (U)" in said
    assert "La DREES publie" in said
    assert "Trajet estimé" in said


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods", "json", "geojson", "parquet"])
def test_the_scores_are_written(extension, tmp_path, capsys):
    path = tmp_path / f"apl.{extension}"
    assert run(["apl", EPCI, "-o", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    match extension:
        case "csv":
            text = path.read_text(encoding="utf-8-sig")
            assert set(text.splitlines()[0].split(";")) >= COLUMNS
        case "parquet":
            table = pl.read_parquet(path)
            assert set(table.columns) >= COLUMNS
            assert table["apl"].dtype == pl.Float64
        case "json":
            communes = json.loads(path.read_text("utf-8"))["communes"]
            assert set(communes[0]) >= COLUMNS | {"longitude", "latitude"}
        case "geojson":
            features = json.loads(path.read_text("utf-8"))["features"]
            assert all(one["geometry"]["type"].endswith("Polygon") for one in features)
        case _:
            assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "arguments",
    [
        ["apl", "departement:75"],
        ["apl", EPCI, "--profession", "kine"],
        ["apl", EPCI, "--expliquer", "75101"],
        ["apl", EPCI, "--age-max", "60"],
        ["apl", EPCI, "--trajets", "absent.csv"],
        ["apl", EPCI, "--offre", "absent.csv"],
        ["apl", EPCI, "-o", "apl.txt"],
        ["apl", EPCI, "--depuis", "2011"],
        ["apl", "epci:inconnu"],
    ],
)
def test_what_is_refused(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_published_to_compare_with(capsys):
    assert run(["apl", EPCI, "--profession", "infirmier", "--publiee"]) == 1
    assert "non disponible" in capsys.readouterr().out


def test_sensitivity_thresholds_and_years(capsys):
    asked = ["--sensibilite", "--au-dessus", "5", "--depuis", "2022", "--publiee"]
    assert run(["apl", EPCI, *asked]) == 0
    said = capsys.readouterr().out
    assert "Si un paramètre incertain change" in said
    assert "proposition, non droit en vigueur" in said
    assert "de 2022 à 2024" in said
    assert "corrélation" in said
