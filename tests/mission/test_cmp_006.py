"""CMP-006: « installation in the département » is not precise enough."""

import pytest

from assemblier.aids.legality import State, check_aid
from assemblier.aids.legality.examples import examples
from tests.legality_cases import STUDY, opinion


@pytest.mark.mission("CMP-006")
def test_the_wording_of_the_oise_is_to_be_made_precise():
    oise = [one for one in examples() if one.key.startswith("oise")]
    assert len(oise) == 2
    for one in oise:
        found = check_aid(one.aid).of("zone")
        assert found.state is State.A_COMPLETER
        assert "zone d'intervention prioritaire" in found.correction


@pytest.mark.mission("CMP-006")
def test_a_bursary_that_names_only_the_departement_of_the_vienne_is_refused():
    found = opinion(STUDY, zone={"territoire": "departement:86"}).of("zone")
    assert found.state is State.CONTRAIRE
    assert "zones sous-denses" in found.sentence
