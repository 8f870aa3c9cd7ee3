"""FOR-005: medical time is the stock, its part-time share and the time worked then."""

import pytest

from assemblier.scenarios.projection import Group, project, rows
from tests.projection_cases import DAY, HERE, NOBODY_CEASES, everyone, settled

WOMEN = everyone(Group(100, 40, 40, sex="F"))


@pytest.mark.mission("FOR-005")
def test_a_hundred_women_a_quarter_at_half_time_make_87_5_equivalents() -> None:
    found = project(HERE, WOMEN, settled(**NOBODY_CEASES), DAY, sensitivity=False)
    assert {one.stock.median.value for one in found.years} == {100}
    for one in found.years:
        assert one.medical_time.median.value == pytest.approx(87.5)
    told = {one.key: one for one in rows(found.hypotheses)}
    assert told["temps_partiel_femmes"].value == "25\u202f%"
    assert told["temps_partiel"].value == "50\u202f%"
    assert any("temps partiel" in line for line in found.provenance.parameters)


@pytest.mark.mission("FOR-005")
def test_more_women_among_those_who_arrive_make_less_time_for_as_many_people() -> None:
    arriving = {**NOBODY_CEASES, "variante": "taux observés", "installations": [(2030, 50)]}
    few, many = (
        project(HERE, WOMEN, settled(femmes_arrivants=share, **arriving), DAY, sensitivity=False)
        for share in (0.2, 0.9)
    )
    assert few.years[-1].stock.median.value == many.years[-1].stock.median.value == 150
    assert few.years[-1].medical_time.median.value > many.years[-1].medical_time.median.value
