"""OBS-071: an APL in plain words."""

import pytest

from assemblier.diagnosis.apl import accessible_sentence, apl_sentence, commune_apl, mean_apl
from assemblier.diagnosis.local import published_apl
from assemblier.figures import Figure
from assemblier.territory import parse


@pytest.mark.mission("OBS-071")
def test_3_2_in_words():
    text = accessible_sentence(Figure("APL", 3.2, decimals=1))
    assert text == "3,2 consultations accessibles par an et par habitant"


@pytest.mark.mission("OBS-071")
def test_haute_loire_and_le_puy_in_words_with_their_vintage():
    published = published_apl(parse("departement:43"))
    mean = mean_apl(published, 2024)
    assert 3.62 <= round(mean.value, 2) <= 3.63
    text = apl_sentence("En Haute-Loire", mean).text
    assert "3,63 consultations accessibles par an et par habitant" in text
    assert "APL 2024" in text
    assert "population municipale" in mean.provenance.method
    assert "5,05 consultations" in accessible_sentence(commune_apl(published, "43157", 2024))


@pytest.mark.mission("OBS-071")
def test_an_unknown_apl_says_so_in_words():
    published = published_apl(parse("commune:63113"))
    assert "non disponible" in accessible_sentence(mean_apl(published, 2024))
