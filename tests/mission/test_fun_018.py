"""FUN-018: the grant of the plan d'accès aux soins, from 10 000 to 50 000 €."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aid_cases import amounts, answer, missed

PLACE = {"region": "84", "zonage": "ZAC"}
DAY = dt.date(2023, 6, 1)


@pytest.mark.mission("FUN-018")
@pytest.mark.parametrize("structure", ["msp", "cds", "cpts"])
def test_the_line_takes_from_10_000_to_50_000(structure):
    said = {"type_structure": structure, **PLACE}
    for euros in (10_000, 50_000):
        found = answer("PLAN_ACCES_STRUCTURE", DAY, **said, financement_demande=euros)
        assert found.verdict is Verdict.ELIGIBLE
        assert amounts(found) == {"montant": euros, "minimum": 10_000, "maximum": 50_000}


@pytest.mark.mission("FUN-018")
def test_more_than_50_000_is_refused_on_this_line():
    said = {"type_structure": "msp", **PLACE, "financement_demande": 50_001}
    found = answer("PLAN_ACCES_STRUCTURE", DAY, **said)
    assert found.verdict is Verdict.NON_ELIGIBLE
    assert missed(found) == ["demande"]
    assert "50\u202f001\u00a0€" in found.conditions[-1].phrase
