"""The APL workbooks of every vintage, and their copy by the Observatoire des territoires."""

import shutil
from pathlib import Path

import pytest

from tests.imported import FIXTURES, account, frame, imported, made

WORKBOOKS = {
    "essai_drees_apl_infirmieres.xlsx": "infirmier",
    "essai_drees_apl_kines.xlsx": "masseur_kinesitherapeute",
    "essai_drees_apl_sages_femmes.xlsx": "sage_femme",
    "essai_drees_apl_dentistes.xlsx": "chirurgien_dentiste",
}


def test_two_years_texts_for_numbers_and_trailing_spaces() -> None:
    got = made("essai_drees_apl_medecins.xlsx", "drees-apl")
    assert account(got) == (11, 11)  # six communes-years and five lines of parameters
    apl = {row["code_commune"]: row for row in frame(got, "apl_publiee", "2023").to_dicts()}
    assert apl["2A004"]["apl"] == 3.25 and apl["2A004"]["population"] == 71_000
    assert apl["43157"]["apl_60"] == 3.0 and apl["43157"]["population_standardisee"] == 19_500.25


def test_zero_and_unknown_are_two_answers() -> None:
    got = made("essai_drees_apl_medecins.xlsx", "drees-apl")
    apl = {row["code_commune"]: row for row in frame(got, "apl_publiee", "2024").to_dicts()}
    assert apl["43157"]["apl"] == 0.0
    assert apl["97401"]["apl_65"] is None and apl["97401"]["apl_62"] is None


def test_the_sheet_of_parameters_is_kept_as_it_is() -> None:
    got = made("essai_drees_apl_medecins.xlsx", "drees-apl")
    parameters = dict(frame(got, "parametres").select("cle", "valeur").iter_rows())
    assert parameters["5-9 ans"] == "0,9"
    assert parameters["Durée maximale (minutes)"] == "20"


@pytest.mark.parametrize(("name", "profession"), WORKBOOKS.items())
def test_each_profession_is_told_by_its_label(name: str, profession: str) -> None:
    got = made(name, "drees-apl")
    assert set(frame(got, "apl_publiee")["profession"]) == {profession}


def test_the_old_layout() -> None:
    got = made("essai_drees_apl_ancien.xlsx", "drees-apl")
    rows = {row["code_commune"]: row for row in frame(got, "apl_publiee", "2018").to_dicts()}
    assert rows["01004"]["apl"] == 3.5 and rows["43157"]["apl_65"] == 4.25
    assert rows["43157"]["population"] is None  # the old column is the standardised one


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    other = tmp_path / "n_importe_quoi.bin"
    shutil.copy(FIXTURES / "essai_drees_apl_medecins.xlsx", other)
    assert account(imported(other, "drees-apl")) == (11, 11)


@pytest.mark.parametrize(
    ("name", "column"),
    [("essai_observatoire_apl.csv", "apl_65"), ("essai_observatoire_apl.xlsx", "apl")],
)
def test_the_observatoire_des_territoires(name: str, column: str) -> None:
    got = made(name, "observatoire-territoires-apl")
    values = dict(frame(got, "apl_publiee", "2021").select("code_commune", column).iter_rows())
    assert values["01004"] == 2.5
