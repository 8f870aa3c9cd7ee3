"""Reading any file a producer publishes: what it is, then its rows as texts, none of them lost.

`sample` sees what a file is. `text_frame` and `batches` (for a file larger than memory) read a
delimited text, `sheet_frame` a sheet of a workbook: all give texts, with the line of each row in
the column `ligne`, and write in a `Ledger` what they read and what they reject. The numbers are
then read with `assemblier.sources.values`, the codes with `assemblier.sources.codes`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.errors import DataError, Problem
from assemblier.sources import encoding, opening, text, workbook
from assemblier.sources.layout import Row, Sample, normalise
from assemblier.sources.opening import LIMITS, explained, problem
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE

if TYPE_CHECKING:
    import polars as pl

HEAD_ROWS = workbook.HEAD_ROWS
Labels = str | Sequence[str]
"""A label, or several when it changed with the years; a final ``*`` means "starts with"."""

FOOTERS = ("lecture", "source", "sources", "champ", "note", "notes", "insee", "drees", "nb")
"""First words (normalised) of the lines of notes that producers write under a table."""


def sample(path: Path) -> Sample:
    """See what a file is from its first bytes, without reading the rest.

    Raises
    ------
    DataError
        When it cannot be opened, is empty, is a web page, is truncated before its first line, is
        protected or holds macros.
    """
    compression = opening.compression_of(path)
    head = opening.head_of(path, compression)
    container = opening.container_of(path, head)
    size = path.stat().st_size
    match container:
        case "classeur" if not compression:
            return _workbook_sample(path, size)
        case "texte":
            return _text_sample(path, compression, head, size)
        case "json" | "zip" | "7z" | "parquet" if not compression or container == "json":
            return Sample(path, container, compression, size=size)
        case _:
            return Sample(path, "inconnu", compression, size=size)


def _text_sample(path: Path, compression: str, head: bytes, size: int) -> Sample:
    name = encoding.encoding_of(head)
    first = head.removeprefix(b"\xef\xbb\xbf")
    content = first.decode("utf-16", "replace") if name == "utf-16" else encoding.decoded(first)
    line_end = "\r" if "\r" in content and "\n" not in content else "\n"
    lines = content.split(line_end)
    if len(lines) > 1 and len(head) >= opening.HEAD:
        lines.pop()  # the head stops in the middle of this one
    start = encoding.mended("\n".join(line.removesuffix("\r") for line in lines[:HEAD_ROWS]))
    separator = text.separator_of(start)
    rows = text.split_rows(start, separator)
    return Sample(path, "texte", compression, name, separator, rows, size=size, line_end=line_end)


def _workbook_sample(path: Path, size: int) -> Sample:
    names = workbook.sheet_names(path)
    heads = workbook.SheetHeads(path, names)
    return Sample(path, "classeur", sheets=names, sheet_heads=heads, size=size)


def text_frame(
    path: Path,
    sample: Sample,
    ledger: Ledger,
    header: int | None,
    columns: Mapping[str, Labels] | None = None,
    optional: Mapping[str, Labels] | None = None,
    start: int | None = None,
    names: Sequence[str] = (),
    footers: Sequence[str] = (),
) -> "pl.DataFrame":
    """Return the rows of a delimited text, whole; see `batches` for the parameters."""
    import polars as pl

    parts = list(batches(path, sample, ledger, header, columns, optional, start, names, footers))
    return pl.concat(parts) if parts else _no_rows([*(columns or {}), *(optional or {})] or names)


def batches(
    path: Path,
    sample: Sample,
    ledger: Ledger,
    header: int | None,
    columns: Mapping[str, Labels] | None = None,
    optional: Mapping[str, Labels] | None = None,
    start: int | None = None,
    names: Sequence[str] = (),
    footers: Sequence[str] = (),
    quotes: bool = True,
) -> Iterator["pl.DataFrame"]:
    """Yield the rows of a delimited text, a few hundred thousand at a time.

    Parameters
    ----------
    path, sample
        The file, and what `sample` said of it.
    ledger
        Rows read are counted in it, and those that cannot be split are rejected in it.
    header
        Index of the header in `sample.rows` (first line: 0), or None for a file without one.
    columns
        Name in the frame → label in the header, compared normalised; by default every column,
        under its own label.
    optional
        The same, for columns that may be absent: they are then all null.
    start
        Index of the first line of data; by default the one after the header.
    names
        For a file without header: the name of each field, in order.
    footers
        First words (normalised) of the lines of notes under the table; they are not rows.
    quotes
        Whether double quotes enclose fields; false for a producer that never does so.

    Yields
    ------
        Texts; an empty field is null; the line of each row in `LIGNE`.

    Always true
    -----------
    Rows yielded plus rows rejected here are the rows read.

    Raises
    ------
    DataError
        When columns are missing (all named at once) or the file is damaged or cut.
    """
    text.refuse_cut(path, sample)
    labels = tuple(names) if header is None else sample.rows[header]
    wanted = _places(path, labels, columns, optional)
    present = {name: place for name, place in wanted.items() if place is not None}
    fields = text.Fields(len(labels), tuple(present.values()), tuple(present), quotes)
    first = start if start is not None else (0 if header is None else header + 1)
    for frame in text.frames(path, sample, fields, first, ledger):
        complete = _completed(frame, wanted)
        yield without_footers(complete, footers, ledger) if footers else complete


def sheet_frame(
    path: Path,
    sheet: str,
    ledger: Ledger,
    header: int,
    columns: Mapping[str, Labels] | None = None,
    optional: Mapping[str, Labels] | None = None,
    start: int | None = None,
    footers: Sequence[str] = (),
) -> "pl.DataFrame":
    """Return the rows of a sheet as texts; see `batches` for the parameters.

    A row whose cells are all empty is not a row. Numbers are written with a point, dates as
    2026-03-09.

    Raises
    ------
    DataError
        Also when cells hold a formula and no value.
    """
    import polars as pl

    rows = workbook.sheet_rows(path, sheet)
    workbook.refuse_formulas(path, sheet)
    labels = rows[header] if header < len(rows) else ()
    wanted = _places(path, labels, columns, optional, f" (feuille « {sheet} »)")
    first = header + 1 if start is None else start
    lines = [index for index in range(first, len(rows)) if any(rows[index])]
    ledger.read(len(lines))
    content = {
        name: [rows[line][place] or None for line in lines]
        for name, place in wanted.items()
        if place is not None
    }
    schema = {**dict.fromkeys(content, pl.String), LIGNE: pl.Int64}
    frame = pl.DataFrame({**content, LIGNE: [line + 1 for line in lines]}, schema=schema)
    complete = _completed(frame, wanted)
    return without_footers(complete, footers, ledger) if footers else complete


def without_footers(
    frame: "pl.DataFrame", footers: Sequence[str], ledger: Ledger
) -> "pl.DataFrame":
    """Return the rows without the notes a producer writes under a table; notes are not rows.

    A note starts with one of `footers` and is alone on its line.
    """
    import polars as pl

    others = [pl.col(name).is_null() for name in frame.columns[1:] if name != LIGNE]
    alone = frame.filter(pl.all_horizontal(others) if others else pl.lit(True))
    first = frame.columns[0]
    notes = [
        line
        for line, said in alone.select(LIGNE, first).iter_rows()
        if said is not None and normalise(said).split(" ", 1)[0] in footers
    ]
    if not notes:
        return frame
    ledger.read(-len(notes))
    return frame.filter(~pl.col(LIGNE).is_in(notes))


def _no_rows(names: Sequence[str]) -> "pl.DataFrame":
    import polars as pl

    return pl.DataFrame(schema={**dict.fromkeys(names, pl.String), LIGNE: pl.Int64})


def _completed(frame: "pl.DataFrame", wanted: Mapping[str, int | None]) -> "pl.DataFrame":
    """Add the optional columns that the file does not have, all unknown."""
    import polars as pl

    absent = [name for name, place in wanted.items() if place is None]
    added = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    return added.select(*wanted, LIGNE)


def _places(
    path: Path,
    labels: Row,
    columns: Mapping[str, Labels] | None,
    optional: Mapping[str, Labels] | None,
    where: str = "",
) -> dict[str, int | None]:
    """Return the index of each wanted column; every missing one is named at once."""
    if columns is None:
        return dict(_own_names(labels))
    found = {name: place_of(labels, label) for name, label in columns.items()}
    missing = [_label_text(columns[name]) for name, place in found.items() if place is None]
    if missing:
        present = ", ".join(f"« {label} »" for label in labels if label) or "aucune"
        raise DataError(
            [
                Problem(
                    f"{path}{where}",
                    f"pas de colonne « {label} »",
                    f"cette colonne, parmi celles qui sont là : {present}",
                    "redonner le fichier tel que son producteur le publie",
                )
                for label in missing
            ]
        )
    return {**found, **{name: place_of(labels, label) for name, label in (optional or {}).items()}}


def _label_text(labels: Labels) -> str:
    return labels if isinstance(labels, str) else " » ou « ".join(labels)


def _own_names(labels: Row) -> Iterator[tuple[str, int]]:
    """Give each column its own label; a doubled one takes its rank, an empty one is left out."""
    seen: set[str] = set()
    for place, label in enumerate(labels):
        name = label if label not in seen else f"{label} ({place + 1})"
        if label and name != LIGNE:
            seen.add(name)
            yield name, place


def place_of(labels: Row, wanted: Labels) -> int | None:
    """Return the index of the column that has one of these labels, or None.

    A label written exactly so comes before one that is only the same once normalised.

    Examples
    --------
    >>> place_of(("Code ", "APL aux médecins de 65 ans"), ["nom", "apl aux medecins*"])
    1
    """
    plain = [normalise(label) for label in labels]
    for label in (wanted,) if isinstance(wanted, str) else wanted:
        if label in labels:
            return labels.index(label)
        key = normalise(label)
        for place, name in enumerate(plain):
            if name == key or (label.endswith("*") and name.startswith(key)):
                return place
    return None


def json_value(path: Path, sample: Sample) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    DataError
        When it is damaged or larger than the limits.
    """
    with explained(path), opening.open_bytes(path, sample.compression) as stream:
        content = stream.read(LIMITS.json + 1)
        if len(content) > LIMITS.json:
            raise problem(path, "un JSON trop grand", f"au plus {LIMITS.json} octets")
        return json.loads(encoding.decoded(content.removeprefix(b"\xef\xbb\xbf")))
