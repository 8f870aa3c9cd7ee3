"""What is always true of the order, the numbers and the shortening of what is printed."""

import datetime as dt
import io
import re
import tempfile
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.errors import OutputError
from assemblier.figures import Figure, unavailable
from assemblier.reports import writing
from assemblier.reports.document import (
    Block,
    Chart,
    ChartKind,
    Document,
    Gauge,
    Map,
    Part,
    Section,
    Table,
)
from assemblier.reports.gauges import gauge_svg
from assemblier.reports.layout import Layout, lay_out
from assemblier.reports.metadata import source_lines
from assemblier.reports.numbering import number_document
from assemblier.reports.packing import steady_archive
from assemblier.reports.shown import shown_table
from assemblier.reports.writing import write_file
from tests.strategies import tables

MOMENT = dt.datetime(2023, 3, 9, tzinfo=dt.UTC)


@st.composite
def illustrated(draw: st.DrawFn) -> Document:
    """A document whose tables stand by themselves, beside pictures, or both, anywhere."""
    count = draw(st.integers(1, 3))
    known = [draw(tables(f"t_{place}")) for place in range(count)]
    charts = [
        Chart(f"c_{place}", "Titre", ChartKind.BARS, draw(st.sampled_from(known)), "Phrase.")
        for place in range(draw(st.integers(0, 3)))
    ]
    blocks: list[Block] = draw(st.lists(st.sampled_from([*known, *charts]), max_size=8))
    first = draw(st.integers(0, len(blocks)))
    second = draw(st.integers(first, len(blocks)))
    sections = (
        Section("s1", "Un", tuple(blocks[first:second])),
        Section("s2", "Deux", tuple(blocks[second:])),
    )
    parts = (Part("p", "Partie", sections),)
    return Document("d", "Titre", "", "9 mars 2023", tuple(blocks[:first]), parts)


def printed(layout: Layout) -> list[str]:
    placed = [*layout.summary]
    placed += [one for part in layout.parts for section in part.sections for one in section.blocks]
    blocks = [one.block for one in placed if one.prints_table]
    owned = [one.table if isinstance(one, Chart | Map) else one for one in blocks]
    return [table.key for table in owned if isinstance(table, Table)]


@settings(max_examples=40, deadline=None)
@given(illustrated())
def test_lay_out_prints_every_table_exactly_once(document: Document) -> None:
    assert sorted(printed(lay_out(document))) == sorted(t.key for t in document.tables())


@settings(max_examples=40, deadline=None)
@given(illustrated())
def test_number_document_numbers_everything_once_from_one(document: Document) -> None:
    numbering = number_document(document)
    pictures = {block.key for block in document.blocks() if isinstance(block, Chart | Map)}
    assert set(numbering.pictures) == pictures
    assert set(numbering.tables) == {table.key for table in document.tables()}
    assert set(numbering.sources) == {source.key for source in document.sources()}
    for numbers in (numbering.pictures, numbering.tables):
        assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    assert set(numbering.sources.values()) <= set(range(1, len(document.sources()) + 1))


@settings(max_examples=40, deadline=None)
@given(illustrated())
def test_source_lines_follow_the_sources(document: Document) -> None:
    lines = source_lines(document)
    assert len(lines) == len(document.sources())
    for line, source in zip(lines, document.sources(), strict=True):
        for part in (source.producer, source.title, source.page):
            assert letters(part) in letters(line.what)
        assert letters(source.vintage) in letters(line.when)


def letters(text: str) -> str:
    """Return a text without its spaces, which typography sets."""
    return re.sub(r"\s", "", text)


@settings(max_examples=40, deadline=None)
@given(tables("t"), st.integers(0, 6))
def test_shown_table_shows_the_first_rows_and_says_what_it_leaves_out(
    table: Table, most_rows: int
) -> None:
    document = Document("d", "Titre", "", "9 mars 2023", (table,), ())
    numbering = number_document(document)
    whole = shown_table(table, numbering)
    shown = shown_table(table, numbering, most_rows)
    assert len(whole.rows) == len(table.rows)
    assert shown.rows == whole.rows[: most_rows or None]
    assert (str(len(table.rows)) in shown.shortened) == (len(shown.rows) < len(table.rows))


VALUES = st.floats(-50, 50)


@settings(deadline=None)
@given(st.none() | VALUES, st.lists(st.none() | VALUES, max_size=4))
def test_gauge_svg_marks_only_what_is_known(
    value: float | None, others: list[float | None]
) -> None:
    def figure(found: float | None) -> Figure:
        return unavailable("densité", "un fichier") if found is None else Figure("densité", found)

    companions = tuple((f"Lieu {place}", figure(found)) for place, found in enumerate(others))
    drawn = gauge_svg("g", Gauge("Jauge", figure(value), 0, 20, None, "Phrase.", companions))
    known = [found for found in others if found is not None]
    assert drawn.count("<circle") == len(known)
    assert len(re.findall(r"<path[^>]*z\"", drawn)) == (value is not None)


NAMES = st.text("abcdefgh", min_size=1, max_size=8).map(lambda name: f"{name}.xml")


@given(
    st.dictionaries(NAMES, st.binary(max_size=200), max_size=6),
    st.tuples(st.integers(1980, 2090), st.integers(1, 12), st.integers(1, 28)),
)
def test_steady_archive_keeps_files_and_forgets_when(
    files: dict[str, bytes], day: tuple[int, int, int]
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (*day, 12, 0, 0)), content)
    steady = steady_archive(made.getvalue(), MOMENT)
    with zipfile.ZipFile(io.BytesIO(steady)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == list(files)
        assert len({entry.date_time for entry in archive.infolist()}) <= 1
    assert steady_archive(steady, MOMENT) == steady


@settings(max_examples=30, deadline=None)
@given(st.none() | st.binary(max_size=50), st.binary(max_size=50), st.booleans())
def test_write_file_writes_all_or_nothing(
    former: bytes | None, content: bytes, is_failing: bool
) -> None:
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "resultat.pdf"
        if former is not None:
            path.write_bytes(former)
        if is_failing:
            full = OSError(28, "No space left on device")
            with (
                mock.patch.object(writing.os, "fsync", side_effect=full),
                pytest.raises(OutputError),
            ):
                write_file(path, content)
        else:
            write_file(path, content)
        expected = former if is_failing else content
        left = {found.name: found.read_bytes() for found in Path(home).iterdir()}
        assert left == ({} if expected is None else {"resultat.pdf": expected})
