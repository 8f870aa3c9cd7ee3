"""What a table is: its columns, their kinds, units and bounds, and the key of its rows."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "texte"
    INTEGER = "entier"
    NUMBER = "nombre"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: name, kind, unit and bounds.

    Attributes
    ----------
    name
        As in the glossary (`code_commune`, `apl`, `effectif`).
    kind
        See `Kind`.
    meaning
        In French, for the documentation and the messages.
    unit
        In French, or empty.
    nullable
        Whether the value may be unknown (null); unknown is never zero.
    low, high
        Bounds a value cannot pass, or None.
    pattern
        A regular expression the whole text must match, or empty.
    values
        The only texts allowed, or empty.
    additive
        Whether the value of two communes together is the sum of theirs.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    nullable: bool = False
    low: float | None = None
    high: float | None = None
    pattern: str = ""
    values: tuple[str, ...] = ()
    additive: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its name, its columns and the columns whose values identify a row.

    An empty key means that rows are counts that may repeat.
    """

    name: str
    meaning: str
    columns: tuple[ColumnSpec, ...]
    key: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> ColumnSpec:
        """Return one column; raises LookupError where it has no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        raise LookupError(f"la table « {self.name} » n'a pas de colonne « {name} »")
