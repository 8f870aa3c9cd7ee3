"""FUN-011: the contract of first years and its four predecessors."""

import datetime as dt

import pytest

from assemblier.aids.catalogue import catalogue, dispositif
from tests.aids_answers import GP, missed


@pytest.mark.mission("FUN-011")
def test_four_predecessors_are_replaced_by_it_and_the_links_resolve():
    before = [one for one in catalogue() if "CDE" in one.remplace_par]
    assert {one.sigle for one in before} == {"PTMG", "PTMA", "PTMR", "PIAS"}
    contract = dispositif("CDE")
    assert all(one.ferme < contract.ouvert for one in before)


@pytest.mark.mission("FUN-011")
@pytest.mark.parametrize(("zone", "is_refused"), [("ZIP", False), ("ZAC", False), ("HZ", True)])
def test_it_is_open_in_both_zones(zone, is_refused):
    said = {"zonage": zone, "distance_zone_fragile_km": 30}
    assert ("zone" in missed("CDE", GP, dt.date(2022, 3, 1), **said)) == is_refused
