"""FUN-071: grants for projects of access or prevention; the contrat de ville in a quarter."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aid_cases import GUIDE, answer, missed


@pytest.mark.mission("FUN-071")
@pytest.mark.parametrize("structure", ["msp", "cds"])
def test_a_priority_quarter_unlocks_the_contrat_de_ville(structure):
    said = {"type_structure": structure, "projet_prevention": "oui"}
    inside = answer("CONTRAT_DE_VILLE", GUIDE, **said, qpv="oui")
    outside = answer("CONTRAT_DE_VILLE", GUIDE, **said, qpv="non")
    assert inside.verdict is Verdict.ELIGIBLE
    assert missed(outside) == ["quartier"]
    for place in ("oui", "non"):
        found = answer("PROJET_PREVENTION_ARS", GUIDE, **said, qpv=place)
        assert found.verdict is Verdict.ELIGIBLE
