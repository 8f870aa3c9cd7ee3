"""The supply: whatever the source, one table; what is wrong is said all at once."""

import datetime as dt

import polars as pl
import pytest

from assemblier import access
from assemblier.errors import DataError, InputError

ON = dt.date(2024, 1, 1)
GP = "medecin_generaliste"


def write(folder, text: str):
    path = folder / "offre.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_secondary_offices_share_equally_where_time_is_unknown(tmp_path):
    path = write(
        tmp_path,
        "code_commune;profession;praticien;activite\n43157;medecin_generaliste;a;5 000\n".replace(
            "5 000", "5000"
        )
        + "43001;medecin_generaliste;a;5000\n",
    )
    supply = access.read_supply(path, access.method(GP, ON))
    assert supply.by_commune()["43157"] == supply.by_commune()["43001"] == 2500.0


def test_the_whole_departement_is_described_and_no_other(tmp_path):
    path = write(tmp_path, "code_commune,profession\n43157,medecin_generaliste\n")
    supply = access.read_supply(path, access.method(GP, ON))
    assert len(supply.covered) == 257
    assert supply.by_commune()["43001"] == 0.0
    assert "63113" not in supply.by_commune()


def test_a_former_code_is_the_commune_of_today(tmp_path):
    path = write(tmp_path, "code_commune;profession\n43146;medecin_generaliste\n")
    supply = access.read_supply(path, access.method(GP, ON))
    assert supply.table["code_commune"].to_list() == ["43157"]


def test_every_problem_is_told_at_once(tmp_path):
    path = write(
        tmp_path,
        "code_commune;profession;situation;activite\n"
        "99999;medecin_generaliste;titulaire;5000\n"
        "43157;medecin_generaliste;vacances;5000\n"
        "43157;medecin_generaliste;titulaire;-3\n",
    )
    with pytest.raises(DataError) as refused:
        access.read_supply(path, access.method(GP, ON))
    assert len(refused.value.problems) == 3


def test_what_is_not_a_number_is_told_with_its_line(tmp_path):
    path = write(tmp_path, "code_commune;profession;age\n43157;medecin_generaliste;vieux\n")
    with pytest.raises(DataError, match=r"ligne 2, age"):
        access.read_supply(path, access.method(GP, ON))


def test_missing_columns_and_unreadable_files_are_refused(tmp_path):
    with pytest.raises(DataError, match="profession"):
        access.read_supply(write(tmp_path, "code_commune\n43157\n"), access.method(GP, ON))
    with pytest.raises(DataError, match="n'existe pas"):
        access.read_supply(tmp_path / "absent.csv", access.method(GP, ON))


def test_everybody_over_the_age_limit_is_refused_and_unknown_ages_stay(tmp_path):
    old = write(tmp_path, "code_commune;profession;age\n43157;medecin_generaliste;70\n")
    with pytest.raises(InputError, match="dépasse 65 ans"):
        access.read_supply(old, access.method(GP, ON), 65)
    some = write(
        tmp_path,
        "code_commune;profession;age\n43157;medecin_generaliste;70\n43157;medecin_generaliste;\n",
    )
    assert access.read_supply(some, access.method(GP, ON), 65).table["effectif"].sum() == 1.0


def test_nobody_of_the_profession_is_refused(tmp_path):
    path = write(tmp_path, "code_commune;profession\n43157;infirmier\n")
    with pytest.raises(InputError, match="aucune ligne"):
        access.read_supply(path, access.method(GP, ON))


def test_a_spreadsheet_is_read_as_the_csv_is(tmp_path):
    import xlsxwriter

    path = tmp_path / "offre.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["code_commune", "profession", "activite"])
        page.write_row(1, 0, ["43157", GP, 5000])
    assert access.read_supply(path, access.method(GP, ON)).total == 5000.0


def test_inputs_are_unchanged():
    rows = pl.DataFrame({"code_commune": ["43157"], "profession": [GP], "activite": [5000.0]})
    kept = rows.clone()
    access.practice_supply(rows, access.method(GP, ON), ["43157"], access.published_source())
    assert rows.equals(kept)


def test_a_profession_without_parameters_is_refused():
    with pytest.raises(InputError, match="sans paramètres"):
        access.method("orthophoniste", ON)
