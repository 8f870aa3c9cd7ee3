"""Every dated value keeps its promises: a reference at the same date, limits that are said."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assemblier import parameters
from assemblier.figures import Confidence

FOLDER = Path(parameters.__file__).parent
FILES = sorted(FOLDER.rglob("*.yaml"))
IDS = [str(file.relative_to(FOLDER)) for file in FILES]


def content(file: Path) -> dict:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_every_file_is_a_parameter_and_every_parameter_a_file():
    assert len(FILES) == len(parameters.paths()) >= 30


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_each_dated_value_has_a_reference_at_the_same_date(file):
    data = content(file)
    assert set(data["metadata"]["reference"]) == set(data["values"])
    for reference in data["metadata"]["reference"].values():
        assert len(reference["title"]) > 20
        assert set(reference) <= {"title", "href"}


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_each_parameter_says_what_is_not_modelled(file):
    assert "Non modélisé : " in content(file)["documentation"]


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_each_parameter_has_a_label_a_unit_and_a_confidence(file):
    data = content(file)
    assert data["description"]
    assert isinstance(data["metadata"]["unit"], str)
    confidence = data["metadata"]["confidence"]
    dated = dict.fromkeys(data["values"], confidence) if isinstance(confidence, str) else confidence
    assert set(dated) == set(data["values"])
    assert all(Confidence(one) for one in dated.values())


@pytest.mark.parametrize("path", parameters.paths())
def test_a_hypothesis_of_ours_is_never_shown_as_confirmed(path):
    found = parameters.explain(path, date(2026, 1, 1))
    is_ours = "Hypothèse d'Assemblier" in found.reference or "Ajustement d'" in found.reference
    assert not (is_ours and found.confidence is Confidence.CONFIRME)


@pytest.mark.parametrize("path", parameters.paths())
def test_values_stand_on_real_dates(path):
    for day in content(FOLDER / f"{path.replace('.', '/')}.yaml")["values"]:
        assert isinstance(day, date)
        assert parameters.explain(path, day).since == day
