"""FUN-042: the centres de santé of Occitanie."""

import pytest

from tests.aid_cases import GUIDE, amounts, answer, missed

PROJECT = {
    "type_structure": "cds",
    "nature_projet_centre": "creation",
    "diagnostic_et_projet": "oui",
    "stagiaires_ou_prevention": "oui",
    "cofinancement_local": "oui",
}
EXTENSION = {**PROJECT, "nature_projet_centre": "extension", "professionnels_ajoutes": 1}


@pytest.mark.mission("FUN-042")
@pytest.mark.parametrize(
    ("project", "cost", "given"),
    [
        (PROJECT, 500_000, 150_000),
        (PROJECT, 1_000_000, 195_000),
        (EXTENSION, 200_000, 60_000),
        (EXTENSION, 500_000, 100_000),
    ],
)
def test_thirty_per_cent_up_to_a_cap(project, cost, given):
    found = answer("EX_OCCITANIE_CDS", GUIDE, **project, travaux_et_equipement=cost)
    assert amounts(found) == {"montant": given}


@pytest.mark.mission("FUN-042")
def test_an_extension_without_a_new_professional_is_refused():
    found = answer("EX_OCCITANIE_CDS", GUIDE, **{**EXTENSION, "professionnels_ajoutes": 0})
    assert missed(found) == ["extension"]


@pytest.mark.mission("FUN-042")
def test_a_project_the_commune_does_not_fund_is_refused():
    found = answer("EX_OCCITANIE_CDS", GUIDE, **{**PROJECT, "cofinancement_local": "non"})
    assert missed(found) == ["cofinancement"]
