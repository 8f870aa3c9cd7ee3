"""What is always true of places chosen to raise people to a target, against every other choice."""

from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.errors import ShapeError
from assemblier.maths.raising import Raising, raise_by_exchange, raise_most


@st.composite
def raisings(draw):
    """A small network of homes that lack, and what is asked of it."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    homes, candidates = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    # Tenths: sums that pass a target pass it by far more than rounding.
    gains = chance.integers(0, 12, (homes, candidates)) * (chance.random((homes, candidates)) < 0.6)
    paid = draw(st.booleans())
    return Raising(
        sp.csc_array(gains / 10.0),
        chance.integers(1, 20, homes) / 10.0 - 0.05,
        chance.integers(0, 500, homes).astype(float),
        count=draw(st.integers(0, 3)),
        costs=chance.random(candidates) if paid else None,
        budget=float(chance.random() * 1.5) if paid else np.inf,
        left_out=tuple(chance.permutation(candidates)[: draw(st.integers(0, 2))].tolist()),
    )


def raised_by(asked, chosen):
    brought = asked.gains.toarray()[:, list(chosen)].sum(axis=1)
    return float(asked.people[brought >= asked.lacking].sum())


def choices(asked):
    free = set(range(asked.gains.shape[1])) - set(asked.left_out)
    for size in range(min(asked.count, len(free)) + 1):
        for chosen in combinations(sorted(free), size):
            if asked.costs is None or asked.costs[list(chosen)].sum() <= asked.budget:
                yield chosen


@settings(deadline=None, max_examples=60)
@given(raisings())
def test_raise_most_nobody_raises_more_by_trying_every_choice(asked):
    """On a small network nobody raises more by trying every choice."""
    found = raise_most(asked)
    assert found.chosen in set(choices(asked))
    best = max(raised_by(asked, one) for one in choices(asked))
    assert raised_by(asked, found.chosen) == pytest.approx(best)
    assert found.bound == pytest.approx(best, abs=1e-3)


@settings(deadline=None, max_examples=40)
@given(raisings(), st.sampled_from([0.0, 0.001, 10.0]))
def test_raise_most_no_choice_raises_more_people_than_the_bound(asked, seconds):
    """No choice raises more people than the bound."""
    found = raise_most(asked, seconds)
    best = max(raised_by(asked, one) for one in choices(asked))
    assert best <= found.bound + 1e-3
    assert found.chosen in set(choices(asked))


@given(raisings())
def test_raise_by_exchange_the_places_chosen_respect_what_is_asked(asked):
    """The places chosen respect what is asked."""
    chosen = raise_by_exchange(asked)
    assert chosen in set(choices(asked))
    best = max(raised_by(asked, one) for one in choices(asked))
    assert raised_by(asked, chosen) <= best
    again = raise_by_exchange(asked, chosen)
    assert raised_by(asked, again) >= raised_by(asked, chosen)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ShapeError, match="lacking"):
        raise_most(Raising(sp.csc_array([[1.0]]), np.zeros(1), np.ones(1), 1))
    with pytest.raises(ShapeError):
        raise_most(Raising(sp.csc_array([[1.0]]), np.ones(1), np.ones(2), 1))
