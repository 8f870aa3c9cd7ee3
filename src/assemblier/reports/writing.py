"""Write results safely: everything or nothing, and never over somebody else's work.

A set of files is built in a temporary folder beside its destination, forced to the disk, then put
in place by a rename. The destination is replaced only when it is empty or when it holds exactly
what an earlier run wrote there, which a manifest remembers: a file that a person added or edited
is never deleted. Whatever happens before the last rename, the destination is left untouched and
the temporary folder is removed.
"""

import errno
import hashlib
import json
import os
import secrets
import shutil
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import FrameType

from assemblier.durable import sync_folder, write_through
from assemblier.errors import OutputError, Problem

MANIFEST = ".assemblier.json"
"""Name of the file that remembers what was written in a folder, with the sha256 of each file."""

_SOFTWARE = "Assemblier"
_ITSELF = "ce fichier"
_SHOWN_NAMES = 5
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What a file browser leaves in a folder that was only looked at."""


class Draft:
    """The files of a folder that is being built; nothing is visible before the end."""

    def __init__(self, folder: Path, destination: Path) -> None:
        with _explained(destination):
            folder.mkdir()
        self._folder = folder
        self._destination = destination
        self._digests: dict[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The files added so far, in order."""
        return tuple(self._digests)

    def add(self, name: str, content: bytes) -> None:
        """Add one file.

        Parameters
        ----------
        name
            Path inside the folder, with slashes (``"csv/communes.csv"``).
        content
            What it holds.

        Raises
        ------
        OutputError
            When it could not be written (full disk, refused…).
        ValueError
            When the name leaves the folder, or was already added.
        """
        _check_name(name, self._digests)
        path = self._folder / name
        with _explained(self._destination / name):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_through(path, content)
        self._digests[name] = hashlib.sha256(content).hexdigest()

    def seal(self) -> None:
        """Write the manifest and force the folders to the disk."""
        manifest = {"logiciel": _SOFTWARE, "fichiers": self._digests}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        with _explained(self._destination):
            write_through(self._folder / MANIFEST, text.encode())
            for folder, _, _ in os.walk(self._folder):
                sync_folder(Path(folder))


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Draft]:
    """Build the files of a folder aside, then put them all in place at once.

    Enter it before the long computation: a destination that cannot be used is refused at once.

    Parameters
    ----------
    folder
        The destination; created, parents included, when it does not exist.

    Yields
    ------
        A `Draft` to add files to.

    Always true
    -----------
    After success the folder holds the files added, and a manifest, and nothing else.
    After a failure or an interruption the folder and its surroundings are as they were.
    A file we did not write, or that was changed since, is never deleted.

    Raises
    ------
    OutputError
        When the destination cannot be used or written, or when the run is interrupted.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     with replacing_folder(Path(home) / "sortie") as draft:
    ...         draft.add("index.html", b"<html></html>")
    ...     (Path(home) / "sortie" / "index.html").read_bytes()
    b'<html></html>'
    """
    destination = _real(folder)
    _check_folder(destination)
    with (
        _signals() as shield,
        _explained_interruption(destination),
        _workshop(destination) as workshop,
    ):
        draft = Draft(workshop / "contenu", destination)
        yield draft
        draft.seal()
        _check_folder(destination)
        shield.raised = True  # from here on the work is done: an interruption comes too late
        _swap(workshop / "contenu", workshop / "ancien", destination)


def write_file(path: Path, content: bytes) -> None:
    """Write one file as a whole: aside, forced to the disk, then renamed over `path`.

    Parameters
    ----------
    path
        The destination; its parents are created, a former file is replaced.
    content
        What it holds.

    Always true
    -----------
    After a failure or an interruption a former file is as it was and no other file remains.

    Raises
    ------
    OutputError
        When it could not be written, or when the run is interrupted.
    """
    destination = _real(path)
    _check_file(destination)
    with (
        _signals() as shield,
        _explained_interruption(destination),
        _workshop(destination) as workshop,
        _explained(destination),
    ):
        partial = workshop / destination.name
        write_through(partial, content)
        if destination.exists():
            shutil.copymode(destination, partial)
        shield.raised = True
        partial.replace(destination)
        sync_folder(destination.parent)


def check_folder(folder: Path) -> None:
    """Refuse at once a destination folder that could not be replaced.

    Raises
    ------
    OutputError
        When it is a file, the current folder, or holds files that we did not write.
    """
    _check_folder(_real(folder))


