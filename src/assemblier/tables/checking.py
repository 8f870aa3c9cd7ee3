"""Whether a table agrees with its specification, and every way it does not."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assemblier.errors import DataError, Problem
from assemblier.tables.specification import ColumnSpec, Kind, TableSpec

if TYPE_CHECKING:
    import polars as pl

SHOWN = 5
"""How many examples of one problem a message gives."""


def polars_type(kind: Kind) -> "type[pl.DataType]":
    """Return the polars type of a kind of column."""
    import polars as pl

    return {
        Kind.TEXT: pl.String,
        Kind.INTEGER: pl.Int64,
        Kind.NUMBER: pl.Float64,
        Kind.DATE: pl.Date,
    }[kind]


def conform(table: "pl.DataFrame", spec: TableSpec) -> "pl.DataFrame":
    """Return the columns of a specification, in its order and types; an absent one is unknown.

    A column the specification does not have is dropped; a value that does not fit its type
    raises polars' InvalidOperationError: convert texts first.

    Examples
    --------
    >>> import polars as pl
    >>> from assemblier.tables import table_spec
    >>> conform(pl.DataFrame({"code_commune": ["43157"]}), table_spec("appartenance")).width
    11
    """
    import polars as pl

    absent = [
        pl.lit(None, polars_type(column.kind)).alias(column.name)
        for column in spec.columns
        if column.name not in table.columns
    ]
    return table.with_columns(absent).select(
        pl.col(column.name).cast(polars_type(column.kind)) for column in spec.columns
    )


def require(table: "pl.DataFrame", spec: TableSpec, where: str) -> "pl.DataFrame":
    """Return the table where it agrees with its specification.

    Raises
    ------
    DataError
        With every problem found, when it does not.
    """
    problems = check(table, spec, where)
    if problems:
        raise DataError(problems)
    return table


def check(table: "pl.DataFrame", spec: TableSpec, where: str) -> Sequence[Problem]:
    """Return every way a table breaks its specification; empty when it agrees.

    Parameters
    ----------
    table
        A polars frame.
    spec
        What it should be.
    where
        The place to name in each problem: a file, a sheet.

    Always true
    -----------
    A table that `conform` returns has no problem of columns nor of types.
    The order of rows changes nothing to whether there is a problem.

    Examples
    --------
    >>> import polars as pl
    >>> from assemblier.tables import table_spec
    >>> bad = pl.DataFrame({"siren_epci": ["1"], "millesime": [2024], "nom": [None]})
    >>> spec = table_spec("epci")
    >>> [problem.expected for problem in check(conform(bad, spec), spec, "x")][0]
    'une valeur à chaque ligne'
    """
    problems = list(_column_problems(table, spec, where))
    present = [c for c in spec.columns if c.name in table.columns]
    sound = [c for c in present if table.schema[c.name] == polars_type(c.kind)]
    for column in sound:
        problems += _null_problems(table, column, where)
    for column in sound:
        problems += _value_problems(table, column, where)
    if spec.key and all(name in table.columns for name in spec.key):
        problems += _key_problems(table, spec, where)
    return problems


def _column_problems(table: "pl.DataFrame", spec: TableSpec, where: str) -> Iterator[Problem]:
    """Say which columns are absent, unexpected or of another type."""
    names = spec.names()
    for name in (name for name in names if name not in table.columns):
        meaning = spec.column(name).meaning
        yield Problem(where, f"pas de colonne « {name} »", meaning, "ajouter cette colonne")
    for name in (name for name in table.columns if name not in names):
        expected = ", ".join(names)
        yield Problem(where, f"colonne « {name} » inattendue", expected, "retirer cette colonne")
    for column in spec.columns:
        if column.name in table.columns:
            found = table.schema[column.name]
            if found != polars_type(column.kind):
                yield Problem(
                    f"{where}, colonne {column.name}",
                    f"des valeurs de type {found}",
                    f"un {column.kind.value}",
                    "convertir la colonne",
                )


def _null_problems(table: "pl.DataFrame", column: ColumnSpec, where: str) -> Iterator[Problem]:
    """Say how many values are unknown where they must be known."""
    count = table[column.name].null_count()
    if count and not column.nullable:
        yield Problem(
            f"{where}, colonne {column.name}",
            f"{count} valeurs vides" if count > 1 else "1 valeur vide",
            "une valeur à chaque ligne",
            f"compléter : {column.meaning}",
        )


def _value_problems(table: "pl.DataFrame", column: ColumnSpec, where: str) -> Iterator[Problem]:
    """Say which values pass the bounds, the pattern or the list of a column."""
    for wrong, expected in _wrong_values(table, column):
        if wrong.len():
            values = wrong.unique(maintain_order=True)
            shown = ", ".join(str(value) for value in values.head(SHOWN).to_list())
            more = f"… ({values.len()} valeurs)" if values.len() > SHOWN else ""
            yield Problem(
                f"{where}, colonne {column.name}",
                f"{shown}{more}",
                expected,
                f"corriger : {column.meaning}",
            )


def _wrong_values(table: "pl.DataFrame", column: ColumnSpec) -> Iterator[tuple["pl.Series", str]]:
    """Return, for each rule of a column, the values that break it and the rule in French."""
    import polars as pl

    values = table[column.name].drop_nulls()
    if column.kind is Kind.NUMBER:
        yield values.filter(~values.is_finite()), "un nombre fini"
    if column.low is not None:
        yield values.filter(values < column.low), f"au moins {column.low:g}"
    if column.high is not None:
        yield values.filter(values > column.high), f"au plus {column.high:g}"
    if column.pattern:
        fits = values.str.contains(f"^(?:{column.pattern})$")
        yield values.filter(~fits), f"un texte de la forme {column.pattern}"
    if column.values:
        fits = values.is_in(pl.Series(column.values, dtype=pl.String).implode())
        yield values.filter(~fits), "l'un de : " + ", ".join(column.values)
    elif column.kind is Kind.TEXT:
        yield values.filter(values.str.strip_chars() == ""), "un texte, ou rien"


def may_repeat(table: "pl.DataFrame", key: Sequence[str]) -> bool:
    """Return whether two rows may share a key: a quick answer, sure only when it is no.

    It holds 16 bytes a row at most, where an exact answer holds the keys of a whole table.

    Parameters
    ----------
    table
        A polars frame.
    key
        Its columns.

    Always true
    -----------
    Where it says no, no two rows have the same key.

    Examples
    --------
    >>> import polars as pl
    >>> may_repeat(pl.DataFrame({"a": [1, 1], "b": [1, 2]}), ["a", "b"])
    False
    """
    import polars as pl

    hashes = table.select(pl.struct(*key).hash().alias("hash"))["hash"].sort()
    return bool((hashes == hashes.shift(1)).any())


def _key_problems(table: "pl.DataFrame", spec: TableSpec, where: str) -> Iterator[Problem]:
    """Say which rows have the key of another row."""
    import polars as pl

    if not may_repeat(table, spec.key):
        return
    doubled = (
        table.group_by(spec.key, maintain_order=True).len().filter(pl.col("len") > 1).drop("len")
    )
    if doubled.height:
        shown = " ; ".join(
            ", ".join(str(value) for value in row) for row in doubled.head(SHOWN).rows()
        )
        more = "…" if doubled.height > SHOWN else ""
        yield Problem(
            f"{where}, colonnes {', '.join(spec.key)}",
            f"en double : {shown}{more}",
            "une seule ligne par " + ", ".join(spec.key),
            "retirer les lignes en double",
        )
