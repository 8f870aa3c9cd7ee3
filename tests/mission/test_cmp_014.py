"""CMP-014: an action within the powers of a collectivité, with the article."""

import datetime as dt

import pytest

from assemblier.aids.legality import Verdict
from assemblier.aids.legality.subjects import subject

DAY = dt.date(2019, 12, 31)


@pytest.mark.mission("CMP-014")
@pytest.mark.parametrize(
    ("who", "action", "verdict", "article"),
    [
        ("commune", "centre_de_sante", Verdict.LEGALE, "L. 6323-1-3"),
        ("commune", "aide_installation", Verdict.LEGALE, "L. 1511-8"),
        ("departement", "protection_maternelle_infantile", Verdict.LEGALE, "guide"),
        ("commune", "protection_maternelle_infantile", Verdict.ILLEGALE, "guide"),
        ("departement", "exoneration_cfe", Verdict.ILLEGALE, "1464 D"),
    ],
)
def test_the_article_is_shown(who, action, verdict, article):
    powers = subject("competence")
    found = powers.check(powers.read({"collectivite": who, "action": action}), DAY)
    assert found.verdict is verdict
    assert article in found.findings[0].law.reference
    assert "limitativement énumérées" in found.findings[0].note
