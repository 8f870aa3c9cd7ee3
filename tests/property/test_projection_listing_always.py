"""What a list of practitioners always keeps, and what its ages always take from the cliff."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblier import access
from assemblier.scenarios.projection import Group, completed, counted
from assemblier.scenarios.projection.cliff import cliffs
from assemblier.scenarios.projection.cliff_told import (
    older_part,
    told_activity,
    without_older,
)
from assemblier.travel import chain_engine
from tests.projection_cases import DAY, HERE, everyone

BASE = access.baseline(HERE, DAY, chain_engine(DAY))
COUNTED = counted(HERE, BASE, DAY)
CODES = ("43040", "43148", "43157", "43234", "43001")
"""One of them contradicts its score, another counts nobody."""


@st.composite
def groups(draw, *, placed=False) -> tuple[Group, ...]:
    where = st.sampled_from(CODES if placed else (*CODES, None))
    ages = st.none() | st.tuples(st.integers(30, 75), st.integers(0, 9))
    found = []
    for code, count, band in draw(
        st.lists(st.tuples(where, st.integers(1, 30), ages), min_size=1, max_size=5)
    ):
        low, high = (band[0], sum(band)) if band else (None, None)
        found.append(Group(count, low, high, code))
    return tuple(found)


def count_in(some, code) -> int:
    return sum(one.count for one in some if one.commune == code)


@given(groups(placed=True))
def test_a_list_replaces_what_is_counted_and_elsewhere_nobody_is_lost(told):
    """`completed`: in a commune it names, the list replaces; elsewhere nobody is lost."""
    found = completed(everyone(*told), HERE, BASE, COUNTED)
    for code in HERE.codes:
        expected = told if code in found.named else COUNTED.groups
        assert count_in(found.groups, code) == count_in(expected, code)


@given(groups())
def test_nobody_is_added_to_a_list_that_says_it_is_complete(told):
    """`completed`: nobody is added to a list that says it is complete."""
    found = completed(everyone(*told), HERE, BASE, COUNTED, is_complete=True)
    assert found.count == sum(one.count for one in told)
    partial = completed(everyone(*told), HERE, BASE, COUNTED)
    assert partial.count >= found.count


@given(groups(placed=True), st.integers(50, 80))
def test_the_activity_told_is_at_most_that_of_the_baseline(told, age):
    """`told_activity`: at most that of the baseline, unless the list gives acts."""
    found = told_activity(completed(everyone(*told), HERE, BASE, COUNTED), BASE, age)
    assert (found.known <= BASE.fit.supply * (1 + 1e-9) + 1e-9).all()
    assert (found.older <= found.known + 1e-9).all()
    assert (found.older >= 0).all()


@given(groups(placed=True), st.integers(50, 80), st.floats(0, 1))
def test_no_score_is_under_0_and_without_ages_it_is_the_published_one(told, age, kept):
    """`without_older`: where nobody's age is told it is the published one; none is under 0."""
    published = BASE.official * kept
    now = completed(everyone(*told), HERE, BASE, COUNTED)
    left = without_older(BASE, published, told_activity(now, BASE, age))
    read = ~np.isnan(BASE.official)
    assert (left[read] >= 0).all()
    assert (left[read] <= BASE.official[read] + 1e-9).all()
    nobody = [replace(one, youngest=None, oldest=None) for one in told]
    unknown = completed(everyone(*nobody), HERE, BASE, COUNTED)
    same = without_older(BASE, published, told_activity(unknown, BASE, age))
    assert same[read] == pytest.approx(published[read])


@given(st.integers(30, 75), st.integers(0, 9), st.integers(40, 80))
def test_a_part_is_from_0_to_1(low, width, age):
    ages = range(low, low + width + 1)
    found = older_part(Group(1, low, low + width), age)
    assert found == pytest.approx(sum(one > age for one in ages) / len(ages))


def test_an_age_not_published_is_not_available_unless_a_list_tells_every_age():
    """`cliffs`: not available, never a loss of zero, unless a list tells every age."""
    one = completed(everyone(Group(2, 66, 66, "43148")), HERE, BASE, COUNTED)
    assert [each.age for each in cliffs(HERE, BASE, one) if each.left.is_known] == [65]
    whole = completed(everyone(Group(2, 66, 66, "43148")), HERE, BASE, COUNTED, is_complete=True)
    assert [each.age for each in cliffs(HERE, BASE, whole) if each.left.is_known] == [60, 62, 65]
