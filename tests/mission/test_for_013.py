"""FOR-013: young people of the territory who begin medicine come back, but only once trained."""

import pytest

from assemblier.scenarios.projection import Group, project
from tests.projection_cases import DAY, HERE, everyone, settled

NOW = everyone(Group(100, 40, 50))


def expected(**edits: object) -> dict[int, float]:
    found = project(HERE, NOW, settled(horizons=[2045], **edits), DAY, sensitivity=False)
    return {one.year: one.expected.known_value() for one in found.years}


@pytest.mark.mission("FOR-013")
def test_local_students_have_an_effect_only_after_the_lag() -> None:
    before, after = expected(), expected(etudiants_locaux=[(2028, 20)])
    for year, stock in before.items():
        if year < 2038:
            assert after[year] == stock
        else:
            assert after[year] > stock
    assert after[2038] - before[2038] == pytest.approx(20 * settled().local_return)


@pytest.mark.mission("FOR-013")
def test_the_part_that_comes_back_may_be_edited() -> None:
    one, other = (
        expected(etudiants_locaux=[(2028, 20)], retour_etudiants=part) for part in (0.1, 0.5)
    )
    assert other[2040] > one[2040]
