"""OBS-046: the card of each source, and the atlas of the Ordre refused under the département."""

import re

import pytest

from assemblier.cli.program import run
from assemblier.data.cards import card, card_of, cards
from assemblier.figures import Source


def told(text: str) -> str:
    return re.sub(r"\s", " ", text)


@pytest.mark.mission("OBS-046")
def test_a_commune_query_on_an_indicator_of_the_ordre_is_refused(capsys) -> None:
    assert run(["sources", "fiche", "atlas-ordre", "--territoire", "commune:43157"]) == 1
    captured = capsys.readouterr()
    assert "uniquement départementale ; demander au CDOM" in told(captured.err)
    assert "modele lettre" in captured.err
    assert captured.out == ""


@pytest.mark.mission("OBS-046")
@pytest.mark.parametrize("kind", ["commune", "epci", "canton"])
def test_no_scale_under_the_departement_is_answered(kind: str) -> None:
    assert not card("atlas-ordre").answers(kind)
    assert card("cdom").answers(kind)


@pytest.mark.mission("OBS-046")
def test_the_departement_is_answered_with_its_two_limits(capsys) -> None:
    assert run(["sources", "fiche", "atlas-ordre", "--territoire", "departement:43"]) == 0
    said = told(capsys.readouterr().out)
    for word in ("uniquement départementale", "densité et l'âge", "CDOM", "page 6"):
        assert word in said


@pytest.mark.mission("OBS-046")
@pytest.mark.parametrize("one", cards(), ids=lambda one: one.key)
def test_every_card_says_what_it_covers_its_limits_and_whom_to_ask(one) -> None:
    assert one.covers and one.limits and one.contact
    assert one.address.startswith("http")
    assert one.text.source.page == "page 6 et suivantes"


@pytest.mark.mission("OBS-046")
def test_the_card_of_a_source_is_found_from_what_a_figure_cites() -> None:
    found = card_of(Source("cdom-43", "Conseil départemental", "Âges", "2026"))
    assert found is card("cdom")
    assert card_of(Source("signal-x", "Enquête", "Délais", "2026")) is None
