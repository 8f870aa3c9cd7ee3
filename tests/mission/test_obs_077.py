"""OBS-077: people with the complémentaire santé solidaire, with the date."""

import datetime as dt
import re

import pytest

from assemblier.diagnosis.follow_up import rights_share
from assemblier.reports.document import Finding
from assemblier.reports.panorama import panorama
from assemblier.territory import parse


@pytest.mark.mission("OBS-077")
def test_the_number_and_its_date_are_displayed():
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    blocks = [block for block in document.blocks() if isinstance(block, Finding)]
    texts = [re.sub(r"\s", " ", block.text) for block in blocks]
    (text,) = (text for text in texts if "14 647 bénéficiaires" in text)
    assert "C2S" in text
    assert "31 décembre 2022" in text


@pytest.mark.mission("OBS-077")
def test_the_rate_keeps_both_dates():
    found = rights_share(parse("departement:43"))
    assert found.value == pytest.approx(100 * 14_647 / 228_654)
    assert "31 décembre 2022" in found.vintage
    assert "CPAM" in rights_share(parse("departement:63")).missing
