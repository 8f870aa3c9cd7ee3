"""OBS-012: the same commune, two dates around a new order: two zones, two references."""

import datetime as dt

import pytest

from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import MEDECIN, Zonage


def act(key: str, since: dt.date, zone: Zonage) -> Acte:
    return Acte(key, "84", MEDECIN, since, since, f"arrêté {key}", "liste.csv", {"43234": zone})


@pytest.mark.mission("OBS-012")
def test_two_dates_around_an_order_give_two_zones_and_two_references():
    known = Register(
        [act("2018", dt.date(2018, 6, 1), Zonage.ZAC), act("2022", dt.date(2022, 2, 1), Zonage.ZIP)]
    )
    answers = [
        known.zone_at("43234", "84", MEDECIN, day)
        for day in (dt.date(2022, 1, 31), dt.date(2022, 2, 1))
    ]
    assert [answer.zone for answer in answers] == [Zonage.ZAC, Zonage.ZIP]
    assert [answer.act.reference for answer in answers] == ["arrêté 2018", "arrêté 2022"]
    assert known.zone_at("43234", "84", MEDECIN, dt.date(2018, 5, 31)).zone is None
