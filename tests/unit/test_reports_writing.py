"""Results are written as a whole or not at all, and never over somebody else's work."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from assemblier.errors import OutputError
from assemblier.reports import writing
from assemblier.reports.writing import MANIFEST, check_folder, replacing_folder, write_file

FILES = {"index.html": b"<html></html>", "csv/communes.csv": b"code;nom\r\n"}


@pytest.fixture(autouse=True)
def _listening_to_interruptions() -> Iterator[None]:
    """Listen to SIGINT as at a terminal: a shell starts what it puts aside deaf to it."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, kept)


def write(folder: Path, files: dict[str, bytes] = FILES) -> None:
    with replacing_folder(folder) as draft:
        for name, content in files.items():
            draft.add(name, content)


def contents(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in found.items() if name != MANIFEST}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ── success ───────────────────────────────────────────────────────────────────────────────────


def test_a_folder_is_created_with_its_parents(tmp_path: Path) -> None:
    write(tmp_path / "sorties" / "departement-43")
    assert contents(tmp_path / "sorties" / "departement-43") == FILES
    assert names(tmp_path / "sorties") == ["departement-43"]


def test_an_earlier_result_is_replaced_entirely(tmp_path: Path) -> None:
    write(tmp_path / "s")
    write(tmp_path / "s", {"panorama.pdf": b"%PDF"})
    assert contents(tmp_path / "s") == {"panorama.pdf": b"%PDF"}
    assert names(tmp_path) == ["s"]


def test_an_empty_folder_is_used_and_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir(mode=0o750)
    write(tmp_path / "s")
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o750
    assert contents(tmp_path / "s") == FILES


def test_what_a_file_browser_leaves_is_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path / "s")
    (tmp_path / "s" / ".DS_Store").write_bytes(b"x")
    write(tmp_path / "s")
    assert contents(tmp_path / "s") == FILES


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "vrai")
    write(tmp_path / "lien")
    assert (tmp_path / "lien").is_symlink()
    assert contents(tmp_path / "vrai") == FILES


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "neuf" / "apl.csv"
    write_file(target, b"1")
    target.chmod(0o640)
    write_file(target, b"2")
    assert target.read_bytes() == b"2"
    assert target.stat().st_mode & 0o777 == 0o640
    assert names(target.parent) == ["apl.csv"]


# ── refusals ──────────────────────────────────────────────────────────────────────────────────


def test_a_folder_with_other_files_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "these.odt").write_bytes(b"dix ans")
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "s")
    assert "these.odt" in caught.value.problem.found
    assert contents(tmp_path / "s") == {"these.odt": b"dix ans"}


@pytest.mark.parametrize("name", ["notes.txt", "csv/notes.txt", "notes/lire.txt"])
def test_a_file_added_to_a_result_is_never_deleted(tmp_path: Path, name: str) -> None:
    write(tmp_path / "s")
    added = tmp_path / "s" / name
    added.parent.mkdir(exist_ok=True)
    added.write_bytes(b"mes notes")
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "s", {"panorama.pdf": b"%PDF"})
    assert name.split("/")[0] in caught.value.problem.found
    assert added.read_bytes() == b"mes notes"
    assert (tmp_path / "s" / "index.html").read_bytes() == FILES["index.html"]


def test_a_result_that_was_edited_is_never_lost(tmp_path: Path) -> None:
    write(tmp_path / "s")
    (tmp_path / "s" / "index.html").write_bytes(b"corrige a la main")
    with pytest.raises(OutputError, match=r"index\.html"):
        write(tmp_path / "s")
    assert (tmp_path / "s" / "index.html").read_bytes() == b"corrige a la main"


def test_a_link_put_in_place_of_a_result_is_somebody_elses(tmp_path: Path) -> None:
    write(tmp_path / "s")
    elsewhere = tmp_path / "ailleurs"
    (tmp_path / "s" / "csv").rename(elsewhere)
    (tmp_path / "s" / "csv").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="csv/"):
        write(tmp_path / "s")
    assert contents(elsewhere) == {"communes.csv": FILES["csv/communes.csv"]}


