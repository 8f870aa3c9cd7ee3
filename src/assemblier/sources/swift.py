"""A very large and regular text, most lines of which differ by one field: read in one go.

Lines are not turned into texts one by one. Each wanted field becomes a number made from its bytes
(the same bytes, the same number), a line becomes the number of its fields, and only what was not
met yet is made a text. Two threads each take their part of the file, a few megabytes at a time.
The loop over bytes is compiled by numba (`compiled_lines`), imported when it is first needed.

Nothing is taken on trust: every separator and every line end of the file is looked at, and a file
that has anything unusual (a short or long line, a blank one, another encoding, damaged accents)
raises `IrregularError`: the caller then reads it with `reading.batches`, which gives each line its
fate.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import numpy.typing as npt
import polars as pl

from assemblier.sources import reading
from assemblier.sources.layout import Sample
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE

Numbers = npt.NDArray[np.uint64]
Kernel = Callable[..., tuple[int, int, int]]
Texts = tuple[Numbers, list[bytes]]
"""Numbers, and the bytes each of them stands for."""

KEY = "clef"
"""Column of the number that stands for all the fields of a line."""

WORTHWHILE = 32 * 1024 * 1024
"""Bytes from which importing the compiler pays within one run."""
PIECE = 4 * 1024 * 1024
"""Bytes a thread takes at once."""
THREADS = 2
_LONGEST_LINE = 64 * 1024
_LINE_FEED = 10
# Slots that remember which lines, and which values of a field, were met: a power of two.
_LINE_BITS, _FIELD_BITS = 22, 16
# What é, °, œ and ’ become when UTF-8 is read as Windows-1252 and saved again.
_DAMAGED = "[ÃÂÅ][\u0080-\u00bf\u0152-\u2122]|â€|\x00"


def is_available() -> bool:
    """Return whether numba is installed; `reading.batches` does the work otherwise."""
    return find_spec("numba") is not None


class IrregularError(Exception):
    """A text that must be read line by line."""


@dataclass(frozen=True)
class Folded:
    """The rows of a text, those that say the same thing kept once.

    Attributes
    ----------
    different
        Each different set of fields, as texts (an empty one is null), with its number in `KEY`.
    rows
        Every row in order: its number in `KEY`, its line in `LIGNE`, and the number made from the
        field set apart, null where that field is empty.
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
    ranks = np.full(len(sample.rows[header]), -1, np.int64)
    ranks[[places[name] for name in names]] = range(len(names))
    scan = _Scan(ord(sample.separator), ranks, places[apart])
    with path.open("rb", buffering=0) as file:
        start = sum(len(_whole(file.readline(_LONGEST_LINE))) for _ in range(header + 1))
        pieces = list(_pieces(scan, file.fileno(), start))
    different = _different(pieces, names)
    rows = _rows(pieces, apart, header + 2)
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
    """How the lines of a file are made: its separator, the rank of each field, the one apart."""

    separator: int
    ranks: npt.NDArray[np.int64]
    apart: int


@dataclass(frozen=True)
class _Piece:
    """What a part of the file holds: numbers of its lines, and what had not been met before."""

    lines: Numbers
    apart: Numbers
    new_lines: Numbers
    new_fields: Numbers  # (new lines, fields)
    texts: tuple[Texts, ...]  # for each field


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

    def __init__(self, width: int, fields: int) -> None:
        most = PIECE // width + 2  # a line has at least its separators and its end
        self.content = memoryview(bytearray(PIECE + _LONGEST_LINE + 3))
        self.lines, self.apart, self.new_lines = (np.empty(most, np.uint64) for _ in range(3))
        self.new_fields = np.empty((most, fields), np.uint64)
        self.new_texts = np.empty((most * fields, 4), np.uint64)


def _pieces(scan: _Scan, file: int, start: int) -> Iterator[_Piece]:
    """Yield the parts of a file in order."""
    size = os.fstat(file).st_size
    fields = int(scan.ranks.max()) + 1
    met = _Met(fields)
    rooms: SimpleQueue[_Room] = SimpleQueue()
    for _ in range(THREADS):
        rooms.put(_Room(scan.ranks.size, fields))
    kernel = _kernel()  # compiled here, once for both threads
    with ThreadPoolExecutor(THREADS) as threads:
        waiting = [
            threads.submit(_piece, kernel, scan, met, rooms, file, begin, min(begin + PIECE, size))
            for begin in range(start, size, PIECE)
        ]
        try:
            for one in waiting:
                yield one.result()
        finally:
            for one in waiting:
                one.cancel()


