"""The base permanente des équipements: the old workbooks, the new diffusion, the detail."""

from pathlib import Path

from assemblier.sources import importing
from assemblier.sources.codes import todays_context
from assemblier.sources.store import Store
from tests.imported import FIXTURES, account, frame, imported, made, reasons


def test_an_old_workbook_keeps_its_zeros() -> None:
    got = made("essai_insee_bpe_ancienne.xlsx", "insee-bpe-ancienne")
    rows = set(frame(got, "equipements", "2020").rows())
    assert ("43001", 2020, "D307", 0) in rows and ("13201", 2020, "D307", 20) in rows


def test_the_new_diffusion_sets_totals_and_other_measures_aside() -> None:
    got = made("essai_insee_bpe_longue.csv", "insee-bpe")
    assert account(got) == (7, 4)
    assert len(reasons(got)) == 3
    assert ("43157", 2025, "D265", 24) in frame(got, "equipements").rows()


def test_the_archive_of_the_new_diffusion(tmp_path: Path) -> None:
    store = Store(tmp_path)
    given = [importing.Given(FIXTURES / "essai_insee_bpe.zip", is_named=True)]
    states = [o.state for o in importing.import_files(given, store, todays_context())]
    assert importing.State.IMPORTED in states and importing.State.REFUSED not in states
    assert [entry.vintage for entry in store.find("equipements")] == ["2025"]


def test_the_detail_is_counted_by_commune_and_type() -> None:
    got = made("essai_insee_bpe_detail.csv", "insee-bpe-detail")
    assert account(got) == (3, 3)
    assert set(frame(got, "equipements").rows()) == {
        ("43157", 2025, "D265", 2),
        ("43001", 2025, "D307", 1),
    }


def test_a_type_whose_meaning_is_unknown_is_kept_and_said(tmp_path: Path) -> None:
    lines = (FIXTURES / "essai_insee_bpe_longue.csv").read_text(encoding="utf-8").splitlines()
    more = [lines[1].replace("D265", code) for code in ("D281", "H101", "D2X")]
    path = tmp_path / "bpe.csv"
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    got = imported(path, "insee-bpe")
    assert account(got) == (10, 6)
    types = set(frame(got, "equipements")["type_equipement"])
    assert {"D281", "H101"} <= types and "D2X" not in types
    notes = " ".join(got.report.notes)
    assert "D281" in notes and "H101" in notes and "D265" not in notes
