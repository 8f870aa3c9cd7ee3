"""The page of texts is the one the tool builds; it names every text the software cites."""

import importlib.util
from pathlib import Path

import pytest

from assemblier import parameters
from assemblier.data.contradictions import contradictions
from assemblier.data.texts import legal_texts
from assemblier.french import french_spaces

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    path = ROOT / "tools" / "construire_textes.py"
    specification = importlib.util.spec_from_file_location("construire_textes", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(tool):
    return tool.PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date(tool, written):
    assert written == tool.page(), "relancer tools/construire_textes.py"


def test_the_page_names_every_text_every_rule_and_every_contradiction(written):
    for text in legal_texts():
        assert french_spaces(text.reference) in written
        assert text.address in written
    for path in parameters.paths():
        assert f"`{path}`" in written
    for one in contradictions():
        assert f"| {one.key} |" in written


def test_a_rule_that_changed_says_what_it_replaced(tool):
    rows = [one for one in tool.dated_values() if one.previous is not None]
    by_path = {(one.parameter.path, one.parameter.since.isoformat()): one for one in rows}
    changed = by_path["aides.legalite.installation.convention", "2020-01-01"]
    assert changed.previous.value == "agence"
    assert changed.previous.since < changed.parameter.since


def test_a_rule_not_read_for_a_year_is_listed(tool, written):
    listed = written.split("## À relire")[1].split("## Les contradictions")[0]
    assert "Sortie ou voyage scolaire" in listed
    assert "Durée minimale d'exercice promise contre une aide" not in listed
