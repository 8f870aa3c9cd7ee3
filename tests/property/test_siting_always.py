"""What is always true of places chosen to reduce what is lacking, against every other choice."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from assemblier.errors import ShapeError
from assemblier.maths.edits import SupplyEdits
from assemblier.maths.siting import (
    Gains,
    Question,
    exchanges,
    improved,
    opened,
    place,
    removed,
    shortfall,
)

TARGET = 2.5


@st.composite
def cases(draw, with_budget=None):
    """A small network of homes and candidates, and what is asked of it."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    homes, candidates = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    weights = chance.random((homes, candidates)) * (chance.random((homes, candidates)) < 0.6)
    people = chance.integers(0, 900, homes).astype(float)
    edits = SupplyEdits.of(people + 1.0, sp.csr_array(weights))
    gains = Gains.of(edits, chance.random(candidates) * 5000, people)
    score = np.where(chance.random(homes) < 0.1, np.nan, chance.random(homes) * 4)
    paid = draw(st.booleans()) if with_budget is None else with_budget
    costs = chance.random(candidates) + 0.1 if paid else None
    shuffled = chance.permutation(candidates).tolist()
    fixed = tuple(shuffled[: draw(st.integers(0, 1))])
    forbidden = tuple(shuffled[1 : 1 + draw(st.integers(0, 1))])
    count = draw(st.integers(0, 3))
    budget = float(chance.random() * 2) if paid else np.inf
    return gains, Question(score, TARGET, count, costs, budget, fixed, forbidden)


def value_of(gains, question, chosen):
    """Compute by its definition the shortfall that a choice removes."""
    dense = gains.by_candidate.toarray()
    before = question.score + dense[:, list(question.fixed)].sum(axis=1)
    after = before + dense[:, list(chosen)].sum(axis=1)
    return lacking(before, gains.people) - lacking(after, gains.people)


def lacking(score, people):
    return sum(
        p * max(0.0, TARGET - s) ** 2 for p, s in zip(people, score, strict=True) if not np.isnan(s)
    )


def choices(gains, question):
    """Return every choice that is allowed."""
    free = set(range(gains.by_candidate.shape[1])) - {*question.fixed, *question.forbidden}
    for size in range(min(question.count, len(free)) + 1):
        for chosen in combinations(sorted(free), size):
            cost = 0.0 if question.costs is None else question.costs[list(chosen)].sum()
            if cost <= question.budget:
                yield chosen


def slack(gains, question):
    return 1e-9 * (1.0 + lacking(question.score, gains.people))


@given(cases())
def test_place_value_is_the_shortfall_before_less_the_shortfall_after(case):
    """The value is the shortfall before less the shortfall after."""
    gains, question = case
    found = place(gains, question)
    assert found.value == pytest.approx(
        value_of(gains, question, found.chosen), abs=slack(gains, question)
    )
    before = opened(gains, question.score, question.fixed)
    left = shortfall(found.score, gains.people, TARGET)
    assert shortfall(before, gains.people, TARGET) - left == pytest.approx(found.value)


@given(cases(with_budget=False))
def test_place_value_is_at_least_63_percent_of_the_best(case):
    """Without a budget the value is at least 63 % of the best of all choices."""
    gains, question = case
    best = max(value_of(gains, question, one) for one in choices(gains, question))
    assert place(gains, question).value >= (1 - np.exp(-1)) * best - slack(gains, question)


@given(cases())
def test_place_no_choice_removes_more_than_the_bound(case):
    """With or without a budget, no choice removes more than the bound."""
    gains, question = case
    found = place(gains, question)
    best = max(value_of(gains, question, one) for one in choices(gains, question))
    assert best <= found.bound + slack(gains, question)
    assert found.chosen in {tuple(p) for p in _orders(found.chosen, choices(gains, question))}
    assert 0.0 <= found.gap <= 1.0


def _orders(chosen, allowed):
    return (chosen for one in allowed if set(one) == set(chosen))


@given(cases())
def test_place_fixed_places_are_never_chosen_again(case):
    """Fixed places are never chosen again."""
    gains, question = case
    chosen = place(gains, question).chosen
    assert not set(chosen) & {*question.fixed, *question.forbidden}
    assert len(set(chosen)) == len(chosen) <= question.count


@given(cases())
def test_improved_value_never_falls_and_the_bound_is_the_same(case):
    """The value never falls, the bound is the same."""
    gains, question = case
    found = place(gains, question)
    better = improved(gains, question, found)
    assert better.value >= found.value
    assert better.bound == found.bound
    assert set(better.chosen) in [set(one) for one in choices(gains, question)]


@given(cases())
def test_improved_leaves_no_better_exchange(case):
    gains, question = case
    better = improved(gains, question, place(gains, question))
    for rank in range(len(better.chosen)):
        others = {*better.chosen} - {better.chosen[rank]}
        for one in choices(gains, question):
            if others <= set(one) and len(one) == len(better.chosen):
                value = value_of(gains, question, one)
                assert value <= better.value * (1 + 1e-8) + slack(gains, question)


@given(cases(), st.floats(0, 0.5))
def test_exchanges_values_are_within(case, within):
    """Every value listed is at least (1 − within) times the value of the places given."""
    gains, question = case
    chosen = place(gains, question).chosen
    assume(chosen)
    listed = exchanges(gains, question, chosen, 0, within)
    own = value_of(gains, question, chosen)
    assert chosen[0] in dict(listed)
    for one, value in listed:
        assert value >= (1 - within) * own - slack(gains, question)
        assert value == pytest.approx(
            value_of(gains, question, (one, *chosen[1:])), abs=slack(gains, question)
        )


@given(cases())
def test_removed_is_what_each_candidate_alone_removes(case):
    gains, question = case
    alone = Question(question.score, TARGET, 1)
    expected = [value_of(gains, alone, (one,)) for one in range(gains.by_candidate.shape[1])]
    found = removed(gains, question.score, TARGET)
    np.testing.assert_allclose(found, expected, atol=slack(gains, question))


def test_what_does_not_fit_is_refused():
    edits = SupplyEdits.of(np.array([5.0]), sp.csr_array([[1.0]]))
    gains = Gains.of(edits, [10.0], [5.0])
    with pytest.raises(ShapeError, match="score"):
        place(gains, Question(np.zeros(2), TARGET, 1))
    with pytest.raises(ShapeError, match="coût nul"):
        place(gains, Question(np.zeros(1), TARGET, 1, np.zeros(1)))
    with pytest.raises(ShapeError):
        place(gains, Question(np.zeros(1), TARGET, 1, np.ones(2)))
    with pytest.raises(ShapeError):
        Gains.of(edits, [10.0, 1.0], [5.0])


@given(cases())
def test_one_more_place_never_removes_less(case):
    gains, question = case
    more = replace(question, count=question.count + 1)
    if question.costs is None:
        assert place(gains, more).value >= place(gains, question).value - slack(gains, question)
    for chosen in choices(gains, question):
        bigger = value_of(gains, question, chosen)
        for one in range(len(chosen)):
            smaller = value_of(gains, question, chosen[:one] + chosen[one + 1 :])
            assert bigger >= smaller - slack(gains, question)


@given(cases(with_budget=True))
def test_the_budget_is_never_exceeded(case):
    gains, question = case
    for found in (place(gains, question), improved(gains, question, place(gains, question))):
        assert question.costs[list(found.chosen)].sum() <= question.budget + 1e-12


@given(cases())
def test_one_place_alone_is_proven_the_best(case):
    gains, question = case
    found = place(gains, replace(question, count=1))
    if question.costs is None:
        assert found.gap <= 1e-9
