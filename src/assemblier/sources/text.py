"""Rows of a delimited text of any size: streamed, every line accounted for.

A block of regular lines goes straight to polars; a block with anything unusual (a short line, a
quote that is never closed, a null byte) is read line by line, and each line is kept or rejected.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt
import polars as pl

from assemblier.errors import DataError, Problem
from assemblier.sources.encoding import clean_block, decoded
from assemblier.sources.layout import Row, Sample
from assemblier.sources.opening import LIMITS, open_bytes
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE

Codes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

BLOCK = 16 * 1024 * 1024
"""Bytes read at once; memory stays at a few times this."""
SEPARATORS = ";|\t,"
MAX_RECORD_LINES = 50
"""A quoted field that runs over more lines is a quote that was never closed."""

TOO_LONG = "ligne de plus de 1 Mio"
OPEN_QUOTE = "guillemets mal placés ou jamais refermés"
NULL_BYTE = "caractère nul"
SHORT = "ligne trop courte"
LONG = "ligne trop longue"


@dataclass(frozen=True)
class Fields:
    """Which fields of a line are wanted, and under which names.

    Attributes
    ----------
    width
        Fields of a regular line.
    places
        Index of each wanted field.
    names
        Name of each wanted field, in the frame.
    quotes
        Whether double quotes enclose fields; where not, they are letters like any other.
    """

    width: int
    places: tuple[int, ...]
    names: tuple[str, ...]
    quotes: bool = True


def split_rows(text: str, separator: str) -> tuple[Row, ...]:
    """Return the stripped fields of the first lines of a text, one row a physical line."""
    rows: list[Row] = []
    for line in text.split("\n"):
        if not separator:
            rows.append((line.strip(),))
            continue
        try:
            fields = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            fields = line.split(separator)
        rows.append(tuple(field.strip() for field in fields))
    return tuple(rows)


def separator_of(text: str) -> str:
    r"""Return the separator of the fields of a text, or empty.

    The one that splits most lines into the same number of fields, the more fields the better.

    Examples
    --------
    >>> separator_of("a;b\n1,5;2\n"), separator_of("bonjour")
    (';', '')
    """
    lines = [line for line in text.split("\n") if line.strip()]
    best, best_score = "", 0
    for separator in SEPARATORS:
        counts = [line.count(separator) for line in lines]
        common = max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0)
        score = counts.count(common) * min(common, 1) * 1000 + common
        if common and score > best_score:
            best, best_score = separator, score
    return best


def blocks(stream: BinaryIO, sample: Sample, ledger: Ledger) -> Iterator[bytes]:
    """Yield the text in UTF-8, in blocks of whole lines.

    An over-long line is cut but keeps its place: it is still over-long, and line numbers stay true.
    """
    if sample.encoding == "utf-16":
        stream = cast(BinaryIO, _AsUtf8(stream))
    carry = b""
    is_first = True
    old_mac = _ends_with_returns(sample)
    while piece := stream.read(BLOCK):
        if old_mac:
            piece = piece.replace(b"\r", b"\n")
        if is_first:
            piece, is_first = piece.removeprefix(b"\xef\xbb\xbf"), False
        end = piece.rfind(b"\n") + 1
        if end:
            yield clean_block(carry + piece[:end], sample.encoding, ledger)
            carry = piece[end:]
        else:
            # One line longer than a block: only its beginning is remembered.
            carry = (carry + piece)[: LIMITS.line + 1]
    if carry:
        yield clean_block(carry, sample.encoding, ledger)


class _AsUtf8:
    """A stream of UTF-16 read as UTF-8 bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")

    def read(self, size: int) -> bytes:
        """Return some bytes; none at the end only."""
        while piece := self._stream.read(size):
            if text := self._decoder.decode(piece):
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", "replace")


def _ends_with_returns(sample: Sample) -> bool:
    return sample.line_end == "\r"


def frames(
    path: Path, sample: Sample, fields: Fields, start: int, ledger: Ledger
) -> Iterator[pl.DataFrame]:
    """Yield the wanted fields as texts, with their line number in `LIGNE`.

    Parameters
    ----------
    path, sample
        The file.
    fields
        What is wanted of each line.
    start
        Index of the first line of data (first line of the file: 0).
    ledger
        Rows read are counted in it, and those whose fields cannot be told apart are rejected.

    Always true
    -----------
    Rows yielded plus rows rejected here are the rows read: every line that is not blank.
    """
    line = 1
    to_skip = start
    carry = b""
    with open_bytes(path, sample.compression) as stream:
        for block in blocks(stream, sample, ledger):
            if to_skip:
                block, skipped = _without_lines(block, to_skip)
                to_skip -= skipped
                line += skipped
            block = carry + block
            if not block:
                continue
            frame, carry = _read_block(block, line, fields, sample.separator, ledger, is_last=False)
            line += block.count(b"\n") - carry.count(b"\n")
            yield frame
        if carry:
            yield _read_block(carry, line, fields, sample.separator, ledger, is_last=True)[0]


