"""FUN-045: what Eure-et-Loir spends to train each supervisor of trainees."""

import pytest

from tests.aid_cases import GUIDE, amounts, answer


@pytest.mark.mission("FUN-045")
def test_from_1_667_to_2_500_per_doctor():
    who = {"profession": "medecin_generaliste", "statut": "installe"}
    found = amounts(answer("EX_EURE_ET_LOIR_MSU", GUIDE, **who))
    assert round(found["montant"]) == 1_667
    assert found["par_medecin_maximum"] == 2_500
