"""Recipes: everything wrong said at once; a file read with one loses nothing."""

import json
from pathlib import Path

import polars as pl
import pytest

from assemblier.errors import DataError, InputError
from assemblier.sources import reading
from assemblier.sources.codes import todays_context
from assemblier.sources.layout import Context, Imported
from assemblier.sources.recipe_reading import (
    CONTRADICTION,
    NOT_ADDED,
    OUT_OF_SCOPE,
    REPEATED,
    read_with,
    recipe_layout,
)
from assemblier.sources.recipes import read_recipe
from assemblier.tables import check, table_spec

CONTEXT = Context(
    frozenset(("01001", "01002", "2A004")),
    {"01098": "01001", "01099": "01001"}.get,
    {"01400": (("01001", "Un"), ("01002", "Deux"))},
)
HEAD = """
cle: essai
titre: Table d'essai
producteur: producteur d'essai
millesime: 2024
licence: Licence Ouverte 2.0
qualite: faite pour l'essai
"""
APL = (
    HEAD
    + """
table: apl_publiee
colonnes:
  code_commune: code
  millesime: {valeur: 2024}
  profession: {valeur: medecin_generaliste}
  apl: apl
  population: {colonne: hab, facteur: 1000}
"""
)
KNOWN = Path(__file__).parents[1] / "recettes"


def recipe_file(folder: Path, text: str) -> Path:
    path = folder / "recette.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_recipe(recipe_file(folder, text))
    return str(caught.value)


def apply(folder: Path, recipe: str, content: str | bytes, name: str = "f.csv") -> Imported:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    got = read_with(read_recipe(recipe_file(folder, recipe)), path, reading.sample(path), CONTEXT)
    spec = table_spec(got.tables[0].spec_name)
    assert check(got.tables[0].frame, spec, "essai") == []
    return got


def rejected(got: Imported) -> dict[str, tuple[int, ...]]:
    return {one.reason: one.lines for one in got.report.rejected}


# --- the recipe itself ----------------------------------------------------------------------------


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        """
cle: "é t é"
titre: ""
producteur: [a]
millesime: 2024
licenc: x
table: apl_publie
colonnes: {}
fichier: {entete: zero, feuile: x}
secret: s
""",
    )
    for piece in (
        "des lettres sans accent",
        "« titre » : absent ou vide",
        "« producteur » : list",
        "écrire « licence »",
        "« licence » : absent ou vide",
        "« qualite » : absent ou vide",
        "écrire « apl_publiee »",
        "écrire « feuille »",
        "un nombre de 1 à 1000",
        "« secret » : autre chose qu'une liste",
    ):
        assert piece in said


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("{code_commune: c, apll: a}", "écrire « apl »"),
        ("{code_commune: c}", "rien pour « profession »"),
        ("{apl: {colonne: a, valeur: 3}}", "2 façons de remplir"),
        ("{apl: {facteur: 3}}", "0 façons de remplir"),
        ("{apl: {colonne: a, facteur: -1}}", "facteur -1"),
        ("{profession: {valeur: rebouteux}}", "« rebouteux »"),
        ("{profession: {colonne: p, traduire: {a: sorcier}}}", "« sorcier »"),
        ("{profession: {colonne: p, facteur: 2}}", "seulement pour un nombre"),
        ("{code_commune: {code_postal: cp}}", "l'un sans l'autre"),
        ("{apl: {code_postal: cp, commune: n}}", "seulement pour une commune"),
        ("{population: {colonne: p, unite: milliers}}", "ajouter le « facteur »"),
        ("{apl: [a]}", "list"),
        ("{apl: null}", "une colonne du fichier"),
    ],
)
def test_each_mistake_in_a_column_is_said(tmp_path: Path, columns: str, said: str) -> None:
    assert said in problems(tmp_path, f"{HEAD}\ntable: apl_publiee\ncolonnes: {columns}\n")


