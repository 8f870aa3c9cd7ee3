"""What is always true of places chosen to cover people, against every other choice."""

from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assemblier.errors import ShapeError
from assemblier.maths.covering import Coverage, cover


@st.composite
def coverages(draw, shared=False):
    """A small network, and what is asked of it."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    homes, candidates = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    reach = (chance.random((homes, candidates)) < 0.45).astype(float)
    people = chance.integers(0, 500, homes).astype(float)
    paid = draw(st.booleans())
    shuffled = chance.permutation(candidates).tolist()
    return Coverage(
        sp.csr_array(reach),
        people,
        count=draw(st.integers(0, 3)),
        costs=chance.random(candidates) if paid else None,
        budget=float(chance.random() * 1.5) if paid else np.inf,
        capacity=chance.integers(0, 400, candidates).astype(float) if shared else None,
        fixed=tuple(shuffled[: draw(st.integers(0, 1))]),
        forbidden=tuple(shuffled[1 : 1 + draw(st.integers(0, 1))]),
    )


def covered_by(coverage, chosen):
    """Count the people that a choice covers, by definition."""
    places = [*coverage.fixed, *chosen]
    reach = coverage.reach.toarray()[:, places] > 0
    if coverage.capacity is None:
        return float(coverage.people[reach.any(axis=1)].sum())
    homes, columns = np.nonzero(reach)
    if not len(homes):
        return 0.0
    by_home = (homes == np.arange(len(coverage.people))[:, None]).astype(float)
    by_place = (columns == np.arange(len(places))[:, None]).astype(float)
    limits = np.concatenate([coverage.people, coverage.capacity[places]])
    return -linprog(-np.ones(len(homes)), np.vstack([by_home, by_place]), limits).fun


def choices(coverage):
    """Return every choice that is allowed."""
    free = set(range(coverage.reach.shape[1])) - {*coverage.fixed, *coverage.forbidden}
    for size in range(min(coverage.count, len(free)) + 1):
        for chosen in combinations(sorted(free), size):
            cost = 0.0 if coverage.costs is None else coverage.costs[list(chosen)].sum()
            if cost <= coverage.budget:
                yield chosen


def check_best(coverage):
    found = cover(coverage)
    best = max(covered_by(coverage, one) for one in choices(coverage))
    assert found.covered == pytest.approx(best, abs=1e-3)
    assert found.chosen in set(choices(coverage))
    assert covered_by(coverage, found.chosen) == pytest.approx(best, abs=1e-3)
    assert found.gap == pytest.approx(0.0, abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(coverages())
def test_cover_nobody_finds_better_by_trying_every_choice(coverage):
    """On a small network nobody finds better by trying every choice."""
    check_best(coverage)


@settings(deadline=None, max_examples=40)
@given(coverages(shared=True))
def test_cover_shared_nobody_finds_better_by_trying_every_choice(coverage):
    """On a small network nobody finds better by trying every choice, capacities included."""
    check_best(coverage)


@settings(deadline=None, max_examples=40)
@given(coverages(), st.sampled_from([0.0, 0.001, 10.0]))
def test_cover_people_covered_never_exceed_the_bound(coverage, seconds):
    """The people covered never exceed the bound."""
    found = cover(coverage, seconds)
    best = max(covered_by(coverage, one) for one in choices(coverage))
    assert found.covered <= best + 1e-3
    assert best <= found.bound + 1e-3
    assert 0.0 <= found.gap <= 1.0


def test_what_does_not_fit_is_refused():
    reach = sp.csr_array([[1, 0], [0, 1]])
    people = np.array([5.0, 1.0])
    with pytest.raises(ShapeError):
        cover(Coverage(reach, np.ones(3), 1))
    with pytest.raises(ShapeError):
        cover(Coverage(reach, people, 1, costs=np.ones(1), budget=1.0))
    with pytest.raises(ShapeError, match="entre 0 et 1"):
        cover(Coverage(reach, people, 1, fixed=(2,)))
    with pytest.raises(ShapeError, match="à la fois"):
        cover(Coverage(reach, people, 1, fixed=(1,), forbidden=(1,)))


def test_what_is_found_in_no_time_is_a_choice_with_a_bound():
    reach = sp.csr_array([[1, 0], [1, 1], [0, 1]])
    found = cover(Coverage(reach, np.array([5.0, 1.0, 9.0]), count=1), seconds=0.0)
    assert found.chosen == (1,)
    assert found.covered == 10.0
    assert 10.0 <= found.bound <= 15.0
