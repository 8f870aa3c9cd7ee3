"""Parquet files whose columns are those of one of our tables.

*What*: a table that a tool wrote with the names of `assemblier.tables`; its values are checked like
those of any file. *Producer*, *licence*: not said by the file, and shown so. *Vintage*: the last
`millesime` of its rows, else the date in its name.
"""

from pathlib import Path

import polars as pl

from assemblier.errors import DataError
from assemblier.figures import Source
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import Job, date_of_name, slug
from assemblier.sources.opening import explained
from assemblier.sources.recipe_reading import read_with
from assemblier.sources.recipes import Filling, Recipe
from assemblier.tables import TABLES, Kind, TableSpec

_AUTOMATIC = "statut"


def _columns(path: Path) -> dict[str, pl.DataType]:
    with explained(path):
        return dict(pl.read_parquet_schema(path))


def _spec(path: Path) -> TableSpec | None:
    """Return the table whose columns a file has, or None; the one it fills most."""
    names = set(_columns(path))
    fitting = [
        spec
        for spec in TABLES.values()
        if {c.name for c in spec.columns if not c.nullable} <= names | {_AUTOMATIC}
        and set(spec.key) <= names
    ]
    best = max(fitting, key=lambda spec: len(names & set(spec.names())), default=None)
    if best is None or not names <= set(best.names()):
        return None
    return best


def _recognise(sample: Sample) -> bool:
    if sample.container != "parquet":
        return False
    try:
        return _spec(sample.path) is not None
    except DataError:
        return False


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    spec = _spec(path)
    assert spec is not None  # the file was recognised by it
    present = [name for name in spec.names() if name in _columns(path)]
    vintage = _vintage(Job(path, sample, context), spec)
    source = Source(
        key=f"parquet-{slug(spec.name)}-{slug(path.stem)}",
        producer="producteur non dit par le fichier",
        title=f"{spec.meaning} ({path.name})",
        vintage=vintage,
        licence="licence non dite par le fichier",
        note="Table donnée en Parquet : ni producteur, ni licence, ni page ne sont connus.",
    )
    fillings = {name: Filling(label=name) for name in present}
    recipe = Recipe(path, spec, source, vintage, (fillings,))
    return read_with(recipe, path, sample, context)


def _vintage(job: Job, spec: TableSpec) -> str:
    """Return the last year the rows name, else the date in the name of the file."""
    if "millesime" in spec.names() and spec.column("millesime").kind is Kind.INTEGER:
        with explained(job.path):
            last = pl.scan_parquet(job.path).select(pl.col("millesime").max()).collect().item()
        if isinstance(last, int):
            return str(last)
    return date_of_name(job)


LAYOUTS = (
    Layout(
        "parquet",
        "producteur non dit",
        "table au format Parquet",
        tuple(TABLES),
        _recognise,
        _read,
    ),
)
