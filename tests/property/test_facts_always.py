"""What the facts always are, as their docstrings say it."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.data import facts
from assemblier.data.contradictions import Contradiction, contradictions
from assemblier.data.documents import CitedTable, cited_table, keys

COMMUNES = sorted(facts.population_age_sexe()["code_commune"].unique())
communes = st.sampled_from(COMMUNES)
unhurried = settings(deadline=None)  # the first example reads the files


def of(frame: pl.DataFrame, code: str) -> pl.DataFrame:
    return frame.filter(pl.col("code_commune") == code)


@unhurried
@given(communes)
def test_apl_publiee_has_three_years_without_a_hole(code):
    found = of(facts.apl_publiee(), code)
    assert found["millesime"].to_list() == [2022, 2023, 2024]
    assert found["apl"].is_finite().all() and found["apl_65"].is_finite().all()


@unhurried
@given(communes)
def test_population_age_sexe_has_forty_classes_none_negative(code):
    found = of(facts.population_age_sexe(), code)
    assert found.select("sexe", "age_debut").n_unique() == found.height == 40
    assert (found["population"] >= 0).all()


@unhurried
@given(communes)
def test_professionnels_names_each_profession_once(code):
    found = of(facts.professionnels(), code)
    assert sorted(found["profession"]) == sorted(facts.PROFESSIONS)
    assert (found["effectif"] >= 0).all()


@unhurried
@given(st.sampled_from(sorted(facts.apl_departements()["code"].unique())))
def test_apl_departements_has_one_row_per_code_profession_year_and_source(code):
    found = facts.apl_departements().filter(pl.col("code") == code)
    assert found.select("profession", "millesime", "source").n_unique() == found.height


@unhurried
@given(st.sampled_from(keys("tables")))
def test_every_row_of_a_cited_table_has_one_cell_per_column(key):
    table: CitedTable = cited_table(key)
    assert {len(row) for row in table.rows} == {len(table.columns)}


@unhurried
@given(st.sampled_from(contradictions()))
def test_what_is_used_is_one_of_the_statements_or_none(found: Contradiction):
    assert found.used is None or found.used in found.statements
