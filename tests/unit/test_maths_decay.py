import numpy as np
import pytest
import scipy.sparse as sp

from assemblier.maths.decay import stepped, weighted_pairs

BANDS = [(10, 1.0), (15, 2 / 3), (20, 1 / 3)]


def test_the_published_bands() -> None:
    weight = stepped(BANDS, upper_inclusive=True)
    assert weight(np.array([9.0, 12.0, 18.0, 21.0])).tolist() == [1.0, 2 / 3, 1 / 3, 0.0]


@pytest.mark.parametrize(
    ("upper_inclusive", "expected"),
    [(True, [1.0, 2 / 3, 1 / 3]), (False, [2 / 3, 1 / 3, 0.0])],
)
def test_the_edge_rule_is_the_caller_s(upper_inclusive: bool, expected: list[float]) -> None:
    weight = stepped(BANDS, upper_inclusive=upper_inclusive)
    assert weight(np.array([10.0, 15.0, 20.0])).tolist() == expected


def test_unknown_minutes_have_an_unknown_weight() -> None:
    weight = stepped(BANDS, beyond=0.1, upper_inclusive=True)
    assert np.isnan(weight(np.array([np.nan]))).all()


def test_beyond_the_last_edge() -> None:
    assert stepped(BANDS, beyond=0.1, upper_inclusive=True)(np.array([99.0])).tolist() == [0.1]


@pytest.mark.parametrize(
    "bands", [[], [(10, 1), (10, 0.5)], [(-1, 1)], [(10, 0.5), (15, 1)], [(10, 1.5)]]
)
def test_bands_that_make_no_sense_are_refused(bands: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="attendu"):
        stepped(bands, upper_inclusive=True)


def test_a_weight_beyond_above_the_last_band_is_refused() -> None:
    with pytest.raises(ValueError, match="jamais croissants"):
        stepped(BANDS, beyond=0.5, upper_inclusive=True)


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="négatives"):
        stepped(BANDS, upper_inclusive=True)(np.array([-1.0]))


def test_a_stored_zero_is_a_pair_at_zero_minutes() -> None:
    minutes = sp.csr_array((np.array([0.0, 12.0, 40.0]), ([0, 0, 1], [0, 1, 1])), shape=(2, 2))
    before = minutes.copy()
    weights = weighted_pairs(minutes, stepped(BANDS, upper_inclusive=True))
    assert weights.toarray().tolist() == [[1.0, 2 / 3], [0.0, 0.0]]
    assert weights.nnz == 2
    assert minutes.nnz == before.nnz == 3
    assert (minutes.data == before.data).all()
