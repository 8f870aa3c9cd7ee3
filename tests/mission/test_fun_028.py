"""FUN-028: equipment for consulting remotely, doctors and pharmacists."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, answer


@pytest.mark.mission("FUN-028")
@pytest.mark.parametrize(
    ("sigle", "profession"),
    [
        ("FORFAIT_STRUCTURE_TELEMED", "medecin_generaliste"),
        ("EQUIPEMENT_TELEMED_PHARMACIEN", "pharmacien"),
    ],
)
def test_both_are_listed_and_paid_by_the_health_insurance(sigle, profession):
    said = {"profession": profession, "equipement_video": "oui"}
    found = answer(sigle, GP, **said)
    assert found.verdict is Verdict.ELIGIBLE
    assert found.aid.financeur == "Assurance maladie"
