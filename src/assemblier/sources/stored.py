"""What other layers read of the store: tables in force, newest first, only the rows they ask for.

Without a store nothing is read, and nothing heavy is imported. What was read is kept until the
store changes: lots are never modified in place, so their names say whether it did.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assemblier.errors import DataError, Problem
from assemblier.figures import Source

if TYPE_CHECKING:
    import polars as pl

Signature = tuple[str, ...]
"""Where the store is, then the names of its lots."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One table of one source and vintage, in the store; its rows are read when asked for.

    Attributes
    ----------
    table
        A key of `assemblier.tables.TABLES`.
    source, vintage
        As imported; the source is the one to cite.
    path
        Its file.
    """

    table: str
    source: Source
    vintage: str
    path: Path

    @property
    def year(self) -> int:
        """The last year its vintage names; 0 when it names none."""
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", self.vintage)
        return max((int(year) for year in years), default=0)

    def rows(self, column: str = "", among: Sequence[str] = ()) -> "pl.DataFrame":
        """Return its rows, or those whose column is one of some values.

        Parameters
        ----------
        column
            A column of texts; empty for every row.
        among
            The values wanted.

        Raises
        ------
        DataError
            When the file was damaged after the import.

        Always true
        -----------
        Every row of the table whose column is among the values is returned, and no other.
        """
        return _rows(self.path, column, tuple(among))


def stored(table: str) -> tuple[Stored, ...]:
    """Return the tables of a name that are in the store, the newest first.

    Parameters
    ----------
    table
        A key of `assemblier.tables.TABLES`.

    Always true
    -----------
    Without a store there is none, and no error.
    """
    signature = state()
    if len(signature) < 2:
        return ()
    return tuple(one for one in _all(signature) if one.table == table)


def newest(table: str) -> Stored | None:
    """Return the newest table of a name, or None when the store has none."""
    return next(iter(stored(table)), None)


def state() -> Signature:
    """Return what changes exactly when the store does: the key of whatever is kept in memory."""
    from assemblier.sources.store import default_folder

    folder = default_folder()
    try:
        lots = sorted(path.name for path in (folder / "lots").iterdir())
    except OSError:
        lots = []
    return (str(folder), *lots)


@lru_cache(maxsize=4)
def _all(signature: Signature) -> tuple[Stored, ...]:
    from assemblier.sources.store import Store

    entries = Store(Path(signature[0])).entries()
    found = [Stored(one.table, one.source, one.vintage, one.path) for one in entries]
    # Two imports of one year: the order of the keys, so that the answer never depends on chance.
    return tuple(sorted(found, key=lambda one: (-one.year, one.source.key)))


@lru_cache(maxsize=256)
def _rows(path: Path, column: str, among: tuple[str, ...]) -> "pl.DataFrame":
    import polars as pl

    try:
        # Not mapped in memory: another process may remove the file while it is used here.
        frame = pl.read_parquet(path, memory_map=False) if not column else None
        if frame is None:
            wanted = pl.Series(among, dtype=pl.String)
            frame = pl.scan_parquet(path).filter(pl.col(column).is_in(wanted.implode())).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError([_damaged(path)]) from error
    return frame


def _damaged(path: Path) -> Problem:
    return Problem(
        str(path),
        "fichier absent ou illisible",
        "la table telle qu'elle a été importée",
        "« assemblier sources verifier » dit ce qui est abîmé ; importer de nouveau le fichier",
    )
