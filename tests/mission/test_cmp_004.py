"""CMP-004: which aids may be held together."""

import datetime as dt

import pytest

from assemblier.aids.legality.cumulation import Cumul, cumulation

DAY = dt.date(2019, 12, 31)


@pytest.mark.mission("CMP-004")
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("cesp", "indemnite_etude", Cumul.DECONSEILLE),
        ("logement_gratuit", "indemnite_stage", Cumul.INTERDIT),
        ("ptmg", "ptma", Cumul.INTERDIT),
        ("transport_etat", "hebergement_etat", Cumul.AUTORISE),
    ],
)
def test_the_four_pairs(one, other, expected):
    found = cumulation(one, other, DAY)
    assert found.cumul is expected
    assert found.law is not None
    assert found.sentence
