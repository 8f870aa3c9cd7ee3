"""What is always true of candidates ranked from ceilings, against computing them all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblier.maths.ranking import BLOCK, Ranking


def drawn(seed: int, candidates: int):
    chance = np.random.default_rng(seed)
    worth = np.maximum(0.0, chance.normal(1.0, 1.0, candidates))
    ceiling = worth + chance.exponential(1.0, candidates)
    ceiling[chance.random(candidates) < 0.1] = -np.inf
    return chance, worth, ceiling


@given(st.integers(0, 2**32 - 1), st.integers(0, 3 * BLOCK))
def test_ranking_gives_every_candidate_worth_something_in_order(seed, candidates):
    _, worth, ceiling = drawn(seed, candidates)
    ranking, found = Ranking(ceiling, worth.__getitem__), []
    while (one := ranking.best()) is not None:
        found.append(one)
    assert [value for _, value in found] == sorted(worth[(worth > 0) & (ceiling > 0)])[::-1]
    assert all(worth[candidate] == value for candidate, value in found)


@given(st.integers(0, 2**32 - 1), st.integers(1, 3 * BLOCK))
def test_ranking_the_best_is_never_worth_less_than_any_other_left(seed, candidates):
    """As long as no worth ever rises, the best is never worth less than any other left."""
    chance, worth, ceiling = drawn(seed, candidates)
    ranking, left = Ranking(ceiling, lambda some: worth[some]), ceiling > 0
    for _ in range(10):
        one = ranking.best()
        if one is None:
            assert not (worth[left] > 0).any()
            return
        candidate, value = one
        assert left[candidate]
        assert value == pytest.approx(worth[left].max())
        left[candidate] = False
        worth *= np.where(chance.random(candidates) < 0.3, chance.random(candidates), 1.0)
        ranking.changed()


def test_ranking_looks_at_few():
    looked = 0

    def exact(some):
        nonlocal looked
        looked += len(some)
        return 0.9 * ceiling[some]

    ceiling = np.linspace(1.0, 1000.0, 50_000)
    assert Ranking(ceiling, exact).best() == (49_999, 900.0)
    # A tenth of the candidates have a ceiling above the best worth.
    assert looked <= 0.1 * 50_000 + 2 * BLOCK
