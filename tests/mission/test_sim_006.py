"""SIM-006: the worked example of Port-la-Nouvelle."""

import pytest

from assemblier.projects.centre_de_sante import CRUISE, study
from assemblier.projects.centre_form import port_la_nouvelle
from tests.project_cases import GUIDE_DAY


@pytest.mark.mission("SIM-006")
def test_port_la_nouvelle_is_near_balance_with_its_assumptions_told():
    found = study(port_la_nouvelle(GUIDE_DAY), GUIDE_DAY)
    assert float(found.known("etp_total")) == 2.1
    assert found.known("heures_medicales") == 105
    assert found.known("salaire_net") == 4500
    deficit = -found.known("resultat", CRUISE)
    assert 0 < deficit < found.known("charges", CRUISE) / 10
    origins = {row.key: row.origin for row in found.calculation.rows()}
    assert "Port-la-Nouvelle" in origins["salaire_net"]
    assert "le guide de 2019 ne le dit pas" in origins["loyer"]
    assert all(origins[row.key] for row in found.calculation.rows() if row.is_entry)
