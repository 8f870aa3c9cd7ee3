"""Ages told commune by commune by imported files: practices with bands, lists of the Ordre."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.scenarios.at_risk import at_risk
from assemblier.scenarios.projection import Group
from assemblier.scenarios.told_ages import listed_by_commune, practised
from assemblier.territory import parse
from assemblier.travel import chain_engine
from tests.stores import put

ON = dt.date(2026, 11, 22)
GP = "medecin_generaliste"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    return tmp_path


def practice(code: str, band: str | None, count: int = 1, mode: str = "liberal"):
    return {
        "code_commune": code, "profession": GP, "tranche_age": band, "effectif": count,
        "mode_exercice": mode,
    }  # fmt: skip


def aged(code: str, first: int, last: int | None, count: int | None):
    return {
        "niveau": "commune", "code": code, "profession": GP, "millesime": 2026,
        "age_debut": first, "age_fin": last, "effectif": count,
        "statut": "secret" if count is None else "connu",
    }  # fmt: skip


def test_a_table_of_practices_gives_groups_by_commune_and_band(store: Path):
    rows = [
        practice("43148", "60-64 ans", 2),
        practice("43148", "moins de 35 ans"),
        practice("43234", None),
        practice("43040", "65 ans et plus", 3),
        practice("43040", "40-44 ans", 1, "salarie"),
        practice("48095", "40-44 ans"),
    ]
    put(store, "exercices", rows, "essai-exercices", "2025")
    found = practised(["43148", "43234", "43040"], ON)
    assert set(found.groups) == {
        Group(2, 60, 64, "43148"), Group(1, 22, 34, "43148"), Group(1, commune="43234"),
        Group(3, 65, 74, "43040"),
    }  # fmt: skip
    assert found.year == 2025
    assert any("1 praticien sans" in note for note in found.notes)


def test_without_any_age_there_and_none_is_told(store: Path):
    put(store, "exercices", [practice("43148", None, 2)])
    assert practised(["43148"], ON) is None
    assert practised(["48095"], ON) is None


def test_a_small_count_of_a_list_is_never_read(store: Path):
    rows = [aged("43157", 60, 64, 8), aged("43157", 65, None, 4), aged("43148", 60, 64, None)]
    put(store, "ages_medecins", rows, "cdom-essai", "2026")
    assert listed_by_commune(["43157", "43148"]) == (Group(8, 60, 64, "43157"),)


def test_practices_at_risk_read_what_was_imported(store: Path):
    put(store, "exercices", [practice("43148", "60-64 ans", 2), practice("43157", "40-44 ans", 9)])
    found = at_risk(parse("commune:43148"), [], ON, chain_engine(ON))
    assert found.examined == 1
    # Brioude is near: no risk, whatever the ages; but they were read.
    assert not found.detected
    told = at_risk(parse("commune:43148"), [Group(1, 40, 40, "43148")], ON, chain_engine(ON))
    assert not told.detected and not told.unsettled


def test_the_command_projects_the_ages_that_were_imported(store: Path, capsys):
    put(store, "exercices", [practice("43157", "60-64 ans", 9), practice("43157", None, 1)])
    words = ["--horizon", "2030", "--tirages", "20", "--date", "2026-11-22"]
    assert run(["projection", "commune:43157", *words]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "10 médecins généralistes en 2024" in said
