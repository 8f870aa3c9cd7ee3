"""The statistics of Haute-Loire hold together."""

import subprocess
import sys

import polars as pl
import pytest

from assemblier.data import facts


def total(frame: pl.DataFrame, kind: str, name: str) -> int:
    return frame.filter(pl.col(kind) == name)["effectif"].sum()


def test_population_sums_to_the_published_total():
    # 10 280 values rounded to 0.1: a standard deviation of 3 inhabitants
    assert facts.population_age_sexe()["population"].sum() == pytest.approx(228_654, abs=10)


def test_population_has_every_class_of_every_commune():
    frame = facts.population_age_sexe()
    assert frame.height == 257 * 2 * 20
    assert frame.select("code_commune", "sexe", "age_debut").n_unique() == frame.height
    assert frame["population"].null_count() == 0
    assert frame["population"].min() >= 0
    assert set(frame["sexe"]) == {"F", "H"}
    assert sorted(frame["age_debut"].unique()) == list(range(0, 100, 5))


def test_women_outnumber_men_after_75():
    old = facts.population_age_sexe().filter(pl.col("age_debut") >= 75)
    by_sex = dict(old.group_by("sexe").agg(pl.col("population").sum()).iter_rows())
    assert by_sex["F"] > by_sex["H"]


def test_share_over_65():
    frame = facts.population_age_sexe()
    old = frame.filter(pl.col("age_debut") >= 65)["population"].sum()
    assert old / frame["population"].sum() == pytest.approx(0.261, abs=0.0005)


def test_apl_has_three_years_of_every_commune():
    frame = facts.apl_publiee()
    assert frame.height == 257 * 3
    assert frame.select("code_commune", "millesime").n_unique() == frame.height
    assert frame.null_count().sum_horizontal()[0] == 0
    assert set(frame["code_commune"]) == set(facts.population_age_sexe()["code_commune"])


def test_apl_of_doctors_of_65_or_less_is_never_above_the_apl_of_all():
    frame = facts.apl_publiee()
    assert frame.filter(pl.col("apl_65") > pl.col("apl") + 0.005).height == 0


@pytest.mark.parametrize(
    ("profession", "expected"),
    [
        ("medecin_generaliste", 238),
        ("infirmier", 536),
        ("masseur_kinesitherapeute", 262),
        ("chirurgien_dentiste", 115),
        ("sage_femme", 25),
    ],
)
def test_professionals_sum_to_the_census(profession, expected):
    assert total(facts.professionnels(), "profession", profession) == expected


@pytest.mark.parametrize(("structure", "expected"), [("maison_de_sante", 20), ("pharmacie", 78)])
def test_structures_sum_to_the_census(structure, expected):
    assert total(facts.structures(), "structure", structure) == expected


def test_unlisted_communes_of_the_departement_have_an_explicit_zero():
    frame = facts.professionnels()
    assert frame.height == 257 * len(facts.PROFESSIONS)
    assert frame.filter(pl.col("code_commune") == "43001")["effectif"].to_list() == [0] * 9


def test_communes_elsewhere_are_unknown_not_zero():
    assert facts.professionnels().filter(pl.col("code_commune") == "48095").is_empty()
    assert facts.structures().filter(~pl.col("code_commune").str.starts_with("43")).is_empty()


def test_departements_come_once_per_profession_year_and_source():
    frame = facts.apl_departements()
    assert frame.select("code", "profession", "millesime", "source").n_unique() == frame.height
    assert frame.filter(pl.col("source") == "drees-apl-departements-2023").height == 96 * 5
    assert frame.filter(pl.col("source") == "drees-apl-departements").height == 14 * 5 * 2


def test_population_of_france_is_unknown_not_zero():
    frame = facts.population_departements().filter(pl.col("code") == "FR")
    assert frame["population"].to_list() == [None]
    assert frame["population_sous_2_5"].to_list() == [12_341_978]


def test_every_table_names_a_known_source():
    keys = set(facts.apl_departements()["source"]) | set(facts.population_departements()["source"])
    for key in keys | {"drees-apl-mg", "insee-rp-2023", "insee-bpe-2025"}:
        found = facts.source(key)
        assert (
            found.producer and found.vintage and found.licence and found.note and found.definition
        )


def test_two_calls_return_equal_tables():
    assert facts.apl_publiee().equals(facts.apl_publiee())


def test_an_unknown_source_says_which_exist():
    with pytest.raises(LookupError, match="insee-rp-2023"):
        facts.source("insee")


def test_asking_for_nothing_loads_nothing():
    script = (
        "import sys\n"
        "import assemblier.data.contradictions, assemblier.data.documents, assemblier.data.facts\n"
        "import assemblier.parameters.nomenclature, assemblier.parameters.time_use\n"
        "print(sorted({'polars', 'numpy', 'yaml', 'openfisca_core'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