def _without_lines(block: bytes, count: int) -> tuple[bytes, int]:
    """Return a block without its first lines, and how many were taken away."""
    position = 0
    for done in range(count):
        end = block.find(b"\n", position)
        if end < 0:
            return b"", done + (position < len(block))
        position = end + 1
    return block[position:], count


def _read_block(
    block: bytes, line: int, fields: Fields, separator: str, ledger: Ledger, *, is_last: bool
) -> tuple[pl.DataFrame, bytes]:
    """Return the rows of a block, and the lines to read again with the next block."""
    regular = block if block.endswith(b"\n") else block + b"\n"
    quoted = is_regular(regular, separator.encode(), fields.width, fields.quotes)
    if quoted is None:
        return _read_lines(block, line, fields, separator, ledger, is_last=is_last)
    frame = pl.read_csv(
        regular,
        separator=separator,
        has_header=False,
        infer_schema=False,
        quote_char='"' if quoted else None,
        columns=sorted(set(fields.places)),
        truncate_ragged_lines=True,
    )
    ledger.read(frame.height)
    if quoted:
        # An empty field is null, with or without quotes.
        frame = frame.with_columns(pl.col(pl.String).replace("", None))
    return _named(frame, fields, line), b""


def _named(frame: pl.DataFrame, fields: Fields, line: int) -> pl.DataFrame:
    """Give the columns their names and the rows their line numbers; an empty field is null."""
    order = sorted(set(fields.places))
    wanted = [
        pl.nth(order.index(place)).alias(name)
        for place, name in zip(fields.places, fields.names, strict=True)
    ]
    numbers = pl.int_range(line, line + frame.height, dtype=pl.Int64).alias(LIGNE)
    return frame.select(*wanted, numbers)


def is_regular(block: bytes, separator: bytes, width: int, quotes: bool = True) -> bool | None:
    """Say whether every line has exactly `width` fields, and so can be read without a doubt.

    Parameters
    ----------
    block
        Whole lines in UTF-8, each ended by a line feed.
    separator
        One byte.
    width
        Fields expected in each line.
    quotes
        Whether double quotes enclose fields.

    Returns
    -------
        None when a line needs care; else whether fields are quoted.
    """
    if (
        not separator
        or b"\x00" in block
        or b"\r" in block
        or block.startswith(b"\n")
        or b"\n\n" in block
    ):
        return None
    codes = np.frombuffer(block, np.uint8)
    is_separator = codes == separator[0]
    ends = np.flatnonzero(codes == 10)
    quoted = quotes and b'"' in block
    if quoted:
        marks = codes == 34
        inside = np.bitwise_xor.accumulate(marks.view(np.uint8)).view(bool)
        if inside[ends].any() or not _quotes_are_whole(codes, marks, inside, separator[0]):
            return None
        is_separator &= ~inside
    starts = np.concatenate([[0], ends[:-1] + 1])
    if (ends - starts).max() > LIMITS.line:
        return None
    places = np.flatnonzero(is_separator)
    if places.size != ends.size * (width - 1):
        return None
    if width > 1:
        grid = places.reshape(ends.size, width - 1)
        if (grid[:, 0] < starts).any() or (grid[:, -1] > ends).any():
            return None
    return quoted


def _quotes_are_whole(codes: Codes, quotes: Mask, inside: Mask, separator: int) -> bool:
    """Say whether quotes only surround whole fields, or are doubled inside one."""
    opening = np.flatnonzero(quotes & inside)
    before = codes[np.maximum(opening - 1, 0)]
    fits = (before == separator) | (before == 10) | (before == 34) | (opening == 0)
    closing = np.flatnonzero(quotes & ~inside)
    after = codes[np.minimum(closing + 1, codes.size - 1)]
    return bool(fits.all() and ((after == separator) | (after == 10) | (after == 34)).all())


