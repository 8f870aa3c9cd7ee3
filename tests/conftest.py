"""Fixtures shared by every test, and the record of the mission rows that pass."""

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared: how long an example takes says nothing of what it tests.
settings.register_profile("assemblier", deadline=None)
settings.load_profile("assemblier")

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def racine() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def donnees_essai() -> Path:
    """The folder of real files that are not delivered with the project."""
    folder = os.environ.get("ASSEMBLIER_DONNEES_ESSAI")
    if not folder:
        pytest.skip("ASSEMBLIER_DONNEES_ESSAI ne désigne aucun dossier de données réelles")
    return Path(folder)


@pytest.fixture(scope="session")
def navigateur() -> Path:
    """The program of an installed browser."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    pytest.skip("aucun navigateur installé (voir tools/installer_navigateur.sh)")


@pytest.fixture(autouse=True)
def signals_given_back() -> Iterator[None]:
    """The program asks for SIGTERM: whatever the order, the next test starts clean."""
    yield
    # Not what it was before the test: a fixture of its module may already have run the program.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


class MissionRecord:
    """What became of each mission row: a row passes when a test of it passed and none failed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows_of: dict[str, set[str]] = {}
        self.outcomes: dict[str, set[str]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            rows = {mark.args[0] for mark in item.iter_markers("mission")}
            self.rows_of[item.nodeid] = rows

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            for row in self.rows_of.get(report.nodeid, ()):
                self.outcomes.setdefault(row, set()).add(report.outcome)

    def pytest_sessionfinish(self) -> None:
        outcomes = {row: sorted(found) for row, found in sorted(self.outcomes.items())}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(outcomes, indent=1), encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--mission",
        metavar="FICHIER",
        help="écrire dans ce fichier JSON ce que deviennent les lignes de la mission",
    )


def pytest_configure(config: pytest.Config) -> None:
    # No test reads what the person who runs it has imported.
    folder = tempfile.mkdtemp(prefix="assemblier-essais-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["ASSEMBLIER_DONNEES"] = folder
    path = config.getoption("--mission")
    if path:
        config.pluginmanager.register(MissionRecord(Path(path)), "mission")
