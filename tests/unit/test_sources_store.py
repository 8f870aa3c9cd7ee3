"""The store keeps tables whole, says where each comes from, and forgets only what it is told."""

import json
from pathlib import Path

import polars as pl
import pytest

from assemblier.durable import file_sha256
from assemblier.errors import DataError, InputError, OutputError, UnavailableError
from assemblier.figures import Source
from assemblier.sources.layout import Imported, ImportedTable
from assemblier.sources.locking import exclusive
from assemblier.sources.report import ImportReport, Rejection
from assemblier.sources.store import Origin, Store, default_folder, origin_of

ORIGIN = Origin("epci.xlsx", "0" * 64, 12, "insee-epci")
REPORT = ImportReport(3, 2, rejected=(Rejection("code inconnu", 1, (4,), ("x",)),))


def epci(vintage: str = "2024", key: str = "insee-epci", names: tuple[str, ...] = ("A", "B")):
    rows = {
        "siren_epci": [f"24000000{rank}" for rank in range(len(names))],
        "millesime": [int(vintage)] * len(names),
        "nom": list(names),
        "nature": ["CC"] * len(names),
        "communes": [3] * len(names),
    }
    source = Source(key, "Insee", "Composition des EPCI (essai)", vintage)
    return ImportedTable("epci", pl.DataFrame(rows), source, vintage)


def imported(*tables: ImportedTable) -> Imported:
    return Imported(tables, REPORT)


def test_reads_back_what_was_put_with_its_provenance(tmp_path: Path) -> None:
    store = Store(tmp_path)
    lot = store.put(imported(epci()), ORIGIN)
    table = Store(tmp_path).read("epci")
    assert table.frame.equals(epci().frame)
    assert table.source == epci().source
    assert table.vintage == "2024"
    again = Store(tmp_path).lots()[0]
    assert (again.origin, again.report, again.number) == (ORIGIN, REPORT, 1)
    assert again.entries[0].rows == 2
    assert again.entries[0].sha256 == file_sha256(again.entries[0].path)
    assert again.imported_at == lot.imported_at


def test_keeps_each_vintage_and_gives_the_latest(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2024")), ORIGIN)
    store.put(imported(epci("2022"), epci("2023")), ORIGIN)
    assert [entry.vintage for entry in store.find("epci")] == ["2022", "2023", "2024"]
    assert store.read("epci").vintage == "2024"
    assert store.read("epci", vintage="2022").frame["millesime"].to_list() == [2022, 2022]


def test_undated_vintage_is_never_the_latest(tmp_path: Path) -> None:
    store = Store(tmp_path)
    undated = epci("2024", "sans-date", ("Sans date",))
    store.put(imported(ImportedTable("epci", undated.frame, undated.source, "sans date")), ORIGIN)
    store.put(imported(epci("2023")), ORIGIN)
    assert store.read("epci").vintage == "2023"


def test_same_source_and_vintage_replaces(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci(names=("Avant",))), ORIGIN)
    store.put(imported(epci(names=("Après",))), ORIGIN)
    assert store.read("epci").frame["nom"].to_list() == ["Après"]
    assert len(store.lots()) == 1


def test_lot_stays_while_one_of_its_tables_is_in_force(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2022"), epci("2023")), ORIGIN)
    store.put(imported(epci("2023", names=("Neuf",))), ORIGIN)
    assert len(store.lots()) == 2
    assert store.read("epci", vintage="2022").frame.height == 2
    assert store.read("epci", vintage="2023").frame["nom"].to_list() == ["Neuf"]


def test_bad_table_leaves_the_store_untouched(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci()), ORIGIN)
    before = sorted(tmp_path.rglob("*"))
    bad = epci("2025").frame.with_columns(pl.lit("12").alias("siren_epci"))
    with pytest.raises(DataError) as caught:
        store.put(imported(epci("2023"), ImportedTable("epci", bad, epci().source, "2025")), ORIGIN)
    assert "siren_epci" in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_refuses_twice_the_same_table_in_one_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="deux fois la même table"):
        Store(tmp_path).put(imported(epci(), epci()), ORIGIN)


def test_missing_table_says_what_would_bring_it(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="EPCI à fiscalité propre"):
        Store(tmp_path).read("epci")
    with pytest.raises(LookupError, match="inconnue"):
        Store(tmp_path).read("inexistante")