@pytest.mark.parametrize(
    "text",
    ["", "- a\n- b", "a: [", "\x00", "a: &x [*x", "1", "clé sans deux-points", "\t- a"],
)
def test_anything_else_than_a_recipe_is_said(tmp_path: Path, text: str) -> None:
    assert "recette" in problems(tmp_path, text)


def test_data_given_as_a_recipe_is_said(tmp_path: Path) -> None:
    assert "trop grand" in problems(tmp_path, "a: 1\n" * 400_000)
    with pytest.raises(InputError, match="introuvable"):
        read_recipe(tmp_path / "absente.yaml")


@pytest.mark.parametrize("path", sorted(KNOWN.glob("*.yaml")), ids=lambda path: path.stem)
def test_known_recipes_are_sound(path: Path) -> None:
    recipe = read_recipe(path)
    assert recipe.source.producer
    assert recipe.source.note
    assert recipe_layout(recipe).tables == (recipe.spec.name,)


# --- reading with it ------------------------------------------------------------------------------


def test_columns_constants_and_factors(tmp_path: Path) -> None:
    got = apply(tmp_path, APL, "x;code;apl;hab\n1;01001;3,5;1,2\n2;2A004;;0\n")
    assert got.tables[0].frame.select("code_commune", "apl", "population").rows() == [
        ("01001", 3.5, 1200.0),
        ("2A004", None, 0.0),
    ]
    source = got.tables[0].source
    assert (source.key, source.producer, source.note) == (
        "essai",
        "producteur d'essai",
        "faite pour l'essai",
    )


def test_every_bad_row_is_rejected_once_with_its_line(tmp_path: Path) -> None:
    got = apply(
        tmp_path,
        APL,
        "code;apl;hab\n01001;3;1\n99999;3;1\n01002;abc;1\n2A004;-1;x\n01002;3\n01002;4;1\n",
    )
    assert rejected(got) == {
        "code commune inconnu": (3,),
        "ligne trop courte (moins de 3 champs)": (6,),
        "valeur illisible dans « apl »": (4,),
        "valeur illisible dans « population »": (5,),
    }
    assert (got.report.rows_read, got.report.kept) == (6, 2)


def test_repeated_rows_count_once_and_contradictory_ones_are_all_set_aside(tmp_path: Path) -> None:
    got = apply(
        tmp_path, APL, "code;apl;hab\n01001;3;1\n01001;3;1\n01002;3;1\n01002;4;1\n2A004;1;1\n"
    )
    assert rejected(got) == {CONTRADICTION: (4, 5), REPEATED: (3,)}
    assert got.tables[0].frame["code_commune"].to_list() == ["01001", "2A004"]


def test_three_versions_of_a_row_are_all_set_aside(tmp_path: Path) -> None:
    got = apply(tmp_path, APL, "code;apl;hab\n01001;3;1\n01001;3;1\n01001;4;1\n2A004;1;1\n")
    assert got.tables[0].frame["code_commune"].to_list() == ["2A004"]
    assert got.report.rejected_count == 3


def test_merged_communes_are_added_and_what_cannot_be_is_unknown(tmp_path: Path) -> None:
    got = apply(tmp_path, APL, "code;apl;hab\n01098;3;1\n1099;4;2\n01002;5;1\n")
    rows = got.tables[0].frame.sort("code_commune").select("code_commune", "apl", "population")
    assert rows.rows() == [("01001", None, 3000.0), ("01002", 5.0, 1000.0)]
    assert NOT_ADDED in got.report.notes
    assert got.report.kept == 3


LONG = (
    HEAD
    + """
table: indicateurs
secret: [xx]
non_disponible: [rien]
filtre: {genre: [oui]}
colonnes:
  niveau: {valeur: commune}
  code: {code_postal: cp, commune: nom}
  millesime: an
blocs:
  - {indicateur: {valeur: a}, valeur: va, unite: {valeur: "%"}}
  - {indicateur: {valeur: b}, valeur: vb}
"""
)


