"""Scores of many draws at once, summed up home by home without ever holding homes × draws."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier.errors import ShapeError
from assemblier.maths import fast
from assemblier.maths.arrays import Array
from assemblier.maths.careers import Floats

BLOCK = 128
"""Homes whose draws are held at once."""
WORTHWHILE = 200_000_000
"""Pairs × draws from which compiling pays within one run."""


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What the draws say.

    Attributes
    ----------
    quantiles
        (shares, homes); nan where the start is unknown.
    groups
        (groups, draws) weighted scores of each group.
    """

    quantiles: Array
    groups: Array


def summary(
    operator: sp.csr_array,
    change: Floats,
    start: Array,
    shares: Sequence[float],
    groups: sp.csr_array | None = None,
) -> Summary:
    """Return the quantiles of max(start + operator · change, 0) over the draws.

    Parameters
    ----------
    operator
        (homes, places) what one unit at a place adds to a score, from `score_operator`.
    change
        (places, draws) what each draw adds to each place. Four bytes: a score is exact to 1e-6 of
        itself, under what two decimals show.
    start
        (homes,) the score without any change; nan where unknown.
    shares
        Parts of the draws under each quantile, 0 to 1, in order.
    groups
        (groups, homes) weights of the homes of each group; an unknown home counts for nothing.

    Always true
    -----------
    Quantiles are in order.
    Where nothing changes they are the start.
    Homes by block or all at once give the same.
    Compiled or not, quantiles are the same, to a rounding.

    Raises
    ------
    ShapeError
        When shapes do not fit, or there is no draw.
    """
    homes, places = operator.shape
    if change.ndim != 2 or change.shape[0] != places or not change.shape[1]:
        raise ShapeError(f"change {change.shape} : attendu {(places, 'tirages')}")
    if start.shape != (homes,) or (groups is not None and groups.shape[1] != homes):
        raise ShapeError(f"start {start.shape} : attendu {(homes,)}, comme chaque groupe")
    ranks = np.array([rank_of(share, change.shape[1]) for share in shares], np.intp)
    light, change = sp.csr_array(operator, dtype=np.float32), np.ascontiguousarray(change)
    is_many = light.nnz * change.shape[1] >= WORTHWHILE and fast.is_available()
    score, rank = (_compiled_scores, _compiled_ranked) if is_many else (scores_of, _ranked)
    quantiles = np.empty((len(shares), homes))
    held = np.zeros((groups.shape[0] if groups is not None else 0, change.shape[1]))
    for first in range(0, homes, BLOCK):
        rows = slice(first, min(first + BLOCK, homes))
        drawn = score(light, change, start, rows)
        if groups is not None:
            held += groups[:, rows] @ np.nan_to_num(drawn)
        quantiles[:, rows] = rank(drawn, ranks)
    return Summary(quantiles, held)


def _ranked(drawn: Floats, ranks: NDArray[np.intp]) -> Floats:
    """Return (ranks, rows) the draw of each rank of each row; rows are sorted in place."""
    # A whole sort of four-byte numbers is quicker than a search of three ranks by numpy.
    drawn.sort(axis=1)
    return drawn[:, ranks].T


def _compiled_ranked(drawn: Floats, ranks: NDArray[np.intp]) -> Floats:
    from assemblier.maths import compiled_ensemble

    found = np.empty((len(ranks), len(drawn)), np.float32)
    compiled_ensemble.ranked(drawn.view(np.int32), ranks, found.view(np.int32))
    return found


def _compiled_scores(operator: sp.csr_array, change: Floats, start: Array, rows: slice) -> Floats:
    from assemblier.maths import compiled_ensemble

    drawn = np.empty((rows.stop - rows.start, change.shape[1]), np.float32)
    compiled_ensemble.scores(
        operator.indptr[rows.start : rows.stop + 1], operator.indices, operator.data,
        change, start[rows].astype(np.float32), drawn,
    )  # fmt: skip
    return drawn


def scores_of(operator: sp.csr_array, change: Floats, start: Array, rows: slice) -> Floats:
    """Return (rows, draws) the scores of some homes, never under 0."""
    drawn = np.asarray(operator[rows] @ change, np.float32)
    drawn += start[rows, None].astype(np.float32)
    return np.maximum(drawn, 0.0, out=drawn)


def rank_of(share: float, draws: int) -> int:
    """Return the rank, from 0, of the draw that has a share of the draws under or at it.

    Always true
    -----------
    A larger share never gives a smaller rank.

    Examples
    --------
    >>> [rank_of(share, 1000) for share in (0.1, 0.5, 0.9, 1.0)]
    [99, 499, 899, 999]
    """
    return min(max(int(np.ceil(share * draws - 1e-9)) - 1, 0), draws - 1)


def quantiles_of(values: Array, shares: Sequence[float]) -> Array:
    """Return (shares, …) the quantiles of the last dimension, each a value that was drawn."""
    ordered = np.sort(values, axis=-1)
    ranks = [rank_of(share, ordered.shape[-1]) for share in shares]
    return np.asarray(np.moveaxis(ordered[..., ranks], -1, 0), np.float64)
