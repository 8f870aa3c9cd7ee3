"""Files inside a zip or 7z archive, taken out one at a time, within limits."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assemblier.errors import DataError, Problem
from assemblier.sources.layout import Sample
from assemblier.sources.opening import (
    LIMITS,
    MEBIBYTE,
    check_growth,
    explained,
    open_zip,
    problem,
)

_PIECE = MEBIBYTE


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive.

    Attributes
    ----------
    name
        As the archive names it.
    path
        Where it was taken out; it is deleted when the next one is asked for.
    """

    name: str
    path: Path


def members(path: Path, sample: Sample) -> Iterator[Member]:
    """Yield each file of an archive; the one before is deleted.

    Raises
    ------
    DataError
        When the archive is damaged, protected by a password, or grows beyond the limits.
    """
    with tempfile.TemporaryDirectory(prefix="assemblier-") as name:
        folder = Path(name)
        found = _zip_members(path, folder) if sample.container == "zip" else _7z(path, folder)
        for member in found:
            yield member
            member.path.unlink(missing_ok=True)


def is_litter(name: str) -> bool:
    """Say whether a file is only what a system leaves behind (`.DS_Store`, `__MACOSX`…).

    Examples
    --------
    >>> is_litter("__MACOSX/._a.csv"), is_litter("a/b.csv")
    (True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(
        part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db", "desktop.ini")
        for part in parts
    )


def _zip_members(path: Path, folder: Path) -> Iterator[Member]:
    with explained(path), open_zip(path) as archive:
        size = path.stat().st_size
        given = 0
        for rank, info in enumerate(archive.infolist()):
            if info.is_dir() or is_litter(info.filename):
                continue
            if info.flag_bits & 1:
                raise _password(path)
            given += info.file_size
            check_growth(path, given, size)
            target = _target(folder, rank, info.filename)
            _take_out(archive, info, target, path)
            yield Member(info.filename, target)


def _target(folder: Path, rank: int, name: str) -> Path:
    """Return where to take a member out: its own name, never its folders."""
    safe = PurePosixPath(name.replace("\\", "/")).name.replace(":", "_")[-150:]
    target = folder / str(rank) / (safe or "fichier")
    target.parent.mkdir()
    return target


def _take_out(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, path: Path) -> None:
    _refuse_full_disk(target.parent, info.file_size, path)
    with archive.open(info) as inside, target.open("wb") as outside:
        shutil.copyfileobj(inside, outside, _PIECE)


def _refuse_full_disk(folder: Path, size: int, path: Path) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise problem(
            path,
            f"{size // MEBIBYTE} Mio une fois décompressé, {free // MEBIBYTE} Mio libres",
            "de la place pour décompresser",
            "libérer de la place, ou placer le dossier temporaire (TMPDIR) sur un autre disque",
        )


def _7z(path: Path, folder: Path) -> Iterator[Member]:
    """Take out the members of a 7z archive; its format only allows it all at once."""
    try:
        import py7zr
    except ImportError:
        raise DataError([_no_7z(path)]) from None
    with explained(path), py7zr.SevenZipFile(path, "r") as archive:
        if archive.needs_password():
            raise _password(path)
        infos = [one for one in archive.list() if not one.is_directory]
        if len(infos) > LIMITS.members:
            raise problem(
                path, f"une archive de {len(infos)} fichiers", f"au plus {LIMITS.members}"
            )
        total = sum(one.uncompressed for one in infos)
        check_growth(path, total, path.stat().st_size)
        _refuse_full_disk(folder, total, path)
        names = [one.filename for one in infos if not is_litter(one.filename)]
        archive.extract(path=folder, targets=names)
        for name in names:
            target = folder / name
            if target.is_file() and folder in target.resolve().parents:
                yield Member(name, target)


def _no_7z(path: Path) -> Problem:
    return Problem(
        str(path),
        "une archive 7z, que cette installation ne sait pas ouvrir",
        "la bibliothèque py7zr",
        "installer py7zr, ou décompresser l'archive et donner le fichier qu'elle contient",
    )


def _password(path: Path) -> DataError:
    return problem(
        path,
        "une archive protégée par un mot de passe",
        "une archive sans mot de passe",
        "la décompresser avec son mot de passe et donner le fichier qu'elle contient",
    )
