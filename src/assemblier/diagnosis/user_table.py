"""Reads the small CSV files a user brings: every problem at once, with its line."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assemblier.diagnosis.wording import read_number
from assemblier.errors import DataError, Problem, why_unreadable

ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITER = ";"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its number in the file and its cells by column."""

    line: int
    cells: dict[str, str]


class Reader:
    """The rows of a file, and the problems found while reading it.

    Parameters
    ----------
    path
        A CSV file with a header, separated by semicolons, in UTF-8 or Windows-1252.
    columns
        The columns it must have; others are ignored.

    Raises
    ------
    DataError
        When the file cannot be read or lacks a column.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.rows = _rows(path, columns)

    def problem(self, row: Row, column: str, expected: str) -> None:
        """Record that a cell is not what it should be."""
        self.problems.append(
            Problem(
                f"{self.path.name}, ligne {row.line}, colonne « {column} »",
                f"« {row.cells[column]} »" if row.cells[column] else "vide",
                expected,
                "corriger cette cellule",
            )
        )

    def text(self, row: Row, column: str) -> str:
        """Return a cell that must not be empty."""
        if not row.cells[column]:
            self.problem(row, column, "un texte")
        return row.cells[column]

    def choice(self, row: Row, column: str, allowed: Sequence[str]) -> str:
        """Return a cell that must be one of some words."""
        if row.cells[column] not in allowed:
            self.problem(row, column, "l'un de : " + ", ".join(allowed))
        return row.cells[column]

    def amount(self, row: Row, column: str) -> float:
        """Return a cell that must be a number ≥ 0, with a dot or a comma."""
        value = read_number(row.cells[column])
        if value is None or value < 0:
            self.problem(row, column, "un nombre ≥ 0")
            return 0.0
        return value

    def check(self) -> None:
        """Raise every problem recorded, if any."""
        if self.problems:
            raise DataError(self.problems)


def _rows(path: Path, columns: Sequence[str]) -> list[Row]:
    reader = csv.reader(io.StringIO(_text(path)), delimiter=DELIMITER)
    header = [cell.strip() for cell in next(reader, [])]
    missing = [column for column in columns if column not in header]
    if missing:
        raise DataError(
            [
                Problem(
                    f"{path.name}, ligne 1",
                    f"colonnes : {', '.join(header) or 'aucune'}",
                    f"les colonnes {', '.join(columns)}, séparées par des points-virgules",
                    f"ajouter : {', '.join(missing)}",
                )
            ]
        )
    place = {column: header.index(column) for column in columns}
    return [
        Row(reader.line_num, {column: _cell(cells, place[column]) for column in columns})
        for cells in reader
        if any(cell.strip() for cell in cells)
    ]


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            [
                Problem(
                    str(path),
                    why_unreadable(error),
                    "un fichier CSV lisible",
                    "vérifier le chemin et les droits du fichier",
                )
            ]
        ) from error
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DataError(
        [
            Problem(
                path.name,
                "des octets qui ne sont ni de l'UTF-8 ni du Windows-1252",
                "un fichier CSV en UTF-8",
                "enregistrer de nouveau le fichier en CSV UTF-8",
            )
        ]
    )
