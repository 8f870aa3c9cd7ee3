"""The population by age, in each of the layouts of Insee."""

import shutil
from pathlib import Path

import pytest

from assemblier.errors import DataError
from tests.imported import FIXTURES, account, frame, imported, made, reasons


def test_bands_of_the_base_cc() -> None:
    got = made("essai_insee_evol_struct_pop.csv", "insee-evol-struct-pop")
    assert account(got) == (4, 3)
    assert reasons(got) == ["population absente"]
    people = frame(got, "population_age", "2021")
    puy = people.filter(people["code_commune"] == "43157").sort("age_debut")
    assert puy["age_debut"].to_list() == [0, 15, 30, 45, 60, 75, 90]
    assert puy["age_fin"].to_list() == [14, 29, 44, 59, 74, 89, None]
    assert puy["population"].sum() == 18_800


def test_single_years_of_pop1a() -> None:
    got = made("essai_insee_pop1a_2021.csv", "insee-pop1a")
    assert reasons(got) == ["niveau géographique non repris (DEP)"]
    rows = set(frame(got, "population_age").rows())
    assert ("43157", 2021, "H", 100, None, 0.75) in rows
    assert ("13201", 2021, "F", 0, 0, 410.0) in rows


def test_the_ten_classes_of_2009() -> None:
    got = made("essai_insee_pop1a_2009.csv", "insee-pop1a")
    assert ("43157", 2009, "F", 80, None, 900.0) in frame(got, "population_age").rows()
    assert ("43157", 2009, "H", 3, 5, 310.0) in frame(got, "population_age").rows()


def test_a_census_without_its_year_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "population.csv"
    shutil.copy(FIXTURES / "essai_insee_pop1a_2021.csv", other)
    with pytest.raises(DataError, match="l'année du recensement"):
        imported(other, "insee-pop1a")


def test_five_year_classes() -> None:
    got = made("essai_insee_quinquennal.xlsx", "insee-quinquennal")
    rows = set(frame(got, "population_age", "2018").rows())
    assert ("2A004", 2018, "F", 5, 9, 1750.0) in rows
    assert ("43157", 2018, "F", 95, None, 80.0) in rows


def test_estimates_keep_their_departements_and_the_country() -> None:
    got = made("essai_insee_estimations.xlsx", "insee-estimations")
    assert account(got) == (10, 8)
    rows = frame(got, "indicateurs", "2021")
    assert set(rows["code"]) == {"01", "2A", "974", "FR"}
    assert rows.height == 4 * 18
