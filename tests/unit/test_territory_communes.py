"""The index of communes, and how tables of other vintages are brought onto it."""

import numpy as np
import polars as pl
import pytest

from assemblier.errors import DataError
from assemblier.territory import align, index, parse, population


def test_arrays_have_one_length_and_the_index_is_read_once():
    rows = index()
    assert rows is index()
    for name in (
        "code_commune", "nom", "population", "siren_epci", "code_canton", "code_arrondissement",
        "code_departement", "code_region", "longitude", "latitude", "x_m", "y_m", "epsg",
        "superficie_km2",
    ):  # fmt: skip
        assert len(getattr(rows, name)) == len(rows), name


def test_unknown_is_never_zero():
    rows = index()
    here = rows.positions(["98412", "98735", "55050"])
    assert np.isnan(rows.population[here[0]])
    assert np.isnan(rows.longitude[here[1]]) and rows.epsg[here[1]] == 0
    assert rows.population[here[2]] == 0  # Bezonvaux, destroyed in 1916: nobody, and known


def test_positions_follow_the_order_asked():
    rows = index()
    codes = ["97411", "43157", "01001", "43157"]
    assert rows.code_commune[rows.positions(codes)].tolist() == codes
    assert len(rows.positions([])) == 0


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("43146", "aujourd'hui 43157"),
        ("75056", "arrondissements"),
        ("1001", "01001"),
        ("99999", "inconnu"),
        ("431570", "inconnu"),
        ("", "inconnu"),
    ],
)
def test_a_code_outside_the_index_says_what_it_is(code, words):
    with pytest.raises(DataError) as caught:
        index().positions(["43157", code])
    assert words in caught.value.problems[0].found


def test_current_codes():
    rows = index()
    assert rows.current_code("43157") == "43157"
    assert rows.current_code("43146") == "43157"
    assert rows.current_code("93059") == "93066"
    assert rows.current_code("75056") is None
    assert rows.current_code("xx") is None
    assert len(rows.arrondissements["69123"]) == 9


def test_an_old_table_joins_and_merged_communes_are_summed():
    old = pl.DataFrame(
        {"code_commune": ["93059", "93066", "43157"], "medecins": [20, 80, 30], "apl": [1.0, 2, 3]}
    )
    aligned = align(old, additive=["medecins"])
    found = {row["code_commune"]: row for row in aligned.table.drop_nulls("medecins").to_dicts()}
    assert found["93066"]["medecins"] == 100
    assert found["93066"]["apl"] is None
    assert found["43157"] == {"code_commune": "43157", "medecins": 30, "apl": 3.0}
    assert aligned.merged == {"93066": ("93059", "93066")}
    (misfit,) = aligned.misfits
    assert misfit.joined and "apl" in misfit.reason


def test_the_aligned_table_is_on_the_index():
    aligned = align(pl.DataFrame({"code_commune": ["43157"], "n": [1]}), ["n"])
    assert aligned.table["code_commune"].to_list() == list(index().codes)
    assert aligned.table["n"].null_count() == len(index()) - 1


def test_a_sum_with_an_unknown_part_is_unknown():
    old = pl.DataFrame({"code_commune": ["93059", "93066"], "n": [None, 80]})
    aligned = align(old, additive=["n"])
    assert aligned.table["n"].null_count() == len(index())


def test_what_does_not_join_is_told_with_its_reason():
    table = pl.DataFrame({"insee": ["75056", "1001", "99999", "43157"], "n": [1, 2, 3, 4]})
    aligned = align(table, ["n"], code="insee")
    reasons = {misfit.code: misfit.reason for misfit in aligned.misfits}
    assert set(reasons) == {"75056", "1001", "99999"}
    assert "arrondissement" in reasons["75056"]
    assert "01001" in reasons["1001"]
    assert not any(misfit.joined for misfit in aligned.misfits)
    assert aligned.table["n"].sum() == 4


def test_a_row_that_still_covers_restored_communes_is_flagged():
    older = align(pl.DataFrame({"code_commune": ["15141"], "n": [1]}), ["n"])
    (misfit,) = older.misfits
    assert misfit.joined and "15031" in misfit.reason
    newer = align(pl.DataFrame({"code_commune": ["15141", "15031"], "n": [1, 1]}), ["n"])
    assert newer.misfits == ()


def test_every_wrong_column_or_code_is_told_at_once():
    with pytest.raises(DataError) as caught:
        align(pl.DataFrame({"code": ["43157"]}), ["n", "m"])
    assert len(caught.value.problems) == 3
    with pytest.raises(DataError) as caught:
        align(pl.DataFrame({"code_commune": ["43157", "43157", "43001", "43001"]}))
    assert [p.where for p in caught.value.problems] == ["commune « 43001 »", "commune « 43157 »"]


def test_the_given_table_is_left_unchanged():
    table = pl.DataFrame({"code_commune": ["93059", "93066"], "n": [1, 2]})
    copy = table.clone()
    align(table, ["n"])
    assert table.equals(copy)


def test_population_of_a_departement_with_its_source_and_year():
    figure = population(parse("departement:43"))
    assert figure.value == 228_654
    assert figure.vintage == "2023"
    assert figure.provenance.sources[0].producer == "Insee"


def test_populations_of_several_years_say_so():
    figure = population(parse("france"))
    assert figure.vintage == "2017 à 2023"
    assert figure.note
    assert figure.value == pytest.approx(68.3e6, rel=0.01)


def test_a_population_with_unknown_parts_is_not_available():
    figure = population(parse("departement:984"))
    assert figure.value is None
    assert figure.missing and "Kerguelen" in figure.note


def test_where_an_array_comes_from():
    assert index().provenance("siren_epci").sources[0].producer == "DGCL"
    assert index().provenance("nom").sources[0].producer == "Insee"
