"""Opening any file safely: what it is, how big it may become, a plain message when it is bad."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from assemblier.errors import DataError, Problem
from assemblier.sources.layout import Container

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost; an official file stays far below each.

    Attributes
    ----------
    line
        Bytes of one line of text.
    text
        Bytes of a text once decompressed.
    workbook
        Bytes of all the parts of a workbook, once decompressed.
    cells
        Cells of one sheet, empty ones included.
    ratio
        Decompressed bytes for one compressed byte, above `ratio_from` decompressed bytes.
    members
        Files in an archive.
    json
        Bytes of a JSON file.
    """

    line: int = MEBIBYTE
    text: int = 20 * 1024 * MEBIBYTE
    workbook: int = 1024 * MEBIBYTE
    cells: int = 20_000_000
    ratio: int = 200
    ratio_from: int = 64 * MEBIBYTE
    members: int = 2_000
    json: int = 512 * MEBIBYTE


LIMITS = Limits()
HEAD = 256 * 1024
"""Bytes looked at to recognise a file."""

_MAGIC: tuple[tuple[bytes, Container], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "classeur"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta ", b"<title")
_ASK_AGAIN = "télécharger de nouveau le fichier sur la page de son producteur"


def problem(path: Path, found: str, expected: str, action: str = _ASK_AGAIN) -> DataError:
    """Return the error that says one thing is wrong with a file."""
    return DataError([Problem(str(path), found, expected, action)])


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn every failure of a decoder or of the disk into a message about the file.

    Raises
    ------
    DataError
        In place of what the libraries raise on a damaged file.
    """
    try:
        yield
    except DataError:
        raise
    except FileNotFoundError:
        raise problem(path, "introuvable", "un fichier", "vérifier le chemin") from None
    except PermissionError:
        action = "demander le droit de lire ce fichier"
        raise problem(path, "lecture refusée", "un fichier lisible", action) from None
    except IsADirectoryError:
        raise problem(path, "un dossier", "un fichier", "donner un fichier") from None
    except MemoryError:
        action = "fermer d'autres programmes, ou donner un extrait du fichier"
        raise problem(path, "fichier trop grand pour la mémoire", "moins", action) from None
    except RecursionError:
        raise problem(path, "des emboîtements sans fin", "un fichier ordinaire") from None
    except Exception as error:
        raise problem(path, f"fichier abîmé ({_first_line(error)})", "un fichier entier") from error
    except BaseException as error:
        # A Rust library that gives up raises a PanicException, which is not an Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise problem(path, "fichier abîmé", "un fichier entier") from error


def _first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:120]


def compression_of(path: Path) -> str:
    """Return ``"gz"``, ``"xz"`` or empty, from the first bytes."""
    with explained(path), path.open("rb") as file:
        head = file.read(6)
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    return "xz" if head == b"\xfd7zXZ\x00" else ""


class _Counted(io.RawIOBase):
    """A decompressed stream that refuses to become monstrous."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._stream = stream
        self._path = path
        self._size = max(path.stat().st_size, 1)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._given += len(piece)
        check_growth(self._path, self._given, self._size)
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()


def check_growth(path: Path, given: int, size: int) -> None:
    """Raise DataError when a compressed file has grown beyond the limits."""
    if given > LIMITS.text or (given > LIMITS.ratio_from and given > LIMITS.ratio * size):
        raise problem(
            path,
            f"une archive qui gonfle sans mesure ({given // MEBIBYTE} Mio pour "
            f"{max(size // 1024, 1)} Kio)",
            f"moins de {LIMITS.ratio} fois sa taille",
            "ne pas ouvrir ce fichier ; demander l'original à son producteur",
        )


@contextmanager
def open_bytes(path: Path, compression: str = "") -> Iterator[BinaryIO]:
    """Open a file for reading its decompressed bytes.

    Raises
    ------
    DataError
        When it cannot be opened, is truncated, or grows beyond the limits; also for what goes
        wrong while the caller reads.
    """
    with explained(path):
        if compression == "gz":
            raw = cast(BinaryIO, gzip.open(path, "rb"))  # noqa: SIM115  (closed with the stream)
        elif compression == "xz":
            raw = cast(BinaryIO, lzma.open(path, "rb"))  # noqa: SIM115
        else:
            with path.open("rb") as plain:
                yield plain
            return
        with io.BufferedReader(_Counted(raw, path), MEBIBYTE) as stream:
            yield cast(BinaryIO, stream)


def head_of(path: Path, compression: str = "") -> bytes:
    """Return the first decompressed bytes; a cut archive gives what it holds."""
    pieces: list[bytes] = []
    try:
        with open_bytes(path, compression) as stream:
            while sum(map(len, pieces)) < HEAD and (piece := stream.read(64 * 1024)):
                pieces.append(piece)
    except DataError:
        if not pieces:
            raise
    return b"".join(pieces)[:HEAD]


def container_of(path: Path, head: bytes) -> Container:
    """Return what a file is, from its (decompressed) first bytes.

    Raises
    ------
    DataError
        For a file that nobody means to give: empty, or a web page.
    """
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise problem(path, "un fichier vide", "des données")
    for magic, container in _MAGIC:
        if head.startswith(magic):
            return container
    if head.startswith(b"PK"):
        return _zip_container(path)
    return _text_container(path, head)


def _zip_container(path: Path) -> Container:
    """Tell a workbook from another zip archive."""
    with explained(path), open_zip(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
            return "classeur"
        if "mimetype" in names and "content.xml" in names:
            return "classeur"
    return "zip"


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive whose members stay within the limits."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        raise problem(path, "une archive tronquée ou abîmée", "une archive entière") from None
    with archive:
        if len(archive.namelist()) > LIMITS.members:
            raise problem(
                path,
                f"une archive de {len(archive.namelist())} fichiers",
                f"au plus {LIMITS.members}",
                "donner les fichiers utiles, sans archive",
            )
        yield archive


def _text_container(path: Path, head: bytes) -> Container:
    """Tell a text and a JSON from anything else; refuse a web page."""
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start):
        raise problem(
            path,
            "une page web (une page de connexion ou d'erreur enregistrée à la place du fichier)",
            "le fichier de données",
            "ouvrir l'adresse dans un navigateur, s'y connecter s'il le faut, et enregistrer "
            "le fichier lui-même",
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "texte"
    if start.startswith((b"<", b"%pdf")):
        return "inconnu"
    if start.startswith((b"{", b"[")):
        return "json"
    shown = head[:4096]
    printable = sum(byte >= 32 or byte in b"\t\r\n\f" for byte in shown)
    return "texte" if printable >= 0.98 * len(shown) else "inconnu"
