"""FUN-041: the maisons de santé of the Haute-Savoie."""

import pytest

from assemblier.aids.engine import Verdict
from tests.aid_cases import GUIDE, amounts, answer, missed

PROJECT = {
    "type_structure": "msp",
    "medecins_de_la_structure": 3,
    "age_plus_jeune_generaliste": 56,
    "minutes_autre_offre": 31,
    "projet_de_sante_valide": "oui",
    "cofinancement_local": "oui",
    "engagement_maitre_de_stage": "oui",
    "depense_ttc": 600_000,
    "informatique_ttc": 10_000,
}


@pytest.mark.mission("FUN-041")
def test_a_fifth_of_600_000_taken_up_to_500_000():
    found = answer("EX_HAUTE_SAVOIE_MSP", GUIDE, **PROJECT)
    assert found.verdict is Verdict.ELIGIBLE
    assert amounts(found) == {"montant": 100_000, "informatique": 2_000}


@pytest.mark.mission("FUN-041")
@pytest.mark.parametrize(
    ("name", "said", "condition"),
    [
        ("medecins_de_la_structure", 2, "medecins"),
        ("age_plus_jeune_generaliste", 55, "age"),
        ("minutes_autre_offre", 30, "eloignement"),
        ("projet_de_sante_valide", "non", "projet"),
        ("cofinancement_local", "non", "cofinancement"),
        ("engagement_maitre_de_stage", "non", "stages"),
    ],
)
def test_each_condition_is_asked(name, said, condition):
    found = answer("EX_HAUTE_SAVOIE_MSP", GUIDE, **{**PROJECT, name: said})
    assert missed(found) == [condition]
