"""CMP-009: the rules of a centre de santé and of its antennas."""

import datetime as dt

import pytest

from assemblier.aids.legality import State, Verdict
from assemblier.aids.legality.subjects import subject

DAY = dt.date(2019, 12, 31)
CENTRE = {
    "gestionnaire": "commune",
    "tiers_payant": "oui",
    "sans_depassement": "oui",
    "gestion_non_lucrative": "oui",
    "actes_rembourses_a_titre_principal": "oui",
    "projet_de_sante_transmis": "oui",
}


@pytest.mark.mission("CMP-009")
def test_a_fee_over_the_tariff_is_flagged():
    centre = subject("centre-de-sante")
    assert centre.check(centre.read(CENTRE), DAY).verdict is Verdict.LEGALE
    over = centre.check(centre.read({**CENTRE, "sans_depassement": "non"}), DAY)
    assert over.verdict is Verdict.ILLEGALE
    (failing,) = [one for one in over.findings if one.state is State.CONTRAIRE]
    assert "dépassement" in failing.sentence
    assert "L. 6323-1" in failing.law.reference


@pytest.mark.mission("CMP-009")
@pytest.mark.parametrize("rule", ["tiers_payant", "gestion_non_lucrative"])
def test_the_other_rules_are_held_too(rule):
    centre = subject("centre-de-sante")
    assert centre.check(centre.read({**CENTRE, rule: "non"}), DAY).verdict is Verdict.ILLEGALE


@pytest.mark.mission("CMP-009")
@pytest.mark.parametrize(
    ("hours", "minutes", "verdict"),
    [
        (20, 29, Verdict.LEGALE),
        (21, 29, Verdict.ILLEGALE),
        (20, 31, Verdict.ILLEGALE),
        (20, 30, Verdict.INCOMPLETE),
    ],
)
def test_the_limits_of_an_antenna(hours, minutes, verdict):
    antenna = subject("antenne")
    told = {
        "heures_semaine": hours,
        "minutes": minutes,
        "meme_systeme_d_information": "oui",
        "meme_gestionnaire": "oui",
        "sans_autonomie_de_gestion": "oui",
    }
    assert antenna.check(antenna.read(told), DAY).verdict is verdict
