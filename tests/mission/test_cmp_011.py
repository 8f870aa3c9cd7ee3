"""CMP-011: would a commercial offer of teleconsultation be reimbursed?"""

import datetime as dt

import pytest

from assemblier.aids.legality import Verdict
from assemblier.aids.legality.subjects import subject

OFFER = {
    "vu_depuis_mois": 600,
    "parcours_de_soins": "non",
    "zone_sous_dense": "non",
    "organisation_coordonnee": "non",
}


def verdict(told, day):
    chosen = subject("teleconsultation")
    return chosen.check(chosen.read(told), day)


@pytest.mark.mission("CMP-011")
def test_an_offer_without_coordinated_organisation_outside_a_fragile_zone_is_not_reimbursed():
    found = verdict(OFFER, dt.date(2019, 12, 31))
    assert found.verdict is Verdict.ILLEGALE
    assert found.said == "non remboursable"
    assert "organisation de médecins du territoire" in found.of("Patient connu").correction


@pytest.mark.mission("CMP-011")
def test_the_exception_and_the_ordinary_case_are_reimbursed():
    day = dt.date(2019, 12, 31)
    exception = {**OFFER, "zone_sous_dense": "oui", "organisation_coordonnee": "oui"}
    assert verdict(exception, day).said == "remboursable"
    ordinary = {**OFFER, "vu_depuis_mois": 12, "parcours_de_soins": "oui"}
    assert verdict(ordinary, day).said == "remboursable"


@pytest.mark.mission("CMP-011")
def test_the_conditions_are_those_of_the_date():
    told = {"vu_depuis_mois": 600, "parcours_de_soins": "oui", "alternance": "oui",
            "proximite": "oui", "part_a_distance": 20}  # fmt: skip
    told |= {"zone_sous_dense": "non", "organisation_coordonnee": "non"}
    assert verdict(told, dt.date(2022, 3, 31)).verdict is Verdict.ILLEGALE
    assert verdict(told, dt.date(2022, 4, 1)).verdict is Verdict.LEGALE
