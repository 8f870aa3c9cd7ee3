"""Numbers as producers write them; missing, secret and zero stay three answers."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblier.sources.report import Ledger
from assemblier.sources.values import (
    CONNU,
    LIGNE,
    NON_DISPONIBLE,
    SECRET,
    melt,
    number,
    read_numbers,
    reject,
    statut,
    without_doubles,
)


def one(text: str | None) -> tuple[float | None, str | None]:
    frame = pl.DataFrame({"x": [text]}, schema={"x": pl.String})
    row = frame.select(number(pl.col("x")).alias("n"), statut(pl.col("x")).alias("s")).row(0)
    return row[0], row[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("3,62", 3.62),
        ("3.62", 3.62),
        (" 12 ", 12.0),
        ("6\u202f490", 6490.0),
        ("41\u00a0248", 41248.0),
        ("1 234 567,5", 1234567.5),
        ("-14,5", -14.5),
        (",5", 0.5),
        ("1E+05", 100000.0),
    ],
)
def test_a_number_is_read_as_its_producer_wrote_it(text: str, value: float) -> None:
    assert one(text) == (value, CONNU)


@pytest.mark.parametrize("text", ["s", "N/A - secret statistique", "secret", "Secret statistique"])
def test_a_secret_is_neither_missing_nor_zero(text: str) -> None:
    assert one(text) == (None, SECRET)


@pytest.mark.parametrize(
    "text",
    [None, "", "  ", "N/A - résultat non disponible", "nd", "NC", "-", "N/A - division par 0"],
)
def test_a_missing_value_is_neither_secret_nor_zero(text: str | None) -> None:
    assert one(text) == (None, NON_DISPONIBLE)


@pytest.mark.parametrize(
    "text", ["douze", "12 34", "1,2,3", "12%", "inf", "1e999", "0x10", "=A1+1"]
)
def test_what_cannot_be_read_is_said_unreadable(text: str) -> None:
    assert one(text) == (None, None)


@given(st.text())
def test_known_exactly_where_there_is_a_finite_number(text: str) -> None:
    value, state = one(text)
    assert (state == CONNU) == (value is not None)
    assert value is None or math.isfinite(value)


@given(st.lists(st.text(max_size=6), max_size=12))
def test_every_row_is_kept_or_in_the_ledger(texts: list[str]) -> None:
    ledger = Ledger()
    frame = pl.DataFrame(
        {LIGNE: range(len(texts)), "x": texts}, schema={LIGNE: pl.Int64, "x": pl.String}
    )
    ledger.read(frame.height)
    kept = read_numbers(frame, ["x"], ledger, high=100, whole=True)
    ledger.report(kept.height)  # cannot be built when a row is lost
    assert kept["x"].drop_nulls().is_between(0, 100).all()


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("12")), max_size=12))
def test_no_two_rows_keep_the_same_key_and_none_is_lost(rows: list[tuple[str, str]]) -> None:
    ledger = Ledger()
    frame = pl.DataFrame(
        [(line, *row) for line, row in enumerate(rows)],
        schema={LIGNE: pl.Int64, "k": pl.String, "v": pl.String},
        orient="row",
    )
    ledger.read(frame.height)
    kept = without_doubles(frame, ["k"], ledger)
    ledger.report(kept.height)
    assert not kept["k"].is_duplicated().any()
    for key in set(frame["k"].to_list()):
        values = {value for k, value in rows if k == key}
        assert (key in kept["k"].to_list()) == (len(values) == 1)


def test_a_rejection_says_the_line_and_what_stood_there() -> None:
    ledger = Ledger()
    ledger.read(2)
    frame = pl.DataFrame({LIGNE: [4, 5], "x": ["a", "b"]})
    kept = reject(frame, pl.col("x") == "b", "lettre interdite", ledger, pl.col("x"))
    rejection = ledger.report(kept.height).rejected[0]
    assert (rejection.lines, rejection.found) == ((5,), ("b",))


def test_melting_keeps_secrets_as_rows() -> None:
    ledger = Ledger()
    frame = pl.DataFrame({LIGNE: [2], "code": ["43157"], "a": ["1,5"], "b": [""]})
    long = melt(frame, ["code"], {"a": "Indicateur A", "b": "Indicateur B"}, ledger, SECRET)
    assert long.rows() == [
        ("43157", "Indicateur A", 1.5, CONNU),
        ("43157", "Indicateur B", None, SECRET),
    ]
