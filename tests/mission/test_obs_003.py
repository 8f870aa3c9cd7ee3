"""OBS-003: the indicator, from activity, population by age and minutes."""

import datetime as dt

import numpy as np
import pytest
import scipy.sparse as sp

from assemblier.access import banded_decay
from assemblier.maths.catchment import reaches_someone, supply_to_demand_ratio, two_step
from assemblier.maths.decay import weighted_pairs

DECAY = banded_decay(dt.date(2024, 1, 1)).decay


@pytest.mark.mission("OBS-003")
def test_the_weights_of_the_bands():
    found = DECAY(np.array([9.0, 12.0, 18.0, 21.0]))
    assert found.tolist() == pytest.approx([1, 2 / 3, 1 / 3, 0])


@pytest.mark.mission("OBS-003")
def test_one_doctor_one_commune():
    here = sp.csr_array((np.zeros(1), ([0], [0])), shape=(1, 1))
    assert two_step([5000.0], [1000.0], weighted_pairs(here, DECAY)).tolist() == [5.0]


@pytest.mark.mission("OBS-003")
def test_the_worked_example_of_the_method_and_conservation():
    minutes = np.array([[0.0, 8.0, 18.0], [8.0, 0.0, 12.0], [18.0, 12.0, 0.0]])
    rows, columns = np.indices((3, 3)).reshape(2, -1)
    weights = weighted_pairs(sp.csr_array((minutes.ravel(), (rows, columns)), shape=(3, 3)), DECAY)
    people, acts = np.array([1000.0, 2000.0, 1500.0]), np.array([6000.0, 0.0, 4500.0])
    ratio = supply_to_demand_ratio(acts, people, weights)
    assert ratio[[0, 2]] == pytest.approx([1.7142857, 1.4210526], abs=1e-7)
    score = two_step(acts, people, weights)
    assert score == pytest.approx([2.1879699, 2.6616541, 1.9924812], abs=1e-7)
    assert people @ score == pytest.approx(acts[reaches_someone(people, weights)].sum()) == 10_500
