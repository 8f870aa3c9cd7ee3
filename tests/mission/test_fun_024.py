"""FUN-024: the State's travel indemnity."""

import pytest

from tests.aids_answers import STAGE, amount, missed


@pytest.mark.mission("FUN-024")
def test_far_from_both_or_nothing():
    far = {"distance_chu_km": 20, "distance_domicile_km": 20}
    assert amount("ETAT_TRANSPORT", STAGE, **far) == 130
    assert missed("ETAT_TRANSPORT", STAGE, **{**far, "distance_domicile_km": 10}) == ["distance"]


@pytest.mark.mission("FUN-024")
@pytest.mark.parametrize("profession", ["pharmacien", "chirurgien_dentiste"])
def test_any_zone_students_of_pharmacy_and_dentistry_too(profession):
    said = {"zonage": "HZ", "profession": profession, "statut": "etudiant"}
    assert amount("ETAT_TRANSPORT", STAGE, **said) == 130
