"""SIM-001: add or remove a practitioner, and say what every commune within reach gains or loses."""

import datetime as dt
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.errors import InputError
from assemblier.scenarios import Outcome, outcome, read_scenario
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)


@cache
def base() -> access.Baseline:
    return access.baseline(territory.parse("departement:43"), ON, ENGINE)


def tried(tmp_path: Path, *changes: dict) -> Outcome:
    path = tmp_path / "essai.json"
    path.write_text(json.dumps({"territoire": "departement:43", "changements": list(changes)}))
    draft = read_scenario(path)
    return outcome(draft.scenario, base(), ON, ENGINE, draft.problems)


ARRIVAL = {"type": "installation", "commune": "43148", "nombre": 1, "activite": 4000}


@pytest.mark.mission("SIM-001")
def test_adding_then_removing_returns_the_initial_apl_exactly(tmp_path: Path) -> None:
    back = {"type": "demenagement", "commune": "43063", "vers": "43148", "nombre": 1}
    there = {"type": "demenagement", "commune": "43148", "vers": "43063", "nombre": 1}
    found = tried(tmp_path, there, back)
    np.testing.assert_array_equal(found.after, found.before)
    assert not found.gain.any()


@pytest.mark.mission("SIM-001")
def test_the_consultations_gained_are_the_activity_added(tmp_path: Path) -> None:
    found = tried(tmp_path, ARRIVAL)
    assert found.balance().gained == pytest.approx(4000)
    assert found.balance().lost == 0
    reach = base().travel.minutes[:, [base().places.index("43148")]].toarray().ravel()
    assert (found.gain[reach == 0] == 0).sum() >= 100


@pytest.mark.mission("SIM-001")
def test_inhabitants_who_leave_the_sub_dense_status_are_counted(tmp_path: Path) -> None:
    found = tried(tmp_path, {**ARRIVAL, "nombre": 3})
    crossing = next(one for one in found.crossings() if one.threshold == 2.5)
    up = found.is_inside & (found.before < 2.5) & (found.after >= 2.5)
    assert crossing.lifted == found.residents[up].sum() > 0
    assert crossing.communes_lifted == up.sum()


@pytest.mark.mission("SIM-001")
def test_the_two_doctors_of_paulhaguet_retire_and_saugues_is_said_not_computed(
    tmp_path: Path, capsys
) -> None:
    page = tmp_path / "paulhaguet.html"
    assert run(["scenario", "--retrait", "43148:medecin_generaliste:2", "-o", str(page)]) == 0
    said = capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Saugues (43234) : l'APL 2024 publiée est 0,00" in said
    assert "le calcul part de l'APL publiée 2024 de 256 communes" in said
    assert "il s'en écarte en moyenne de 0,58 consultation" in said
    assert "perdent" in said
    assert "carte-changement" in page.read_text("utf-8")
    found = tried(tmp_path, {"type": "retraite", "commune": "43148", "nombre": 2})
    assert np.isnan(found.before[base().homes.index("43234")])


@pytest.mark.mission("SIM-001")
def test_removing_more_than_exists_and_every_other_problem_are_said_at_once(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError) as refused:
        tried(
            tmp_path,
            {"type": "retraite", "commune": "43148", "nombre": 9},
            {"type": "retraite", "commune": "99999", "nombre": 1},
            {"type": "retraite", "commune": "43234", "nombre": 1},
            {"type": "fusion", "commune": "43148"},
            {"type": "installation", "commune": "43148", "nombre": 1, "activite": 9000},
            {"type": "installation", "nombre": 0.5},
        )
    text = str(refused.value)
    assert "où il y en a 2" in text
    assert "99999" in text
    assert "les sources se contredisent" in text
    assert "type « fusion »" in text
    assert "au plus 6" in text
    assert len(refused.value.problems) == 7
