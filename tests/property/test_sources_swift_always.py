"""What is always true of a large text read in one go, and of a city given to its parts."""

import tempfile
from pathlib import Path
from unittest import mock

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assemblier.sources import annuaire_sante, reading, swift
from assemblier.sources.codes import WHOLE_CITIES, spread_cities
from assemblier.sources.layout import Context
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE, number, read_numbers, statut

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
HEADER = "qui|a|b|c|"
COLUMNS = {"qui": "qui", "a": "a", "c": "c"}
CELLS = st.sampled_from(
    ("", "x", "é", "12345678", "123456789", "deux fois huit..", "une rue\tlongue, 3 bis", "x" * 70)
)
LINES = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=60)
needs_numba = pytest.mark.skipif(not swift.is_available(), reason="numba n'est pas installé")


@needs_numba
@SOME
@given(LINES, st.sampled_from(("\n", "")), st.sampled_from((40, 97, 1000)))
def test_folded_rows_are_those_that_batches_yields_in_the_same_order(
    lines: list[tuple[str, ...]], end: str, piece: int
) -> None:
    """The rows are those that `reading.batches` yields, in the same order."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.txt")
        content = "\n".join([HEADER, *("|".join(line) + "|" for line in lines)]) + end
        path.write_text(content, encoding="utf-8")
        sample = reading.sample(path)
        careful = Ledger()
        wanted = pl.concat(reading.batches(path, sample, careful, 0, COLUMNS, quotes=False))
        ledger = Ledger()
        with mock.patch.multiple(swift, WORTHWHILE=0, PIECE=piece):
            got = swift.folded(path, sample, ledger, 0, COLUMNS, "qui")
        different = got.different.with_columns(pl.col(pl.Categorical).cast(pl.String))
        rows = got.rows.join(different, on=swift.KEY, how="left", maintain_order="left")
        assert rows.select("a", "c", LIGNE).equals(wanted.select("a", "c", LIGNE))
        numbers = dict(zip(wanted["qui"], rows["qui"], strict=True))
        assert len(set(numbers.values())) == len(numbers)
        assert [numbers[one] for one in wanted["qui"]] == rows["qui"].to_list()
        assert rows["qui"].is_null().to_list() == wanted["qui"].is_null().to_list()
        assert got.different[swift.KEY].is_unique().all()
        assert ledger.rows_read == careful.rows_read


PRACTICES = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), min_size=1, max_size=80)
PLACES = st.lists(
    st.tuples(
        st.sampled_from(("43157", "43001", None)),
        st.sampled_from(("10", "60")),
        st.sampled_from((0, 1, 2)),
    ),
    min_size=6,
    max_size=6,
)


@needs_numba
@SOME
@given(PRACTICES, PLACES)
def test_the_compiled_tally_is_that_of_polars(
    rows: list[tuple[int, int]], places: list[tuple[str | None, str, int]]
) -> None:
    """Each person is counted once at each place, by its best line, and shared in the same way."""
    numbered = pl.DataFrame(rows, schema={"personne": pl.UInt64, "renvoi": pl.UInt32}, orient="row")
    told = pl.DataFrame(places, schema=["code_commune", "metier", "rang"], orient="row").select(
        pl.col("code_commune", "metier").cast(pl.Categorical),
        pl.col("rang").cast(pl.UInt8),
        pl.lit("1 rue", pl.Categorical).alias("site"),
        pl.lit("liberal", pl.Enum(["liberal"])).alias("mode_exercice"),
        pl.col("metier").cast(pl.Enum(["10", "60"])).alias("profession"),
    )
    practices = annuaire_sante.Practices(numbered.with_row_index(LIGNE), told)
    held, parts = annuaire_sante.plain_tally(practices)
    compiled_held, compiled_parts = annuaire_sante.compiled_tally(practices)
    assert compiled_held.tolist() == held.tolist()
    assert compiled_parts.tolist() == pytest.approx(parts.tolist())
    pairs = {(one, told["metier"][ref]) for one, ref in rows}
    assert compiled_parts.sum() == pytest.approx(len(pairs))


@SOME
@given(
    st.lists(st.sampled_from(("75056", "69123", "75101", "69381", "43157", "99999")), max_size=8),
    st.booleans(),
)
def test_spread_cities_keeps_the_line_of_every_row(codes: list[str], whole: bool) -> None:
    """Every row of the frame has its line in the rows returned.

    Unless each arrondissement of its city has its own row.
    """
    known = {code for parts in WHOLE_CITIES.values() for code in parts} | {"43157"}
    context = Context(frozenset(known if whole else known - {"75101"}))
    frame = pl.DataFrame(
        {"code_commune": codes, LIGNE: range(len(codes))},
        schema={"code_commune": pl.String, LIGNE: pl.Int64},
    )
    got = spread_cities(frame, context, Ledger())
    assert set(got[LIGNE]) == set(frame[LIGNE])
    assert got.filter(pl.col("code_commune").is_in(list(WHOLE_CITIES))).height == 0
    parts = got.filter(~pl.col(LIGNE).is_in(frame.filter(pl.col("code_commune") == "43157")[LIGNE]))
    own = [code for code in codes if code in known]
    city_rows = [code for code in codes if code in WHOLE_CITIES]
    spread = parts.height - sum(code not in WHOLE_CITIES and code != "43157" for code in codes)
    assert spread == sum(
        len([one for one in WHOLE_CITIES[city] if one in context.communes and one not in own])
        for city in city_rows
    )


WRITTEN = st.lists(
    st.sampled_from(("1", "-2", "+3.5", "1e3", ".5", "5.", "1 234", "1,5", "s", "N/A", "abc", ""))
    | st.none()
    | st.text(max_size=6),
    max_size=12,
)


@SOME
@given(st.lists(st.sampled_from(("1", "+3.5", "1e3", ".5", "5.", "0")), max_size=12) | WRITTEN)
def test_read_numbers_gives_what_number_gives(texts: list[str | None]) -> None:
    """A column of bare numbers takes a shorter way, to the same values."""
    frame = pl.DataFrame(
        {"n": texts, LIGNE: range(len(texts))}, schema={"n": pl.String, LIGNE: pl.Int64}
    )
    ledger = Ledger()
    got = read_numbers(frame, ["n"], ledger, low=None)
    wanted = frame.filter(statut(pl.col("n")).is_not_null()).select(number(pl.col("n")), LIGNE)
    assert got.equals(wanted)
    assert got.height + ledger.rejected_count == frame.height
