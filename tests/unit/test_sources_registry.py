"""Files, folders and archives: recognised by content, kept or refused whole, the others listed."""

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from assemblier.errors import DataError, InputError, Problem
from assemblier.figures import Source
from assemblier.sources import advice, importing, reading, registry
from assemblier.sources.importing import State, files_of, import_files
from assemblier.sources.layout import Context, Imported, ImportedTable, Layout, Sample
from assemblier.sources.report import Ledger
from assemblier.sources.store import Store
from assemblier.sources.values import read_numbers
from assemblier.tables import conform, table_spec

CONTEXT = Context(frozenset(("01001",)))


def read_epci(path: Path, sample: Sample, _context: Context) -> Imported:
    """Read the small layout of these tests: a list of EPCI and their number of communes."""
    ledger = Ledger()
    columns = {"siren_epci": "siren", "nom": "nom", "communes": "communes"}
    frame = reading.text_frame(path, sample, ledger, 0, columns)
    frame = read_numbers(frame, ["communes"], ledger, whole=True)
    if not frame.height:
        raise DataError([Problem(str(path), "rien", "une ligne", "corriger")])
    table = conform(frame.with_columns(pl.lit(2024).alias("millesime")), table_spec("epci"))
    source = Source("essai-epci", "essai", "EPCI d'essai", "2024")
    return Imported((ImportedTable("epci", table, source, "2024"),), ledger.report(frame.height))


EPCI = Layout(
    "essai-epci",
    "essai",
    "EPCI d'essai",
    ("epci",),
    lambda sample: sample.has_columns("siren", "nom", "communes"),
    read_epci,
)
GOOD = "siren;nom;communes\n200000001;A;3\n200000002;B;4\n"
BAD = "siren;nom;communes\n12;A;3\n13;B;4\n"
OTHER = "a;b\n1;2\n3;4\n"


@pytest.fixture(autouse=True)
def only_this_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "layouts", lambda: (EPCI,))