def test_a_foreign_manifest_answers_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / MANIFEST).write_text('{"logiciel": "Autre", "fichiers": {}}')
    with pytest.raises(OutputError, match=MANIFEST):
        write(tmp_path / "s")


def test_many_strangers_are_counted_not_listed(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    for number in range(9):
        (tmp_path / "s" / f"f{number}").touch()
    with pytest.raises(OutputError, match="f4 et 4 autres"):
        check_folder(tmp_path / "s")


def test_a_file_added_during_the_run_is_never_deleted(tmp_path: Path) -> None:
    write(tmp_path / "s")
    with pytest.raises(OutputError, match=r"these\.odt"), replacing_folder(tmp_path / "s") as draft:
        draft.add("panorama.pdf", b"%PDF")
        (tmp_path / "s" / "these.odt").write_bytes(b"dix ans")
    assert contents(tmp_path / "s") == {**FILES, "these.odt": b"dix ans"}
    assert names(tmp_path) == ["s"]


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"x")
    with pytest.raises(OutputError, match="un fichier porte déjà ce nom"):
        write(tmp_path / "s")
    with pytest.raises(OutputError, match="est un fichier, pas un dossier"):
        write(tmp_path / "s" / "dessous" / "encore")
    with pytest.raises(OutputError, match="est un fichier, pas un dossier"):
        write_file(tmp_path / "s" / "x.csv", b"")
    assert (tmp_path / "s").read_bytes() == b"x"
    assert names(tmp_path) == ["s"]


def test_a_folder_in_the_way_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="un dossier porte déjà ce nom"):
        write_file(tmp_path, b"")


def test_a_device_is_refused() -> None:
    with pytest.raises(OutputError, match="pas un fichier ordinaire"):
        write_file(Path("/dev/full"), b"x")