def test_blocks_filter_postcodes_and_the_three_absences(tmp_path: Path) -> None:
    got = apply(
        tmp_path,
        LONG,
        "genre;cp;nom;an;va;vb\noui;1400;UN;2020;0;xx\noui;01400;deux;2020;rien;\nnon;1400;UN;2021;1;2\n",
    )
    rows = got.tables[0].frame.select("code", "indicateur", "valeur", "unite", "statut").rows()
    assert sorted(rows) == [
        ("01001", "a", 0.0, "%", "connu"),
        ("01001", "b", None, None, "secret"),
        ("01002", "a", None, "%", "non disponible"),
        ("01002", "b", None, None, "non disponible"),
    ]
    assert rejected(got) == {OUT_OF_SCOPE: (4,)}
    assert got.report.repaired_count == 2


def test_a_column_may_have_any_name(tmp_path: Path) -> None:
    recipe = ZONES.replace(
        "code_commune: code", "code_commune: {code_postal: code, commune: _code}"
    )
    got = apply(tmp_path, recipe, "code;_code;z\n1400;Un;1_Tres\n1400;Deux;2_Sous\n")
    assert got.tables[0].frame["code_commune"].to_list() == ["01001", "01002"]


def test_blocks_that_fill_the_same_row_are_refused(tmp_path: Path) -> None:
    same = LONG.replace("indicateur: {valeur: b}", "indicateur: {valeur: a}")
    with pytest.raises(DataError, match="deux blocs donnent la même ligne"):
        apply(tmp_path, same, "genre;cp;nom;an;va;vb\noui;1400;UN;2020;1;2\n")


ZONES = (
    HEAD
    + """
table: zonage
colonnes:
  code_commune: code
  profession: {valeur: infirmier}
  zone: {colonne: z, traduire: {1_Tres: tres_sous_dotee, 2_Sous: sous_dotee, N/A: null}}
  zone_source: z
"""
)


def test_translations(tmp_path: Path) -> None:
    got = apply(tmp_path, ZONES, "code;z\n01001;1_Tres\n01002;N/A\n2A004;3_Autre\n")
    rows = got.tables[0].frame.select("code_commune", "zone", "zone_source", "statut").rows()
    assert rows == [
        ("01001", "tres_sous_dotee", "1_Tres", "connu"),
        ("01002", None, "N/A", "non disponible"),
    ]
    assert rejected(got) == {"valeur illisible dans « zone »": (4,)}


DATES = (
    HEAD
    + """
table: etablissements
colonnes:
  finess: f
  nom: n
  categorie: {valeur: "124"}
  code_commune: code
  date_ouverture: d
"""
)


def test_dates_and_patterns(tmp_path: Path) -> None:
    import datetime

    got = apply(
        tmp_path,
        DATES,
        "f;n;code;d\n010000001;A;01001;2020-01-31\n010000002;B;01001;31/01/2020\n"
        "010000003;C;01001;hier\n12;D;01001;\n010000005;;01001;\n010000006;F;01001;\n",
    )
    frame = got.tables[0].frame
    assert frame["date_ouverture"].to_list() == [datetime.date(2020, 1, 31)] * 2 + [None]
    assert rejected(got) == {
        "valeur illisible dans « date_ouverture »": (4,),
        "forme inattendue dans « finess »": (5,),
        "valeur absente dans « nom »": (6,),
    }


@pytest.mark.parametrize(
    "content",
    [
        {"01001": {"apl": 3.5, "hab": 1}, "01002": {"apl": None, "hab": 2}},
        [{"code": "01001", "apl": 3.5, "hab": 1}, {"code": "01002", "hab": 2}],
    ],
)
def test_json_records(tmp_path: Path, content: object) -> None:
    recipe = APL + "fichier: {json: code}\n"
    got = apply(tmp_path, recipe, json.dumps(content), "f.json")
    assert got.tables[0].frame["apl"].to_list() == [3.5, None]


