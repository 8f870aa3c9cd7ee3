"""CMP-002: a draft convention with the mandatory clauses and their articles."""

import io
import zipfile

import docx as word
import pytest

from assemblier.aids.legality import aid_of
from assemblier.reports.legalite import convention
from assemblier.reports.legalite.docx import render as as_word
from assemblier.reports.legalite.odt import render as as_opendocument
from tests.legality_cases import INSTALLATION, told

EXPECTED = (
    "L. 1511-8",
    "R. 1511-44",
    "R. 1511-45",
    "au moins 3 ans",
    "Remboursement",
    "prend fin",
    "agence régionale de santé",
)


@pytest.mark.mission("CMP-002")
def test_the_convention_has_its_clauses_in_word_and_opendocument():
    draft = convention(aid_of(told(INSTALLATION, engagement__annees=2)))
    read = word.Document(io.BytesIO(as_word(draft)))
    paragraphs = "\n".join(paragraph.text for paragraph in read.paragraphs)
    with zipfile.ZipFile(io.BytesIO(as_opendocument(draft))) as archive:
        opendocument = archive.read("content.xml").decode()
    for words in EXPECTED:
        assert words in draft.plain
        assert words in paragraphs
        assert words in opendocument


@pytest.mark.mission("CMP-002")
def test_what_only_the_collectivite_knows_is_a_highlighted_blank():
    draft = convention(aid_of(INSTALLATION))
    read = word.Document(io.BytesIO(as_word(draft)))
    marked = [
        run.text
        for paragraph in read.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    assert "[à compléter\u00a0: signatures]" in marked
    assert len(marked) == draft.plain.count("[à compléter")