def test_forgets_a_source_or_one_of_its_vintages(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2022"), epci("2023"), epci("2023", "autre")), ORIGIN)
    gone = store.forget("insee-epci@2022")
    assert [(entry.source.key, entry.vintage) for entry in gone] == [("insee-epci", "2022")]
    kept = [(entry.source.key, entry.vintage) for entry in store.entries()]
    assert kept == [("autre", "2023"), ("insee-epci", "2023")]
    store.forget("insee-epci")
    assert [entry.source.key for entry in store.entries()] == ["autre"]
    store.forget("autre")
    assert store.lots() == ()
    assert store.check() == []


def test_forgetting_never_brings_back_an_older_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2022", names=("Ancien",)), epci("2023")), ORIGIN)
    store.put(imported(epci("2022", names=("Neuf",)), epci("2021")), ORIGIN)
    store.forget("insee-epci@2023")
    assert store.read("epci", vintage="2022").frame["nom"].to_list() == ["Neuf"]
    store.forget("insee-epci@2022")
    assert [entry.vintage for entry in store.entries()] == ["2021"]


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci()), ORIGIN)
    with pytest.raises(InputError, match="écrire « insee-epci »"):
        store.forget("insee-epcj")
    with pytest.raises(InputError, match="écrire « insee-epci@2024 »"):
        store.forget("insee-epci@2025")
    assert store.entries()


def test_check_sees_every_kind_of_damage(tmp_path: Path) -> None:
    store = Store(tmp_path)
    lots = [store.put(imported(epci(str(year))), ORIGIN) for year in range(2020, 2024)]
    assert store.check() == []
    changed = lots[0].entries[0].path
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    lots[1].entries[0].path.unlink()
    (lots[2].folder / "lot.json").write_text("{", encoding="utf-8")
    manifest = lots[3].folder / "lot.json"
    values = json.loads(manifest.read_text(encoding="utf-8"))
    values["tables"][0]["lignes"] = 99
    manifest.write_text(json.dumps(values), encoding="utf-8")
    found = [problem.found for problem in store.check()]
    assert found == [
        "fichier modifié depuis son import",
        "fichier absent ou illisible",
        "compte du lot illisible",
        "2 lignes au lieu de 99",
    ]


def test_damaged_lot_does_not_hide_the_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2022")), ORIGIN)
    bad = store.put(imported(epci("2023")), ORIGIN)
    (bad.folder / "lot.json").write_text("[]", encoding="utf-8")
    assert [entry.vintage for entry in store.entries()] == ["2022"]
    store.put(imported(epci("2024")), ORIGIN)
    assert [entry.vintage for entry in store.entries()] == ["2022", "2024"]


def test_another_writer_is_waited_for_then_named(tmp_path: Path) -> None:
    hasty = Store(tmp_path, patience_seconds=0.1)
    with exclusive(tmp_path / "verrou"), pytest.raises(OutputError, match="autre import"):
        hasty.put(imported(epci()), ORIGIN)
    assert hasty.put(imported(epci()), ORIGIN).number == 1


def test_what_a_killed_import_left_is_ignored_then_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2022")), ORIGIN)
    litter = tmp_path / "preparation" / "000002-x"
    litter.mkdir(parents=True)
    (litter / "epci-1.parquet").write_bytes(b"PAR1")
    assert len(store.lots()) == 1
    assert store.check() == []
    store.put(imported(epci("2023")), ORIGIN)
    assert not litter.exists()


def test_folder_is_the_variable_else_the_user_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "ici"))
    assert default_folder() == tmp_path / "ici"
    monkeypatch.delenv("ASSEMBLIER_DONNEES")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert default_folder() == tmp_path / "xdg" / "assemblier"
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_folder().parts[-3:] == ("Library", "Application Support", "assemblier")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_folder() == tmp_path / "local" / "assemblier"


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    taken = tmp_path / "fichier"
    taken.write_text("occupé", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        Store(taken).put(imported(epci()), ORIGIN)
    assert "ASSEMBLIER_DONNEES" in str(caught.value)


def test_full_disk_is_said_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put(imported(epci("2022")), ORIGIN)

    def no_room(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("assemblier.durable.os.fsync", no_room)
        with pytest.raises(OutputError, match="No space left"):
            store.put(imported(epci("2023")), ORIGIN)
    assert [entry.vintage for entry in store.entries()] == ["2022"]
    assert store.check() == []


def test_origin_is_the_file_without_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "dossier" / "f.csv"
    path.parent.mkdir()
    path.write_bytes(b"a;b\n")
    origin = origin_of(path, "x", address="https://exemple.fr/f.csv")
    assert (origin.file_name, origin.size, origin.address) == (
        "f.csv",
        4,
        "https://exemple.fr/f.csv",
    )
