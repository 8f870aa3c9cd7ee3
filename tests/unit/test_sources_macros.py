"""A macro-enabled workbook is refused, said why, and nothing of it enters the store."""

import zipfile
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.sources.offer_workbook import LABELS, PERIMETER, PREPARED, SHEET
from assemblier.sources.store import Store
from tests.macros import macro_workbook, vba_project

ROWS: list[list[object]] = [
    ["Offre de soins"],
    [PERIMETER, "commune:43157"],
    [PREPARED, "2026-01-05"],
    ["Effectif officiel"],
    list(LABELS.values()),
    ["43157", "Le Puy-en-Velay", "Infirmier", 40, 41, "", "", "", ""],
]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    return tmp_path / "donnees"


def test_the_macro_is_a_real_compound_file() -> None:
    content = vba_project()
    assert content.startswith(b"\xd0\xcf\x11\xe0")
    assert len(content) % 512 == 0
    for stream in ("_VBA_PROJECT", "dir", "Module1", "PROJECT"):
        assert stream.encode("utf-16-le") in content


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["sources", "importer", str(path)]) == 2
    said = capsys.readouterr()
    assert Store().entries() == ()
    return said.out + said.err


@pytest.mark.parametrize("name", ["offre.xlsm", "offre.xlsx"])
def test_a_workbook_with_a_macro_is_refused_whatever_its_name(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = macro_workbook(tmp_path / name, ROWS, SHEET)
    with zipfile.ZipFile(path) as parts:
        assert "xl/vbaProject.bin" in parts.namelist()
        assert b"macroEnabled" in parts.read("[Content_Types].xml")
    said = refused(path, capsys)
    assert "un classeur qui contient des macros" in said
    assert "l'enregistrer au format .xlsx (sans macro)" in said
    assert name in said


def test_the_same_workbook_without_its_macro_is_imported(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "offre.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(SHEET)
        for place, row in enumerate(ROWS):
            page.write_row(place, 0, row)
    assert run(["sources", "importer", str(path)]) == 0
    assert [entry.table for entry in Store().entries()] == ["offre_locale"]


def test_the_old_format_with_a_macro_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "offre.xls"
    path.write_bytes(vba_project())
    assert "un classeur qui contient des macros" in refused(path, capsys)