@cache
def _kernel() -> Kernel:
    """Return the compiled loop; numba is imported here and not before."""
    from assemblier.sources.compiled_lines import read_lines

    return read_lines


def _piece(
    kernel: Kernel,
    scan: _Scan,
    met: _Met,
    rooms: "SimpleQueue[_Room]",
    file: int,
    begin: int,
    end: int,
) -> _Piece:
    """Read the lines that begin in a part of the file."""
    room = rooms.get()
    try:
        return _read_in(room, kernel, scan, met, file, begin, end)
    finally:
        rooms.put(room)


def _read_in(
    room: _Room, kernel: Kernel, scan: _Scan, met: _Met, file: int, begin: int, end: int
) -> _Piece:
    # The byte before says whether a line begins at the first one.
    size = _filled(room.content, file, begin - 1, end)
    count, new, texts = kernel(
        np.frombuffer(room.content[:size], np.uint8),
        end - begin,
        np.uint8(scan.separator),
        scan.ranks,
        scan.apart,
        met.lines,
        _LINE_BITS,
        met.fields,
        _FIELD_BITS,
        room.lines,
        room.apart,
        room.new_lines,
        room.new_fields,
        room.new_texts,
    )
    if count < 0:
        raise IrregularError
    return _Piece(
        room.lines[:count].copy(),
        room.apart[:count].copy(),
        room.new_lines[:new].copy(),
        room.new_fields[:new].copy(),
        _new_texts(room.content, room.new_texts[:texts], met.fields.shape[0]),
    )


def _filled(content: memoryview, file: int, begin: int, end: int) -> int:
    """Read bytes of a file up to the end of the last line they begin, add a line feed, count."""
    wanted = end - begin + _LONGEST_LINE
    size = os.preadv(file, [content[:wanted]], begin)
    if size < end - begin:
        raise IrregularError  # the file was cut as it was read
    if size < wanted and content[size - 1] != _LINE_FEED:
        content[size] = _LINE_FEED  # the last line of the file, not ended
        size += 1
    content[size] = _LINE_FEED
    return size + 1


def _new_texts(content: memoryview, found: Numbers, fields: int) -> tuple[Texts, ...]:
    """Return, for each field, the values that are not remembered."""
    parts = []
    for rank in range(fields):
        own = found[found[:, 0] == rank]
        bounds = zip(own[:, 1].tolist(), own[:, 2].tolist(), strict=True)
        parts.append((own[:, 3].copy(), [bytes(content[start:end]) for start, end in bounds]))
    return tuple(parts)


def _different(pieces: Sequence[_Piece], names: Sequence[str]) -> pl.DataFrame:
    """Return each different line as texts."""
    if not pieces:
        raise IrregularError  # no line at all: said by the other way
    fields = np.concatenate([piece.new_fields for piece in pieces])
    frame = pl.DataFrame(
        {KEY: np.concatenate([piece.new_lines for piece in pieces])}
        | {name: np.ascontiguousarray(fields[:, rank]) for rank, name in enumerate(names)}
    ).unique(KEY, keep="any")
    columns = [
        _spelled(frame[name], [piece.texts[rank] for piece in pieces])
        for rank, name in enumerate(names)
    ]
    return pl.DataFrame([*columns, frame[KEY]])


def _spelled(numbers: pl.Series, texts: Sequence[Texts]) -> pl.Series:
    """Return what numbers stand for; an empty field is null."""
    content = [text for _, some in texts for text in some]
    known = pl.DataFrame(
        {
            numbers.name: np.concatenate([some for some, _ in texts]),
            "texte": pl.Series(content, dtype=pl.Binary),
        }
    ).unique(numbers.name, keep="any")
    try:
        said = known["texte"].cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise IrregularError from error  # not UTF-8
    if said.str.contains(_DAMAGED).any():
        raise IrregularError
    known = known.with_columns(texte=said.replace("", None))
    joined = numbers.to_frame().join(known, on=numbers.name, how="left", maintain_order="left")
    return joined["texte"].alias(numbers.name)


def _rows(pieces: Sequence[_Piece], apart: str, first: int) -> pl.DataFrame:
    lines = np.concatenate([piece.lines for piece in pieces])
    numbers = pl.Series(apart, np.concatenate([piece.apart for piece in pieces]))
    return pl.DataFrame(
        [
            pl.Series(KEY, lines),
            numbers.replace(0, None) if (numbers == 0).any() else numbers,
            pl.int_range(first, first + lines.size, dtype=pl.Int64, eager=True).alias(LIGNE),
        ]
    )