def test_the_current_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s").mkdir()
    monkeypatch.chdir(tmp_path / "s")
    with pytest.raises(OutputError, match="dossier courant"):
        write(Path())
    with pytest.raises(OutputError, match="dossier courant"):
        write(tmp_path)


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nom trop long"):
        write(tmp_path / ("x" * 300))
    with pytest.raises(OutputError, match="nom trop long"):
        write_file(tmp_path / ("x" * 300), b"")
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["/etc/x", "../x", "csv/../../x", "a\\b", "", "Index.html"])
def test_a_name_that_leaves_the_folder_or_is_taken_is_a_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="nom"), replacing_folder(tmp_path / "s") as draft:
        draft.add("index.html", b"")
        draft.add(name, b"")
    assert names(tmp_path) == []


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder in which the current user cannot write, even when the tests run as root."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        closed = Path(home) / "ferme"
        closed.mkdir(mode=0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        yield closed
        os.seteuid(user)


def test_a_folder_where_writing_is_refused(closed_folder: Path) -> None:
    for attempt in (
        lambda: write(closed_folder / "s"),
        lambda: write(closed_folder),
        lambda: write_file(closed_folder / "x.csv", b""),
    ):
        with pytest.raises(OutputError, match="écriture refusée") as caught:
            attempt()
        assert caught.value.problem.action
        assert caught.value.exit_status == 2
    assert names(closed_folder) == []


def test_a_folder_where_reading_is_refused(closed_folder: Path) -> None:
    os.seteuid(0) if os.getuid() == 0 else None
    hidden = closed_folder.parent / "secret"
    hidden.mkdir(mode=0o700 if os.getuid() == 0 else 0o000)
    os.seteuid(65534) if os.getuid() == 0 else None
    with pytest.raises(OutputError, match="écriture refusée"):
        write(hidden / "s")


# ── failures on the way ───────────────────────────────────────────────────────────────────────


def test_an_error_in_the_computation_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path / "s")
    with pytest.raises(ZeroDivisionError), replacing_folder(tmp_path / "s") as draft:
        draft.add("panorama.pdf", b"%PDF")
        draft.add("reste.txt", bytes(1 // 0))
    assert contents(tmp_path / "s") == FILES
    assert names(tmp_path) == ["s"]


def test_parents_made_for_nothing_are_removed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing_folder(tmp_path / "a" / "b" / "c") as draft:
        draft.add("x", bytes(1 // 0))
    assert names(tmp_path) == []


def test_an_interruption_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "s")
    with (
        pytest.raises(OutputError, match="interrompue") as caught,
        replacing_folder(tmp_path / "s") as draft,
    ):
        draft.add("panorama.pdf", b"%PDF")
        signal.raise_signal(signal.SIGINT)
    assert caught.value.problem.action == "relancer la même commande"
    assert contents(tmp_path / "s") == FILES
    assert names(tmp_path) == ["s"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_second_interruption_does_not_stop_the_cleaning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = writing.shutil.rmtree

    def remove_while_interrupted(path: Path, ignore_errors: bool) -> None:
        signal.raise_signal(signal.SIGINT)
        remove(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(writing.shutil, "rmtree", remove_while_interrupted)
    with pytest.raises(OutputError, match="interrompue"), replacing_folder(tmp_path / "s") as draft:
        draft.add("x", b"x")
        signal.raise_signal(signal.SIGINT)
    assert names(tmp_path) == []


def test_an_interruption_during_the_last_rename_comes_too_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "s")
    rename = Path.rename

    def rename_while_interrupted(path: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_while_interrupted)
    write(tmp_path / "s", {"x": b"x"})
    assert contents(tmp_path / "s") == {"x": b"x"}
    assert names(tmp_path) == ["s"]


def test_a_rename_that_fails_puts_the_former_result_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "s")
    rename = Path.rename

    def rename_that_fails(path: Path, target: Path) -> Path:
        if path.name == "contenu":
            raise OSError(errno.EBUSY, "occupé")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_that_fails)
    with pytest.raises(OutputError, match="occupé"):
        write(tmp_path / "s", {"x": b"x"})
    assert contents(tmp_path / "s") == FILES
    assert names(tmp_path) == ["s"]


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_an_error_of_the_system_is_said_in_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError) as caught:
        write_file(tmp_path / "x.csv", b"apres")
    problem = caught.value.problem
    assert os.strerror(code) not in f"{problem.found} {problem.expected} {problem.action}"
    if code == errno.ENOENT:
        assert problem.found == "dossier absent"
    if code == errno.ENOTTY:
        assert problem.found == "l'écriture a échoué"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fills_when_forced_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    write_file(tmp_path / "x.csv", b"avant")

    def refuse(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "s")
    assert caught.value.problem.where.startswith(str(tmp_path / "s"))
    with pytest.raises(OutputError):
        write_file(tmp_path / "x.csv", b"apres")
    assert contents(tmp_path) == {"x.csv": b"avant"}
    assert names(tmp_path) == ["x.csv"]


def run_elsewhere(program: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_full_disk_for_real(tmp_path: Path) -> None:
    """The system itself refuses to write more than 4 096 bytes in a file."""
    process = run_elsewhere(
        """
        import resource, sys
        from pathlib import Path
        from assemblier.errors import OutputError
        from assemblier.reports.writing import replacing_folder
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            with replacing_folder(Path(sys.argv[1])) as draft:
                draft.add("petit.csv", b"x" * 100)
                draft.add("grand.csv", b"x" * 5000)
        except OutputError as error:
            print(error)
            sys.exit(error.exit_status)
        """,
        tmp_path / "s",
    )
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "grand.csv" in printed
    assert "à faire : libérer de la place" in printed
    assert names(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_stopped_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    process = run_elsewhere(
        """
        import sys, time
        from pathlib import Path
        from assemblier.errors import OutputError
        from assemblier.reports.writing import replacing_folder
        try:
            with replacing_folder(Path(sys.argv[1])) as draft:
                draft.add("debut.csv", b"x")
                print("en cours", flush=True)
                time.sleep(60)
        except OutputError as error:
            print(error)
            sys.exit(error.exit_status)
        """,
        tmp_path / "neuf" / "s",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "en cours\n"
    assert [name.endswith(".partiel") for name in names(tmp_path / "neuf")] == [True]
    process.send_signal(number)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "exécution interrompue" in printed
    assert names(tmp_path) == []
