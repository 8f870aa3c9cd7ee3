"""FOR-004: more students entering in a year change the stock only once they are trained."""

import pytest

from assemblier.scenarios.projection import Group, project
from tests.projection_cases import DAY, HERE, everyone, settled

NOW = everyone(Group(100, 40, 50))


def stocks(**edits: object) -> dict[int, float]:
    found = project(HERE, NOW, settled(horizons=[2045], **edits), DAY, sensitivity=False)
    return {one.year: one.stock.median.known_value() for one in found.years}


@pytest.mark.mission("FOR-004")
def test_entries_in_training_change_the_stock_only_after_the_lag() -> None:
    before, after = stocks(), stocks(places_formation=[(2030, 30)])
    changed = [year for year in before if before[year] != after[year]]
    assert min(changed) == 2040
    assert after[2040] > before[2040]


@pytest.mark.mission("FOR-004")
def test_the_lag_is_ten_years_and_may_be_edited() -> None:
    assert settled().training_years == 10
    before = stocks()
    after = stocks(places_formation=[(2030, 30)], formation_annees=8)
    assert min(year for year in before if before[year] != after[year]) == 2038
