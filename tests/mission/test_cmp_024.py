"""CMP-024: when sources disagree, both are kept with their dates, and one is said to be used."""

from datetime import date

import pytest

from assemblier.data.contradictions import contradictions
from assemblier.data.documents import cited
from assemblier.parameters import value


@pytest.mark.mission("CMP-024")
def test_both_cpts_ranges_are_kept_and_the_latest_is_used():
    (found,) = [one for one in contradictions() if "CPTS" in one.subject and one.key == "X-01"]
    old, new = found.statements
    assert (old.date, new.date) == ("2019", "9 mars 2023")
    assert "185 000" in old.says and "380 000" in old.says
    assert "287 000" in new.says and "580 000" in new.says
    assert found.used is new


@pytest.mark.mission("CMP-024")
@pytest.mark.parametrize(
    ("on", "suffix", "low", "high"),
    [
        (date(2019, 12, 31), "_2019", 185_000, 380_000),
        (date(2023, 3, 9), "", 287_000, 580_000),
        (date(2026, 1, 1), "", 287_000, 580_000),
    ],
)
def test_the_range_in_use_follows_the_date(on, suffix, low, high):
    assert value("cpts.financement.minimum", on) == low
    assert value("cpts.financement.maximum", on) == high
    assert cited(f"cpts_financement_minimum{suffix}").value == low
    assert cited(f"cpts_financement_maximum{suffix}").value == high
