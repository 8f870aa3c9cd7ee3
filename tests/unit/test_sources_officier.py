"""The officer's spreadsheet: written, corrected, read back, its differences told."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from assemblier.errors import DataError
from assemblier.figures import Source
from assemblier.sources import reading, registry, workbook
from assemblier.sources.layout import Context
from assemblier.sources.offer_workbook import (
    HEADER_ROW,
    HELP_SHEET,
    LABELS,
    SHEET,
    USUAL,
    Territory,
    offer_workbook,
)
from assemblier.sources.supply import KnownSupply
from assemblier.tables import check, table_spec

TODAY = datetime.date(2026, 11, 22)
TERRITORY = Territory(
    "essai", "Territoire d'essai", (("01001", "Un"), ("01002", "Deux"), ("2A004", "Trois"))
)
CONTEXT = Context(frozenset(("01001", "01002", "2A004")), {"01099": "01001"}.get)
SUPPLY = KnownSupply(
    pl.DataFrame(
        {
            "code_commune": ["01001", "01002", "2A004"],
            "profession": ["medecin_generaliste"] * 3,
            "effectif": [3, 0, 12],
        }
    ),
    Source("essai", "producteur d'essai", "fichier d'essai", "2025"),
)
COLUMN = {name: place for place, name in enumerate(LABELS)}


def written(professions: tuple[str, ...] = ("medecin_generaliste",)) -> bytes:
    return offer_workbook(TERRITORY, SUPPLY, professions, TODAY)


def rows_of(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)


def corrected(path: Path, correct: Callable[[list[list[object]]], None], content: bytes) -> Path:
    """Write a workbook whose sheet was corrected as a person would."""
    rows = rows_of(content)
    correct(rows)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(SHEET)
        for rank, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell != "":
                    page.write(rank, place, cell)
    return path


def imported(path: Path):
    try:
        return registry.read(path, CONTEXT)
    finally:
        workbook.release()


def test_holds_the_known_supply_and_leaves_the_unknown_empty() -> None:
    rows = rows_of(written(("medecin_generaliste", "infirmier")))
    assert rows[HEADER_ROW] == list(LABELS.values())
    body = [row for row in rows[HEADER_ROW + 1 :] if row[0]]
    assert [row[0] for row in body] == ["01001", "01001", "01002", "01002", "2A004", "2A004"]
    assert [row[COLUMN["effectif_officiel"]] for row in body] == [3, "", 0, "", 12, ""]
    assert [row[COLUMN["effectif"]] for row in body] == [3, "", 0, "", 12, ""]
    assert "producteur d'essai" in str(rows[3][0])


def test_same_arguments_give_the_same_bytes() -> None:
    assert written() == written()


def test_cells_are_checked_and_only_the_free_ones_open() -> None:
    import zipfile

    parts = zipfile.ZipFile(io.BytesIO(written()))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert sheet.count("<dataValidation ") == 6
    assert sheet.count('type="list"') == 2
    assert 'type="whole"' in sheet
    assert "<conditionalFormatting" in sheet
    assert "<autoFilter" in sheet
    assert HELP_SHEET in parts.read("xl/workbook.xml").decode()


def test_untouched_workbook_comes_back_without_a_difference(tmp_path: Path) -> None:
    path = tmp_path / "offre.xlsx"
    path.write_bytes(written())
    got = imported(path)
    table = got.tables[0]
    assert check(table.frame, table_spec("offre_locale"), "essai") == []
    assert table.frame["effectif"].to_list() == [3, 0, 12]
    assert got.report.notes == ()
    assert (table.source.key, table.vintage) == ("offre-locale-essai", "2026-11-22")


def test_corrections_come_back_and_each_difference_is_listed(tmp_path: Path) -> None:
    def correct(rows: list[list[object]]) -> None:
        rows[HEADER_ROW + 1][COLUMN["effectif"]] = 2
        rows[HEADER_ROW + 1][COLUMN["demi_journees"]] = 14.5
        rows[HEADER_ROW + 1][COLUMN["departs"]] = 1
        rows[HEADER_ROW + 2][COLUMN["effectif"]] = ""
        rows[HEADER_ROW + 3][COLUMN["arrivees"]] = 2
        rows[HEADER_ROW + 3][COLUMN["remarque"]] = "NOM-D-ESSAI s'en va"

    got = imported(corrected(tmp_path / "o.xlsx", correct, written()))
    frame = got.tables[0].frame
    assert frame.select(
        "code_commune", "effectif", "demi_journees", "departs", "arrivees"
    ).rows() == [
        ("01001", 2, 14.5, 1, None),
        ("2A004", 12, None, None, 2),
    ]
    assert got.report.notes == ("écart : Un, médecin généraliste : 2 au lieu de 3",)
    assert [one.reason for one in got.report.rejected] == ["rien de rempli"]
    assert "NOM-D-ESSAI" not in str(frame.rows())


def test_impossible_values_are_all_told_with_their_line_and_nothing_is_kept(tmp_path: Path) -> None:
    def correct(rows: list[list[object]]) -> None:
        first = HEADER_ROW + 1
        rows[first][COLUMN["effectif"]] = -1
        rows[first + 1][COLUMN["effectif"]] = "beaucoup"
        rows.append(["99999", "Nulle part", "Médecin généraliste", "", 1, "", "", "", ""])
        rows.append(["01001", "Un", "Rebouteux", "", 1, "", "", "", ""])
        rows.append(["01002", "Deux", "Infirmier", "", 1.5, "", "", "", ""])
        rows.append(["01002", "Deux", "Orthophoniste", "", 0, 5000, "", "", ""])

    with pytest.raises(DataError) as told:
        imported(corrected(tmp_path / "o.xlsx", correct, written()))
    said = {problem.where.split("ligne ")[1]: problem.found for problem in told.value.problems}
    assert set(said) == {"6", "7", "9", "10", "11", "12"}
    assert said["6"].startswith("valeur négative dans la colonne « effectif »")
    assert "beaucoup" in said["7"]
    assert said["12"].startswith("des demi-journées sans professionnel")


def test_free_rows_take_a_commune_and_a_profession_from_the_lists(tmp_path: Path) -> None:
    def correct(rows: list[list[object]]) -> None:
        rows.append(["01002 Deux", "", "Orthophoniste", "", 2, "", "", "", ""])

    got = imported(corrected(tmp_path / "o.xlsx", correct, written()))
    last = got.tables[0].frame.row(-1, named=True)
    assert (last["code_commune"], last["profession"], last["effectif"]) == (
        "01002",
        "orthophoniste",
        2,
    )
    assert got.report.notes == ("écart : Deux, orthophoniste : 2 inconnu du fichier officiel",)


def test_lost_zero_is_repaired(tmp_path: Path) -> None:
    def correct(rows: list[list[object]]) -> None:
        rows[HEADER_ROW + 1][0] = 1001

    got = imported(corrected(tmp_path / "o.xlsx", correct, written()))
    assert got.tables[0].frame["code_commune"][0] == "01001"
    assert got.report.repaired_count == 1


@pytest.mark.parametrize("row", [1, 2])
def test_erased_territory_or_date_is_said(tmp_path: Path, row: int) -> None:
    def correct(rows: list[list[object]]) -> None:
        rows[row] = []

    with pytest.raises(DataError, match="effacé ou illisible"):
        imported(corrected(tmp_path / "o.xlsx", correct, written()))


def test_empty_workbook_is_said(tmp_path: Path) -> None:
    path = tmp_path / "vide.xlsx"
    path.write_bytes(offer_workbook(TERRITORY, None, USUAL, TODAY))
    with pytest.raises(DataError, match="aucune ligne utilisable"):
        imported(path)


def test_is_recognised_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "n'importe quel nom.xlsx"
    path.write_bytes(written())
    layout = registry.recognise(reading.sample(path))
    workbook.release()
    assert layout is not None
    assert layout.key == "officier-offre"
