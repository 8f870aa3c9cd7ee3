"""The embedded reference of communes: what it holds, and that nobody's name is in it."""

import hashlib
import subprocess
import sys

import polars as pl
import pytest
import shapely

from assemblier import data
from assemblier.data import reference

TABLES = (
    "arrondissements",
    "cantons",
    "communes",
    "communes_fusionnees",
    "communes_retablies",
    "departements",
    "epci",
    "noms_anciens",
    "regions",
    "voisins",
)
PERSONAL = ("adresse", "telephone", "courriel", "email", "horaires", "maire", "elu", "site")


def test_importing_the_data_reads_nothing_and_stays_light():
    code = "import sys, assemblier.data; print({'polars', 'numpy', 'shapely'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


@pytest.mark.parametrize("name", sorted(p.name for p in reference.FOLDER.glob("*.parquet")))
def test_each_file_is_the_one_provenance_describes(name):
    described = reference.provenance()["fichiers"][name]
    path = reference.FOLDER / name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == described["sha256"]
    assert pl.scan_parquet(path).select(pl.len()).collect().item() == described["lignes"]
    assert described["licence"] and described["transformation"] and described["paquets"]
    for key in described["sources"]:
        assert data.source(key).producer


def test_provenance_describes_no_absent_file():
    described = reference.provenance()["fichiers"]
    assert set(described) == {path.name for path in reference.FOLDER.glob("*.parquet")}


def test_the_files_stay_far_under_the_size_of_a_wheel():
    weight = sum(path.stat().st_size for path in reference.FOLDER.glob("*.parquet"))
    assert weight < 8_000_000


@pytest.mark.parametrize("name", TABLES)
def test_no_table_holds_personal_data(name):
    columns = getattr(data, name)().columns
    assert not [c for c in columns for word in PERSONAL if word in c.split("_")]


def test_tables_are_read_once():
    assert data.communes() is data.communes()


def test_haute_loire_has_its_communes_and_inhabitants():
    communes = data.communes().filter(pl.col("code_departement") == "43")
    assert communes.height == 257
    assert communes["population"].sum() == 228_654
    assert communes["siren_epci"].n_unique() == 11
    assert communes["code_canton"].null_count() == 0


def test_arrondissements_stand_instead_of_the_three_cities():
    communes = data.communes()
    inside = communes.filter(pl.col("type") == "arrondissement municipal")
    counts = dict(inside.group_by("code_parent").len().iter_rows())
    assert counts == {"75056": 20, "69123": 9, "13055": 16}
    assert communes.filter(pl.col("code_commune").is_in(list(counts))).height == 0
    assert inside["siren_epci"].null_count() == 0
    assert inside["population"].null_count() == 0


def test_a_commune_shared_between_cantons_is_a_pseudo_canton():
    canton = dict(data.communes().select("code_commune", "code_canton").iter_rows())
    assert canton["43157"] == "4399"
    kinds = dict(data.cantons().select("code_canton", "type").iter_rows())
    assert kinds["4399"] == "ville"
    assert kinds["4304"] == "canton"


def test_codes_of_the_communes_are_those_of_the_other_tables():
    communes = data.communes()
    for column, table in (
        ("siren_epci", data.epci()),
        ("code_canton", data.cantons()),
        ("code_arrondissement", data.arrondissements()),
        ("code_departement", data.departements()),
        ("code_region", data.regions()),
    ):
        used = set(communes[column].drop_nulls())
        assert used <= set(table[column]), column


def test_unknown_populations_are_null_never_zero():
    communes = data.communes()
    unknown = communes.filter(pl.col("population").is_null())
    assert set(unknown["code_departement"]) == {"984", "989"}
    destroyed = communes.filter(pl.col("population") == 0)
    assert set(destroyed["code_departement"]) == {"55"}


def test_points_lie_in_their_commune_or_beside_it():
    """A town hall may stand just over a border; none stands in another département."""
    rows = data.communes().filter(pl.col("code_departement").is_in(["43", "48", "974"]))
    shapes = data.contours(rows["code_commune"].to_list())
    for code, x, y in rows.select("code_commune", "longitude", "latitude").iter_rows():
        # 0.01° is about 1 km: 200 m of tolerance, and what simplification moved.
        assert shapes[code].distance(shapely.Point(x, y)) < 0.01, code


