"""SIM-008: the balance subsidy is a political choice."""

import pytest

from assemblier.projects.centre_de_sante import CRUISE
from tests.project_cases import centre


@pytest.mark.mission("SIM-008")
def test_both_aims_run_on_the_same_inputs_and_agree():
    service, balance = centre(objectif="service"), centre(objectif="equilibre")
    assert service.calculation.central == balance.calculation.central
    assert "choix politique" in service.findings[-1].text
    assert "à l'équilibre avec" in balance.findings[-1].text
    each = service.known("subvention", CRUISE) / service.known("population")
    assert service.known("subvention_habitant", CRUISE) == each > 0


@pytest.mark.mission("SIM-008")
@pytest.mark.parametrize(
    ("answer", "solved"),
    [("etp_administratif", "etp_equilibre"), ("medecins", "medecins_equilibre")],
)
def test_what_is_said_to_balance_needs_no_subsidy(answer, solved):
    # Twenty minutes a consultation leave a doctor short: the tariff is that of 2024.
    given = {"tarif": 30, "minutes": 20, "population": 9000}
    sized = centre(**given, **{answer: str(centre(**given).known(solved))})
    assert sized.known("resultat", CRUISE) == 0
    assert sized.known("subvention", CRUISE) == 0
