"""The arrays of the kernels, and the checks they share."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assemblier.errors import ShapeError

Array: TypeAlias = NDArray[np.float64]
"""One float per home or per place; nan means unknown, never zero."""


def vector(name: str, values: Array | Sequence[float], length: int | None = None) -> Array:
    """Return values as a one-dimensional float array, a view of the input where possible.

    Parameters
    ----------
    name
        What the values are, for the message.
    values
        (length,) numbers, ≥ 0 or nan.
    length
        The length expected, or None when any will do.

    Raises
    ------
    ShapeError
        When values is not (length,), or when one of them is negative or infinite.

    Examples
    --------
    >>> vector("demand", [1, 2])
    array([1., 2.])
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or (length is not None and len(array) != length):
        wanted = "(n,)" if length is None else f"({length},)"
        raise ShapeError(f"{name} : forme {array.shape}, attendu {wanted}")
    if np.any(array < 0) or np.any(np.isinf(array)):
        raise ShapeError(f"{name} : des valeurs négatives ou infinies, attendu des nombres ≥ 0")
    return array
