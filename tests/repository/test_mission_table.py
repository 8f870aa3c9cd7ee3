"""docs/mission.csv says of each row what the marked tests say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tools import mission

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows():
    return mission.read_rows()


def test_the_table_has_every_row_once(rows):
    assert len(rows) == 399
    assert set(rows[0]) == set(mission.COLUMNS)
    assert len({row["id"] for row in rows}) == 399
    assert all(re.fullmatch(r"[A-Z]{3}-\d{3}", row["id"]) for row in rows)


def test_each_domain_has_its_rows(rows):
    by_prefix = Counter(row["id"][:3] for row in rows)
    assert by_prefix == {
        "OBS": 82, "FOR": 16, "SIM": 29, "FUN": 72, "ACT": 66,
        "CON": 43, "CNX": 29, "INF": 24, "PAR": 13, "CMP": 25,
    }  # fmt: skip
    domains = {(row["id"][:3], row["categorie"]) for row in rows}
    assert len(domains) == len(by_prefix)


def test_priorities_and_states_are_known(rows):
    assert {row["priorite"] for row in rows} == set(mission.PRIORITIES)
    assert {row["etat"] for row in rows} <= {mission.DONE, mission.PLANNED}


def test_each_capability_is_one_sentence_of_its_own(rows):
    sentences = [row["capacite"] for row in rows]
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert 30 <= len(sentence) <= 320, sentence
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert not re.search(r"[a-z]\. [A-ZÀÉ]", sentence), f"deux phrases : {sentence}"


def test_rows_done_are_exactly_those_with_a_mission_test(rows):
    done = {row["id"] for row in rows if row["etat"] == mission.DONE}
    assert done == set(mission.marked_rows())


def test_every_mission_test_is_marked():
    unmarked = [
        f"{path.name}::{name}"
        for path in (ROOT / "tests" / "mission").rglob("test_*.py")
        for decorators, name in re.findall(
            r"((?:^@[^\n]*\n(?:^[ )][^\n]*\n)*)*)^def (test_\w+)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        if "mission(" not in decorators and "pytestmark" not in path.read_text(encoding="utf-8")
    ]
    assert unmarked == []


def test_a_row_passes_only_when_a_test_passed_and_none_failed():
    outcomes = {"A": ["passed"], "B": ["failed", "passed"], "C": ["skipped"]}
    outcomes["D"] = ["passed", "skipped"]
    assert mission.passing(outcomes) == {"A", "D"}


def test_the_summary_counts_each_domain():
    rows = [
        {"id": "A", "categorie": "observer", "priorite": "essentiel"},
        {"id": "B", "categorie": "observer", "priorite": "utile"},
        {"id": "C", "categorie": "agir", "priorite": "utile"},
    ]
    lines = [re.sub(r" +", " ", line) for line in mission.table(rows, {"A"})]
    assert lines[1:] == [
        "observer 1 sur 2 1 sur 1",
        "agir 0 sur 1 0 sur 0",
        "total 1 sur 3 1 sur 1",
    ]
