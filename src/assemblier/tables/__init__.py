"""The tables that cross layers: which columns, which types, which units, which keys.

A table is a polars frame that agrees with a `TableSpec`. `check` tells every way it does not.
`TABLES` is the catalogue. Unknown is null and never zero; where a producer hides a value, the
column `statut` says so (`STATUTS`). Importing this package does not import polars.
"""

from assemblier.tables.catalogue import (
    NIVEAUX,
    PATTERN_COMMUNE,
    PROFESSIONS,
    STATUTS,
    TABLES,
    ZONES,
    table_spec,
)
from assemblier.tables.checking import check, conform, may_repeat, polars_type, require
from assemblier.tables.specification import ColumnSpec, Kind, TableSpec

__all__ = [
    "NIVEAUX",
    "PATTERN_COMMUNE",
    "PROFESSIONS",
    "STATUTS",
    "TABLES",
    "ZONES",
    "ColumnSpec",
    "Kind",
    "TableSpec",
    "check",
    "conform",
    "may_repeat",
    "polars_type",
    "require",
    "table_spec",
]