def test_json_of_another_shape_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="d'une autre forme"):
        apply(tmp_path, APL, '{"a": [1, 2]}', "f.json")
    with pytest.raises(DataError, match="pas de champ « code »"):
        apply(tmp_path, APL, '[{"x": 1}]', "f.json")


def test_workbook_sheet_header_and_units(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write(0, 0, "rien")
        page = book.add_worksheet("Données")
        rows = [["Titre"], ["code", "apl", "hab"], ["", "par an", "milliers"], ["01001", 3.5, 1]]
        for rank, row in enumerate(rows):
            page.write_row(rank, 0, row)
    recipe = APL + "fichier: {feuille: Données, entete: 2, unites: 1}\n"
    got = apply(tmp_path, recipe, path.read_bytes(), "f.xlsx")
    assert got.tables[0].frame["apl"].to_list() == [3.5]
    assert got.report.rows_read == 1
    with pytest.raises(DataError, match="pas de feuille « Absente »"):
        apply(tmp_path, APL + "fichier: {feuille: Absente}\n", path.read_bytes(), "f.xlsx")


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        apply(tmp_path, APL, "code;x;y\n01001;3;1\n01002;3;1\n")
    assert [one.found for one in caught.value.problems] == [
        "pas de colonne « apl »",
        "pas de colonne « hab »",
    ]


def test_no_usable_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="aucune ligne utilisable : code commune inconnu"):
        apply(tmp_path, APL, "code;apl;hab\n99999;3;1\n99998;3;1\n")


# --- the extracts of third parties, where they are present ----------------------------------------

EXTRACTS = {
    "apl_43_2022_2024": ("drees_apl/apl_mg_2022_2024_communes_43.csv", 771, 771),
    "apl_2016_2018_communes": ("drees_apl/apl_communes_2016_2018_mg_inf_sf_mk.csv.gz", 7051, 7051),
    "apl_departements_2023": ("drees_apl/apl_departements_2023_5professions.json", 96, 96),
    "population_age_43_2023": (
        "insee_rp_age/rp2023_population_age_sexe_communes_43.csv",
        10280,
        10280,
    ),
    "parts_ages_2020": ("insee_rp_age/rp2020_part_ages_commune_3classes.xlsx", 35064, 34942),
    "part_75_plus": ("insee_rp_age/part_75plus_commune.json.gz", 34848, 34845),
    "generalistes_bpe_d201": (
        "insee_bpe/bpe_d201_generalistes_par_commune_cpprouting.csv",
        9529,
        9526,
    ),
    "equipements_43_2025": ("rouages/43-equipements-sante-bpe2025.csv", 92, 92),
    "zonage_medecins_codes_postaux": ("zonage/zonmed_ars_par_commune_codepostal.csv", 38907, 34853),
    "distances_urgences_occitanie": (
        "distances/distances_communes_urgence_occitanie.csv",
        4453,
        4453,
    ),
    "apl_departements_2023_2024": (
        "drees_apl/apl_2024_2023_departements_aura_extrait.csv",
        14,
        13,
    ),
    "maternites_bpe": ("insee_bpe/bpe_maternites_par_commune_cpprouting.csv", 421, 418),
    "population_communes": ("insee_rp_age/population_par_commune_cpprouting.csv", 35775, 35773),
    "appartenance_2023": ("insee_cog/communes_2023_attr_cheflieu.csv", 34945, 34942),
    "eloignement_equipements_2021": (
        "urbasante/insee_eloignement_equipements_2021.xlsx",
        35064,
        34942,
    ),
    "etalab_communes_2026": ("insee_cog/etalab_decoupage_communes_v6.json.gz", 37590, 35011),
    "etalab_epci_2026": ("insee_cog/etalab_decoupage_epci_v6.json.gz", 1255, 1255),
    "etalab_departements_2026": ("insee_cog/etalab_decoupage_departements_v6.json", 109, 109),
    "etalab_regions_2026": ("insee_cog/etalab_decoupage_regions_v6.json", 26, 26),
    "apl_43_json": ("rouages/43-sante.json", 257, 257),
    "population_age_43_json": ("rouages/43-ages.json", 257, 257),
    "zonage_zrr_codes_postaux": ("zonage/zonmed_frr_par_commune_codepostal.csv", 47273, 32656),
    "comparateur_communes_2024": ("insee_cog/communes_cog2024_latlng.csv", 36208, 34976),
    "finess_occitanie": ("finess/finess_etablissements_occitanie_geoloc.csv", 10007, 10007),
}


