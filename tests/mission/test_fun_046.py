"""FUN-046: the training of supervisors that moved to the Drôme, told to a collectivité."""

import pytest

from assemblier.aids.engine import Situations
from assemblier.aids.initiatives import initiatives


@pytest.mark.mission("FUN-046")
def test_a_departement_is_told_of_it():
    found = initiatives(Situations(1, {"type_structure": "departement"}))
    (drome,) = [one for one in found if "Drôme" in one.title]
    assert "Une trentaine de médecins généralistes" in drome.text
    assert drome.source.page == "page 36 et suivantes"
