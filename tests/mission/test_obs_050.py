"""OBS-050: the card of the regional health observatory, for each région."""

import pytest

from assemblier import data
from assemblier.cli.program import run
from assemblier.data.cards import card


@pytest.mark.mission("OBS-050")
@pytest.mark.parametrize("code", data.regions()["code_region"].to_list())
def test_a_card_is_present_for_each_region(code: str) -> None:
    found = card(f"ors-{code}")
    assert "Observatoire régional de la santé" in found.title
    assert "scoresante.org" in " ".join(found.limits)
    assert "fnors.org" in found.contact
    assert found.address.startswith("http")


@pytest.mark.mission("OBS-050")
def test_the_observatory_of_the_region_of_a_commune_is_proposed(capsys) -> None:
    assert run(["sources", "fiche", "--territoire", "Saugues"]) == 0
    said = capsys.readouterr().out
    assert "ors-84" in said
    assert "ors-76" not in said


@pytest.mark.mission("OBS-050")
def test_an_unknown_card_is_refused_with_its_neighbours(capsys) -> None:
    assert run(["sources", "fiche", "atlas"]) == 2
    assert "atlas-ordre" in capsys.readouterr().err
