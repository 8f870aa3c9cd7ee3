"""The command line: what it answers, its statuses, and that nothing is half-written."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assemblier.cli.program import COMMANDS, run

PROGRAM = [sys.executable, "-c", "from assemblier.cli import main; main()"]


@pytest.fixture(autouse=True)
def _keep_the_signal() -> Iterator[None]:
    """`run` asks for SIGTERM; give it back."""
    kept = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, kept)


def test_the_help_is_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Usage")
    assert "Commandes" in out
    for english in ("Show this", "Commands", "[OPTIONS]\n", "Missing"):
        assert english not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_and_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    assert f"  assemblier {name} " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["panoramo"], "La commande panoramo n'existe pas"),
        (["panorama"], "Argument manquant"),
        (["panorama", "departement:99"], "code inconnu"),
        (["panorama", "commune:Saint-Julien"], "6 territoires portent ce nom"),
        (["panorama", "commune:Sauges"], "Saugues (commune:43234, Haute-Loire)"),
        (["panorama", "tvs:43001"], "non disponible"),
        (["panorama", "commune:43157", "--formats", "xyz"], "format inconnu « xyz »"),
        (["panorama", "commune:43157", "--date", "31/02/2024"], "n'est pas un jour"),
        (["panorama", "commune:43157", "--par", "canton"], "--par"),
        (["fiche", "departement:43"], "une seule commune"),
        (["fiche", "43157", "-o", "fiche.txt"], ".pdf ou .docx"),
    ],
)
def test_bad_input_is_told_in_french_with_status_2(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert list(tmp_path.iterdir()) == []


def test_all_the_problems_of_a_union_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["panorama", "epci:zzz + departement:99"]) == 2
    error = capsys.readouterr().err
    assert "epci:zzz" in error
    assert "departement:99" in error


def test_a_panorama_is_written_and_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "saugues"
    arguments = ["panorama", "commune:Saugues", "-o", str(folder), "--formats", "html,csv"]
    assert run([*arguments, "--date", "22/11/2026"]) == 0
    out = capsys.readouterr().out
    assert str(folder / "index.html") in out
    page = (folder / "index.html").read_text()
    assert "Saugues" in page
    assert "22 novembre 2026" in page
    assert (folder / "csv" / "sources.csv").exists()


def test_a_name_with_an_extension_is_one_file(tmp_path: Path) -> None:
    sheet = tmp_path / "saugues.xlsx"
    assert run(["panorama", "commune:Saugues", "-o", str(sheet)]) == 0
    assert sheet.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("options", [("--par", "epci"), ("--formats", "html")])
def test_one_file_is_neither_a_folder_nor_other_formats(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, str]
) -> None:
    page = tmp_path / "saugues.pdf"
    assert run(["panorama", "commune:Saugues", "-o", str(page), *options]) == 2
    assert "un seul fichier" in capsys.readouterr().err
    assert not page.exists()


def test_one_folder_per_epci_and_a_page_that_links_them(tmp_path: Path) -> None:
    folder = tmp_path / "epci"
    territory = "commune:43157 + commune:43234"
    status = run(["panorama", territory, "--par", "epci", "-o", str(folder), "--formats", "csv"])
    assert status == 0
    index = (folder / "index.html").read_text()
    folders = [path.name for path in folder.iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert all(f'href="{name}/' in index for name in folders)


def test_the_same_day_gives_the_same_page(tmp_path: Path) -> None:
    pages = []
    for name in ("un", "deux"):
        folder = tmp_path / name
        options = ["--formats", "html", "--date", "2026-11-22"]
        run(["panorama", "commune:43234", "-o", str(folder), *options])
        pages.append((folder / "index.html").read_bytes())
    assert pages[0] == pages[1]


def test_an_interrupted_run_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "panorama"
    assert run(["panorama", "commune:43234", "-o", str(folder), "--formats", "csv"]) == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    process = subprocess.Popen(
        [*PROGRAM, "panorama", "departement:43", "-o", str(folder)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for_work(tmp_path, process)
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "nterromp" in error
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert list(tmp_path.iterdir()) == [folder]


def wait_for_work(parent: Path, process: "subprocess.Popen[str]") -> None:
    """Wait until the run has begun to build aside."""
    limit = time.monotonic() + 60
    while len(list(parent.iterdir())) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_city_with_arrondissements_has_no_single_sheet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["fiche", "Paris"]) == 2
    assert "75101" in capsys.readouterr().err


def test_a_misspelt_command_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["panorma"]) == 2
    assert "Vouliez-vous dire panorama" in capsys.readouterr().err


def test_a_fault_of_the_program_is_said_to_be_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_expression: str) -> None:
        raise ZeroDivisionError("défaut fait pour le test")

    monkeypatch.setattr("assemblier.territory.parse", broken)
    assert run(["fiche", "43157"]) == 3
    assert "Défaut du programme" in capsys.readouterr().err
