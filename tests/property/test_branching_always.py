"""What is always true of the proof of a choice of places, against every other choice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.maths.branching import proven
from assemblier.maths.siting import place
from tests.property.test_siting_always import cases, choices, slack, value_of


def the_best(gains, question):
    return max(value_of(gains, question, one) for one in choices(gains, question))


@settings(deadline=None)
@given(cases())
def test_proven_is_as_good_as_the_best_of_all_choices(case):
    """On a small network it is as good as the best of all choices."""
    gains, question = case
    found, best = proven(gains, question, place(gains, question)), the_best(*case)
    assert abs(value_of(gains, question, found.chosen) - best) <= slack(gains, question)
    assert abs(found.bound - best) <= slack(gains, question)
    assert set(found.chosen) in [set(one) for one in choices(gains, question)]


@settings(deadline=None)
@given(cases(), st.integers(0, 4))
def test_proven_value_never_falls_and_bound_never_rises(case, nodes):
    """The value never falls and the bound never rises."""
    gains, question = case
    first = place(gains, question)
    found = proven(gains, question, first, nodes)
    assert found.value >= first.value
    assert found.bound <= first.bound + slack(gains, question)


@settings(deadline=None)
@given(cases(), st.integers(0, 4))
def test_proven_with_any_number_of_nodes_no_choice_removes_more_than_the_bound(case, nodes):
    """With any number of nodes, no choice removes more than the bound."""
    gains, question = case
    found = proven(gains, question, place(gains, question), nodes)
    assert the_best(gains, question) <= found.bound + slack(gains, question)
    assert 0.0 <= found.gap <= 1.0
