"""What dated values always are, as their docstrings say it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.parameters import explain, nomenclature, paths, value

TODAY = date(2026, 1, 1)
unhurried = settings(deadline=None)  # the first example reads the files


@unhurried
@given(st.sampled_from(paths()), st.integers(0, 4000))
def test_value_is_the_one_of_the_latest_date_not_after(path, days):
    day = explain(path, TODAY).since + timedelta(days=days)
    found = explain(path, day)
    assert found.since <= day
    assert found.value == value(path, day) == value(path, found.since)


@unhurried
@given(st.integers(0, 99))
def test_profession_of_gives_a_code_to_one_profession_at_most(number):
    code = f"{number:02d}"
    owners = [
        name
        for name in nomenclature.professions()
        if code in nomenclature.specialty_codes(name, TODAY)
    ]
    assert len(owners) <= 1
    assert nomenclature.profession_of(code, TODAY) == (owners[0] if owners else None)
