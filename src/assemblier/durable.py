"""Files that are on the disk whole or not at all, whenever the process or the machine stops.

A file or a folder is written aside, forced to the disk, then put in place by one rename. Nothing
here knows what the files hold.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assemblier.errors import OutputError, Problem


def write_through(path: Path, content: bytes) -> None:
    """Write a new file and force it to the disk; `FileExistsError` where the name is taken."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in the place of the one that is there, if any.

    Always true
    -----------
    Read at any moment, the file is the former one or the new one, whole.
    """
    aside = path.with_name(path.name + ".partiel")
    aside.unlink(missing_ok=True)
    write_through(aside, content)
    aside.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Force to the disk a file that was already written."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force the names of a folder to the disk; Windows does it by itself."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def put_in_place(draft: Path, place: Path) -> None:
    """Put a folder in place at once, and force it to the disk.

    Always true
    -----------
    A folder that is already there, and holds something, is never replaced.

    Raises
    ------
    OSError
        When the place is taken.
    """
    sync_folder(draft)
    os.rename(draft, place)  # noqa: PTH104  (fails if it exists, on every system)
    sync_folder(place.parent)


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def explained(folder: Path, action: str) -> Iterator[None]:
    """Turn a failure of the disk into a message.

    Parameters
    ----------
    folder
        Where it happens.
    action
        What to do, in French.

    Raises
    ------
    OutputError
        When the system refuses.
    """
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            Problem(
                str(folder),
                f"écriture impossible ({error.strerror or error})",
                "un dossier où écrire, avec de la place",
                action,
            )
        ) from error
