"""What the documents sources print is kept with its page, its date and its errors."""

import re

import pytest
import yaml

from assemblier.data import documents, facts
from assemblier.data.contradictions import contradictions
from assemblier.data.documents import cited, cited_table, cited_text, keys
from assemblier.figures import Nature

FLOWS = (
    "generalistes_flux",
    "specialistes_flux",
    "dentistes_flux",
    "infirmiers_flux",
    "kinesitherapeutes_flux",
)
DETERMINANTS = (
    "espaces_verts",
    "proprete",
    "tranquillite_publique",
    "amenagement",
    "habitat",
    "mobilites",
    "solidarites",
    "enfance",
    "vie_associative",
    "equipements_sportifs",
)


@pytest.mark.parametrize("key", keys("figures"))
def test_a_cited_figure_has_a_page_a_date_and_a_source(key):
    figure = cited(key)
    assert figure.nature is Nature.CITE
    assert figure.vintage
    (source,) = figure.provenance.sources
    assert re.match(r"page \d+", source.page)
    assert source.producer and source.title and source.published


@pytest.mark.parametrize("key", keys("figures"))
def test_the_decimals_shown_do_not_change_the_printed_value(key):
    figure = cited(key)
    assert round(figure.known_value(), figure.decimals) == figure.known_value()


@pytest.mark.parametrize("key", keys("tables"))
def test_a_cited_table_is_a_rectangle_of_texts(key):
    table = cited_table(key)
    assert table.rows and table.title and table.vintage
    assert re.match(r"page \d+", table.source.page)
    for row in table.rows:
        assert len(row) == len(table.columns)
        assert all(isinstance(cell, str) for cell in row)
        assert row[0]


@pytest.mark.parametrize("key", keys("texts"))
def test_a_cited_text_says_something(key):
    text = cited_text(key)
    assert text.title
    assert text.text or text.items or text.parts
    assert re.match(r"page \d+", text.source.page)
    for part in text.parts:
        assert part.title and (part.text or part.items)


def test_the_yaml_has_no_duplicate_key():
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader, node, deep=False):
        names = [loader.construct_object(name, deep) for name, _ in node.value]
        assert len(names) == len(set(names)), names
        return loader.construct_mapping(node, deep)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    for path in facts.FOLDER.rglob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), Strict)


def test_the_slides_are_counted_and_the_annex_says_about():
    assert cited_table("assistants_medicaux_aide").source.page == "page 35"  # printed on it
    assert cited_text("determinant_espaces_verts").source.page == "page 54 environ"
    assert "ordre des diapositives" in facts.source("panorama-haute-loire-2023").note


@pytest.mark.parametrize("key", FLOWS)
def test_flow_tables_have_the_six_printed_rows(key):
    table = cited_table(key)
    assert table.columns == ("Effectifs présents au", "DEPARTEMENT Haute-Loire", "REGION AURA")
    labels = [row[0] for row in table.rows]
    assert sorted(labels[2:]) == [
        "Evolution en %",
        "Solde",
        "dont cessations",
        "dont installations",
    ]
    assert labels[0] == table.vintage


def test_the_swapped_rows_of_the_dentists_are_kept_as_printed():
    table = cited_table("dentistes_flux")
    assert [table.cell("dont installations", column) for column in (1, 2)] == ["1", "274"]
    assert [table.cell("dont cessations", column) for column in (1, 2)] == ["3", "346"]
    assert "telles quelles" in table.note


def test_the_unit_error_of_the_negotiations_is_kept_and_noted():
    table = cited_table("negociations_mesures")
    assert table.cell("dont revalorisations de la rémunération des médecins") == "600 Mds€"
    assert "600 M€" in table.note


def test_the_aids_grid_has_all_its_rows():
    table = cited_table("aides_zip_zac")
    headings = [row[0] for row in table.rows if row[1:] == ("", "")]
    assert len(table.rows) - len(headings) == 15
    assert len(headings) == 2
    zones = {row[0].split(" ")[0]: row[1:] for row in table.rows}
    assert zones["Contrats"] == ("X", "")
    assert table.cell("Aide au financement d'un poste d'assistant médical", 2) == "Sous conditions"
    assert table.cell("Aide des collectivités territoriales", 1) == ""


def test_the_five_determinants_of_installation():
    assert [part.title for part in cited_text("determinants_installation").parts] == [
        "Les facteurs personnels",
        "La formation",
        "Les conditions d'exercice",
        "Le contexte du territoire",
        "Les aspects financiers",
    ]


def test_two_dimensions_and_three_consequences():
    parts = cited_text("desert_medical_definition").parts
    assert [part.title for part in parts] == ["Spatiale", "Temporelle"]
    assert len(cited_text("desert_medical_consequences").items) == 3


def test_four_missions_of_the_cpts_and_seven_answers_of_the_sas():
    assert len(cited_text("cpts_missions").parts) == 4
    assert len(cited_text("sas_reponses").items) == 7


def test_the_ten_determinants_have_effects_and_examples():
    found = [key for key in keys("texts") if key.startswith("determinant_")]
    assert found == [f"determinant_{name}" for name in DETERMINANTS]
    for key in found:
        assert cited_text(key).text and cited_text(key).items


@pytest.mark.parametrize(
    ("key", "items"),
    [
        ("leviers_contexte_local", [2, 3, 4, 6]),
        ("leviers_rapprocher_du_soin", [5, 3, 3, 2]),
        ("leviers_offre_de_soin", [3, 3, 3, 4]),
    ],
)
def test_each_axis_of_levers_has_its_four_families(key, items):
    assert [len(part.items) for part in cited_text(key).parts] == items


def test_vigilance_points_of_both_syntheses():
    for key, count in (("synthese_promouvoir", 3), ("synthese_exercice_regroupe", 2)):
        parts = {part.title: part.items for part in cited_text(key).parts}
        assert len(parts["Points de vigilance"]) == count


@pytest.mark.parametrize("function", [cited, cited_table, cited_text])
def test_an_unknown_key_lists_close_ones(function):
    with pytest.raises(LookupError, match=r"inconnu ; faits proches : \w+"):
        function("densite")


def test_an_unknown_row_is_an_error():
    with pytest.raises(LookupError, match="pas de ligne"):
        cited_table("generalistes_flux").cell("Effectif")


def test_keys_are_unique_whatever_the_kind():
    every = keys("figures") + keys("tables") + keys("texts")
    assert len(every) == len(set(every))
    assert documents.keys("figures")[0] == "population_sous_dense_france"


def test_the_register_of_contradictions_is_whole():
    register = contradictions()
    assert [found.key for found in register] == [f"X-{number:02d}" for number in range(1, 47)]
    for found in register:
        assert found.subject and found.decision
        assert found.kind in {"dépassé", "conflit", "erreur", "nuance", "désaccord"}
        assert found.used is None or found.used in found.statements
        for statement in found.statements:
            assert statement.says and statement.date and statement.source.producer


def test_an_outdated_or_conflicting_subject_has_at_least_two_statements():
    alone = {found.key for found in contradictions() if len(found.statements) == 1}
    assert alone == {"X-29", "X-36"}
