"""A very large and regular text read at once, several times faster than line by line.

Nothing is taken on trust: the separators of the whole file are counted first, and a file that has
anything unusual (a short or long line, a blank one, another encoding, damaged accents) raises
`IrregularError`: the caller then reads it with `reading.batches`, which gives each line its fate.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl

from assemblier.sources import reading
from assemblier.sources.layout import Sample
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE

ROWS_AT_ONCE = 250_000
_PIECE = 1024 * 1024
# What é, °, œ and ’ become when UTF-8 is read as Windows-1252 and saved again.
_DAMAGED = "[ÃÂÅ][\u0080-\u00bf\u0152-\u2122]|â€|\x00"


class IrregularError(Exception):
    """A text that must be read line by line."""


def batches(
    path: Path,
    sample: Sample,
    ledger: Ledger,
    header: int,
    columns: Mapping[str, reading.Labels],
    kept: Sequence[pl.Expr | str] = (pl.all(),),
) -> Iterator[pl.DataFrame]:
    """Yield what is kept of the rows of a regular text without quotes; see `reading.batches`.

    Parameters
    ----------
    path, sample, ledger, header, columns
        As for `reading.batches`.
    kept
        What to compute from the columns of each row, as the file is read.

    Always true
    -----------
    The rows are those that `reading.batches` yields, in the same order, when nothing is raised.

    Raises
    ------
    IrregularError
        Before or after some rows: what they gave must then be thrown away, the ledger too.
    """
    if (
        sample.compression
        or sample.encoding not in ("utf-8", "utf-8-sig")
        or sample.line_end != "\n"
    ):
        raise IrregularError
    labels = sample.rows[header]
    places = {name: reading.place_of(labels, label) for name, label in columns.items()}
    if None in places.values() or not sample.separator:
        raise IrregularError
    with ThreadPoolExecutor(1) as aside:
        # Counted while polars reads: the answer is only needed at the end.
        counted = aside.submit(_counted_rows, path, sample.separator.encode(), len(labels), header)
        yield from _scanned(path, sample, ledger, header, places, kept, counted)


def _scanned(
    path: Path,
    sample: Sample,
    ledger: Ledger,
    header: int,
    places: Mapping[str, int | None],
    kept: Sequence[pl.Expr | str],
    counted: Future[int],
) -> Iterator[pl.DataFrame]:
    width = len(sample.rows[header])
    lines = pl.scan_csv(
        path,
        separator=sample.separator,
        quote_char=None,
        has_header=False,
        skip_lines=header + 1,
        new_columns=[str(place) for place in range(width)],
        infer_schema=False,
        truncate_ragged_lines=False,
    ).select(pl.col(str(place)).alias(name) for name, place in places.items())
    found = 0
    try:
        for batch in lines.select(kept).collect_batches(
            chunk_size=ROWS_AT_ONCE, maintain_order=True
        ):
            first = header + 2 + found
            found += batch.height
            ledger.read(batch.height)
            yield batch.with_columns(
                pl.int_range(first, first + batch.height, dtype=pl.Int64).alias(LIGNE)
            )
    except pl.exceptions.PolarsError as error:
        raise IrregularError from error
    if found != counted.result():
        raise IrregularError


def _counted_rows(path: Path, separator: bytes, width: int, header: int) -> int:
    """Return the rows of data, from the separators and line ends of the whole file.

    Polars refuses a line with too many fields; so if the total is right no line has too few.
    """
    separators = ends = 0
    last = 10
    buffer = bytearray(_PIECE)
    codes = np.frombuffer(buffer, np.uint8)
    with path.open("rb", buffering=0) as file:
        for _ in range(header + 1):
            file.readline()
        while size := file.readinto(buffer):
            piece = codes[:size]
            separators += int(np.count_nonzero(piece == separator[0]))
            ends += int(np.count_nonzero(piece == 10))
            last = int(piece[-1])
    rows = ends + (last != 10)
    if separators != rows * (width - 1):
        raise IrregularError
    return rows


def refuse_damaged(frame: pl.DataFrame, columns: Sequence[str]) -> None:
    """Raise IrregularError where a text seems damaged: it is mended line by line.

    Raises
    ------
    IrregularError
        When it does.
    """
    for name in columns:
        if frame.select(pl.col(name).cast(pl.String).str.contains(_DAMAGED).any()).item():
            raise IrregularError
