"""OBS-013: five ordered levels; over-endowed: only after a cessation; never told to a doctor."""

import datetime as dt

import pytest

from assemblier.errors import InputError
from assemblier.reports.zonage.lookup import lookup, lookup_document
from assemblier.territory import parse
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import FIVE_LEVEL_PROFESSIONS, MEDECIN, Niveau, Zonage, level_label
from assemblier.zoning.rules import installation_rule

ON = dt.date(2024, 1, 1)


@pytest.mark.mission("OBS-013")
def test_there_are_five_ordered_levels():
    names = [level_label(level, "infirmier", ON) for level in Niveau]
    assert names == ["très sous-dotée", "sous-dotée", "intermédiaire", "très dotée", "sur-dotée"]
    assert [level.rank for level in Niveau] == [0, 1, 2, 3, 4]


def told(profession: str, zone: Zonage | Niveau) -> str:
    act = Acte("a", "84", profession, ON, ON, "arrêté engendré", "f", {"43157": zone})
    document = lookup_document(lookup(parse("commune:43157"), profession, ON, Register([act]), {}))
    return " ".join(str(cell) for table in document.tables() for row in table.rows for cell in row)


@pytest.mark.mission("OBS-013")
def test_a_nurse_is_told_and_a_doctor_never():
    assert "seulement après une cessation" in told("infirmier", Niveau.SUR_DOTEE)
    assert "cessation" not in "".join(told(MEDECIN, zone) for zone in Zonage)
    with pytest.raises(InputError):
        installation_rule(MEDECIN, Niveau.SUR_DOTEE, ON)


@pytest.mark.mission("OBS-013")
def test_the_rule_holds_at_the_last_level_only():
    for profession in FIVE_LEVEL_PROFESSIONS:
        if profession == "chirurgien_dentiste":
            continue
        asked = [installation_rule(profession, level, ON).needs_cessation for level in Niveau]
        assert asked == [False] * 4 + [profession != "orthophoniste"]
