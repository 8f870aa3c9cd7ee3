"""ACT-011: the legal composition of a maison de santé."""

import pytest

from tests.project_cases import refused, study


@pytest.mark.mission("ACT-011")
def test_two_doctors_and_a_nurse_pass_one_doctor_does_not():
    assert not study("msp", medecins=2, paramedicaux=1).refusals
    alone = refused(study("msp", medecins=1, paramedicaux=2))
    assert "les financements de l'ARS et de l'Assurance maladie" in alone
    assert "2 au moins" in alone
    assert study("msp", medecins=2, paramedicaux=0).refusals


@pytest.mark.mission("ACT-011")
def test_a_region_may_ask_for_three_doctors_never_for_one():
    assert "cahier des charges de la région" in refused(
        study("msp", medecins=2, paramedicaux=1, medecins_region=3)
    )
    assert not study("msp", medecins=3, paramedicaux=1, medecins_region=3).refusals
    assert study("msp", medecins=1, paramedicaux=1, medecins_region=1).refusals
