"""OBS-006: three half-open bands, with the legend of the document."""

import re

import pytest

from assemblier.diagnosis.bands import bands, classify


@pytest.mark.mission("OBS-006")
@pytest.mark.parametrize(("value", "band"), [(2.499, 1), (2.5, 2), (3.999, 2), (4.0, 3)])
def test_edges(value, band):
    assert classify(value).index + 1 == band


@pytest.mark.mission("OBS-006")
def test_legends_are_those_of_the_document():
    printed = ["[0 ; 2.5 [", "[2.5 ; 4 [", "[4 ; 100 ["]

    def normalised(text):
        return re.sub(r"\s", "", text).replace(",", ".")

    assert [normalised(band.legend) for band in bands()] == [normalised(text) for text in printed]
    assert [band.legend for band in bands()] == ["[0 ; 2,5[", "[2,5 ; 4[", "[4 ; 100["]
