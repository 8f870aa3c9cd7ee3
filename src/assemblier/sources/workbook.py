"""Sheets of a workbook (xlsx, ods, xls), as texts; nothing is ever computed nor executed."""

import datetime
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.errors import DataError
from assemblier.sources.layout import Row
from assemblier.sources.opening import LIMITS, MEBIBYTE, explained, open_zip, problem

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

HEAD_ROWS = 60
_PIECE = MEBIBYTE
_OVERLAP = 512
_CELL = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'row\b[^>]*? r="(\d{1,7})"')
# A place that is no cell (B99999999999) makes the reader ask for all the memory there is.
_NO_PLACE = re.compile(rb' r="(?!(?:[A-Z]{1,3})?\d{1,7}")[^"]*"')
_UNCOMPUTED = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*</(?:\w+:)?c>")
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d+)"')
_ODS_UNCOMPUTED = re.compile(rb'<table:table-cell(?=[^>]*\bformula=")(?![^>]*value-type=)[^>]*>')


@dataclass(frozen=True, slots=True)
class SheetShape:
    """What the raw part of a sheet says before it is opened.

    Attributes
    ----------
    rows, columns
        Last row and column that hold something.
    uncomputed
        Cells that hold a formula and no value.
    """

    rows: int
    columns: int
    uncomputed: int


def check_workbook(path: Path) -> None:
    """Raise DataError for a workbook that must not be opened.

    Truncated, protected by a password, with macros, or larger than any official workbook.
    """
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"PK"):
        _check_archive(path)
    else:
        _check_old_workbook(path)


def _check_archive(path: Path) -> None:
    with open_zip(path) as archive:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
            raise _macros(path)
        if any(member.flag_bits & 1 for member in members):
            raise _password(path)
        if any("basic/" in member.filename.lower() and member.file_size for member in members):
            raise _macros(path)
        if total > LIMITS.workbook or _is_bomb(members):
            raise problem(
                path,
                f"un classeur de {total // MEBIBYTE} Mio une fois décompressé",
                f"au plus {LIMITS.workbook // MEBIBYTE} Mio",
                "ne pas ouvrir ce fichier ; demander l'original à son producteur",
            )
        with explained(path):
            damaged = archive.testzip()
        if damaged:
            raise problem(path, f"un classeur abîmé ({damaged})", "un classeur entier")


def _is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    """Say whether a big part is compressed beyond what a sheet ever is."""
    return any(
        member.file_size > LIMITS.ratio_from
        and member.file_size > LIMITS.ratio * max(member.compress_size, 1)
        for member in members
    )


def _macros(path: Path) -> DataError:
    return problem(
        path,
        "un classeur qui contient des macros",
        "un classeur sans macro",
        "l'ouvrir dans le tableur, l'enregistrer au format .xlsx (sans macro) et redonner ce "
        "fichier",
    )


def _password(path: Path) -> DataError:
    return problem(
        path,
        "un classeur protégé par un mot de passe",
        "un classeur sans mot de passe",
        "retirer le mot de passe dans le tableur et enregistrer",
    )


def _check_old_workbook(path: Path) -> None:
    """Look for macros and a password in a workbook of the older format."""
    if path.stat().st_size > LIMITS.workbook:
        raise problem(path, "un classeur trop grand", f"au plus {LIMITS.workbook // MEBIBYTE} Mio")
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _password(path)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _macros(path)


@lru_cache(maxsize=2)
def _opened(path: Path, _size: int, _time: int) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    check_workbook(path)
    with explained(path):
        return CalamineWorkbook.from_path(path)


def workbook(path: Path) -> "CalamineWorkbook":
    """Return an opened workbook, checked before it is opened.

    Raises
    ------
    DataError
        When it is damaged, protected, has macros or is beyond the limits.
    """
    with explained(path):
        status = path.stat()
    return _opened(path, status.st_size, status.st_mtime_ns)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook, in order."""
    return tuple(workbook(path).sheet_names)


@lru_cache(maxsize=2)
def _rows(path: Path, _size: int, _time: int, name: str) -> tuple[Row, ...]:
    shape = sheet_shape(path, name)
    if shape.rows * shape.columns > LIMITS.cells:
        raise problem(
            path,
            f"feuille « {name} » : {shape.rows} lignes et {shape.columns} colonnes",
            f"au plus {LIMITS.cells} cases",
            "supprimer les lignes et les colonnes vides après le tableau, et enregistrer",
        )
    with explained(path):
        cells = workbook(path).get_sheet_by_name(name).to_python(skip_empty_area=False)
    return tuple(tuple(cell_text(cell) for cell in row) for row in cells)


def sheet_rows(path: Path, name: str) -> tuple[Row, ...]:
    """Return every row of a sheet as texts, blank rows included: the first one is row 1.

    Raises
    ------
    DataError
        When the sheet is not there, is damaged or is beyond the limits.
    """
    if name not in sheet_names(path):
        raise problem(
            path,
            f"pas de feuille « {name} » (feuilles : {', '.join(sheet_names(path)) or 'aucune'})",
            f"une feuille « {name} »",
            "redonner le classeur entier, tel que son producteur le publie",
        )
    status = path.stat()
    return _rows(path, status.st_size, status.st_mtime_ns, name)


def cell_text(cell: Any) -> str:
    """Return a cell as a text: whole numbers without decimals, dates as 2026-03-09.

    Examples
    --------
    >>> cell_text(1001.0), cell_text(3.62), cell_text(None), cell_text(" Le Puy ")
    ('1001', '3.62', '', 'Le Puy')
    """
    match cell:
        case None:
            return ""
        case str():
            return cell.strip()
        case bool():
            return "vrai" if cell else "faux"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)


class SheetHeads(Mapping[str, tuple[Row, ...]]):
    """The first rows of each sheet, read when they are asked for."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self._path = path
        self._names = names

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        if name not in self._names:
            raise KeyError(name)
        return sheet_rows(self._path, name)[:HEAD_ROWS]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def release() -> None:
    """Forget the workbooks kept in memory."""
    _rows.cache_clear()
    _shape.cache_clear()
    _opened.cache_clear()