@pytest.mark.parametrize("name", EXTRACTS)
def test_extracts_are_read_whole(name: str, donnees_essai: Path) -> None:
    file, rows_read, kept = EXTRACTS[name]
    recipe = read_recipe(KNOWN / f"{name}.yaml")
    path = donnees_essai / file
    got = read_with(recipe, path, reading.sample(path), todays_context())
    assert (got.report.rows_read, got.report.kept) == (rows_read, kept)
    assert check(got.tables[0].frame, recipe.spec, name) == []


def test_postcode_keyed_zoning_is_the_one_published(donnees_essai: Path) -> None:
    path = donnees_essai / EXTRACTS["zonage_medecins_codes_postaux"][0]
    recipe = read_recipe(KNOWN / "zonage_medecins_codes_postaux.yaml")
    frame = read_with(recipe, path, reading.sample(path), todays_context()).tables[0].frame
    here = frame.filter(pl.col("code_commune").str.starts_with("43"))
    assert set(here["zone"]) == {"ZIP", "ZAC"}
    assert here["code_commune"].n_unique() > 250


@pytest.mark.parametrize(
    ("nested", "flat"),
    [
        ("apl_43_json", "apl_43_2022_2024"),
        ("population_age_43_json", "population_age_43_2023"),
    ],
)
def test_the_two_copies_of_a_table_say_the_same(
    nested: str, flat: str, donnees_essai: Path
) -> None:
    tables = []
    for name in (nested, flat):
        path = donnees_essai / EXTRACTS[name][0]
        recipe = read_recipe(KNOWN / f"{name}.yaml")
        frame = read_with(recipe, path, reading.sample(path), todays_context()).tables[0].frame
        tables.append(frame.drop("age_fin", strict=False).sort(recipe.spec.key))
    assert tables[0].equals(tables[1])


NESTED = """
cle: essai
titre: Essai
producteur: essai
millesime: "2024"
licence: essai
qualite: essai
table: apl_publiee
fichier: {dans: a.c, json: code}
colonnes:
  code_commune: code
  profession: {valeur: infirmier}
blocs:
  - {millesime: {valeur: 2023}, apl: "1.1"}
  - {millesime: {valeur: 2024}, apl: "2.1"}
"""


def test_lists_inside_a_json_are_named_by_their_ranks(tmp_path: Path) -> None:
    recipe, path = tmp_path / "r.yaml", tmp_path / "t.json"
    recipe.write_text(NESTED, encoding="utf-8")
    path.write_text('{"a": {"b": 1, "c": {"43157": [[1.5, 9], [2]], "43001": [[3], [null]]}}}')
    got = read_with(read_recipe(recipe), path, reading.sample(path), todays_context())
    rows = got.tables[0].frame.select("code_commune", "millesime", "apl").sort(pl.all()).rows()
    assert rows == [
        ("43001", 2023, 3.0),
        ("43001", 2024, None),
        ("43157", 2023, 1.5),
        ("43157", 2024, 2.0),
    ]
    path.write_text('{"a": {"b": 1}}')
    with pytest.raises(DataError, match="pas de clé « c »"):
        read_with(read_recipe(recipe), path, reading.sample(path), todays_context())


def test_every_known_recipe_is_tried() -> None:
    assert sorted(EXTRACTS) == sorted(path.stem for path in KNOWN.glob("*.yaml"))
