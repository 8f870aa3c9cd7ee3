"""Write the computed APL: the extension of the file chooses the format."""

import importlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assemblier import territory
from assemblier.errors import InputError, Problem
from assemblier.reports.document import Column, Document, Table
from assemblier.reports.sheet import value_of

WRITERS: dict[str, Callable[[Document, Table], bytes]] = {}
"""By extension; filled below, in the order people read them."""


def write_apl(document: Document, table: Table, path: Path) -> None:
    """Write the scores, or the whole document where the format holds one.

    Parameters
    ----------
    document
        Everything.
    table
        The scores of communes: what the data formats hold.
    path
        Where; its extension is one of `WRITERS`.

    Raises
    ------
    InputError
        When the extension is unknown.
    OutputError
        When the file cannot be written; nothing half-written is left.
    """
    check_extension(path)
    from assemblier.reports.writing import write_file

    write_file(path, WRITERS[path.suffix.lower()](document, table))


def check_extension(path: Path) -> None:
    """Refuse at once a file whose format is unknown.

    Raises
    ------
    InputError
        When the extension is not one of `WRITERS`.
    """
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise InputError(
            [Problem("-o", f"« {path.name} »", f"un fichier {known}", "changer l'extension")]
        )


def _whole(module: str) -> Callable[[Document, Table], bytes]:
    def render(document: Document, _table: Table) -> bytes:
        writer = importlib.import_module(f"assemblier.reports.{module}")
        content: bytes | str = writer.render(document)
        return content.encode() if isinstance(content, str) else content

    return render


def _csv(_document: Document, table: Table) -> bytes:
    from assemblier.reports.csv import render_table

    return render_table(_with_trips(table))


def _parquet(_document: Document, table: Table) -> bytes:
    import polars as pl

    table = _with_trips(table)
    columns = {
        column.key: [value_of(row[place]) for row in table.rows]
        for place, column in enumerate(table.columns)
    }
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


def _with_trips(table: Table) -> Table:
    """Return the table with where its minutes come from: these formats hold nothing else.

    The licence of a road network asks that its name follows what is made of it.
    """
    said = trips_text(table.provenance.method)
    column = Column("trajets", "Trajets")
    rows = tuple((*row, said) for row in table.rows)
    return replace(table, columns=(*table.columns, column), rows=rows)


def trips_text(method: str) -> str:
    """Return the sentence of a method that says where minutes come from, empty when none does.

    Examples
    --------
    >>> trips_text("Offre par commune. Trajet estimé : à vol d'oiseau. Demande par âge.")
    "Trajet estimé : à vol d'oiseau."
    """
    sentences = re.split(r"(?<=[.])\s+(?=[A-ZÀ-Ý])", method)
    return next((one for one in sentences if one.startswith(("Trajet", "Temps de trajet"))), "")


def _records(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(value_of, row), strict=True)) for row in table.rows]


def _json(document: Document, table: Table) -> bytes:
    rows = territory.index().positions(table.codes)
    points = zip(territory.index().longitude[rows], territory.index().latitude[rows], strict=True)
    communes = [
        record | {"longitude": _number(longitude), "latitude": _number(latitude)}
        for record, (longitude, latitude) in zip(_records(table), points, strict=True)
    ]
    content = {
        "titre": document.title,
        "methode": table.provenance.method,
        "parametres": list(table.provenance.parameters),
        "sources": _sources(document),
        "communes": communes,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _sources(document: Document) -> list[str]:
    return [f"{one.producer}, {one.title}, {one.vintage}" for one in document.sources()]


def _geojson(document: Document, table: Table) -> bytes:
    import shapely

    from assemblier.data import contours

    shapes = contours(table.codes)
    features = [
        {
            "type": "Feature",
            "properties": record,
            "geometry": json.loads(shapely.to_geojson(shapes[code])) if code in shapes else None,
        }
        for code, record in zip(table.codes, _records(table), strict=True)
    ]
    content = {
        "type": "FeatureCollection",
        "methode": table.provenance.method,
        "sources": _sources(document),
        "features": features,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _number(value: float) -> float | None:
    return None if value != value else float(value)


WRITERS |= {
    ".csv": _csv,
    ".xlsx": _whole("xlsx"),
    ".ods": _whole("ods"),
    ".html": _whole("html"),
    ".pdf": _whole("pdf"),
    ".json": _json,
    ".geojson": _geojson,
    ".parquet": _parquet,
}
