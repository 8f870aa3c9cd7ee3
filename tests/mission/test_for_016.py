"""FOR-016: internes and CESP signatories by year of availability, as arrivals of a projection."""

import datetime as dt

import pytest

from assemblier.scenarios.trainees import Kind, Trainees, arrivals, promotions

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
