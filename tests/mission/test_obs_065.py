"""OBS-065: territories above a threshold, said to be a proposal."""

import datetime as dt

import pytest

from assemblier import access, territory
from assemblier.reports.apl_text import above_text
from assemblier.travel import chain_engine

ON = dt.date(2024, 1, 1)


@pytest.mark.mission("OBS-065")
def test_the_list_shrinks_as_the_threshold_rises_and_says_what_it_is():
    study = access.study(
        territory.parse("departement:43"), "medecin_generaliste", ON, chain_engine(ON)
    )
    counts = [
        len(access.above(study.found.codes, study.found.score, threshold / 2))
        for threshold in range(20)
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    text = above_text(study, 5.0)
    assert "proposition, non droit en vigueur" in text
    assert len(text.splitlines()) == counts[10] + 1