def files(folder: Path, **contents: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def run(store: Store, *paths: Path, recipe: Layout | None = None) -> dict[str, State]:
    found = files_of(paths)
    return {Path(one.name).name: one.state for one in import_files(found, store, CONTEXT, recipe)}


def archive(**contents: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in contents.items():
            book.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def test_folder_is_walked_and_what_is_unknown_left(tmp_path: Path) -> None:
    store = Store(tmp_path / "donnees")
    folder = files(tmp_path / "d", a_csv=OTHER, b_csv=GOOD, c_bin=bytes(range(256)))
    files(folder / "dessous", e_csv=GOOD.replace("A", "C"))
    (folder / ".caché").write_text(GOOD)
    (folder / "~$verrou.xlsx").write_text("x")
    assert run(store, folder) == {
        "a.csv": State.UNKNOWN,
        "b.csv": State.IMPORTED,
        "c.bin": State.UNKNOWN,
        "e.csv": State.IMPORTED,
    }
    assert store.read("epci").frame["nom"].to_list() == ["C", "B"]


def test_bad_recognised_file_is_refused_and_the_others_imported(tmp_path: Path) -> None:
    store = Store(tmp_path / "donnees")
    folder = files(tmp_path / "d", a_csv=BAD, b_csv=GOOD, c_csv="<html>", z_csv=BAD)
    assert run(store, folder) == {
        "a.csv": State.REFUSED,
        "b.csv": State.IMPORTED,
        "c.csv": State.UNKNOWN,
        "z.csv": State.REFUSED,
    }
    assert store.read("epci").frame.height == 2
    assert len(store.lots()) == 1


def test_named_file_that_is_unknown_or_bad_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "donnees")
    folder = files(tmp_path / "d", a_csv=OTHER, c_csv="<html>", v_csv="")
    paths = [folder / "a.csv", folder / "c.csv", folder / "v.csv"]
    assert set(run(store, *paths).values()) == {State.REFUSED}
    assert not (tmp_path / "donnees").exists(), "rien n'a été écrit"


def test_all_missing_paths_are_named_before_anything_is_done(tmp_path: Path) -> None:
    good = files(tmp_path / "d", a_csv=GOOD)
    with pytest.raises(InputError) as caught:
        files_of([good, tmp_path / "x", tmp_path / "y"])
    assert len(caught.value.problems) == 2


def test_same_file_given_twice_is_read_once(tmp_path: Path) -> None:
    folder = files(tmp_path / "d", a_csv=GOOD)
    assert len(files_of([folder, folder / "a.csv", folder])) == 1


def test_members_of_an_archive_are_files(tmp_path: Path) -> None:
    store = Store(tmp_path / "donnees")
    content = archive(a_csv=GOOD, lisez_txt="bonjour")
    path = files(tmp_path / "d", x_zip=content) / "x.zip"
    outcomes = list(import_files(files_of([path]), store, CONTEXT))
    assert [(one.name.rpartition(" » ")[2], one.state) for one in outcomes] == [
        ("a.csv", State.IMPORTED),
        ("lisez.txt", State.UNKNOWN),
    ]
    assert store.lots()[0].origin.file_name == "x.zip » a.csv"


def test_7z_members_are_files(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    path = tmp_path / "x.7z"
    with py7zr.SevenZipFile(path, "w") as book:
        book.writestr(GOOD, "dossier/a.csv")
        book.writestr("bonjour", "b.txt")
    store = Store(tmp_path / "donnees")
    outcomes = {
        one.name.rpartition(" » ")[2]: one.state
        for one in import_files(files_of([path]), store, CONTEXT)
    }
    assert outcomes == {"dossier/a.csv": State.IMPORTED, "b.txt": State.UNKNOWN}


def test_archive_without_anything_known_is_refused_when_named(tmp_path: Path) -> None:
    path = files(tmp_path / "d", x_zip=archive(a_csv=OTHER)) / "x.zip"
    states = [one.state for one in import_files(files_of([path]), Store(tmp_path / "s"), CONTEXT)]
    assert states == [State.UNKNOWN, State.REFUSED]


def test_archive_in_an_archive_is_left(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("dedans.zip", archive(a_csv=GOOD))
        book.writestr("b.csv", GOOD)
    path = files(tmp_path / "d", x_zip=packed.getvalue()) / "x.zip"
    outcomes = list(import_files(files_of([path]), Store(tmp_path / "s"), CONTEXT))
    assert outcomes[0].problems[0].found == "une archive dans une archive"
    assert outcomes[1].state is State.IMPORTED


def test_archive_that_swells_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("a.csv", b"0" * 100_000_000)
    path = files(tmp_path / "d", x_zip=packed.getvalue()) / "x.zip"
    outcomes = list(import_files(files_of([path]), Store(tmp_path / "s"), CONTEXT))
    assert [one.state for one in outcomes] == [State.REFUSED]
    assert "gonfle sans mesure" in outcomes[0].problems[0].found


def test_member_names_never_leave_the_temporary_folder(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("../../evasion.csv", GOOD)
        book.writestr("C:\\evasion2.csv", GOOD)
    path = files(tmp_path / "d", x_zip=packed.getvalue()) / "x.zip"
    outcomes = list(import_files(files_of([path]), Store(tmp_path / "s"), CONTEXT))
    assert {one.state for one in outcomes} == {State.IMPORTED}
    assert not list(tmp_path.rglob("evasion*"))


def test_a_loader_that_fails_is_a_message_and_not_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path, _sample: Sample, _context: Context) -> Imported:
        raise KeyError("colonne")

    layout = Layout("x", "x", "x", (), EPCI.recognise, broken)
    monkeypatch.setattr(registry, "layouts", lambda: (layout,))
    path = files(tmp_path / "d", a_csv=GOOD) / "a.csv"
    outcome = next(iter(import_files(files_of([path]), Store(tmp_path / "s"), CONTEXT)))
    assert outcome.state is State.REFUSED
    assert outcome.problems[0].where == str(path)


def test_replaced_tables_are_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "donnees")
    path = files(tmp_path / "d", a_csv=GOOD) / "a.csv"
    first, second = (next(iter(import_files(files_of([path]), store, CONTEXT))) for _ in range(2))
    assert first.replaced == ()
    assert [(entry.table, is_same) for entry, is_same in second.replaced] == [("epci", True)]


def test_recipe_reads_in_place_of_the_layouts(tmp_path: Path) -> None:
    path = files(tmp_path / "d", a_csv=GOOD) / "a.csv"
    recipe = Layout("r", "r", "r", ("epci",), lambda _sample: True, read_epci)
    assert run(Store(tmp_path / "s"), path, recipe=recipe) == {"a.csv": State.IMPORTED}


def test_progress_is_told_of_each_file(tmp_path: Path) -> None:
    told: list[object] = []

    class Progress:
        def total(self, steps: int) -> None:
            told.append(steps)

        def step(self, what: str) -> None:
            told.append(what)

    folder = files(tmp_path / "d", a_csv=GOOD, b_csv=OTHER)
    list(import_files(files_of([folder]), Store(tmp_path / "s"), CONTEXT, progress=Progress()))
    assert told == [2, "a.csv", "b.csv"]


def test_read_gives_what_the_layout_reads(tmp_path: Path) -> None:
    path = files(tmp_path / "d", a_csv=GOOD) / "a.csv"
    assert registry.read(path, CONTEXT).report.kept == 2
    other = files(tmp_path / "d", b_csv=OTHER) / "b.csv"
    with pytest.raises(DataError, match=advice.NOT_RECOGNISED):
        registry.read(other, CONTEXT)


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    transit = tmp_path / "transit"
    transit.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(transit))
    path = files(tmp_path / "d", x_zip=archive(a_csv=GOOD)) / "x.zip"
    list(importing.import_files(files_of([path]), Store(tmp_path / "s"), CONTEXT))
    assert list(transit.iterdir()) == []


def test_every_layout_of_the_catalogue_of_modules_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    keys = [layout.key for layout in registry.layouts()]
    assert len(set(keys)) == len(keys)
    for layout in registry.layouts():
        for name in layout.tables:
            assert table_spec(name)
        assert not layout.recognise(Sample(Path("x"), "inconnu"))
