"""FOR-002: the default scenario uses the observed rates: 187 general practitioners become 194."""

import pytest

from assemblier.scenarios.projection import (
    Group,
    Variant,
    hypotheses,
    observed_flow,
    project,
    rows,
)
from tests.projection_cases import DAY, HERE, everyone

FLOW = observed_flow(HERE)
NOW = everyone(Group(187), year=2021)


@pytest.mark.mission("FOR-002")
def test_from_187_with_the_observed_rates_there_are_194_after_one_year() -> None:
    found = project(HERE, NOW, hypotheses(DAY, {"horizons": [2022]}, FLOW), DAY)
    before, after = found.years
    assert (before.stock.median.value, before.expected.value) == (187, pytest.approx(187))
    assert after.expected.value == pytest.approx(194, abs=1e-6)
    assert after.stock.median.value == pytest.approx(194, abs=1)
    assert after.entries.median.value == pytest.approx(16, abs=1)
    assert after.exits.median.value == pytest.approx(9, abs=1)


@pytest.mark.mission("FOR-002")
def test_the_rates_are_the_default_and_are_shown_with_where_they_were_read() -> None:
    found = hypotheses(DAY, flow=FLOW)
    told = {one.key: one for one in rows(found)}
    assert found.variant is Variant.OBSERVEE
    assert told["taux_installation"].value == "8,6\u202f%"
    assert told["departs_observes"].value == "4,8\u202f%"
    assert "tableau de flux" in told["departs_observes"].told


@pytest.mark.mission("FOR-002")
def test_a_rate_the_user_gives_replaces_the_observed_one() -> None:
    edits = {"horizons": [2022], "taux_installation": 0.0, "departs_observes": None}
    found = project(HERE, NOW, hypotheses(DAY, edits, FLOW), DAY, sensitivity=False)
    assert found.years[1].entries.high.value == 0
    assert found.years[1].expected.value < 187
