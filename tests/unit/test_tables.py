"""A table agrees with its specification, or every way it does not is told."""

import datetime

import polars as pl
import pytest

from assemblier.errors import DataError
from assemblier.tables import (
    TABLES,
    ColumnSpec,
    Kind,
    TableSpec,
    check,
    conform,
    polars_type,
    require,
    table_spec,
)

SPEC = TableSpec(
    "essai",
    "table d'essai",
    (
        ColumnSpec("code", Kind.TEXT, "code", pattern=r"\d{2}"),
        ColumnSpec("genre", Kind.TEXT, "genre", nullable=True, values=("a", "b")),
        ColumnSpec("nombre", Kind.INTEGER, "nombre", low=0, high=10),
        ColumnSpec("part", Kind.NUMBER, "part", nullable=True, low=0, high=1),
        ColumnSpec("jour", Kind.DATE, "jour", nullable=True),
    ),
    ("code",),
)
GOOD = pl.DataFrame(
    {
        "code": ["01", "02"],
        "genre": ["a", None],
        "nombre": [0, 10],
        "part": [0.5, None],
        "jour": [datetime.date(2026, 1, 1), None],
    }
)


def found(frame: pl.DataFrame) -> list[str]:
    return [problem.found for problem in check(frame, SPEC, "essai")]


def test_good_table_has_no_problem() -> None:
    assert check(GOOD, SPEC, "essai") == []
    assert require(GOOD, SPEC, "essai") is GOOD


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("code", ["01", "1"], "1"),
        ("code", ["01", "01"], "en double : 01"),
        ("code", ["01", None], "1 valeur vide"),
        ("genre", ["a", "c"], "c"),
        ("nombre", [-1, 5], "-1"),
        ("nombre", [11, 5], "11"),
        ("nombre", [None, None], "2 valeurs vides"),
        ("part", [1.5, None], "1.5"),
        ("part", [float("nan"), None], "nan"),
        ("part", [float("inf"), None], "inf"),
    ],
)
def test_each_kind_of_problem_is_found(column: str, values: list[object], expected: str) -> None:
    dtype = polars_type(SPEC.column(column).kind)
    bad = GOOD.with_columns(pl.Series(column, values, dtype=dtype))
    assert any(expected in one for one in found(bad))


def test_missing_unexpected_and_mistyped_columns_are_found_at_once() -> None:
    bad = GOOD.drop("genre").with_columns(
        pl.col("nombre").cast(pl.String), pl.lit(1).alias("autre")
    )
    assert found(bad) == [
        "pas de colonne « genre »",
        "colonne « autre » inattendue",
        "des valeurs de type String",
    ]


def test_every_problem_says_where_what_and_what_to_do() -> None:
    bad = GOOD.with_columns(pl.lit("x").alias("code"), pl.lit(99, pl.Int64).alias("nombre"))
    problems = check(bad, SPEC, "fichier.csv")
    assert len(problems) == 3
    assert all(one.where.startswith("fichier.csv") and one.action for one in problems)


def test_a_message_shows_a_few_values_and_counts_the_others() -> None:
    many = pl.DataFrame({"code": [f"x{rank}" for rank in range(50)]})
    wide = conform(many.with_columns(pl.lit(1, pl.Int64).alias("nombre")), SPEC)
    said = next(one for one in found(wide) if one.startswith("x0"))
    assert said == "x0, x1, x2, x3, x4… (50 valeurs)"


def test_blank_text_is_not_a_value() -> None:
    spec = TableSpec("t", "t", (ColumnSpec("nom", Kind.TEXT, "nom"),), ())
    assert check(pl.DataFrame({"nom": ["  "]}), spec, "t")[0].expected == "un texte, ou rien"


def test_empty_key_lets_rows_repeat() -> None:
    spec = TableSpec("t", "t", (ColumnSpec("nom", Kind.TEXT, "nom"),), ())
    assert check(pl.DataFrame({"nom": ["a", "a"]}), spec, "t") == []


def test_require_raises_with_every_problem() -> None:
    with pytest.raises(DataError) as caught:
        require(GOOD.with_columns(pl.lit(99, pl.Int64).alias("nombre")).drop("part"), SPEC, "x")
    assert len(caught.value.problems) == 2


def test_conform_adds_orders_and_casts() -> None:
    frame = conform(pl.DataFrame({"nombre": [3], "code": ["01"], "autre": [1]}), SPEC)
    assert frame.columns == list(SPEC.names())
    assert frame.row(0) == ("01", None, 3, None, None)
    assert check(frame, SPEC, "x") == []


@pytest.mark.parametrize("spec", TABLES.values(), ids=TABLES)
def test_catalogue_is_sound(spec: TableSpec) -> None:
    names = spec.names()
    assert len(set(names)) == len(names)
    assert set(spec.key) <= set(names)
    assert all(column.meaning for column in spec.columns)
    assert table_spec(spec.name) is spec
    for column in spec.columns:
        assert not (column.additive and column.kind is Kind.TEXT)


def test_unknown_table_lists_the_known_ones() -> None:
    with pytest.raises(LookupError, match="apl_publiee"):
        table_spec("inexistante")
    with pytest.raises(LookupError, match="pas de colonne"):
        SPEC.column("inexistante")


def test_importing_the_tables_does_not_import_polars() -> None:
    import subprocess
    import sys

    code = "import sys, assemblier.tables; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