# ── what is already there ─────────────────────────────────────────────────────────────────────


def _real(path: Path) -> Path:
    # Unlike `Path.resolve`, never fails on a loop of links: the check that follows explains it.
    return Path(os.path.realpath(path))


def _check_folder(destination: Path) -> None:
    with _explained(destination):
        if not destination.exists():
            _check_parent(destination)
            return
        if not destination.is_dir():
            raise _refusal(destination, *_FILE_IN_THE_WAY)
        if _holds_current_folder(destination) or destination.is_mount():
            raise _refusal(
                destination,
                "ce dossier est le dossier courant, le contient, ou est un point de montage",
                "un dossier qui puisse être remplacé d'un seul coup",
                f"donner un sous-dossier, par exemple {destination / 'resultats'}",
            )
        strangers = _strangers(destination)
    if strangers:
        raise _refusal(
            destination,
            f"des fichiers ajoutés ou modifiés depuis : {_listed(strangers)}",
            "un dossier vide, ou un dossier de résultats laissé tel quel",
            "déplacer ces fichiers, ou choisir un autre dossier",
        )


def _check_file(destination: Path) -> None:
    with _explained(destination):
        if not destination.exists():
            _check_parent(destination)
        elif destination.is_dir():
            raise _refusal(
                destination,
                "un dossier porte déjà ce nom",
                "le nom d'un fichier",
                f"ajouter un nom de fichier, par exemple {destination / 'resultat.csv'}",
            )
        elif not destination.is_file():
            raise _refusal(destination, *_NOT_A_FILE)


def _check_parent(destination: Path) -> None:
    for parent in destination.parents:
        if parent.is_dir():
            return
        if parent.exists():
            found = f"{parent} est un fichier, pas un dossier"
            raise _refusal(destination, found, *_FILE_IN_THE_WAY[1:])


def _holds_current_folder(destination: Path) -> bool:
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the current folder was removed under us
        return False
    return here.is_relative_to(destination)


def _strangers(folder: Path) -> list[str]:
    """Return what the manifest of a folder does not answer for."""
    manifest = _read_manifest(folder)
    known_folders = _folders_of(manifest)
    strangers: list[str] = []
    for place, folders, files in os.walk(folder):
        here = Path(place).relative_to(folder)
        paths = [(here / name).as_posix() for name in files if name not in _LITTER]
        strangers += [path for path in paths if not _is_ours(folder, path, manifest)]
        unknown = [name for name in folders if not _is_known(folder, here / name, known_folders)]
        strangers += [f"{(here / name).as_posix()}/" for name in unknown]
        folders[:] = [name for name in folders if name not in unknown]
    return sorted(strangers)


def _folders_of(manifest: dict[str, str]) -> set[str]:
    return {parent.as_posix() for name in manifest for parent in PurePosixPath(name).parents}


def _is_known(folder: Path, inside: Path, known_folders: set[str]) -> bool:
    return inside.as_posix() in known_folders and not (folder / inside).is_symlink()


def _is_ours(folder: Path, path: str, manifest: dict[str, str]) -> bool:
    """Whether a file is one that we wrote and that nobody changed since."""
    file = folder / path
    if path not in manifest or file.is_symlink():
        return False
    return manifest[path] in (_ITSELF, hashlib.sha256(file.read_bytes()).hexdigest())


