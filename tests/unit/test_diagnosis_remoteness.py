import numpy as np
import pytest

from assemblier.diagnosis.remoteness import Communes, remoteness
from assemblier.errors import ShapeError
from assemblier.travel import CrowFly

MODEL = CrowFly(1.3, 45)


def communes(supply: list[float], east: list[float] | None = None) -> Communes:
    size = len(supply)
    longitudes = east or [3.0 + 0.1 * place for place in range(size)]  # 7.9 km apart
    return Communes(
        tuple(f"c{place}" for place in range(size)),
        np.column_stack([longitudes, np.full(size, 45.0)]),
        np.full(size, 1000.0),
        np.array(supply),
    )


def test_the_nearest_known_practitioner_and_its_load() -> None:
    found = remoteness(communes([2.0, 0.0, 0.0]), MODEL, 20)
    assert found.nearest.tolist() == [0, 0, 0]
    assert found.distance_km == pytest.approx([0, 7.86, 15.73], abs=0.05)
    # 11,5 km around the practitioner: the first two communes, for two practitioners
    assert found.inhabitants.tolist() == [2000] * 3
    assert found.inhabitants_per_practitioner.tolist() == [1000] * 3


def test_an_unknown_neighbour_bounds_the_distance_only_where_it_is_nearer() -> None:
    found = remoteness(communes([1.0, 0.0, 0.0, np.nan]), MODEL, 20)
    assert found.is_upper_bound.tolist() == [False, False, True, True]


def test_a_catchment_that_runs_into_the_unknown_is_truncated() -> None:
    found = remoteness(communes([1.0, np.nan]), MODEL, 20)
    assert found.is_truncated.tolist() == [True, True]
    assert found.inhabitants[0] == 1000  # those of the unknown commune are not counted


def test_nobody_anywhere_is_unknown_not_far() -> None:
    found = remoteness(communes([0.0, np.nan]), MODEL, 20)
    assert found.nearest.tolist() == [-1, -1]
    assert np.isnan(found.minutes).all()
    assert np.isnan(found.inhabitants_per_practitioner).all()
    assert not found.is_upper_bound.any()


def test_a_commune_without_a_point_goes_only_to_its_own_practitioner() -> None:
    found = remoteness(communes([1.0, 2.0, 0.0], [3.0, np.nan, np.nan]), MODEL, 20)
    assert found.nearest.tolist() == [0, 1, -1]
    assert found.minutes[1] == 0
    assert np.isnan(found.minutes[2])


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError):
        Communes(("a",), np.zeros((1, 2)), np.zeros(2), np.zeros(1))
    with pytest.raises(ShapeError, match="points"):
        Communes(("a",), np.zeros((2, 2)), np.zeros(1), np.zeros(1))
