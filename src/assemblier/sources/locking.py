"""One writer at a time, whatever the number of processes; a killed process holds nothing."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assemblier.errors import OutputError, Problem

PATIENCE_SECONDS = 600.0
_PAUSE_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold a lock; the system releases it even when the process is killed.

    Parameters
    ----------
    path
        A file that exists only to be locked; created if need be, never deleted.
    patience_seconds
        How long another process is waited for.

    Raises
    ------
    OutputError
        When another process still holds it then, or when the file cannot be opened.
    """
    descriptor = _opened(path)
    try:
        _wait(descriptor, path, patience_seconds)
        yield
    finally:
        os.close(descriptor)  # closing releases the lock


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise OutputError(
            Problem(
                str(path.parent),
                f"écriture impossible ({error.strerror or error})",
                "un dossier où écrire",
                "choisir un autre dossier avec la variable ASSEMBLIER_DONNEES",
            )
        ) from error


def _wait(descriptor: int, path: Path, patience_seconds: float) -> None:
    limit = time.monotonic() + patience_seconds
    while not _taken(descriptor):
        if time.monotonic() > limit:
            raise OutputError(
                Problem(
                    str(path.parent),
                    "un autre import est en cours dans ce dossier",
                    "un seul import à la fois",
                    "attendre qu'il finisse, puis relancer la même commande",
                )
            )
        time.sleep(_PAUSE_SECONDS)


def _taken(descriptor: int) -> bool:
    """Try to take the lock, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
