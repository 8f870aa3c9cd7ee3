"""CMP-012: a second practice is only declared to the Ordre."""

import datetime as dt

import pytest

from assemblier.aids.legality import Verdict
from assemblier.aids.legality.subjects import subject


@pytest.mark.mission("CMP-012")
def test_the_declaration_is_the_only_step():
    second = subject("cabinet-secondaire")
    day = dt.date(2020, 6, 1)
    assert [one.key for one in second.fields] == ["declare"]
    found = second.check(second.read({"declare": "oui"}), day)
    assert found.verdict is Verdict.LEGALE
    assert "aucune autorisation" in found.findings[0].sentence
    asked = second.check({}, day)
    assert asked.verdict is Verdict.INCOMPLETE
    assert "simple déclaration" in asked.findings[0].correction
