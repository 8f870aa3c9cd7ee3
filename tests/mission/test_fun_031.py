"""FUN-031: a structure of out-of-hours care is helped anywhere."""

import pytest

from assemblier.aids.legality import Verdict, aid_of, check_aid
from assemblier.errors import DataError

TOLD = {
    "aide": "permanence_des_soins",
    "date": "31/12/2019",
    "donneur": {"nature": "commune"},
    "beneficiaire": {"statut": "structure"},
    "montant": "200 000 €",
}


@pytest.mark.mission("FUN-031")
def test_the_zone_of_the_place_changes_nothing():
    found = check_aid(aid_of(TOLD))
    assert found.verdict is Verdict.LEGALE
    assert "Aucune zone n'est exigée" in found.of("zone").sentence


@pytest.mark.mission("FUN-031")
def test_no_zone_is_asked_for():
    with pytest.raises(DataError, match="ne concerne pas"):
        aid_of({**TOLD, "zone": {"classement": "HZ"}})
