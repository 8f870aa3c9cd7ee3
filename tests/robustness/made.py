"""The small files of every layout, to be damaged: those kept on disk, those written here."""

import datetime
import gzip
import io
import lzma
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from assemblier.figures import Source
from assemblier.sources.offer_workbook import SHEET, Territory, offer_workbook
from assemblier.sources.supply import KnownSupply
from tests.fixtures.sources.fabriquer import workbook
from tests.imported import FIXTURES

HEAD = 60_000
HEAD_ROWS = 40
SMALL = 15_000


def small_files() -> dict[str, bytes]:
    """Return the name and content of a small file of each layout, at least."""
    kept = {path.name: path.read_bytes() for path in sorted(FIXTURES.glob("essai_*"))}
    return {**kept, "essai_offre.xlsx": _offer(), "essai_table.parquet": _parquet()}


def _offer() -> bytes:
    """Return a spreadsheet of supply, filled by an officer."""
    codes = ("43157", "43001")
    supply = KnownSupply(
        pl.DataFrame(
            {
                "code_commune": codes,
                "profession": ["medecin_generaliste"] * 2,
                "effectif": [3, 0],
            }
        ),
        Source("essai", "producteur d'essai", "fichier d'essai", "2025"),
    )
    territory = Territory("essai", "Territoire d'essai", tuple((code, code) for code in codes))
    content = offer_workbook(
        territory, supply, ("medecin_generaliste",), datetime.date(2026, 11, 22)
    )
    rows = _rows(content)[SHEET]
    filled = [[4.0 if cell == "" and place > 3 else cell for place, cell in enumerate(row)]
              for row in rows]  # fmt: skip
    return workbook((SHEET, filled))


def _rows(content: bytes, most: int | None = None) -> dict[str, list[list[str | float]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [
            [cell if isinstance(cell, str | float | int) else str(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)
        ]
        for name in book.sheet_names
    }


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(
        {
            "code_commune": ["43157", "43001", "1004", None],
            "profession": ["infirmier"] * 4,
            "millesime": [2024] * 4,
            "apl": [1.5, None, 3.0, 4.0],
        }
    ).write_parquet(buffer)
    return buffer.getvalue()


def beginning(path: Path) -> bytes:
    """Return the beginning of a real file, of the same kind: whole lines, or the first rows."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        if len(content) <= SMALL:
            return content
        rows = _rows(content, HEAD_ROWS)
        return workbook(*rows.items())
    if content.startswith(b"\x1f\x8b"):
        return gzip.compress(_lines(gzip.decompress(content)), 1, mtime=0)
    if content.startswith(b"\xfd7zXZ"):
        with lzma.open(path) as file:
            return lzma.compress(_lines(file.read(HEAD)))
    return _lines(content)


def _lines(content: bytes) -> bytes:
    head = content[:HEAD]
    return head[: head.rfind(b"\n") + 1] or head
