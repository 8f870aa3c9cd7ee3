"""SIM-027: running costs shared by the professionals."""

import pytest

from tests.project_cases import study

TEAM = {
    "medecins": 3,
    "paramedicaux": 4,
    "loyer": 36_000,
    "secretariat": 60_000,
    "entretien": 9_001,
}
PEOPLE = [
    {"nom": "Médecins", "cle": 90},
    {"nom": "Infirmières", "cle": 40},
    {"nom": "Kiné", "cle": 50},
]


@pytest.mark.mission("SIM-027")
def test_shares_follow_the_key_and_sum_to_the_total():
    found = study("msp", **TEAM, aci=70_000, professionnels=PEOPLE)
    shares = [found.known(f"brut_{rank}") for rank in (1, 2, 3)]
    assert sum(shares) == found.known("charges") == 105_001
    assert shares[0] == found.known("charges") * 90 / 180
    assert sum(found.known(f"net_{rank}") for rank in (1, 2, 3)) == found.known("reste") == 35_001
    assert found.known("moyenne") == found.known("charges") / 3


@pytest.mark.mission("SIM-027")
def test_an_aci_without_its_prerequisites_pays_nothing():
    found = study("msp", **TEAM, aci=70_000, horaires="non", professionnels=PEOPLE)
    assert found.known("aci_charges") == 0
