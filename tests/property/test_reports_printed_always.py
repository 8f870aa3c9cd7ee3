"""What is always true of what is printed or edited: no row is lost, texts stay texts."""

import datetime as dt
import io
import json
import re
import string
from typing import Any

import docx as python_docx
import pptx as python_pptx
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assemblier import territory
from assemblier.figures import Figure, Nature
from assemblier.reports import docx, geo, pdf, pptx
from assemblier.reports.columns import column_characters
from assemblier.reports.document import Align, Column, Document, Part, Section, Table
from assemblier.reports.layout import printed_tables
from assemblier.reports.marks import marks, ratio_text
from assemblier.reports.metadata import document_moment, figure_table, source_table
from assemblier.reports.numbering import number_document
from assemblier.reports.packing import xml_text
from assemblier.reports.panorama import panorama
from assemblier.reports.shown import shown_table
from assemblier.reports.slides import Box, table_setting
from assemblier.reports.typography import figure_text
from tests.documents import apl_map
from tests.strategies import KNOWN, UNKNOWN, documents

FEW = settings(max_examples=12, deadline=None)
SLIDE_ROWS = 12


def words(text: str) -> list[str]:
    return xml_text(text).split()


def same(found: list[list[str]], expected: list[tuple[str, ...]]) -> None:
    """Compare texts but for the kinds of spaces and of line ends, which offices normalise."""
    assert [[words(cell) for cell in row] for row in found] == [
        [words(cell) for cell in row] for row in expected
    ]


@FEW
@given(documents())
def test_render_docx_keeps_every_row_shown(document: Document) -> None:
    word = python_docx.Document(io.BytesIO(docx.render(document)))
    numbering = number_document(document)
    expected = [shown_table(table, numbering) for table in printed_tables(document)]
    for table, shown in zip(word.tables, expected, strict=False):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        same(rows, [shown.headers, *shown.rows])
    assert len(word.tables) == len(expected) + bool(document.sources())


@FEW
@given(documents())
def test_render_pptx_keeps_the_first_rows(document: Document) -> None:
    slides = python_pptx.Presentation(io.BytesIO(pptx.render(document))).slides
    found: list[Any] = [s.table for slide in slides for s in slide.shapes if s.has_table]
    numbering = number_document(document)
    tables = printed_tables(document)
    assert len(found) == len(tables)
    for table, expected in zip(found, tables, strict=True):
        shown = shown_table(expected, numbering, SLIDE_ROWS)
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        box = Box(0, 0, 12, 4.6)
        kept = table_setting(shown.headers, shown.rows, shown.numbers, box).rows
        assert len(rows) >= min(len(shown.rows), 1) + 1
        assert kept >= min(len(shown.rows), 1)
        same(rows, [shown.headers, *shown.rows[: len(rows) - 1]])


@FEW
@given(documents())
def test_render_does_not_vary_and_is_tagged(document: Document) -> None:
    printed = pdf.render(document)
    assert printed == pdf.render(document)
    assert b"pdfuaid" in printed
    assert docx.render(document) == docx.render(document)
    assert pptx.render(document) == pptx.render(document)


NAMES = st.text(string.ascii_lowercase, min_size=3, max_size=9)
PLAIN_ROWS = st.lists(st.tuples(NAMES, st.integers(0, 10**9)), min_size=1, max_size=60)


@FEW
@given(PLAIN_ROWS)
def test_render_pdf_keeps_every_row(rows: list[tuple[str, int]]) -> None:
    columns = (Column("nom", "Nom"), Column("n", "Nombre", Align.NUMBER))
    table = Table("t", "Un tableau", columns, tuple(rows), Nature.CALCULE)
    section = Section("s", "Une section", (table,))
    document = Document("d", "Titre", "", "9 mars 2023", (), (Part("p", "Partie", (section,)),))
    reader = PdfReader(io.BytesIO(pdf.render(document)))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    for name, value in rows:
        assert f"{name}{value}" in text


@given(st.lists(KNOWN | UNKNOWN, max_size=6))
def test_marks_tell_the_nature_and_the_sources_of_each_figure(figures: list[Any]) -> None:
    row = tuple(figures)
    columns = tuple(Column(f"c{place}", "C") for place in range(len(row)))
    table = Table("t", "T", columns, (row,))
    numbering = number_document(Document("d", "T", "", "", (table,), ()))
    found = marks(figures, numbering)
    for figure in figures:
        references = numbering.references(figure.provenance)
        assert any(mark.nature is figure.nature and mark.references == references for mark in found)