def sheet_shape(path: Path, name: str) -> SheetShape:
    """Return what the raw part of a sheet says: its last cell, and formulas without a value.

    A workbook of the older format bounds its own sheets: 65,536 rows and 256 columns.
    """
    status = path.stat()
    return _shape(path, status.st_size, status.st_mtime_ns, name)


@lru_cache(maxsize=8)
def _shape(path: Path, _size: int, _time: int, name: str) -> SheetShape:
    with path.open("rb") as file:
        if not file.read(2).startswith(b"PK"):
            return SheetShape(65_536, 256, 0)
    with explained(path), open_zip(path) as archive:
        if "content.xml" in archive.namelist():
            return _ods_shape(archive)
        part = _sheet_part(archive, workbook(path).sheet_names.index(name))
        return _xlsx_shape(archive, part) if part else SheetShape(0, 0, 0)


def _sheet_part(archive: zipfile.ZipFile, index: int) -> str:
    """Return the name of the part that holds a sheet, from the relations of the workbook."""
    text = archive.read("xl/workbook.xml")
    sheets = re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", text)
    relations = archive.read("xl/_rels/workbook.xml.rels")
    wanted = re.search(rb'\b\w+:id="([^"]+)"', sheets[index]) if index < len(sheets) else None
    if wanted is None:
        return ""
    for relation in re.findall(rb"<Relationship\b[^>]*>", relations):
        if b'Id="' + wanted.group(1) + b'"' in relation:
            target = re.search(rb'Target="([^"]+)"', relation)
            if target:
                path = target.group(1).decode("utf-8", "replace")
                return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return ""


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, int]]:
    """Yield a part piece by piece, each with the end of the one before (its length is given)."""
    with archive.open(part) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            yield tail + piece, len(tail)
            tail = piece[-_OVERLAP:]


def _count(pattern: re.Pattern[bytes], piece: bytes, overlap: int) -> int:
    """Count matches that end in the new part of a piece, so that none is counted twice."""
    return sum(match.end() > overlap for match in pattern.finditer(piece))


def _xlsx_shape(archive: zipfile.ZipFile, part: str) -> SheetShape:
    rows = 0
    columns: set[bytes] = set()
    uncomputed = 0
    for piece, overlap in _pieces(archive, part):
        found = _CELL.findall(piece)
        if _NO_PLACE.search(piece):
            raise ValueError("une case à une place impossible")
        rows = max(rows, max(map(int, _ROW.findall(piece)), default=0))
        if found:
            columns.update(letters for letters, _ in found)
            rows = max(rows, max(int(number) for _, number in found))
        if b"<f" in piece or b":f" in piece:
            uncomputed += _count(_UNCOMPUTED, piece, overlap)
    return SheetShape(rows, max(map(_column_number, columns), default=0), uncomputed)


def _column_number(letters: bytes) -> int:
    """Return the rank of a column: A is 1, Z is 26, AA is 27."""
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - 64
    return rank


def _ods_shape(archive: zipfile.ZipFile) -> SheetShape:
    """Return a bound on every sheet of an OpenDocument workbook at once.

    A repeated cell that holds something is what a bomb uses; empty ones at the end cost nothing.
    """
    uncomputed = 0
    rows = columns = 1
    for piece, overlap in _pieces(archive, "content.xml"):
        uncomputed += _count(_ODS_UNCOMPUTED, piece, overlap)
        for match in re.finditer(rb"<table:table-(?:cell|row)\b[^>]*[^/]>", piece):
            for axis, times in _REPEATED.findall(match.group()):
                if axis == b"rows":
                    rows = max(rows, int(times))
                else:
                    columns = max(columns, int(times))
    return SheetShape(rows, columns, uncomputed)


def refuse_formulas(path: Path, name: str) -> None:
    """Raise DataError where cells of a sheet hold a formula and no value.

    Such a workbook was written by a program and never computed by a spreadsheet.
    """
    count = sheet_shape(path, name).uncomputed
    if count:
        raise problem(
            path,
            f"feuille « {name} » : {count} formules sans valeur",
            "des valeurs",
            "ouvrir le classeur dans le tableur, l'enregistrer, et redonner ce fichier",
        )
