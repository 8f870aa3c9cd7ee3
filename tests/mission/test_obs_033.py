"""OBS-033: share of patients in ALD and its gaps, in points."""

import pytest

from assemblier.diagnosis.ald import ald_sentence
from assemblier.diagnosis.presented import presented_long_term_illness


@pytest.mark.mission("OBS-033")
def test_shares_of_2021_and_gaps():
    found = presented_long_term_illness("43")
    assert found.share.value == 19.6
    assert found.share.vintage == "2021"
    assert {name: figure.value for name, figure in found.references.items()} == {
        "Auvergne-Rhône-Alpes": 16.1,
        "métropole": 16.5,
    }
    gaps = {name: round(gap.value, 1) for name, gap in found.gaps.items()}
    assert gaps == {"Auvergne-Rhône-Alpes": 3.5, "métropole": 3.1}


@pytest.mark.mission("OBS-033")
def test_the_sentence_gives_them():
    text = ald_sentence(presented_long_term_illness("43"), "en Haute-Loire").text
    for written in ("19,6", "16,1", "16,5", "+3,5 points", "+3,1 points"):
        assert written in text


@pytest.mark.mission("OBS-033")
def test_elsewhere_the_share_names_the_file_that_would_bring_it():
    for code in ("63", "29", ""):
        found = presented_long_term_illness(code)
        assert "Cnam" in found.share.missing
        assert not any(gap.is_known for gap in found.gaps.values())
    # a région is a reference for its own départements only
    assert presented_long_term_illness("63").references["Auvergne-Rhône-Alpes"].value == 16.1
    assert not presented_long_term_illness("29").references["Bretagne"].is_known
