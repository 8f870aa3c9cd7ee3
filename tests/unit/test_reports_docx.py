"""The Word file, read back with python-docx: styles, tables, pictures, fields, language."""

import dataclasses
import io
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn

from assemblier.french import french_spaces
from assemblier.reports.document import (
    Chart,
    Column,
    Document,
    Finding,
    Gauges,
    Items,
    Map,
    Paragraph,
    Part,
    Section,
    Table,
)
from assemblier.reports.docx import render, render_sheet
from assemblier.reports.layout import printed_tables
from assemblier.reports.numbering import number_document
from assemblier.reports.shown import shown_table
from tests.documents import sample_document


def read(content: bytes) -> Word:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def word() -> Word:
    return read(render(sample_document()))


def around(*blocks: Any) -> Document:
    part = Part("p", "Partie", (Section("s", "Section", blocks),))
    return Document("d", "Titre", "Sous-titre", "9 mars 2023", (), (part,))


def texts(word: Word, style: str) -> list[str]:
    found = (
        line for line in word.paragraphs if line.style is not None and line.style.name == style
    )
    return [line.text for line in found]


def test_titles_are_true_titles(word: Word, document: Document) -> None:
    assert texts(word, "Title") == [document.title]
    parts = [part.title for part in document.parts]
    sections = [french_spaces(one.title) for part in document.parts for one in part.sections]
    assert texts(word, "Heading 1") == ["L'essentiel", *parts, "Sources"]
    assert texts(word, "Heading 2") == sections


def test_the_contents_are_native_and_lead_to_each_title(word: Word, document: Document) -> None:
    body = word.element.body
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    assert any(code.startswith("TOC ") for code in codes)
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert links == marks
    assert len(links) == len(texts(word, "Heading 1")) + len(texts(word, "Heading 2"))


def test_every_table_holds_the_rows_shown(word: Word, document: Document) -> None:
    numbering = number_document(document)
    tables = [table for table in word.tables if table.style and table.style.name != "Normal Table"]
    expected = [shown_table(table, numbering) for table in printed_tables(document)]
    assert len(tables) == len(expected) + 1  # that of the sources
    for table, shown in zip(tables, expected, strict=False):
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert rows == [shown.headers, *shown.rows]


def test_headers_are_repeated_and_rows_are_not_cut(word: Word) -> None:
    for table in word.tables[1:]:
        first = table.rows[0]._tr.trPr
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_captions_are_counted_by_word_and_a_picture_only_once(
    word: Word, document: Document
) -> None:
    captions = texts(word, "Caption")
    numbering = number_document(document)
    for table in printed_tables(document):
        title = french_spaces(table.title)
        assert f"Tableau {numbering.table(table)} — {title}" in captions
    codes = [code.text.split() for code in word.element.body.iter(qn("w:instrText"))]
    pictures = {block.key for block in document.blocks() if isinstance(block, Chart | Map)}
    assert sum(code[:2] == ["SEQ", "Figure"] for code in codes) == len(pictures)
    assert sum(code[:2] == ["SEQ", "Tableau"] for code in codes) == len(document.tables())


def test_every_picture_is_there_and_described(word: Word, document: Document) -> None:
    pictures = [block for block in document.blocks() if isinstance(block, Chart | Map)]
    gauges = [block for block in document.blocks() if isinstance(block, Gauges)]
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(described) == len(pictures) + 2 * len(gauges)
    labels = [gauge.figure.label for one in gauges for gauge in (one.spatial, one.temporal)]
    for words in (*(one.summary for one in pictures), *labels):
        assert any(french_spaces(words) in text for text in described)


def test_findings_and_lists_have_their_styles(word: Word, document: Document) -> None:
    findings = [block for block in document.blocks() if isinstance(block, Finding)]
    said = texts(word, "Constat")
    assert all(french_spaces(finding.text) in said for finding in findings)
    lists = [block for block in document.blocks() if isinstance(block, Items)]
    assert texts(word, "List Bullet") == [
        french_spaces(item) for block in lists for item in block.items
    ]


def test_pages_are_a4_numbered_and_in_french(word: Word) -> None:
    page = word.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert round(page.left_margin.cm, 1) == 2.0
    codes = [code.text.strip() for code in page.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    assert word.core_properties.language == "fr-FR"


def test_the_file_carries_its_title_and_its_date(word: Word, document: Document) -> None:
    assert word.core_properties.title == document.title
    assert word.core_properties.created.isoformat().startswith("2026-11-22")


def test_what_xml_cannot_hold_is_dropped_and_markup_is_text() -> None:
    hostile = 'A\x00 <w:b/> & "x"'
    table = Table("t", hostile, (Column("c", hostile),), ((hostile,),), note=hostile)
    document = around(Finding(hostile), Paragraph(hostile), Items(hostile, (hostile,)), table)
    word = read(render(document))
    clean = 'A <w:b/> & "x"'
    assert clean in texts(word, "Constat")
    assert texts(word, "List Bullet") == [clean]
    assert word.tables[-1].rows[1].cells[0].text == clean


def test_a_sheet_has_no_contents(document: Document) -> None:
    short = dataclasses.replace(document, parts=document.parts[:1])
    word = read(render_sheet(short))
    codes = [code.text.strip() for code in word.element.body.iter(qn("w:instrText"))]
    assert not any(code.startswith("TOC") for code in codes)
    assert not word.styles["Heading 1"].paragraph_format.page_break_before
    assert texts(word, "Heading 1") == [document.parts[0].title, "Sources"]
