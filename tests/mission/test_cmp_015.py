"""CMP-015: the register of legal texts, each with its link, its state and the day of the check."""

import pytest

from assemblier.cli.program import run
from assemblier.data.texts import State, legal_texts

# Every reference of the « textes de référence » boxes of the guide, chapter after chapter.
REFERENCES = (
    ("2016-1024", "R1434-33"),
    ("D1432-28",),
    ("D1432-15",),
    ("Article 98", "7 août 2015"),
    ("L1434-17",),
    ("L632-6", "code de l'éducation"),
    ("2010-735", "29 juin 2010"),
    ("D1511-54",),
    ("R6153-10",),
    ("L1511-8", "stages"),
    ("18 novembre 2015",),
    ("L1435-4-2",),
    ("L1435-4-3",),
    ("L1435-4-4",),
    ("L1435-4-5",),
    ("20 octobre 2016",),
    ("L1434-4 ",),
    ("151 ter",),
    ("1464 D",),
    ("Article L1511-8 du code général des collectivités territoriales",),
    ("R1511-44",),
    ("avenant n° 6",),
    ("L6316-1",),
    ("Article R6316-1",),
    ("14 août 2019",),
)


@pytest.mark.mission("CMP-015")
@pytest.mark.parametrize("pieces", REFERENCES, ids=lambda pieces: pieces[0])
def test_each_reference_of_the_guide_is_in_the_register(pieces: tuple[str, ...]) -> None:
    found = [text for text in legal_texts() if all(piece in text.reference for piece in pieces)]
    assert found, pieces


@pytest.mark.mission("CMP-015")
def test_each_text_has_a_link_a_state_and_the_day_it_was_checked() -> None:
    texts = legal_texts()
    assert len({text.key for text in texts}) == len(texts) == len(REFERENCES)
    for text in texts:
        assert text.address.startswith("https://www.legifrance.gouv.fr/")
        assert text.source.vintage == "2019"
        assert (text.checked is None) == (text.state is State.UNCHECKED)
    assert {State.IN_FORCE, State.REPLACED} <= {text.state for text in texts}


@pytest.mark.mission("CMP-015")
def test_the_register_is_shown_with_what_replaces_each_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["sources", "textes"]) == 0
    said = capsys.readouterr().out
    for text in legal_texts():
        assert text.reference.replace(" :", "\u00a0:") in said
        assert text.state.value in said
        assert text.address in said
    assert "article L1434-10 du code de la santé publique" in said
    assert "vérifié le 22 novembre 2026" in said
