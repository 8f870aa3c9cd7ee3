"""What is always true of a choice of places, whatever it is judged on, against every other one."""

from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.scenarios import choosing
from assemblier.scenarios.choosing import (
    CLOSE,
    Objective,
    Rules,
    alternatives,
    choice,
    growth,
    value_of,
)
from assemblier.scenarios.network import Network

TARGET, WITHIN = 2.5, 15.0


@st.composite
def cases(draw):
    """A small network, an objective and rules."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    homes, candidates = draw(st.integers(1, 8)), draw(st.integers(3, 6))
    minutes = chance.integers(0, 40, (homes, candidates)).astype(float)
    near = np.nonzero(minutes <= 30)
    # Hundredths: a sum that passes the target passes it by far more than rounding.
    gains = chance.integers(0, 150, (homes, candidates)) / 100.0 * (minutes <= 20)
    score = np.where(
        chance.random(homes) < 0.1, np.nan, chance.integers(0, 400, homes) / 100 + 0.003
    )
    network = Network(
        score,
        chance.integers(0, 900, homes).astype(float),
        sp.csc_array(gains),
        sp.csc_array((minutes[near], near), shape=minutes.shape),
        TARGET,
        WITHIN,
        chance.integers(1, 4, homes).astype(float) if draw(st.booleans()) else np.empty(0),
    )
    shuffled = chance.permutation(candidates).tolist()
    fixed = tuple(shuffled[: draw(st.integers(0, 1))])
    forbidden = tuple(shuffled[1 : 1 + draw(st.integers(0, 1))])
    free = candidates - len(fixed) - len(forbidden)
    paid = draw(st.booleans())
    rules = Rules(
        draw(st.integers(1, min(3, free))),
        chance.random(candidates) + 0.1 if paid else None,
        float(chance.random() * 2) if paid else np.inf,
        fixed,
        forbidden,
    )
    return network, draw(st.sampled_from(list(Objective))), rules


def worth(network, objective, rules, chosen):
    """Compute from its definition what a choice adds to what is open anyway."""
    return _total(network, objective, (*rules.fixed, *chosen), rules) - _total(
        network, objective, rules.fixed, rules
    )


def _total(network, objective, opened, rules):
    gains, minutes = network.gains.toarray(), network.minutes.toarray()
    stored = np.zeros(minutes.shape, dtype=bool)
    stored[network.minutes.tocoo().coords] = True
    weights = network.weight if len(network.weight) else np.ones(len(network.score))
    total = 0.0
    for home, before in enumerate(network.score):
        counted = network.people[home] * weights[home]
        after = before + gains[home, list(opened)].sum()
        at_first = before + gains[home, list(rules.fixed)].sum()
        if objective is Objective.COUVERTURE and before < TARGET:
            total += counted * any(stored[home, p] and minutes[home, p] <= WITHIN for p in opened)
        elif objective is Objective.SEUIL and at_first < TARGET:
            total += counted * (after >= TARGET)
        elif objective is Objective.MANQUE and not np.isnan(before):
            total -= counted * max(0.0, TARGET - after) ** 2
    return total


def every(network, rules):
    free = set(range(network.gains.shape[1])) - {*rules.fixed, *rules.forbidden}
    for size in range(rules.count + 1):
        for chosen in combinations(sorted(free), size):
            if rules.costs is None or rules.costs[list(chosen)].sum() <= rules.budget:
                yield chosen


@settings(deadline=None, max_examples=150)
@given(cases())
def test_choice_no_choice_within_the_rules_does_better_than_the_bound(case):
    """No choice within the rules does better than the bound."""
    network, objective, rules = case
    found = choice(network, objective, rules)
    best = max(worth(network, objective, rules, one) for one in every(network, rules))
    assert found.bound >= best - 1e-3
    assert found.value == pytest.approx(best, abs=1e-3)
    assert worth(network, objective, rules, found.chosen) == pytest.approx(found.value, abs=1e-3)
    assert value_of(network, objective, rules)(found.chosen) == pytest.approx(found.value, abs=1e-3)


@settings(deadline=None, max_examples=60)
@given(cases())
def test_choice_the_places_chosen_respect_the_rules(case):
    """The places chosen respect the rules."""
    network, objective, rules = case
    assert tuple(sorted(choice(network, objective, rules).chosen)) in set(every(network, rules))


@settings(deadline=None, max_examples=60)
@given(cases())
def test_alternatives_each_is_within_the_rules_and_reaches_99_percent(case):
    """Each is within the rules and reaches at least 99 % of the value."""
    network, objective, rules = case
    found = choice(network, objective, rules)
    allowed = set(every(network, rules))
    for out, new, reached in alternatives(network, objective, rules, found):
        swapped = tuple(sorted({*found.chosen} - {out} | {new}))
        assert swapped in allowed
        assert reached == pytest.approx(worth(network, objective, rules, swapped), abs=1e-3)
        assert reached >= (1 - CLOSE) * found.value


@settings(deadline=None, max_examples=40)
@given(cases())
def test_growth_one_more_place_never_takes_less(case):
    """One more place never takes less."""
    network, objective, rules = case
    found = choice(network, objective, rules)
    points = growth(network, objective, rules, found, 4)
    values = [value for _, value in points]
    assert values == sorted(values)
    assert points[0] == (0, 0.0)
    if len(found.chosen) < len(points):
        assert values[len(found.chosen)] >= found.value


@settings(deadline=None, max_examples=60)
@given(cases())
def test_the_programme_finds_what_trying_every_choice_finds(case):
    network, _, rules = case
    tried = choice(network, Objective.SEUIL, rules)
    kept, choosing.MOST_TRIED = choosing.MOST_TRIED, 0
    try:
        solved = choice(network, Objective.SEUIL, rules)
    finally:
        choosing.MOST_TRIED = kept
    assert solved.value == pytest.approx(tried.value)
    assert tuple(sorted(solved.chosen)) in set(every(network, rules))