def test_metres_and_degrees_name_the_same_point():
    pyproj = pytest.importorskip("pyproj")
    rows = data.communes().drop_nulls("epsg")
    for (epsg,), group in rows.group_by("epsg"):
        to_metres = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
        x, y = to_metres.transform(group["longitude"].to_numpy(), group["latitude"].to_numpy())
        assert abs(x - group["x_m"].to_numpy()).max() <= 1
        assert abs(y - group["y_m"].to_numpy()).max() <= 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("43146", "43157"),  # Le Puy-en-Velay, 1973
        ("93059", "93066"),  # Pierrefitte-sur-Seine, 2025
        ("12076", "12218"),  # chef-lieu changed
        ("60455", "60694"),  # left one commune, joined another
        ("75056", None),
    ],
)
def test_former_codes_lead_to_the_commune_of_today(old, new):
    former = dict(data.communes_fusionnees().select("ancien_code", "code_commune").iter_rows())
    assert former[old] == new


def test_restored_communes_are_known():
    restored = data.communes_retablies()
    assert restored["code_commune"].to_list() == ["15031", "15035", "15047", "15171"]
    assert set(restored["code_origine"]) == {"15141"}


def test_communes_without_contour_in_the_source_are_drawn_from_former_communes():
    absent = ["12218", "14581", "15031", "15035", "15047", "15171", "49126", "69114"]
    origins = dict(data.communes().select("code_commune", "origine_contour").iter_rows())
    assert {origins[code] for code in absent} == {"anciennes communes"}
    assert sorted(data.contours(absent)) == absent


def test_a_merged_commune_has_the_whole_area_of_its_parts():
    areas = dict(data.communes().select("code_commune", "superficie_km2").iter_rows())
    # Saint-Denis 12,4 km² and Pierrefitte-sur-Seine 3,4 km² before their union.
    assert areas["93066"] == pytest.approx(15.8, abs=0.3)
    # Neussargues-Moissac alone, its four communes restored.
    assert areas["15141"] < 20


def test_contours_of_unknown_codes_are_left_out():
    assert data.contours(["00000", "98735"]) == {}
    assert data.contours([]) == {}


def test_the_enclave_of_llivia_is_not_filled():
    llivia = shapely.Point(1.983, 42.464)
    around = data.communes().filter(pl.col("code_departement") == "66")["code_commune"].to_list()
    assert not any(shape.contains(llivia) for shape in data.contours(around).values())


def test_neighbours_are_those_of_the_map():
    borders = data.voisins().filter((pl.col("code_a") == "43157") | (pl.col("code_b") == "43157"))
    found = {a if b == "43157" else b for a, b in borders.select("code_a", "code_b").iter_rows()}
    assert "43002" in found  # Aiguilhe
    assert all(code.startswith("43") for code in found)
    assert borders["longueur_km"].min() > 0


def test_names_have_their_articles_and_their_charnieres():
    names = dict(data.communes().select("code_commune", "charniere").iter_rows())
    assert names["43157"] == "du Puy-en-Velay"
    assert names["43091"] == "des Estables"
    departements = data.departements().select("code_departement", "nom_avec_article", "charniere")
    assert ("43", "la Haute-Loire", "de la Haute-Loire") in departements.rows()
    epci = dict(data.epci().select("siren_epci", "charniere").iter_rows())
    assert epci["200073419"] == "de la communauté d'agglomération du Puy-en-Velay"
    assert epci["246700488"] == "de l'Eurométropole de Strasbourg"


def test_an_unknown_source_is_an_error_that_lists_the_known_ones():
    with pytest.raises(LookupError, match="insee-populations"):
        data.source("inconnue")


def test_areas_agree_with_another_source(donnees_essai):
    """Insee's comparator counts land only: waters and glaciers explain what differs."""
    path = donnees_essai / "insee_cog" / "communes_cog2024_latlng.csv"
    if not path.exists():
        pytest.skip("le comparateur de territoires de 2024 n'est pas dans les données d'essai")
    other = (
        pl.read_csv(path, infer_schema=False)
        .filter(pl.col("commune_type").is_in(["COM", "ARM"]))
        .unique("insee_com")
        .select("insee_com", pl.col("superficie_km2").cast(pl.Float64, strict=False).alias("autre"))
    )
    both = (
        data.communes()
        .filter(pl.col("origine_contour") == "commune")
        .join(other, left_on="code_commune", right_on="insee_com")
        .with_columns(rapport=pl.col("superficie_km2") / pl.col("autre"))
    )
    ratio = both["rapport"]
    assert both.height > 34_000
    assert ratio.median() == pytest.approx(1, abs=0.01)
    assert ratio.is_between(0.95, 1.1).mean() > 0.98
