"""Letters ask for what is missing, of the right body, and never for a name."""

import datetime
import io

import pytest
from docx import Document

from assemblier.sources.letters import RECIPIENTS, Request, letter

REQUEST = Request(
    "de la Haute-Loire",
    257,
    ("pyramide des âges des médecins", "départs attendus"),
    datetime.date(2026, 11, 22),
    "22 novembre 2026",
)


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("key", RECIPIENTS)
def test_names_the_recipient_the_territory_and_the_fields(key: str) -> None:
    recipient = RECIPIENTS[key]
    text = text_of(letter(recipient, REQUEST))
    assert recipient.name in text
    assert "accès aux soins de la Haute-Loire (257 communes)" in text
    assert "22 novembre 2026" in text
    for asked in recipient.asked:
        assert asked.split(" ;")[0][:40] in text
    for missing in REQUEST.missing:
        assert missing in text
    assert "aucune donnée nominative" in text


def test_says_nothing_of_what_is_missing_when_nothing_is() -> None:
    request = Request("du Puy-en-Velay", 1, (), REQUEST.today, REQUEST.day_text)
    text = text_of(letter(RECIPIENTS["ars"], request))
    assert "ne peut établir" not in text
    assert "(1 commune)" in text


def test_speaks_french_and_names_nobody() -> None:
    document = Document(io.BytesIO(letter(RECIPIENTS["cdom"], REQUEST)))
    assert document.core_properties.language == "fr-FR"
    assert document.core_properties.author == ""


@pytest.mark.parametrize("key", RECIPIENTS)
def test_typography_is_french(key: str) -> None:
    text = text_of(letter(RECIPIENTS[key], REQUEST))
    for sign in ";!?":
        assert f" {sign}" not in text
    assert " :" not in text.replace("\u00a0:", "")
