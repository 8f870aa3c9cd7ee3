"""Each kind of change does what it says; files of every form tell the same scenario."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
import yaml

from assemblier import access, territory
from assemblier.errors import InputError
from assemblier.reports.scenario import scenario_document
from assemblier.reports.terminal import document_text
from assemblier.scenarios import KINDS, Outcome, outcome, read_scenario
from assemblier.scenarios.ledger import Nature
from assemblier.scenarios.sheet import columns, template_workbook, template_yaml
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)
PLACE = {"commune": "43148"}
EXAMPLES = {
    "retraite": {**PLACE, "nombre": 1},
    "depart": {**PLACE, "nombre": 1, "vers": "43040"},
    "installation": {**PLACE, "nombre": 1, "venant_de": "ailleurs"},
    "activite": {**PLACE, "nombre": 2, "activite": 6000},
    "demenagement": {**PLACE, "nombre": 1, "vers": "43063"},
    "cabinet_secondaire": {
        **PLACE, "venant_de": "43040", "demi_journees": 2, "temps_nouveau": "non",
    },
    "centre_de_sante": {**PLACE, "medecins": 1.5},
    "msp": {**PLACE, "medecins": 2, "auxiliaires": 3, "venant_de": "43148"},
    "antenne": {
        **PLACE, "site_principal": "43040", "heures_semaine": 10,
        "meme_systeme_information": "oui", "temps_nouveau": "oui",
    },
    "unite_mobile": {"communes": "43148, 43063", "heures_semaine": 35, "heures_trajet": 8},
    "teleconsultation": {
        **PLACE, "heures_semaine": 8, "medecins": 1, "professionnel_present": "oui",
    },
    "cabinet_retraites": {**PLACE, "praticiens": 15, "demi_journees": 2.5},
    "assistant_medical": {**PLACE, "nombre": 2, "gain": 5},
    "ipa": {**PLACE, "nombre": 2, "heures_liberees": 3},
    "secretariat": {**PLACE, "nombre": 1, "heures_liberees": 5.5},
    "population": {"territoire": "departement:43", "evolution": -4},
    "vieillissement": {"territoire": "departement:43", "points": 3},
    "installation_encadree": {"nombre": 5, "seuil": 4},
}  # fmt: skip
"""A sensible change of each kind."""


def tried(tmp_path: Path, *changes: dict) -> Outcome:
    path = tmp_path / "essai.json"
    told = {"nom": "essai", "territoire": "departement:43", "changements": changes}
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    draft = read_scenario(path)
    return outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)


def one(tmp_path: Path, kind: str, **more: object) -> Outcome:
    return tried(tmp_path, {"type": kind, **EXAMPLES[kind], **more})


def test_there_is_an_example_of_each_kind_and_the_page_names_it() -> None:
    assert set(EXAMPLES) == set(KINDS)
    page = Path(__file__).parents[2] / "docs" / "methodes" / "scenarios.md"
    assert [kind for kind in KINDS if kind not in page.read_text("utf-8")] == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_kind_is_reported_and_balances(kind: str, tmp_path: Path) -> None:
    found = one(tmp_path, kind)
    said = document_text(scenario_document(found, ON))
    assert "Socle ajusté sur l'APL publiée" in said
    if not found.changes_demand:
        assert found.balance().net == pytest.approx(found.supply_change.sum(), abs=1e-6)


def test_a_move_has_two_lines_and_a_recruit_from_elsewhere_too(tmp_path: Path) -> None:
    for kind in ("depart", "installation", "demenagement", "cabinet_secondaire"):
        moves = one(tmp_path, kind).moves
        assert {move.nature for move in moves} == {Nature.DEPLACEE}
        assert sum(move.acts for move in moves) == pytest.approx(0)


def test_the_hours_of_a_mobile_unit_are_those_left_by_its_travel(tmp_path: Path) -> None:
    found = one(tmp_path, "unite_mobile")
    assert "27,0 heures de consultation par semaine" in found.notes[0].replace("\u202f", " ")
    assert found.supply_change.sum() == pytest.approx(BASE.method.per_place * 27 / 44.5)
    longer = one(tmp_path, "unite_mobile", heures_trajet=12)
    assert longer.supply_change.sum() < found.supply_change.sum()
    with pytest.raises(InputError, match="heures de trajet"):
        one(tmp_path, "unite_mobile", heures_trajet=35)


def test_fifteen_retired_doctors_are_three_and_three_quarters(tmp_path: Path) -> None:
    found = one(tmp_path, "cabinet_retraites")
    assert found.supply_change.sum() == pytest.approx(3.75 * BASE.method.per_place)


def test_teleconsultation_leaves_every_score_and_is_said_apart(tmp_path: Path) -> None:
    found = one(tmp_path, "teleconsultation")
    assert not found.gain.any()
    assert found.remote_hours == (("43148", 8.0),)
    with pytest.raises(InputError, match="20"):
        one(tmp_path, "teleconsultation", heures_semaine=9.5)


@pytest.mark.parametrize("gain", [4.9, 10.1])
def test_an_assistant_brings_five_to_ten_per_cent(gain: float, tmp_path: Path) -> None:
    place = BASE.places.index("43148")
    found = one(tmp_path, "assistant_medical")
    assert found.supply_change[place] == pytest.approx(0.05 * BASE.fit.supply[place])
    with pytest.raises(InputError, match="de 5 à 10"):
        one(tmp_path, "assistant_medical", gain=gain)


def test_regulated_installations_avoid_the_communes_above_the_threshold(tmp_path: Path) -> None:
    found = one(tmp_path, "installation_encadree")
    rows = {code: row for row, code in enumerate(BASE.homes)}
    for place in np.flatnonzero(found.supply_change):
        assert BASE.official[rows[BASE.places[place]]] < 4
    assert "pas une règle de droit" in found.notes[0]


def test_a_small_team_is_no_msp(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        one(tmp_path, "msp", medecins=1)
    assert "au moins 2" in str(refused.value)


def test_yaml_json_and_spreadsheet_tell_the_same_scenario(tmp_path: Path) -> None:
    change = {"type": "retraite", "commune": "43148", "nombre": 2}
    told = {"nom": "a", "territoire": "departement:43", "changements": [change]}
    (tmp_path / "a.json").write_text(json.dumps(told), "utf-8")
    (tmp_path / "b.yaml").write_text(yaml.safe_dump({**told, "nom": "b"}), "utf-8")
    with xlsxwriter.Workbook(str(tmp_path / "c.xlsx")) as book:
        study, page = book.add_worksheet("Étude"), book.add_worksheet("Changements")
        study.write_row(0, 0, ("territoire", "departement:43"))
        page.write_row(0, 0, columns())
        page.write_row(1, 0, [change.get(name, "") for name in columns()])
    drafts = [read_scenario(tmp_path / name) for name in ("a.json", "b.yaml", "c.xlsx")]
    assert len({draft.scenario.identity for draft in drafts}) == 1
    assert not any(draft.problems for draft in drafts)


def test_an_empty_template_says_that_nothing_is_tried(tmp_path: Path) -> None:
    (tmp_path / "vide.yaml").write_text(template_yaml("departement:43"), "utf-8")
    (tmp_path / "vide.xlsx").write_bytes(template_workbook("departement:43"))
    for name in ("vide.yaml", "vide.xlsx"):
        draft = read_scenario(tmp_path / name)
        assert draft.problems[0].found == "aucun changement"
        assert draft.scenario.territoire == "departement:43"


def test_a_place_nobody_reaches_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="hors de portée"):
        tried(tmp_path, {"type": "installation", "commune": "75101", "nombre": 1})


def test_a_neighbour_whose_supply_is_unknown_loses_nobody_silently(tmp_path: Path) -> None:
    outside = next(
        code
        for code, count in zip(BASE.places, BASE.counts, strict=True)
        if np.isnan(count) and code not in BASE.area
    )
    with pytest.raises(InputError, match="n'est pas connue"):
        tried(tmp_path, {"type": "retraite", "commune": outside, "nombre": 1})
