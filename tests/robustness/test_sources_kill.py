"""Killed in the middle of imports, 200 times: nothing that had ended is lost, all is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assemblier.sources.store import Store

KILLS = 200
PATIENCE_SECONDS = 60
PROGRAM = Path(__file__).with_name("importing_process.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill −9 n'existe pas ici")


@pytest.fixture
def importer(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.stdin.close()
    process.stdout.close()
    process.wait(timeout=20)


def journal(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the last step told for each vintage, and its import."""
    path = folder / "journal"
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    steps = [line.split(" ") for line in lines]
    return {vintage: (step, int(rank)) for step, vintage, rank in steps}


def seconds_of_an_import(folder: Path, importer: "subprocess.Popen[str]") -> float:
    """Return how long a child takes here from its birth to the end of its first import."""
    importer.stdin.write("1\n")
    importer.stdin.flush()
    child = int(importer.stdout.readline())
    start = time.monotonic()
    while not journal(folder):
        time.sleep(0.001)
    duration = time.monotonic() - start
    os.kill(child, signal.SIGKILL)
    importer.stdout.readline()
    return duration


def steps_told(folder: Path) -> int:
    """Return how many steps have been told since the beginning."""
    path = folder / "journal"
    return path.read_text().count("\n") if path.exists() else 0


def wait_for_steps(folder: Path, steps: int) -> None:
    """Wait until so many more steps are told: a count, since a busy machine has no clock."""
    wanted = steps_told(folder) + steps
    limit = time.monotonic() + PATIENCE_SECONDS
    while steps_told(folder) < wanted:
        assert time.monotonic() < limit, "l'importation n'avance plus"
        time.sleep(0.001)


def kept_ranks(store: Store) -> dict[str, int]:
    """Return the import each vintage in the store comes from; every table must be whole."""
    ranks = {}
    for entry in store.entries():
        frame = store.read("epci", vintage=entry.vintage).frame
        assert (frame.height, frame["communes"].n_unique()) == (300, 1)
        ranks[entry.vintage] = frame["communes"][0]
    return ranks


def is_right(step: str, told: int, kept: int | None) -> bool:
    """Say whether what is kept of a vintage agrees with the last step told.

    The step after the last one told may have been done too: what is kept may be more recent.
    """
    if kept is None:
        return step in ("oublie", "parti")
    return kept > told if step == "parti" else kept >= told


def test_killed_200_times_nothing_is_lost(
    tmp_path: Path, importer: "subprocess.Popen[str]"
) -> None:
    chance = random.Random(3)
    store = Store(tmp_path)
    deaths = set()
    whole_seconds = seconds_of_an_import(tmp_path, importer)
    for _ in range(KILLS):
        last = max((rank for _, rank in journal(tmp_path).values()), default=0)
        importer.stdin.write(f"{last + 10}\n")  # numbers of a child never repeat an older one
        importer.stdin.flush()
        child = int(importer.stdout.readline())
        wait_for_steps(tmp_path, chance.choice((0, 0, 1, 1, 2, 3)))
        time.sleep(chance.uniform(0, whole_seconds))
        os.kill(child, signal.SIGKILL)
        assert importer.stdout.readline() == "mort\n"
        aside = tmp_path / "preparation"
        deaths.add(aside.exists() and any(aside.iterdir()))
        assert store.check() == []
        ranks = kept_ranks(store)
        for vintage, (step, told) in journal(tmp_path).items():
            assert is_right(step, told, ranks.get(vintage)), (vintage, step, told, ranks)
    assert deaths == {True, False}, "des morts pendant et entre les écritures"
    steps = (tmp_path / "journal").read_text()
    assert steps.count("importe") > KILLS / 4, "des imports ont fini"
    assert "parti" in steps, "des oublis ont fini"
