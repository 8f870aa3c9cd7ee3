"""FUN-051: FCTVA in the plan."""

import pytest

from tests.project_cases import plan

LINE = {"financeur": "fctva"}


@pytest.mark.mission("FUN-051")
def test_nothing_outside_the_zones_computed_inside():
    assert plan(LINE, zone="hz", zone_rurale="non").known("aide_1") == 0
    inside = plan(LINE, zone="zip", zone_rurale="non")
    assert inside.known("aide_1") == inside.known("immobilier") * inside.known("taux_1") / 100 > 0
    assert plan(LINE, zone="hz", zone_rurale="oui").known("aide_1") > 0
    assert plan(LINE, porteur="association").known("aide_1") == 0
    assert not plan(LINE, zone="hz", zone_rurale="non").refusals
