"""FOR-007: cumul emploi-retraite: 27 % of those over 60 go on for four years; off, they leave."""

import numpy as np
import pytest

from assemblier.scenarios.projection import Group, project, rows
from assemblier.scenarios.projection.population import crowd
from tests.projection_cases import DAY, HERE, everyone, settled

NOW = everyone(Group(100, 66, 66))
AT_67 = {"depart_ages": [0, 67], "depart_taux": [0.0, 1.0]}
"""Everybody retires on reaching 67."""


def stocks(**edits: object) -> list[float]:
    found = project(HERE, NOW, settled(**AT_67, **edits), DAY, sensitivity=False)
    return [one.expected.known_value() for one in found.years]


@pytest.mark.mission("FOR-007")
def test_on_a_share_of_27_percent_leaves_four_years_later() -> None:
    on, off = stocks(), stocks(cumul=False)
    assert off[:3] == [100, 0, 0]
    assert on[:7] == pytest.approx([100, 27, 27, 27, 27, 0, 0])


@pytest.mark.mission("FOR-007")
def test_draw_by_draw_nobody_leaves_later_once_the_option_is_off() -> None:
    on, off = (crowd(NOW, settled(**AT_67, cumul=one), (), 10).present for one in (True, False))
    assert (off.ends <= on.ends).all()
    later = on.ends - off.ends
    assert set(np.unique(later).tolist()) == {0, 4}
    # 20,000 chances of 27 %: five standard deviations.
    assert (later == 4).mean() == pytest.approx(0.27, abs=5 * (0.27 * 0.73 / later.size) ** 0.5)


@pytest.mark.mission("FOR-007")
def test_they_work_a_part_of_their_time_and_all_of_it_may_be_edited() -> None:
    now = everyone(Group(100, 66, 66, sex="H"))
    edits = {**AT_67, "temps_partiel_hommes": 0, "cumul_part": 1, "cumul_annees": 2}
    found = project(HERE, now, settled(**edits, cumul_temps=0.4), DAY, sensitivity=False)
    assert [one.stock.median.value for one in found.years[:4]] == [100, 100, 100, 0]
    assert [one.medical_time.median.value for one in found.years[:4]] == pytest.approx(
        [100, 40, 40, 0]
    )
    told = {one.key: one for one in rows(settled())}
    assert (told["cumul_part"].value, told["cumul_annees"].value) == ("27\u202f%", "4")


@pytest.mark.mission("FOR-007")
def test_before_60_nobody_goes_on() -> None:
    at_58 = {"depart_ages": [0, 58], "depart_taux": [0.0, 1.0]}
    found = project(HERE, everyone(Group(9, 57, 57)), settled(**at_58), DAY, sensitivity=False)
    assert found.years[1].stock.high.value == 0
