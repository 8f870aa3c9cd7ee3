"""CMP-003: a draft deliberation of the CFE exemption."""

import pytest

from assemblier.aids.legality import aid_of
from assemblier.reports.legalite import deliberation
from tests.legality_cases import TAX


@pytest.mark.mission("CMP-003")
def test_the_deliberation_cites_the_article_and_the_absence_of_compensation():
    text = deliberation(aid_of(TAX)).plain
    assert "article 1464 D du code général des impôts" in text
    assert "n'est pas compensée par l'État" in text
    assert "moins de 2\u202f000 habitants" in text
    assert "3 ans, à compter de 2020" in text
    assert "avant le 1er octobre 2019" in text
