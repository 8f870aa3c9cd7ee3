"""The PDF, read back: its text, its pages, its structure for screen readers."""

import dataclasses
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from assemblier import territory
from assemblier.figures import Confidence, Figure, Nature, Provenance
from assemblier.reports import pdf
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
    Tone,
)
from assemblier.reports.fiche import fiche
from tests.documents import APL


@pytest.fixture(scope="module")
def content() -> bytes:
    from tests.documents import sample_document

    return pdf.render(sample_document())


@pytest.fixture(scope="module")
def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(reader: PdfReader) -> str:
    """The text of all pages, every space alike."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def plain(text: str) -> str:
    return " ".join(text.split())


def structure(reader: PdfReader) -> Iterator[Any]:
    """Every element of the tree that screen readers follow."""
    pending = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pending:
        element = pending.pop().get_object()
        yield element
        children = element.get("/K", [])
        children = children if isinstance(children, list) else [children]
        pending += [child for child in children if hasattr(child.get_object(), "get")]


def around(*blocks: Any) -> Document:
    part = Part("p", "Partie", (Section("s", "Section", blocks),))
    return Document("d", "Titre", "Sous-titre", "9 mars 2023", (), (part,))


def text_around(*blocks: Any) -> str:
    return text_of(PdfReader(io.BytesIO(pdf.render(around(*blocks)))))


def test_it_is_tagged_titled_and_in_french(reader: PdfReader, document: Document) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert str(root["/Lang"]).startswith("fr")
    assert reader.metadata is not None
    assert document.title in str(reader.metadata.title)
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()


def test_it_is_a4_and_every_page_is_numbered(reader: PdfReader) -> None:
    total = len(reader.pages)
    for rank, page in enumerate(reader.pages, start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"page {rank} / {total}" in plain(page.extract_text())


def test_it_is_light(content: bytes) -> None:
    assert len(content) < 3_000_000


def test_the_first_page_says_what_where_when_then_the_findings(
    reader: PdfReader, document: Document
) -> None:
    first = plain(reader.pages[0].extract_text())
    finding = next(block for block in document.summary if isinstance(block, Finding))
    words = (document.title, document.subtitle, document.date, finding.text)
    places = [first.index(plain(word)) for word in words]
    assert places == sorted(places)
    assert "Jauge spatiale" in first
    assert "Jauge temporelle" in first


def test_bookmarks_and_contents_name_every_section(reader: PdfReader, document: Document) -> None:
    def titles(outline: Any) -> Iterator[str]:
        for entry in outline:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield plain(entry.title)

    sections = [section.title for part in document.parts for section in part.sections]
    parts = [part.title for part in document.parts]
    expected = [plain(title) for title in (*parts, *sections, "Sources")]
    assert set(expected) <= set(titles(reader.outline))
    contents = next(p for p in reader.pages if "Sommaire" in p.extract_text()).extract_text()
    assert all(title in plain(contents) for title in expected)


def test_every_picture_is_described(reader: PdfReader, document: Document) -> None:
    pictures = [block for block in document.blocks() if isinstance(block, Chart | Map)]
    gauges = [block for block in document.blocks() if isinstance(block, Gauges)]
    described = [
        str(one["/Alt"])
        for one in structure(reader)
        if one.get("/S") == "/Figure" and "/Alt" in one
    ]
    assert len(described) == len(pictures) + 2 * len(gauges)
    labels = [gauge.figure.label for one in gauges for gauge in (one.spatial, one.temporal)]
    for words in (*(picture.summary for picture in pictures), *labels):
        assert any(plain(words) in plain(text) for text in described)


def test_tables_have_header_cells(reader: PdfReader, document: Document) -> None:
    kinds = [one.get("/S") for one in structure(reader)]
    assert kinds.count("/TH") >= sum(len(table.columns) for table in document.tables())
    assert kinds.count("/Table") >= len(document.tables()) + 1  # and that of the sources


def test_every_table_and_picture_is_numbered(reader: PdfReader, document: Document) -> None:
    text = text_of(reader)
    for rank in range(1, len(document.tables()) + 1):
        assert f"Tableau {rank} —" in text
    pictures = {block.key for block in document.blocks() if isinstance(block, Chart | Map)}
    for rank in range(1, len(pictures) + 1):
        assert f"Figure {rank} —" in text


def test_sources_are_listed_with_their_number(reader: PdfReader, document: Document) -> None:
    text = text_of(reader)
    last = text[text.rindex("Licence, ce qu'il faut savoir") :].replace("- ", "")
    for source in document.sources():
        assert source.producer in last
    assert last.index("Insee") > last.index("DREES")


def test_natures_are_said_in_words() -> None:
    figures = (
        Figure("a", 1.0, nature=Nature.CITE, provenance=Provenance((APL.at("page 3"),))),
        Figure("b", 2.0, nature=Nature.CALCULE, vintage="2024"),
        Figure("c", 3.0, nature=Nature.ESTIME, confidence=Confidence.NON_CONFIRME),
    )
    text = text_around(Finding("Trois chiffres.", figures))
    assert "cité DREES, page 3, 22 juillet 2026 [1]" in text
    assert "calculé 2024" in text
    assert "estimé · non confirmé" in text


def test_a_ratio_shows_its_two_terms_and_its_note() -> None:
    ratio = Figure(
        "densité",
        8.5,
        "pour 10 000 habitants",
        decimals=1,
        numerator=Figure("médecins", 194.0, "médecins"),
        denominator=Figure("population", 227_000.0, "habitants"),
        note="Dénominateur de la source inconnu.",
    )
    text = text_around(Finding("Une densité.", (ratio,)))
    assert "8,5 pour 10 000 habitants = 194 médecins ÷ 227 000 habitants" in text
    assert "Dénominateur de la source inconnu" in text


def test_a_long_table_is_shortened_and_says_so() -> None:
    rows = tuple((f"Commune {number}",) for number in range(40))
    table = Table("communes", "Communes", (Column("nom", "Nom"),), rows, visible_rows=3)
    text = text_around(table)
    assert "Commune 2" in text
    assert "Commune 3 " not in text
    assert "3 lignes sur 40 ; toutes sont dans le classeur, feuille « communes »." in text


def test_a_table_over_several_pages_repeats_its_header() -> None:
    rows = tuple((f"Commune {number}",) for number in range(120))
    table = Table("communes", "Communes", (Column("nom", "Nom de la commune"),), rows)
    reader = PdfReader(io.BytesIO(pdf.render(around(table))))
    pages = [page.extract_text() for page in reader.pages if "Commune 1" in page.extract_text()]
    assert len(pages) > 1
    assert all("Nom de la commune" in page for page in pages)


def test_a_table_shown_twice_is_printed_once() -> None:
    table = Table("t", "Le même tableau", (Column("nom", "Nom"),), (("Langeac",),))
    text = text_around(table, Paragraph("Entre les deux."), table)
    assert text.count("Langeac") == 1
    assert "Voir le tableau 1." in text


MARKUP = '#panic("non") *gras* _x_ `y` $z$ [a] <b> @c = titre \\ // "fin"'


def test_what_people_wrote_is_never_markup() -> None:
    hostile = dataclasses.replace(
        around(
            Finding(MARKUP),
            Paragraph(MARKUP),
            Items(MARKUP, (MARKUP,), Tone.WARNING),
            Table("t", MARKUP, (Column("c", MARKUP),), ((MARKUP,),), note=MARKUP),
        ),
        title=MARKUP,
    )
    text = text_of(PdfReader(io.BytesIO(pdf.render(hostile))))
    words = plain(MARKUP).replace(" ", "")
    assert text.replace(" ", "").count(words) >= 8


def test_a_sign_no_typeface_has_is_an_empty_square() -> None:
    text = text_around(Paragraph("Avant ঀ après."), Finding("Été à Craponne-sur-Arzon."))
    assert "Avant □ après." in text
    assert "Été à Craponne-sur-Arzon." in text


@pytest.mark.parametrize("tone", Tone)
def test_each_tone_of_list_is_told_in_words(tone: Tone) -> None:
    text = text_around(Items("Un titre", ("Une ligne.",), tone))
    said = {Tone.WARNING: "À VÉRIFIER", Tone.MISSING: "NON DISPONIBLE", Tone.PLAIN: ""}[tone]
    assert f"{said} Un titre".strip() in text


def test_a_document_without_a_word_still_makes_a_page() -> None:
    reader = PdfReader(io.BytesIO(pdf.render(Document("d", "Titre", "", "", (), ()))))
    assert "Titre" in text_of(reader)


def test_a_sheet_is_two_sides_without_contents() -> None:
    sheet = fiche(territory.parse("commune:43234"), dt.date(2026, 11, 22))
    reader = PdfReader(io.BytesIO(pdf.render_sheet(sheet)))
    text = text_of(reader)
    assert len(reader.pages) == 2
    assert "Sommaire" not in text
    assert sheet.subtitle in text
    for rank, source in enumerate(sheet.sources(), start=1):
        assert f"[{rank}] {plain(source.producer)}" in text


def test_a_sheet_that_is_too_long_goes_on(document: Document) -> None:
    reader = PdfReader(io.BytesIO(pdf.render_sheet(document)))
    assert len(reader.pages) > 2
    assert "Sommaire" not in text_of(reader)
