"""The base permanente des équipements: the old workbooks, the new diffusion, the detail."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.access.method import method
from assemblier.access.stored_supply import equipment_supply
from assemblier.diagnosis.census import censuses
from assemblier.sources import importing
from assemblier.sources.codes import todays_context
from assemblier.sources.equipment_types import types_of
from assemblier.sources.store import Store
from assemblier.sources.supply import known_supply
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


def test_the_labels_of_the_new_diffusion_are_kept_with_their_variable() -> None:
    got = made("essai_insee_bpe_libelles.csv", "insee-libelles")
    assert account(got) == (5, 4)
    assert reasons(got) == ["code ou libellé absent"]
    assert ("FACILITY_TYPE", "D900", "Infirmier") in frame(got, "nomenclature").rows()


def test_a_type_that_only_the_labels_name_is_then_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    lines = (FIXTURES / "essai_insee_bpe_longue.csv").read_text(encoding="utf-8").splitlines()
    first = lines[1].replace(";24", ";7")
    path = tmp_path / "DS_BPE_2025_data.csv"
    more = [first.replace("D265", code) for code in ("D900", "D901")]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    store = Store()

    def brought(*files: Path) -> None:
        given = [importing.Given(one, is_named=True) for one in files]
        for outcome in importing.import_files(given, store, todays_context()):
            assert outcome.state is importing.State.IMPORTED

    brought(path)
    assert types_of("infirmier") == ("D232",)
    nurses = method("infirmier", dt.date(2025, 1, 1))
    assert equipment_supply(nurses) is None
    brought(FIXTURES / "essai_insee_bpe_libelles.csv")
    assert types_of("infirmier") == ("D232", "D900")
    supply = equipment_supply(nurses)
    assert supply is not None
    assert supply.by_commune()["43157"] == 7 * nurses.bounded(nurses.per_place)
    (counted, *_) = censuses("infirmier")
    assert (counted.counts["43157"], counted.types) == (7.0, ("D900",))
    found = known_supply(store, ["43157"], ["infirmier"])
    assert found is not None
    assert found.counts["effectif"].to_list() == [7]
