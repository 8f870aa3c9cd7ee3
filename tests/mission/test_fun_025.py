"""FUN-025: the State's lodging indemnity."""

import pytest

from assemblier.aids.catalogue import dispositif
from assemblier.aids.dispositif import Sens
from tests.aids_answers import STAGE, amount, missed


@pytest.mark.mission("FUN-025")
def test_two_hundred_and_the_travel_with_it():
    lodging, travel = amount("ETAT_HEBERGEMENT", STAGE), amount("ETAT_TRANSPORT", STAGE)
    assert (lodging, lodging + travel) == (200, 330)
    (rule,) = [one for one in dispositif("ETAT_HEBERGEMENT").cumuls if one.avec == "ETAT_TRANSPORT"]
    assert rule.sens is Sens.PERMIS


@pytest.mark.mission("FUN-025")
def test_a_free_house_and_an_extern_have_nothing():
    assert missed("ETAT_HEBERGEMENT", STAGE, loge_gratuitement="oui") == ["logement"]
    assert missed("ETAT_HEBERGEMENT", STAGE, statut="etudiant") == ["statut"]
