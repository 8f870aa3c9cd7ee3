"""What a layout of official file is, what is seen of a file before reading it, what reading gives.

A layout module ends with ``LAYOUTS = (Layout(...), ...)``; `registry` asks each in turn.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assemblier.figures import Source
from assemblier.sources.report import ImportReport

if TYPE_CHECKING:
    import polars as pl

Container = Literal["texte", "classeur", "zip", "7z", "gz", "xz", "json", "parquet", "inconnu"]
Row = tuple[str, ...]
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_ACCENTS = re.compile("[\u0300-\u036f]+")
_PUNCTUATION = re.compile(r"[^0-9a-z]+")


def normalise(text: str) -> str:
    """Return a label in lower case, without accents, punctuation or doubled spaces.

    Always true
    -----------
    Applied twice, it gives what it gives once.

    Examples
    --------
    >>> normalise(" APL aux  médecins généralistes de 65 ans et moins ")
    'apl aux medecins generalistes de 65 ans et moins'
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = _ACCENTS.sub("", plain)
    return _PUNCTUATION.sub(" ", text.lower()).strip()


@dataclass(frozen=True)
class Sample:
    """The first thousands of characters of a file: enough to recognise it.

    Attributes
    ----------
    path
        The file.
    container
        What the bytes are: ``"texte"`` also for a text inside gz or xz (see `compression`).
    compression
        ``"gz"``, ``"xz"`` or empty.
    encoding
        ``"utf-8"``, ``"utf-8-sig"``, ``"cp1252"``, ``"utf-16"``; empty for a workbook.
    separator
        Between the fields of a text, empty when there is none.
    rows
        The first rows (at most 60) of a text, split and stripped; none for a workbook.
    sheets
        Names of the sheets of a workbook, in order.
    sheet_heads
        The first rows of each sheet.
    size
        Bytes on disk.
    line_end
        A line feed, or the carriage return that ends the lines of old Macintosh texts.
    """

    path: Path
    container: Container
    compression: str = ""
    encoding: str = ""
    separator: str = ""
    rows: tuple[Row, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet_heads: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    size: int = 0
    line_end: str = "\n"

    @cached_property
    def header(self) -> tuple[Row, ...]:
        """The first rows, normalised (`normalise`)."""
        return tuple(tuple(normalise(cell) for cell in row) for row in self.rows)

    def sheet_head(self, name: str) -> tuple[Row, ...]:
        """Return the first rows of a sheet, as texts; empty when there is no such sheet."""
        return self.sheet_heads.get(name, ())

    def has_columns(self, *names: str) -> bool:
        """Say whether one of the first rows of a text holds all these labels (normalised)."""
        return find_header(self.rows, *names) is not None

    def header_row(self, *names: str, sheet: str = "") -> int | None:
        """Return the index (first row: 0) of the first row that holds these labels, or None."""
        return find_header(self.sheet_head(sheet) if sheet else self.rows, *names)


def find_header(rows: tuple[Row, ...], *names: str) -> int | None:
    """Return the index of the first row that holds every label, compared normalised, or None.

    Examples
    --------
    >>> find_header((("Titre",), ("Code ", "Libellé")), "code", "libelle")
    1
    """
    wanted = {normalise(name) for name in names}
    for index, row in enumerate(rows):
        if wanted <= {normalise(cell) for cell in row}:
            return index
    return None


def _nothing(_code: str) -> str | None:
    return None


@dataclass(frozen=True, eq=False)
class Context:
    """What loaders may know besides the file.

    Attributes
    ----------
    communes
        Codes of the communes of today, arrondissements of Paris, Lyon and Marseille included.
    merged
        Current code of a code that is no more, or None.
    by_postcode
        For each postcode, its communes: (code, name).
    today
        The date of the import.
    """

    communes: frozenset[str]
    merged: Callable[[str], str | None] = _nothing
    by_postcode: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    today: datetime.date = field(default_factory=datetime.date.today)


@dataclass(frozen=True)
class ImportedTable:
    """One checked table of one vintage.

    Attributes
    ----------
    spec_name
        A key of `assemblier.tables.TABLES`.
    frame
        Agrees with its specification (`tables.check`); the store refuses it otherwise.
    source
        Whom a figure made from it must cite; its `key` names the source in the store.
    vintage
        The year or date described, as the producer writes it: ``"2024"``, ``"2026-03-15"``.
    """

    spec_name: str
    frame: "pl.DataFrame"
    source: Source
    vintage: str


@dataclass(frozen=True)
class Imported:
    """What reading a file gave: its tables, and the account of its rows."""

    tables: tuple[ImportedTable, ...]
    report: ImportReport


@dataclass(frozen=True)
class Layout:
    """One official layout of file.

    Attributes
    ----------
    key
        Short stable identifier: ``"drees-apl"``.
    producer, title
        Who publishes it, and under which name.
    tables
        Names of the tables it brings (`assemblier.tables.TABLES`).
    recognise
        Whether a sample is of this layout, from its content and never from its name.
        Must not raise.
    read
        Read the whole file. Raises `DataError` with every problem when it cannot be used.
    """

    key: str
    producer: str
    title: str
    tables: tuple[str, ...]
    recognise: Callable[[Sample], bool]
    read: Callable[[Path, Sample, Context], Imported]
