"""FUN-060: the financing of a CPTS by size and year."""

import pytest

from tests.project_cases import GUIDE_DAY, PANORAMA_DAY, study

PEOPLE = (5_000, 39_999, 40_000, 79_999, 80_000, 174_999, 175_000, 400_000)


@pytest.mark.mission("FUN-060")
@pytest.mark.parametrize(
    ("day", "low", "high"), [(GUIDE_DAY, 185_000, 380_000), (PANORAMA_DAY, 287_000, 580_000)]
)
def test_within_the_range_and_growing_with_the_population(day, low, high):
    found = [study("cpts", day, population=one) for one in PEOPLE]
    amounts = [one.known("plein") for one in found]
    assert amounts == sorted(amounts)
    assert (amounts[0], amounts[-1]) == (low, high)
    assert [one.known("taille") for one in found] == [1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.mission("FUN-060")
def test_two_parts_the_second_by_results():
    whole = study("cpts", PANORAMA_DAY, population=36_000)
    half = study("cpts", PANORAMA_DAY, population=36_000, missions=50)
    assert whole.known("financement") == whole.known("plein")
    assert (
        half.known("financement") == half.known("fonctionnement") + half.known("missions_plein") / 2
    )
