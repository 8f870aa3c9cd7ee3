"""A very large and regular text, most lines of which differ by one field: read in one go.

Lines are not turned into texts one by one. Each wanted field becomes a number made from its bytes
(the same bytes, the same number), a line becomes the number of its fields, and only what was not
met yet is made a text. Two threads each take their part of the file, as much at a time as the
cache of a processor holds. The loops over bytes are compiled by numba (`compiled_lines`), imported
when it is first needed.

Nothing is taken on trust: every separator and every line end of the file is looked at, and a file
that has anything unusual (a short or long line, a blank one, another encoding, damaged accents)
raises `IrregularError`: the caller then reads it with `reading.batches`, which gives each line its
fate.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from types import ModuleType

import numpy as np
import numpy.typing as npt
import polars as pl

from assemblier.sources import reading
from assemblier.sources.layout import Sample
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

KEY = "clef"
"""Column of the number that stands for all the fields of a line: its row in `different`."""

WORTHWHILE = 32 * 1024 * 1024
"""Bytes from which importing the compiler pays within one run."""
PIECE = 512 * 1024
"""Bytes read at once: what a thread reads stays in the cache of its processor."""
THREADS = 2
_PIECES = 16  # a thread takes one after the other
_LONGEST_LINE = 16 * 1024
_LINE_FEED = 10
# Slots that remember which lines, and which values of a field, were met: a power of two.
_LINE_BITS, _FIELD_BITS = 22, 18
# What é, °, œ and ’ become when UTF-8 is read as Windows-1252 and saved again.
_DAMAGED = "[ÃÂÅ][\u0080-\u00bf\u0152-\u2122]|â€|\x00"


def is_available() -> bool:
    """Return whether numba can serve; `reading.batches` does the work otherwise."""
    # Words of 8 bytes are read as numbers: their first byte is the lowest.
    return sys.byteorder == "little" and find_spec("numba") is not None


class IrregularError(Exception):
    """A text that must be read line by line."""


@dataclass(frozen=True)
class Folded:
    """The rows of a text, those that say the same thing kept once.

    Attributes
    ----------
    different
        Each different set of fields, as categories (an empty one is null), with its rank in `KEY`.
    rows
        Every row in order: the rank of its fields in `KEY`, its line in `LIGNE`, and the number
        made from the field set apart, null where that field is empty.
    """

    different: pl.DataFrame
    rows: pl.DataFrame


def folded(
    path: Path,
    sample: Sample,
    ledger: Ledger,
    header: int,
    columns: Mapping[str, reading.Labels],
    apart: str,
) -> Folded:
    """Return the rows of a regular text without quotes, once for each different set of fields.

    Parameters
    ----------
    path, sample, ledger, header, columns
        As for `reading.batches`.
    apart
        The column that differs on nearly every line, of which only a number is kept.

    Always true
    -----------
    The rows are those that `reading.batches` yields, in the same order, when nothing is raised.

    Raises
    ------
    IrregularError
        Before anything is written in the ledger.
    """
    places = _places(sample, header, columns)
    names = [name for name in columns if name != apart]
    scan = _Scan(
        ord(sample.separator),
        len(sample.rows[header]),
        np.array([places[name] for name in names], np.uint64),
        places[apart],
    )
    kernels = _kernels()
    with path.open("rb", buffering=0) as file:
        start = sum(len(_whole(file.readline(_LONGEST_LINE))) for _ in range(header + 1))
        pieces = list(_pieces(kernels, scan, file.fileno(), start))
    different, rows = _gathered(kernels, pieces, names, apart, header + 2)
    ledger.read(rows.height)
    return Folded(different, rows)


def _places(sample: Sample, header: int, columns: Mapping[str, reading.Labels]) -> dict[str, int]:
    """Return where each wanted field is, in a text that may be read in this way."""
    labels = sample.rows[header]
    found = {name: reading.place_of(labels, label) for name, label in columns.items()}
    places = {name: place for name, place in found.items() if place is not None}
    if (
        not is_available()
        or sample.size < WORTHWHILE
        or sample.compression
        or sample.encoding not in ("utf-8", "utf-8-sig")
        or sample.line_end != "\n"
        or not sample.separator
        or len(places) < len(columns)
        # A carriage return may follow the last field: it is better left alone.
        or max(places.values()) == len(labels) - 1
    ):
        raise IrregularError
    return places


def _whole(line: bytes) -> bytes:
    if not line.endswith(b"\n"):
        raise IrregularError
    return line


@dataclass(frozen=True)
class _Scan:
    """How the lines of a file are made: its separator, how many fields, where the wanted are."""

    separator: int
    width: int
    places: Numbers
    apart: int


@dataclass(frozen=True)
class _Piece:
    """What a part of the file holds: numbers of its lines, and what had not been met before."""

    lines: Numbers
    apart: Numbers
    new_lines: Numbers
    new_fields: Numbers  # (fields, new lines)
    new_texts: Numbers  # (texts, 4): field, first byte, byte after it, number
    texts: list[bytes]


class _Met:
    """Which lines and values were met, as far as is remembered; forgetting one costs a repeat.

    The thread that writes a slot is the one that keeps what it stands for: two threads may both
    keep a new value, but never leave it to each other.
    """

    def __init__(self, fields: int) -> None:
        self.lines = np.zeros(1 << _LINE_BITS, np.uint64)
        self.fields = np.zeros((fields, 1 << _FIELD_BITS), np.uint64)


class _Room:
    """Where a thread works: taken once, used for each part of the file."""

    def __init__(self, width: int, fields: int, after: int) -> None:
        size = PIECE + _LONGEST_LINE + 2  # the byte before, and a line feed added at the end
        most = size // width + 2  # a line has at least its separators and its end
        self.content = memoryview(bytearray(size + after))
        self.codes = np.frombuffer(self.content, np.uint8)
        self.after = b"\x01" * after
        self.stops = np.empty(size + 1, np.uint32)
        self.news, self.lines, self.apart, self.new_lines = np.empty((4, most), np.uint64)
        self.new_fields = np.empty((fields, most), np.uint64)
        self.new_texts = np.empty((most * fields, 4), np.uint64)


def _kernels() -> ModuleType:
    """Return the compiled loops; numba is imported here and not before."""
    from assemblier.sources import compiled_lines

    return compiled_lines


def _pieces(kernels: ModuleType, scan: _Scan, file: int, start: int) -> Iterator[_Piece]:
    """Yield the parts of a file in order."""
    size = os.fstat(file).st_size
    fields = scan.places.size
    met = _Met(fields)
    rooms: SimpleQueue[_Room] = SimpleQueue()
    for _ in range(THREADS):
        rooms.put(_Room(scan.width, fields, kernels.BLOCK))

    def some(begin: int) -> list[_Piece]:
        room = rooms.get()
        try:
            return [
                _read_in(room, kernels, scan, met, file, one, min(one + PIECE, size))
                for one in range(begin, min(begin + step, size), PIECE)
            ]
        finally:
            rooms.put(room)

    step = PIECE * _PIECES
    with ThreadPoolExecutor(THREADS) as threads:
        waiting = [threads.submit(some, begin) for begin in range(start, size, step)]
        try:
            for one in waiting:
                yield from one.result()
        finally:
            for one in waiting:
                one.cancel()


def _read_in(
    room: _Room, kernels: ModuleType, scan: _Scan, met: _Met, file: int, begin: int, end: int
) -> _Piece:
    """Read the lines that begin in a part of the file."""
    # The byte before says whether a line begins at the first one.
    size = _filled(room, file, begin - 1, end)
    count, new, texts = kernels.read_lines(
        room.codes[: size + len(room.after)],
        end - begin,
        np.uint8(scan.separator),
        scan.width,
        scan.places,
        scan.apart,
        met.lines,
        _LINE_BITS,
        met.fields,
        _FIELD_BITS,
        room.stops,
        room.news,
        room.lines,
        room.apart,
        room.new_lines,
        room.new_fields,
        room.new_texts,
    )
    if count == kernels.IRREGULAR:
        raise IrregularError
    found = room.new_texts[:texts].copy()
    return _Piece(
        room.lines[:count].copy(),
        room.apart[:count].copy(),
        room.new_lines[:new].copy(),
        room.new_fields[:, :new].copy(),
        found,
        [bytes(room.content[first:after]) for first, after in found[:, 1:3].tolist()],
    )


def _filled(room: _Room, file: int, begin: int, end: int) -> int:
    """Read bytes of a file up to the end of the last line they begin, and return how many."""
    wanted = end - begin + _LONGEST_LINE
    size = os.preadv(file, [room.content[:wanted]], begin)
    if size < end - begin:
        raise IrregularError  # the file was cut as it was read
    if size < wanted and room.content[size - 1] != _LINE_FEED:
        room.content[size] = _LINE_FEED  # the last line of the file, not ended
        size += 1
    room.content[size : size + len(room.after)] = room.after
    return size


def _gathered(
    kernels: ModuleType, pieces: Sequence[_Piece], names: Sequence[str], apart: str, first: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return each different line as texts, then every row."""
    if not pieces:
        raise IrregularError  # no line at all: said by the other way
    lines = np.concatenate([piece.lines for piece in pieces])
    numbers = pl.Series(apart, np.concatenate([piece.apart for piece in pieces]))
    firsts, ranks = kernels.ranks_among(
        np.concatenate([piece.new_lines for piece in pieces]), lines
    )
    different = pl.DataFrame(_spelled(kernels, firsts, pieces, names)).with_row_index(KEY)
    rows = [
        pl.Series(KEY, ranks),
        numbers.replace(0, None) if (numbers == 0).any() else numbers,
        pl.int_range(first, first + lines.size, dtype=pl.Int64, eager=True).alias(LIGNE),
    ]
    return different, pl.DataFrame(rows)


def _spelled(
    kernels: ModuleType, firsts: Places, pieces: Sequence[_Piece], names: Sequence[str]
) -> list[pl.Series]:
    """Return what each field of different lines says, as categories; an empty text is null."""
    found = np.concatenate([piece.new_texts for piece in pieces])
    texts = pl.Series([text for piece in pieces for text in piece.texts], dtype=pl.Binary)
    fields = np.concatenate([piece.new_fields for piece in pieces], axis=1)

    def spelled(rank: int) -> pl.Series:
        own = np.flatnonzero(found[:, 0] == rank)
        known, ranks = kernels.ranks_among(found[own, 3], fields[rank][firsts])
        kinds = _categories(texts.gather(own[known]))
        return kinds.gather(pl.Series(ranks)).alias(names[rank])

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(spelled, range(len(names))))


def _categories(content: pl.Series) -> pl.Series:
    try:
        said = content.cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise IrregularError from error  # not UTF-8
    if said.str.contains(_DAMAGED).any():
        raise IrregularError
    return said.replace("", None).cast(pl.Categorical)