def _read_lines(
    block: bytes, line: int, fields: Fields, separator: str, ledger: Ledger, *, is_last: bool
) -> tuple[pl.DataFrame, bytes]:
    """Read a block line by line; every line is kept, rejected or given back for the next block."""
    lines = block.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    kept: list[Sequence[str]] = []
    numbers: list[int] = []
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        record, count = _record(lines, index, separator, fields)
        if record is None and count == 0 and not is_last and _may_go_on(lines, index):
            return _frame(kept, numbers, fields), b"\n".join(lines[index:]) + b"\n"
        ledger.read(1)
        row, reason = _checked(record, lines[index], fields.width, separator)
        if row is None:
            ledger.reject(reason, [line + index], [_shown(lines[index])])
            index += 1
        else:
            kept.append(row)
            numbers.append(line + index)
            index += max(count, 1)
    return _frame(kept, numbers, fields), b""


def _may_go_on(lines: list[bytes], index: int) -> bool:
    """Say whether a quoted field that the block cuts may end in the next one."""
    rest = lines[index:]
    return len(rest) <= MAX_RECORD_LINES and sum(map(len, rest)) <= LIMITS.line


def _record(
    lines: list[bytes], index: int, separator: str, fields: Fields
) -> tuple[list[str] | None, int]:
    """Return the fields that start at a line and how many lines they take.

    (None, 0) when a quote stays open to the end of the lines.
    """
    first = lines[index]
    if len(first) > LIMITS.line or b"\x00" in first:
        return None, 1
    if not separator:
        return [decoded(first)], 1
    if b'"' not in first or not fields.quotes:
        return decoded(first).split(separator), 1
    feed = _Feed(lines, index)
    try:
        record = next(csv.reader(feed, delimiter=separator, strict=False))
    except csv.Error:
        return None, 1
    except StopIteration:
        return None, 0
    if feed.exhausted:
        return None, 0
    if feed.taken > 1 and (feed.taken > MAX_RECORD_LINES or len(record) != fields.width):
        return None, 1
    return record, feed.taken


class _Feed:
    """Lines given one by one to the csv reader, which asks for more while a quote is open."""

    def __init__(self, lines: list[bytes], index: int) -> None:
        self._lines = lines
        self._start = index
        self.taken = 0
        self.exhausted = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        place = self._start + self.taken
        if place >= len(self._lines) or self.taken > MAX_RECORD_LINES:
            self.exhausted = place >= len(self._lines)
            raise StopIteration
        self.taken += 1
        return decoded(self._lines[place]) + "\n"


def _checked(
    record: list[str] | None, line: bytes, width: int, separator: str
) -> tuple[list[str] | None, str]:
    """Return the row, or None and why it is rejected."""
    if len(line) > LIMITS.line:
        return None, TOO_LONG
    if b"\x00" in line:
        return None, NULL_BYTE
    if record is None:
        return None, OPEN_QUOTE
    record[-1] = record[-1].removesuffix("\r")
    if len(record) < width:
        return None, f"{SHORT} (moins de {width} champs)" if separator else SHORT
    if len(record) > width and any(field.strip() for field in record[width:]):
        return None, f"{LONG} (plus de {width} champs)"
    return record, ""


def _shown(line: bytes) -> str:
    return decoded(line[:60]).replace("\x00", "␀").strip()


def _frame(rows: list[Sequence[str]], numbers: list[int], fields: Fields) -> pl.DataFrame:
    """Build the frame of rows read one by one; an empty field is null, as polars reads it."""
    columns: dict[str, list[str | None]] = {
        name: [row[place] or None for row in rows]
        for place, name in zip(fields.places, fields.names, strict=True)
    }
    schema = {**dict.fromkeys(fields.names, pl.String), LIGNE: pl.Int64}
    return pl.DataFrame({**columns, LIGNE: numbers}, schema=schema)


def refuse_cut(path: Path, sample: Sample) -> None:
    """Raise DataError where a text stops in the middle of a line.

    Seen when the last line has fewer fields than the others and no end of line.
    """
    if sample.compression or sample.separator == "" or sample.encoding == "utf-16":
        return
    with path.open("rb") as file:
        file.seek(max(sample.size - LIMITS.line, 0))
        tail = file.read()
    lines = tail.split(b"\n")
    if not lines[-1].strip() or len(lines) < 3:
        return
    separator = sample.separator.encode()
    before = lines[-2].count(separator)
    if b'"' not in lines[-1] + lines[-2] and lines[-1].count(separator) < before:
        raise DataError(
            [
                Problem(
                    str(path),
                    f"la dernière ligne est coupée : {_shown(lines[-1])}",
                    f"{before + 1} champs, comme à la ligne précédente",
                    "télécharger de nouveau le fichier : il est incomplet",
                )
            ]
        )
