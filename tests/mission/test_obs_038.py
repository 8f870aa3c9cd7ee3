"""OBS-038: CPTS, who they cover, and the areas no CPTS covers."""

import pytest

from assemblier.diagnosis.structures import LABELLED, PLANNED, cpts_coverage
from assemblier.territory import parse


@pytest.mark.mission("OBS-038")
def test_labelled_and_planned_populations():
    found = cpts_coverage(parse("departement:43"))
    labelled = {c.name: c.population.value for c in found.cpts if c.status == LABELLED}
    assert labelled == {"Nord-Velay-Forez": 36_000, "Velay Sud": 64_000}
    assert found.labelled_population.value == 100_000
    assert found.planned_population.value == 59_500
    assert sum(c.status == PLANNED for c in found.cpts) == 4


@pytest.mark.mission("OBS-038")
def test_the_white_area_is_listed_and_counts_nobody():
    found = cpts_coverage(parse("departement:43"))
    assert len(found.white_areas) == 1
    assert "secteur Est" in found.white_areas[0]
    assert "secteur Est" in found.planned_population.note


@pytest.mark.mission("OBS-038")
def test_the_coverage_rate_has_its_two_numbers():
    share = cpts_coverage(parse("departement:43")).labelled_share
    assert (share.numerator.value, share.denominator.value) == (100_000, 228_654)
    assert round(share.value, 1) == 43.7
    assert share.note.startswith("Au plus")


@pytest.mark.mission("OBS-038")
def test_elsewhere_coverage_is_not_zero():
    found = cpts_coverage(parse("departement:63"))
    assert found.white_areas == ()
    assert not found.labelled_share.is_known
    assert "CPTS" in found.labelled_share.missing
