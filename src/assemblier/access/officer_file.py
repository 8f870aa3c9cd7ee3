"""The workbook of `assemblier modele offre`, given straight to a computation."""

from collections.abc import Callable
from pathlib import Path

from assemblier.access.method import Method
from assemblier.access.stored_supply import corrected
from assemblier.access.supply import Supply

LAYOUT = "officier-offre"
"""Key of the layout of that workbook."""


def officer_supply(path: Path, method: Method, base: Callable[[], Supply]) -> Supply | None:
    """Return the supply of the official file corrected by a workbook, or None for another file.

    Parameters
    ----------
    path
        Any file.
    method
        Of the profession.
    base
        Gives the supply to correct.

    Raises
    ------
    DataError
        When the workbook cannot be used.
    """
    import polars as pl

    from assemblier.sources import reading, registry
    from assemblier.sources.codes import todays_context

    if path.suffix.lower() not in (".xlsx", ".ods") or not path.is_file():
        return None
    sample = reading.sample(path)
    layout = registry.recognise(sample)
    if layout is None or layout.key != LAYOUT:
        return None
    (table,) = layout.read(path, sample, todays_context()).tables
    rows = table.frame.filter(
        pl.col("profession") == method.profession, pl.col("effectif").is_not_null()
    )
    found = base()
    return corrected(found, rows, method, table.source) if rows.height else found
