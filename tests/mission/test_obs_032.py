"""OBS-032: the sentence of the three first causes, from the table."""

import re

import pytest

from assemblier.diagnosis.mortality import top_three_sentence
from assemblier.diagnosis.presented import presented_mortality


@pytest.mark.mission("OBS-032")
def test_three_causes_in_order_with_their_shares():
    text = top_three_sentence(presented_mortality(), "en Haute-Loire").text
    names = ["tumeurs", "appareil circulatoire", "appareil respiratoire"]
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
    shares = [float(share.replace(",", ".")) for share in re.findall(r"\((\d+,\d+)", text)]
    assert shares == pytest.approx([25.56, 25.34, 9.56], abs=0.0101)
    assert "2017" in text
    assert "2\u202f660" in text


@pytest.mark.mission("OBS-032")
def test_the_sentence_carries_its_figures_and_their_source():
    figures = top_three_sentence(presented_mortality(), "en Haute-Loire").figures
    assert [round(figure.value, 2) for figure in figures] == [25.56, 25.34, 9.55, 2660]
    assert all(figure.provenance.sources[0].page == "page 11" for figure in figures)