def _read_manifest(folder: Path) -> dict[str, str]:
    """Return what an earlier run wrote, the manifest itself included; empty if it is not ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["logiciel"] != _SOFTWARE:
            return {}
        digests = {str(name): str(digest) for name, digest in manifest["fichiers"].items()}
        return {**digests, MANIFEST: _ITSELF}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN_NAMES])
    others = len(names) - _SHOWN_NAMES
    return f"{shown} et {others} autre{'s' if others > 1 else ''}" if others > 0 else shown


def _check_name(name: str, known: dict[str, str]) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in name:
        raise ValueError(f"{name} : un nom de fichier relatif au dossier est attendu")
    # Some disks do not tell capitals from small letters: two such names would be one file.
    if name.casefold() in {MANIFEST, *(other.casefold() for other in known)}:
        raise ValueError(f"{name} : ce nom est déjà pris")


# ── the disk ──────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _workshop(destination: Path) -> Iterator[Path]:
    """Make a temporary folder beside the destination; leave no trace of it, nor of parents made."""
    created: list[Path] = []
    # Named before it is made: whenever an interruption falls, the name to remove is known.
    workshop = destination.parent / f".{destination.name[:60]}.{secrets.token_hex(6)}.partiel"
    try:
        with _explained(destination):
            _make_parents(destination.parent, created)
            workshop.mkdir()
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
        _remove_if_empty(created)


def _make_parents(folder: Path, created: list[Path]) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        created.append(parent)
        parent.mkdir(exist_ok=True)


def _remove_if_empty(folders: list[Path]) -> None:
    for folder in reversed(folders):
        try:
            folder.rmdir()
        except OSError:  # it holds the result, or somebody else's
            return


def _swap(new: Path, old: Path, destination: Path) -> None:
    """Put `new` at the destination; the former folder goes to `old`, and back if it fails."""
    with _explained(destination):
        if not destination.exists():
            new.rename(destination)
        else:
            new.chmod(stat.S_IMODE(destination.stat().st_mode))
            destination.rename(old)
            try:
                new.rename(destination)
            except BaseException:
                old.rename(destination)
                raise
        sync_folder(destination.parent)


# ── what can go wrong ─────────────────────────────────────────────────────────────────────────

_FILE_IN_THE_WAY = (
    "un fichier porte déjà ce nom",
    "un dossier, ou un nom libre",
    "choisir un autre dossier, ou renommer ce fichier",
)
_NOT_A_FILE = (
    "ce n'est pas un fichier ordinaire",
    "un fichier ordinaire, ou un nom libre",
    "choisir un autre nom",
)
_FULL = (
    "plus de place sur le disque",
    "assez de place",
    "libérer de la place, ou changer de disque",
)
_REFUSED = (
    "écriture refusée",
    "un emplacement où vous avez le droit d'écrire",
    "choisir un autre dossier, ou fermer le fichier s'il est ouvert",
)
_TOO_MANY = (
    "trop de fichiers ouverts",
    "moins de fichiers ouverts en même temps",
    "fermer d'autres programmes, puis recommencer",
)
_UNEXPECTED = (
    "l'écriture a échoué",
    "un emplacement où écrire",
    "choisir un autre dossier",
)
_CAUSES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: ("quota de disque dépassé", *_FULL[1:]),
    errno.EFBIG: ("fichier plus grand que ce que le système accepte", *_FULL[1:]),
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EROFS: ("disque en lecture seule", *_REFUSED[1:]),
    errno.EBUSY: ("emplacement occupé par le système", *_REFUSED[1:]),
    errno.ENOENT: (
        "dossier absent",
        "un dossier qui existe",
        "vérifier le chemin, ou choisir un autre dossier",
    ),
    errno.ENOTDIR: ("un fichier est pris pour un dossier", *_FILE_IN_THE_WAY[1:]),
    errno.EISDIR: ("un dossier porte déjà ce nom", *_NOT_A_FILE[1:]),
    errno.EEXIST: _FILE_IN_THE_WAY,
    errno.ENOTEMPTY: ("le dossier n'est pas vide", "un dossier vide", "choisir un autre dossier"),
    errno.ELOOP: ("lien qui tourne en rond", "un emplacement réel", "choisir un autre dossier"),
    errno.EXDEV: ("deux disques différents", "un seul disque", "choisir un autre dossier"),
    errno.EIO: ("erreur du disque", "un disque en état", "vérifier le disque, ou en changer"),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENAMETOOLONG: ("nom trop long", "un nom plus court", "choisir un nom plus court"),
}


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn an error of the system into one that says what to do."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        # The words of the system are English: they stay in the cause of the error.
        raise _refusal(path, *_CAUSES.get(error.errno or 0, _UNEXPECTED)) from error


@contextmanager
def _explained_interruption(path: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as interruption:
        raise _refusal(
            path,
            "exécution interrompue : rien n'a été écrit",
            "une exécution menée à son terme",
            "relancer la même commande",
        ) from interruption


def _refusal(path: Path, found: str, expected: str, action: str) -> OutputError:
    return OutputError(Problem(str(path), found, expected, action))


class _Shield:
    """Lets one interruption through, none while cleaning up or once the result is in place."""

    def __init__(self) -> None:
        self.raised = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if not self.raised:
            self.raised = True
            raise KeyboardInterrupt


@contextmanager
def _signals() -> Iterator[_Shield]:
    """Treat a request to stop (Ctrl-C, SIGTERM) as one interruption, so that cleaning up happens.

    Only the default reactions are replaced: a server that has its own keeps them.
    """
    shield = _Shield()
    former = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                former[number] = signal.signal(number, shield)
    try:
        yield shield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
