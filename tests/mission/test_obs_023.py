"""OBS-023: density of nurses, compared with the country."""

import pytest

from assemblier.diagnosis.densities import presented_density
from assemblier.diagnosis.density import Verdict, comparison_sentence


@pytest.mark.mission("OBS-023")
def test_ratio_and_verdict():
    found = presented_density("infirmier")
    assert (found.departement.cited.value, found.france.value) == (22.6, 15.4)
    assert round(found.comparison.ratio.value, 2) == 1.47
    assert found.comparison.verdict is Verdict.HIGHER
    assert str(found.comparison.verdict) == "supérieure"


@pytest.mark.mission("OBS-023")
def test_the_sentence_and_our_own_density_beside_it():
    found = presented_density("infirmier")
    text = comparison_sentence(
        "Haute-Loire", "La densité d'infirmiers", found.comparison, "la densité nationale"
    ).text
    assert "22,6" in text
    assert "15,4" in text
    assert round(found.departement.computed.value, 1) == 21.3  # 488 / 228 654
    assert found.departement.reason
