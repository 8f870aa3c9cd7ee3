"""OBS-029: the shares of doctors over 60 are dated references, never compared in silence."""

import pytest

from assemblier.data.contradictions import contradictions
from assemblier.data.documents import cited
from assemblier.figures import Nature


@pytest.mark.mission("OBS-029")
def test_printed_shares_are_stored_with_their_date_and_page():
    here, everywhere = cited("medecins_plus_de_60_ans_43"), cited("medecins_plus_de_60_ans")
    assert here.value == 24.9
    assert everywhere.value == 50
    for figure in (here, everywhere):
        assert figure.nature is Nature.CITE
        assert figure.vintage == "9 mars 2023"
        assert figure.provenance.sources[0].page == "page 6"


@pytest.mark.mission("OBS-029")
def test_the_gap_between_them_is_said():
    assert "périmètre non précisé" in cited("medecins_plus_de_60_ans").note
    (found,) = [one for one in contradictions() if one.key == "X-31"]
    assert found.used is None
    assert "avertissement" in found.decision
