"""OBS-043: the rarer the profession, the larger the territory to look at first."""

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.scale import advice, reach_of
from assemblier.territory import parse


def first(place: str, profession: str) -> str:
    found = reach_of(profession)
    assert found is not None
    return advice(parse(place), *found).proposed[0].kind


@pytest.mark.mission("OBS-043")
@pytest.mark.parametrize("place", ["commune:43234", "epci:200073419", "departement:43"])
def test_an_ophtalmologue_proposes_the_departement_first(place: str) -> None:
    assert first(place, "ophtalmologue") == "departement"


@pytest.mark.mission("OBS-043")
def test_nearer_for_first_resort_and_farther_for_rare_specialities() -> None:
    assert first("commune:43234", "médecin généraliste") == "epci"
    assert first("commune:43234", "neurochirurgien") == "region"


@pytest.mark.mission("OBS-043")
def test_the_command_says_where_why_and_from_which_document(capsys) -> None:
    assert run(["territoire", "echelle", "Saugues", "--profession", "ophtalmologue"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "regarder d'abord la Haute-Loire (departement:43)" in said
    assert "puis Auvergne-Rhône-Alpes" in said
    assert "guide pratique pour les élus" in said


@pytest.mark.mission("OBS-043")
def test_a_profession_nobody_listed_is_refused_with_its_neighbours(capsys) -> None:
    assert run(["territoire", "echelle", "Saugues", "--profession", "ophtalmo"]) == 1
    assert "ophtalmologue" in capsys.readouterr().err
