"""OBS-056: a snapshot of 2025 that nothing changes, and its difference with that of 2026."""

import csv
import json
import re
import stat
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.snapshots import path_of, read, years
from assemblier.errors import DataError
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.mission.test_for_001 import DAY
from tests.stores import put

PLACE = parse("epci:200073419")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test."""
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    return tmp_path


def freeze(year: int) -> int:
    day = f"{year}-11-22"
    return run(["observatoire", "geler", PLACE.expression, "--date", day])


@pytest.mark.mission("OBS-056")
def test_the_snapshot_of_2025_is_immutable(folder: Path, capsys) -> None:
    assert freeze(2025) == 0
    path = path_of(PLACE, 2025)
    kept = path.read_bytes()
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    living_standard(folder, 21_000)
    assert freeze(2025) == 2
    assert "ne change plus" in capsys.readouterr().err
    assert freeze(2026) == 0
    assert path.read_bytes() == kept
    assert sorted(one.name for one in path.parent.iterdir()) == ["2025.json", "2026.json"]


@pytest.mark.mission("OBS-056")
def test_the_difference_with_2026_is_produced(folder: Path, capsys) -> None:
    assert freeze(2025) == 0
    living_standard(folder, 21_000)
    assert freeze(2026) == 0
    path = folder / "evolution.csv"
    assert run(["observatoire", "comparer", PLACE.expression, "2026", "2025", "-o", str(path)]) == 0
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "photographie de 2025" in said
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["indicateur"]: row for row in csv.DictReader(file, delimiter=";")}
    income = rows["Niveau de vie médian"]
    assert (income["avant"], income["apres"]) == ("non disponible", "21000")
    people = rows["Population municipale"]
    assert (people["avant"], people["apres"], people["evolution"]) == ("82665", "82665", "0")
    assert "même millésime" in people["note"]


def living_standard(folder: Path, value: float) -> None:
    rows = [
        {
            "code_commune": code,
            "millesime": 2022,
            "indicateur": "Médiane du niveau de vie (€)",
            "valeur": value,
            "statut": "connu",
        }
        for code in PLACE.codes
    ]
    put(folder, "filosofi", rows, "filosofi-essai", "2022")


@pytest.mark.mission("OBS-056")
def test_what_was_frozen_is_read_back_with_its_sources() -> None:
    assert freeze(2025) == 0
    found = read(PLACE, 2025)
    assert years(PLACE) == (2025,)
    apl = found.figures["apl"]
    assert apl.vintage.startswith("APL 2024")
    assert apl.provenance.sources[0].producer == "DREES"


@pytest.mark.mission("OBS-056")
def test_a_snapshot_that_was_touched_is_refused(capsys) -> None:
    assert freeze(2025) == 0
    path = path_of(PLACE, 2025)
    path.chmod(0o644)
    content = json.loads(path.read_text("utf-8"))
    content["contenu"]["indicateurs"]["population"]["value"] += 1
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError, match="modifié"):
        read(PLACE, 2025)
    assert run(["observatoire", "lister", PLACE.expression]) == 2


@pytest.mark.mission("OBS-056")
def test_the_panorama_says_what_changed_since_the_last_snapshot() -> None:
    keys = {s.key for part in panorama(PLACE, DAY).parts for s in part.sections}
    assert "observatoire" not in keys
    assert freeze(2025) == 0
    document = panorama(PLACE, DAY)
    (section,) = (s for p in document.parts for s in p.sections if s.key == "observatoire")
    assert "2025" in section.title


def test_a_year_without_snapshot_names_those_there_are(capsys) -> None:
    assert run(["observatoire", "lister", PLACE.expression]) == 1
    assert freeze(2025) == 0
    assert run(["observatoire", "comparer", PLACE.expression, "2024", "2025"]) == 2
    assert "2025" in capsys.readouterr().err
    assert run(["observatoire", "lister", PLACE.expression]) == 0
    assert "intacte" in capsys.readouterr().out
