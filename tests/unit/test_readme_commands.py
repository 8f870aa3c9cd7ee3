"""The README: what it gives to try runs as it is written, and where it says data are kept."""

import shlex
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.sources.store import default_folder

TRIED = ("projection", "implantation", "projet")


def commands(page: Path) -> dict[str, list[str]]:
    """Return the arguments of each command of a page, by its name."""
    lines = page.read_text("utf-8").splitlines()
    split = [shlex.split(one, comments=True) for one in lines if one.startswith("assemblier ")]
    return {one[1]: one[1:] for one in split}


@pytest.mark.parametrize("name", TRIED)
def test_what_foresees_places_and_costs_runs_as_written(
    racine: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    assert run(commands(racine / "README.md")[name]) == 0
    assert len(capsys.readouterr().out) > 200


@pytest.mark.parametrize("page", ["README.md", "README.en.md", "docs/guide/documents-sources.md"])
def test_the_folder_of_the_data_and_its_variables_are_named(
    racine: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (racine / page).read_text("utf-8")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("ASSEMBLIER_DONNEES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = str(default_folder())
    assert folder.replace(str(tmp_path), "$XDG_DATA_HOME") in told
    monkeypatch.delenv("XDG_DATA_HOME")
    assert str(default_folder()).replace(str(Path.home()), "~").removesuffix("/assemblier") in told
    assert "ASSEMBLIER_DONNEES" in told
