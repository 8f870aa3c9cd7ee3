"""The workbook, read back as a spreadsheet does, from xlsx and from ods."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from assemblier.figures import Figure
from assemblier.reports import ods, xlsx
from assemblier.reports.document import Align, Column, Document, Part, Section, Table
from assemblier.reports.sheet import sheet_of, value_of
from assemblier.reports.workbook import (
    FIRST_LEAF,
    HEADER_LINE,
    LANDSCAPE_WIDTH,
    leaves,
    lines_of,
    widths,
)

WRITERS = pytest.mark.parametrize("writer", [xlsx, ods], ids=["xlsx", "ods"])
Rows = list[list[object]]


def read(content: bytes) -> dict[str, Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def around(*tables: Table) -> Document:
    part = Part("p", "Partie", (Section("s", "Section", tables),))
    return Document("d", "Titre", "Sous-titre", "9 mars 2023", (), (part,))


def entry(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


@WRITERS
def test_the_first_leaf_tells_what_is_there(writer, document: Document) -> None:
    book = read(writer.render(document))
    first = book[FIRST_LEAF]
    assert next(iter(book)) == FIRST_LEAF
    assert first[0][0] == document.title
    assert document.date in str(first[1][0])
    assert document.subtitle in str(first[1][0])
    assert [row[0] for row in first[HEADER_LINE + 1 :]] == list(book)[1:]
    assert list(book)[-2:] == ["Chiffres", "Sources"]


@WRITERS
def test_every_table_is_a_leaf_with_typed_cells(writer, document: Document) -> None:
    book = read(writer.render(document))
    for table in document.tables():
        sheet = sheet_of(table)
        rows = book[table.key][HEADER_LINE + 1 :]
        expected = [
            ["non disponible" if value_of(cell) is None else value_of(cell) for cell in row]
            for row in sheet.rows
        ]
        assert rows == expected
        for row, original in zip(rows, expected, strict=True):
            assert [isinstance(cell, str) for cell in row] == [
                isinstance(cell, str) for cell in original
            ]


@WRITERS
def test_a_code_stays_a_text_and_a_formula_is_never_run(writer) -> None:
    columns = (Column("code_commune", "Code"), Column("nom", "Nom"))
    table = Table("t", "T", columns, (("01001", "=1+1"), ("2A004", "https://exemple.fr")))
    assert read(writer.render(around(table)))["t"][HEADER_LINE + 1 :] == [
        ["01001", "=1+1"],
        ["2A004", "https://exemple.fr"],
    ]


@WRITERS
def test_what_xml_cannot_hold_is_dropped(writer) -> None:
    table = Table("t", 'Un\x00 <titre> & "deux"', (Column("c", "C"),), (("a\x0bb",),))
    leaf = read(writer.render(around(table)))["t"]
    assert leaf[0][0] == 'Un <titre> & "deux"'
    assert leaf[HEADER_LINE + 1][0] == "ab"


@WRITERS
def test_a_figure_is_a_number_with_its_nature_beside_it(writer, document: Document) -> None:
    leaf = read(writer.render(document))["densites"]
    header, first, _, last = leaf[HEADER_LINE:]
    assert header[:3] == ["Profession", "Haute-Loire (pour 10\u202f000 hab.)", "Nature"]
    assert first[:3] == ["Médecins généralistes", 8.7, "cité"]
    assert last[:3] == ["Masseurs-kinésithérapeutes", "non disponible", "non disponible"]


@WRITERS
def test_sources_and_figures_are_all_there(writer, document: Document) -> None:
    book = read(writer.render(document))
    values = [row[3] for row in book["Chiffres"][HEADER_LINE + 1 :]]
    assert values == [
        "non disponible" if one.value is None else one.value for one in document.figures()
    ]
    titles = [row[2] for row in book["Sources"][HEADER_LINE + 1 :]]
    assert titles == [source.title for source in document.sources()]


@WRITERS
def test_each_leaf_says_where_its_numbers_come_from(writer, document: Document) -> None:
    leaf = read(writer.render(document))["causes_deces"]
    assert str(leaf[1][0]).startswith("Cité\u00a0: ARS et CPAM de Haute-Loire, Panorama")
    assert "page 8 [" in str(leaf[1][0])


def test_xlsx_numbers_have_formats_and_the_header_stays(document: Document) -> None:
    content = xlsx.render(document)
    styles = entry(content, "xl/styles.xml")
    assert 'formatCode="0.0"' not in styles
    assert 'formatCode="#,##0.0"' in styles
    leaf = entry(content, "xl/worksheets/sheet2.xml")
    assert f'ySplit="{HEADER_LINE + 1}"' in leaf
    assert f'<autoFilter ref="A{HEADER_LINE + 1}:E262"/>' in leaf


def test_leaves_are_printed_as_wide_as_the_page_with_their_header(document: Document) -> None:
    wide = leaves(document)[-2]
    assert (wide.name, sum(widths(wide.sheet)) > LANDSCAPE_WIDTH) == ("Chiffres", True)
    content = xlsx.render(document)
    place = len(leaves(document)) - 1
    leaf = entry(content, f"xl/worksheets/sheet{place}.xml")
    assert '<pageSetUpPr fitToPage="1"/>' in leaf
    assert '<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"/>' in leaf
    header = f"${HEADER_LINE + 1}:${HEADER_LINE + 1}"
    assert f">Chiffres!{header}<" in entry(content, "xl/workbook.xml")
    heights = [float(high) for high in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', leaf)]
    assert max(heights[HEADER_LINE:]) <= 6 * 15
    content = ods.render(document)
    pages = re.findall(r"<style:page-layout-properties[^>]*>", entry(content, "styles.xml"))
    assert [page.count('style:scale-to-X="1" style:scale-to-Y="0"') for page in pages] == [1, 1, 1]
    text = entry(content, "content.xml")
    assert 'table:name="Chiffres" table:style-name="ta-paysage-a3"' in text
    assert text.count("<table:table-header-rows>") == len(leaves(document))


def test_ods_numbers_have_formats_and_the_header_stays(document: Document) -> None:
    content = ods.render(document)
    text = entry(content, "content.xml")
    assert 'number:decimal-places="1"' in text
    assert f"'apl_communes'.A{HEADER_LINE + 1}:'apl_communes'.E262" in text
    assert ">5</config:config-item>" in entry(content, "settings.xml")
    assert "8,7" in text  # what people read is in French


def test_ods_is_well_formed_and_begins_with_its_kind(document: Document) -> None:
    content = ods.render(document)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        listed = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
        for name in archive.namelist()[1:]:
            ElementTree.fromstring(archive.read(name))
    paths = {value for one in listed for key, value in one.items() if key.endswith("full-path")}
    assert paths == {"/", "content.xml", "styles.xml", "meta.xml", "settings.xml"}


@WRITERS
def test_the_date_inside_is_the_document_date(writer, document: Document) -> None:
    content = writer.render(document)
    name = "docProps/core.xml" if writer is xlsx else "meta.xml"
    assert "2026-11-22T00:00:00" in entry(content, name)


@WRITERS
def test_an_empty_table_is_a_header(writer) -> None:
    table = Table("vide", "Rien", (Column("c", "Colonne"),), ())
    assert read(writer.render(around(table)))["vide"][HEADER_LINE:] == [["Colonne"]]


def test_each_figure_is_shown_with_its_own_decimals() -> None:
    columns = (Column("v", "V", Align.NUMBER),)
    rows = ((Figure("a", 3.7, decimals=1),), (Figure("b", 194.0),))
    content = entry(ods.render(around(Table("t", "T", columns, rows))), "content.xml")
    assert "<text:p>3,7</text:p>" in content
    assert "<text:p>194</text:p>" in content


@pytest.mark.parametrize("key", ["Sources", "chiffres", "lisez-moi", "x" * 32])
def test_a_name_taken_or_too_long_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="nom de feuille"):
        leaves(around(Table(key, "T", (Column("c", "C"),), ())))


def test_a_long_text_takes_several_lines() -> None:
    assert lines_of("a" * 50, 20) == 3
    table = Table("t", "T", (Column("c", "C"),), (("mot " * 40,),))
    assert 'ht="' in entry(xlsx.render(around(table)), "xl/worksheets/sheet2.xml")
