"""`assemblier apl`: what people read, what is written, what is refused."""

import json

import polars as pl
import pytest

from assemblier import territory
from assemblier.cli.program import run
from assemblier.data import facts

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
        ["apl", EPCI, "--offre", "inconnue"],
        ["apl", EPCI, "--offre", "rpps"],
        ["apl", EPCI, "--demande", "retrouvee"],
        ["apl", EPCI, "--demande", "toto"],
        ["apl", EPCI, "--expliquer", "Ville-Inconnue"],
        ["apl", "epci:inconnu"],
    ],
)
def test_what_is_refused(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


OFFER = "code_commune;profession"
TRIPS = "code_depart;code_arrivee;minutes"


@pytest.mark.parametrize(
    ("option", "lines", "said"),
    [
        ("--offre", [OFFER], "aucune ligne"),
        ("--offre", [OFFER, "75101;medecin_generaliste"], "n'est couverte"),
        ("--offre", [OFFER, "99999;medecin_generaliste"], "code de commune"),
        ("--offre", [OFFER, ";medecin_generaliste"], "code de commune"),
        ("--offre", [f"{OFFER};activite", "43157;medecin_generaliste;-1"], "≥ 0"),
        ("--offre", [f"{OFFER};age", "43157;medecin_generaliste;70"], "dépasse 65 ans"),
        ("--trajets", [TRIPS, "43157;43157;-3"], "≥ 0"),
        ("--trajets", [TRIPS, "43157;43041;"], "vide"),
        ("--trajets", [TRIPS, "43157;43157;0"], "aucun temps de trajet depuis"),
        ("--trajets", ["code_depart;code_arrivee", "43157;43157"], "minutes"),
    ],
)
def test_a_bad_file_is_refused_in_words(option, lines, said, tmp_path, capsys):
    path = tmp_path / "fichier.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    more = ["--age-max", "65"] if option == "--offre" and "age" in lines[0] else []
    assert run(["apl", EPCI, option, str(path), *more]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_zero_is_nothing_in_reach_and_unknown_is_not_zero(tmp_path, capsys):
    codes = territory.parse(EPCI).codes
    trips = tmp_path / "trajets.csv"
    trips.write_text("\n".join([TRIPS, *(f"{code};{code};0" for code in codes)]), "utf-8")
    out = tmp_path / "apl.parquet"
    assert run(["apl", EPCI, "--trajets", str(trips), "-o", str(out)]) == 0
    table = pl.read_parquet(out)
    # Each commune only reaches itself: without a doctor, it has nothing in reach.
    doctors = set(
        facts.professionnels().filter(pl.col("profession") == "medecin_generaliste")
        .filter(pl.col("effectif") > 0)["code_commune"]
    )  # fmt: skip
    assert {code for code, apl in table.select("code_commune", "apl").iter_rows() if apl == 0} == (
        set(codes) - doctors
    )
    assert table["apl"].null_count() == 0


def test_the_source_of_the_supply_is_named(tmp_path, capsys):
    path = tmp_path / "mon-offre.csv"
    path.write_text(f"{OFFER}\n43157;medecin_generaliste\n", encoding="utf-8")
    assert run(["apl", EPCI, "--offre", str(path), "-o", str(tmp_path / "apl.json")]) == 0
    assert "mon-offre.csv" in capsys.readouterr().out
    written = json.loads((tmp_path / "apl.json").read_text("utf-8"))
    assert any("mon-offre.csv" in source for source in written["sources"])


def test_a_commune_is_explained_by_its_name(capsys):
    assert run(["apl", EPCI, "--expliquer", "Le Puy-en-Velay"]) == 0
    said = capsys.readouterr().out
    assert "Qui se partage ces lieux" in said
    assert "sur place" in said


def test_relief_is_told_to_be_ignored_where_it_is_unknown(tmp_path, capsys):
    path = tmp_path / "offre.csv"
    path.write_text(f"{OFFER}\n35238;medecin_generaliste\n", encoding="utf-8")
    asked = ["apl", "departement:35", "--offre", str(path), "--expliquer", "35238"]
    assert run(asked) == 0
    said = capsys.readouterr().out
    assert "Relief ignoré dans tout ce territoire" in said
    assert "pays plat" in said
    assert run(["apl", EPCI]) == 0
    assert "Relief ignoré" not in capsys.readouterr().out


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
