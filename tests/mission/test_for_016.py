"""FOR-016: internes and CESP signatories by year of availability, as arrivals of a projection."""

import datetime as dt

import pytest

from assemblier.scenarios.projection import Group, project
from assemblier.scenarios.trainees import Kind, Trainees, arrivals, promotions
from tests.projection_cases import DAY, HERE, everyone, settled

SIGNATORY = Trainees(Kind.CESP, 1, dt.date(2028, 11, 1), months_due=24)


@pytest.mark.mission("FOR-016")
def test_a_cesp_signatory_with_24_months_due_appears_in_the_year_of_exit():
    (one,) = arrivals([SIGNATORY])
    assert (one.year, one.count) == (2028, 1)
    assert "24 mois dus" in one.label
    assert SIGNATORY.bound_until == dt.date(2030, 10, 31)


@pytest.mark.mission("FOR-016")
def test_internes_and_signatories_are_counted_by_year_of_availability():
    told = [
        SIGNATORY,
        Trainees(Kind.INTERNE, 12, dt.date(2028, 10, 31), share=0.25),
        Trainees(Kind.INTERNE, 8, dt.date(2027, 10, 31), share=0.5),
    ]
    first, second = promotions(told)
    assert (first.year, first.internes, first.cesp, first.expected) == (2027, 8, 0, 4)
    assert (second.year, second.internes, second.cesp, second.expected) == (2028, 12, 1, 4)
    assert (first.bound_until, second.bound_until) == (None, 2030)


@pytest.mark.mission("FOR-016")
def test_the_projection_counts_the_signatory_in_that_year():
    found = project(HERE, everyone(Group(10, 40, 40)), settled(), DAY,
                    arrivals=arrivals([SIGNATORY]), sensitivity=False)  # fmt: skip
    came = {one.year: one.entries.median.value for one in found.years}
    assert [year for year, count in came.items() if count] == [2028]
    assert came[2028] == 1