@given(documents())
def test_source_table_and_figure_table_hold_everything_in_order(document: Document) -> None:
    sources, figures = source_table(document), figure_table(document)
    assert [row[-1] for row in sources.rows] == [source.key for source in document.sources()]
    assert [row[3] for row in figures.rows] == list(document.figures())


@given(st.dates(dt.date(1980, 1, 1), dt.date(2100, 1, 1)))
def test_document_moment_is_the_day_written(day: dt.date) -> None:
    from assemblier.french import date_text

    document = Document("d", "T", "", date_text(day), (), ())
    assert document_moment(document).date() == day


CELL_TEXTS = st.text(string.ascii_letters + "   ", max_size=60)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.tuples(
            st.lists(CELL_TEXTS, min_size=n, max_size=n),
            st.lists(st.lists(CELL_TEXTS, min_size=n, max_size=n), max_size=5),
            st.lists(st.booleans(), min_size=n, max_size=n),
        )
    ),
    st.floats(10, 200),
)
def test_column_characters_hold_in_the_room_and_cut_no_number(
    table: tuple[list[str], list[list[str]], list[bool]], room: float
) -> None:
    headers, rows, numbers = table
    widths = column_characters(headers, rows, numbers, room)
    narrowest = column_characters(headers, rows, numbers, 0)
    assert len(widths) == len(headers)
    assert sum(widths) <= max(room, sum(narrowest)) + 1e-6
    assert all(w >= n - 1e-9 for w, n in zip(widths, narrowest, strict=True))
    for place, is_number in enumerate(numbers):
        words_of = [word for row in rows for word in row[place].split(" ")]
        if is_number and words_of:
            assert widths[place] >= max(map(len, words_of))


MAP = apl_map()


@settings(max_examples=10, deadline=None)
@given(st.sets(st.sampled_from(sorted(MAP.class_of)), max_size=20))
def test_render_geo_writes_each_commune_once(codes: set[str]) -> None:
    from dataclasses import replace

    drawn = replace(MAP, class_of={code: MAP.class_of[code] for code in sorted(codes)})
    document = Document("d", "T", "", "", (drawn,), ())
    (content,) = geo.render(document).values()
    features = json.loads(content)["features"]
    assert [one["properties"]["code_commune"] for one in features] == sorted(codes)
    assert all(one["geometry"] is not None for one in features)


EQUATION = re.compile(r"(−?[\d ]+(?:,\d+)?) ?(.*?) = (−?[\d ]+(?:,\d+)?).* ÷ (−?[\d ]+(?:,\d+)?)")
SCALE = re.compile(r"(%)|pour ([\d ]*\d)")


def read_number(text: str) -> float:
    return float(text.replace(" ", "").replace(",", ".").replace("−", "-"))


def test_every_printed_equation_of_haute_loire_recomputes() -> None:
    document = panorama(territory.parse("departement:43"), dt.date(2026, 11, 22))
    equations = 0
    for figure in document.figures():
        if figure.numerator is None or figure.denominator is None:
            continue
        terms = (figure_text(figure.numerator), figure_text(figure.denominator))
        text = re.sub("[\u00a0\u202f]", " ", ratio_text(figure, terms))
        found = EQUATION.fullmatch(text) or EQUATION.match(text)
        if found is None:
            assert "=" not in text
            continue
        equations += 1
        value, over, under = (read_number(found[place]) for place in (1, 3, 4))
        decimals = len(found[1].partition(",")[2])
        unit = SCALE.match(found[2].strip())
        scale = 1.0 if unit is None else 100.0 if unit[1] else read_number(unit[2])
        assert abs(over / under * scale - value) <= 0.5 * 10**-decimals + 1e-9, text
    assert equations > 50


def test_terms_that_do_not_give_the_figure_are_no_equation() -> None:
    now, before = Figure("en 2022", 194.0), Figure("en 2021", 187.0)
    change = Figure("évolution", 3.7, "%", decimals=1, numerator=now, denominator=before)
    assert ratio_text(change, ("194", "187")) == "3,7\u202f% : 194 et 187"
    share = Figure("part", 103.7, "%", decimals=1, numerator=now, denominator=before)
    assert ratio_text(share, ("194", "187")) == "103,7\u202f% = 194 ÷ 187"
