"""FOR-008: « no national growth »: fewer arrivals than departures, and the pessimistic default."""

import pytest

from assemblier.scenarios.projection import Group, Variant, hypotheses, observed_flow, project
from tests.projection_cases import DAY, HERE, everyone

NOW = everyone(Group(150))


@pytest.mark.mission("FOR-008")
def test_without_national_growth_arrivals_stay_below_departures() -> None:
    found = project(HERE, NOW, hypotheses(DAY), DAY, sensitivity=False)
    moves = [(before.expected.value, after.expected.value)
             for before, after in zip(found.years, found.years[1:], strict=False)]  # fmt: skip
    assert all(after < before for before, after in moves)
    came = sum(one.entries.median.known_value() for one in found.years)
    left = sum(one.exits.median.known_value() for one in found.years)
    assert 0 < came < left


@pytest.mark.mission("FOR-008")
def test_it_is_the_default_where_nothing_was_observed_and_stands_beside_what_was() -> None:
    assert hypotheses(DAY).variant is Variant.SANS_CROISSANCE
    observed = hypotheses(DAY, flow=observed_flow(HERE))
    found = project(HERE, NOW, observed, DAY, sensitivity=False)
    assert found.hypotheses.variant is Variant.OBSERVEE
    assert found.pessimistic[-1].stock.median.value < found.years[-1].stock.median.value
    assert [one.year for one in found.pessimistic] == [one.year for one in found.years]


@pytest.mark.mission("FOR-008")
def test_the_variant_says_what_it_supposes() -> None:
    found = project(HERE, NOW, hypotheses(DAY), DAY, sensitivity=False)
    assert any("sans croissance nationale" in note for note in found.notes)
    assert any("426 / 465" in line for line in found.provenance.parameters)
