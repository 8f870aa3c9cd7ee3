"""A small store in a folder of a test: tables made for it, named as made for the test."""

from pathlib import Path
from typing import Any

import polars as pl

from assemblier.figures import Source
from assemblier.sources.layout import Imported, ImportedTable
from assemblier.sources.report import ImportReport
from assemblier.sources.store import Origin, Store
from assemblier.tables import Kind, table_spec

KINDS = {Kind.TEXT: pl.String, Kind.INTEGER: pl.Int64, Kind.NUMBER: pl.Float64, Kind.DATE: pl.Date}


def put(
    folder: Path, table: str, rows: list[dict[str, Any]], key: str = "essai", vintage: str = "2024"
) -> Source:
    """Put rows in the store of a folder; the columns left out are null. Returns their source."""
    spec = table_spec(table)
    schema = {column.name: KINDS[column.kind] for column in spec.columns}
    whole = [{name: row.get(name) for name in schema} for row in rows]
    frame = pl.DataFrame(whole, schema=schema)
    source = Source(key, "Producteur d'essai", f"Table d'essai {table}", vintage)
    imported = Imported(
        (ImportedTable(table, frame, source, vintage),), ImportReport(len(rows), len(rows))
    )
    Store(folder).put(imported, Origin(f"{key}.csv", "0" * 64, 1, key))
    return source
