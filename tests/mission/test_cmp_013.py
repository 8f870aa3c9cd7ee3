"""CMP-013: nurses and physiotherapists in the most endowed zones: checked against the rule."""

import datetime as dt

import pytest

from assemblier.zoning.classes import Niveau
from assemblier.zoning.rules import installation_rule


@pytest.mark.mission("CMP-013")
@pytest.mark.parametrize("profession", ["infirmier", "masseur_kinesitherapeute"])
def test_the_most_endowed_zone_asks_a_cessation_and_names_its_text(profession):
    rule = installation_rule(profession, Niveau.SUR_DOTEE, dt.date(2024, 1, 1))
    assert rule.needs_cessation is True
    assert "Arrêté du" in rule.reference
    for level in list(Niveau)[:4]:
        assert installation_rule(profession, level, dt.date(2024, 1, 1)).needs_cessation is False


@pytest.mark.mission("CMP-013")
def test_before_the_text_nothing_is_said_rather_than_allowed():
    rule = installation_rule("infirmier", Niveau.SUR_DOTEE, dt.date(2015, 1, 1))
    assert rule.needs_cessation is None
