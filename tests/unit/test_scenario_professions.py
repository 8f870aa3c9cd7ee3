"""Scenarios of other professions: where their published APL is imported, else refused.

The published APL of nurses is made for these tests; who practises where is delivered.
"""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.errors import InputError
from assemblier.reports.scenario import scenario_document
from assemblier.reports.terminal import document_text
from assemblier.scenarios import outcome, read_scenario
from assemblier.travel import chain_engine
from tests.stores import put

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
HERE = territory.parse("departement:43")


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that holds a made APL of nurses: from 80 to 180, by commune."""
    folder = tmp_path / "donnees"
    put(
        folder,
        "apl_publiee",
        [
            {"code_commune": code, "profession": "infirmier", "millesime": 2024,
             "apl": 80.0 + int(code[2:]) % 100}
            for code in HERE.codes
        ],
        "drees-apl-infirmier",
    )  # fmt: skip
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(folder))
    return folder


def scenario_file(folder: Path, **told: object) -> Path:
    path = folder / "essai.json"
    path.write_text(json.dumps({"territoire": "departement:43", **told}), "utf-8")
    return path


MOVE = {"type": "demenagement", "commune": "43040", "vers": "43148", "nombre": 1}


def test_nurses_have_a_baseline_in_full_time_equivalents(imported: Path) -> None:
    base = access.baseline(HERE, ON, ENGINE, profession="infirmier")
    draft = read_scenario(None, ("43040:infirmier:3",))
    found = outcome(draft.scenario, base, ON, ENGINE, draft.problems)
    assert found.scenario.profession == "infirmier"
    assert found.before[~np.isnan(found.before)].min() >= 80
    # What everybody loses is what disappears: full-time equivalents, not people.
    assert found.balance().net == pytest.approx(found.supply_change.sum(), abs=1e-9)
    assert -5 < found.balance().net < 0
    assert found.crossings() == ()
    said = document_text(scenario_document(found, ON))
    assert "aux infirmiers 2024" in said and "ETP" in said
    assert "onsultation" not in said
    tables = {table.key for table in scenario_document(found, ON).tables()}
    assert "communes" in tables and "classes" not in tables


def test_the_profession_is_part_of_what_a_scenario_is(imported: Path) -> None:
    nurses = read_scenario(None, ("43148:infirmier:2",)).scenario
    doctors = read_scenario(None, ("43148:medecin_generaliste:2",)).scenario
    assert nurses.identity != doctors.identity


def test_a_file_says_its_profession_and_the_command_reports_it(
    imported: Path, tmp_path: Path, capsys
) -> None:
    path = scenario_file(tmp_path, profession="infirmier", changements=[MOVE])
    assert run(["scenario", str(path), "-o", str(tmp_path / "effets")]) == 0
    # Under two, as French has it: the singular.
    assert "ETP change seulement de lieu" in capsys.readouterr().out
    assert (tmp_path / "effets" / "scenario.xlsx").is_file()


def test_without_its_published_apl_a_profession_is_refused_with_the_file_to_import(capsys) -> None:
    assert run(["scenario", "--retrait", "43040:chirurgien_dentiste:1"]) != 0
    said = capsys.readouterr().err
    assert "APL publiée aux chirurgiens-dentistes" in said
    assert "assemblier sources importer" in said


def test_changes_of_doctors_and_mixed_professions_are_refused_at_once(
    imported: Path, tmp_path: Path
) -> None:
    path = scenario_file(
        tmp_path,
        profession="infirmier",
        changements=[{"type": "assistant_medical", "commune": "43148", "nombre": 1, "gain": 5}],
    )
    draft = read_scenario(path, ("43148:medecin_generaliste:1", "43148:rebouteux:1"))
    base = access.baseline(HERE, ON, ENGINE, profession="infirmier")
    with pytest.raises(InputError) as refused:
        outcome(draft.scenario, base, ON, ENGINE, draft.problems)
    said = str(refused.value)
    assert "un changement des médecins, pour les infirmiers" in said
    assert "une seule profession par scénario" in said
    assert "« rebouteux »" in said
