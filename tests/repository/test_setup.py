"""What prepares a machine says what it does, and what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("demo", "test", "check", "bench", "mission", "wheel", "lock", "clean")
SCRIPTS = sorted([*ROOT.glob("tools/*.sh"), ROOT / ".ci" / "run"])


def run(*command: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ) if path is None else {"PATH": str(path)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def bare_path(tmp_path) -> Path:
    """A machine with a shell and the simplest commands: no Python, no browser, no apt-get."""
    for name in ("cat", "rm", "id", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name))
    return tmp_path


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_executable_and_parse(script):
    assert os.access(script, os.X_OK)
    shell = "bash" if "bash" in script.read_text("utf-8").splitlines()[0] else "sh"
    assert run(shell, "-n", str(script)).returncode == 0


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_known_and_explained(target):
    assert run("make", "--dry-run", target).returncode == 0
    assert f"make {target}" in run("make").stdout


def test_a_machine_without_python_is_told_what_to_do(bare_path, tmp_path):
    done = run("sh", "tools/creer_environnement.sh", "python3.11", "rien", path=bare_path)
    assert done.returncode == 1
    assert "aucun Python 3.11" in done.stderr
    assert "attendu" in done.stderr
    assert "à faire" in done.stderr
    assert not (ROOT / "rien").exists()


def test_a_python_too_old_is_not_used(bare_path):
    old = bare_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    done = run("sh", "tools/creer_environnement.sh", "python3", "rien", path=bare_path)
    assert done.returncode == 1


def test_a_python_without_venv_is_told_what_to_install(bare_path):
    partial = bare_path / "python3"
    partial.write_text('#!/bin/sh\n[ "$1" = -c ]\n', encoding="utf-8")
    partial.chmod(0o755)
    done = run("sh", "tools/creer_environnement.sh", "python3", "rien", path=bare_path)
    assert done.returncode == 1
    assert "python3-venv" in done.stderr


def test_a_machine_without_browser_goes_on_and_says_so(bare_path):
    done = run("sh", "tools/installer_navigateur.sh", path=bare_path)
    assert done.returncode == 0
    assert "les essais dans un navigateur seront passés" in done.stdout
