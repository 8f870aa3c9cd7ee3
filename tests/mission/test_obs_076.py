"""OBS-076: medical assistants for 100 general practitioners."""

import datetime as dt
import re

import pytest

from assemblier.diagnosis.follow_up import assistants_per_100
from assemblier.reports.document import Finding
from assemblier.reports.panorama import panorama
from assemblier.territory import parse


@pytest.mark.mission("OBS-076")
def test_12_for_194():
    found = assistants_per_100(parse("departement:43"))
    assert (found.numerator.value, found.denominator.value) == (12, 194)
    assert round(found.value, 1) == 6.2


@pytest.mark.mission("OBS-076")
def test_the_panorama_says_it_and_elsewhere_the_file_is_named():
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    blocks = [block for block in document.blocks() if isinstance(block, Finding)]
    texts = [re.sub(r"\s", " ", block.text) for block in blocks]
    assert any("12 assistants" in text and "6,2 pour" in text for text in texts)
    assert "CPAM" in assistants_per_100(parse("departement:63")).missing
