"""FUN-070: conditions common to the four contracts of the health insurance."""

import pytest

from tests.aids_answers import CAIM, COSCOM, COTRAM, CSTM, missed

CONTRACTS = {"CAIM": CAIM, "COSCOM": COSCOM, "COTRAM": COTRAM, "CSTM": CSTM}


@pytest.mark.mission("FUN-070")
@pytest.mark.parametrize("sigle", CONTRACTS)
@pytest.mark.parametrize("sector", ["secteur_2", "non_conventionne"])
def test_without_opposable_tariffs_all_four_are_refused(sigle, sector):
    assert missed(sigle, CONTRACTS[sigle], secteur=sector) == ["secteur"]
    assert not missed(sigle, CONTRACTS[sigle])


@pytest.mark.mission("FUN-070")
@pytest.mark.parametrize("sigle", ["CAIM", "COSCOM"])
def test_alone_the_two_that_ask_for_a_group_are_refused(sigle):
    alone = {"exercice_groupe": "non", "exercice_coordonne": "non"}
    assert missed(sigle, CONTRACTS[sigle], **alone) == ["exercice"]
