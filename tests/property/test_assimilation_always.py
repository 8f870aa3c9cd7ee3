"""Each test is a line of « Always true » of `assimilation`, `blur` and `access.baseline`."""

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assemblier import access, territory
from assemblier.access.baseline_evidence import decay_of, fitted, held_out
from assemblier.access.baseline_settings import settings as chosen_settings
from assemblier.maths.assimilation import Prior, assimilated, score_operator
from assemblier.maths.blur import Blurred
from assemblier.maths.catchment import two_step
from assemblier.maths.decay import stepped
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
few = settings(deadline=None, max_examples=40)
BANDS = stepped([(10, 1), (15, 2 / 3), (20, 1 / 3)], upper_inclusive=True)


@st.composite
def situations(draw):
    homes, places = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    numbers = st.floats(0, 1).map(lambda one: round(one, 2))
    weights = sp.csr_array(draw(arrays(float, (homes, places), elements=numbers)))
    people = draw(arrays(float, homes, elements=st.floats(1, 5000)))
    supply = draw(arrays(float, places, elements=st.floats(0, 30_000)))
    spread = draw(arrays(float, places, elements=st.floats(100, 5000)))
    rarity = draw(arrays(float, places, elements=st.floats(0, 2)))
    scores = draw(arrays(float, homes, elements=st.floats(0, 9) | st.just(np.nan)))
    return people, weights, Prior(supply, spread, rarity), scores


@few
@given(situations())
def test_operator_times_a_supply_is_two_step(situation) -> None:
    people, weights, prior, _ = situation
    ours = score_operator(people, weights) @ prior.supply
    assert ours == pytest.approx(two_step(prior.supply, people, weights))


@few
@given(situations())
def test_assimilated_no_supply_is_negative_and_inputs_are_unchanged(situation) -> None:
    people, weights, prior, scores = situation
    operator = score_operator(people, weights)
    kept = operator.copy(), scores.copy(), prior.supply.copy()
    assert (assimilated(operator, scores, 0.4, prior) >= 0).all()
    assert (operator != kept[0]).nnz == 0
    np.testing.assert_array_equal(scores, kept[1])
    np.testing.assert_array_equal(prior.supply, kept[2])


@few
@given(situations())
def test_assimilated_without_any_score_the_prior_comes_back(situation) -> None:
    people, weights, prior, scores = situation
    operator = score_operator(people, weights)
    found = assimilated(operator, np.full_like(scores, np.nan), 0.4, prior)
    np.testing.assert_array_equal(found, prior.supply)


@few
@given(situations())
def test_assimilated_is_never_farther_from_the_scores_than_the_prior_is(situation) -> None:
    people, weights, prior, scores = situation
    operator = score_operator(people, weights)
    found = assimilated(operator, scores, 0.4, prior)
    known = ~np.isnan(scores)
    before, after = (
        float((((operator @ supply) - scores)[known] ** 2).sum())
        for supply in (prior.supply, found)
    )
    assert after <= before * (1 + 1e-6) + 1e-6


@given(arrays(float, 6, elements=st.floats(0, 60)), st.floats(0.1, 8))
def test_blurred_weights_stay_within_the_bands_and_never_grow_with_minutes(minutes, sd) -> None:
    weights = Blurred(BANDS, sd)(np.sort(minutes))
    assert (weights >= -1e-12).all() and (weights <= 1 + 1e-12).all()
    assert (np.diff(weights) <= 1e-12).all()


@given(arrays(float, 6, elements=st.floats(0.1, 60)))
def test_a_very_small_error_gives_the_decay_itself_away_from_its_edges(minutes) -> None:
    away = (np.abs(minutes[:, None] - BANDS.edges) > 0.01).all(axis=1)
    np.testing.assert_allclose(Blurred(BANDS, 1e-4)(minutes)[away], BANDS(minutes)[away], atol=1e-9)


@cache
def haute_loire() -> access.Baseline:
    return access.baseline(territory.parse("departement:43"), ON, chain_engine(ON))


def test_a_published_score_that_a_count_contradicts_is_never_read() -> None:
    found = haute_loire()
    assert found.conflicts == ("43234",)
    row = found.homes.index("43234")
    assert found.published[row] == 0
    assert np.isnan(found.official[row])


def test_no_supply_of_a_baseline_is_negative() -> None:
    assert (haute_loire().fit.supply >= 0).all()


@settings(deadline=None, max_examples=3)
@given(st.floats(0, 9), st.integers(0, 4))
def test_the_score_of_a_home_does_not_depend_on_what_was_published_for_its_fold(
    score, fold
) -> None:
    chosen = chosen_settings(ON)
    found = haute_loire()
    rows = np.array([found.homes.index(code) for code in found.area[:60]])
    evidence = found.evidence
    # One fold is enough: the others do not meet.
    folds = np.where(np.arange(len(found.homes)) % 5 == fold, 0, 1)
    unread = replace(evidence, published=np.where(folds == 1, evidence.published, np.nan))
    first = found.fit
    changed = evidence.published.copy()
    mine = rows[folds[rows] == 0]
    changed[mine] = np.where(np.isnan(changed[mine]), np.nan, score)
    moved = held_out(evidence.reading(changed), first, folds, chosen)
    same = fitted(unread, decay_of(found.method.bands.decay, chosen, is_estimate=True)[0], chosen)
    np.testing.assert_array_equal(moved[mine], same.score[mine])
