"""A decay when minutes are only estimated: the weight to expect, not that of the estimate."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from assemblier.maths.arrays import Array
from assemblier.maths.decay import Stepped

SPREADS = 2.5
"""Standard deviations past the last edge after which a place no longer counts at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Blurred:
    """The expected weight of a decay by bands when minutes carry a normal error.

    Attributes
    ----------
    decay
        The decay itself.
    sd_minutes
        Standard deviation of the error of the minutes, > 0. Zero minutes (inside a commune) are
        exact.

    Always true
    -----------
    A weight is between those of the first band and beyond the last.
    Farther never weighs more.
    A very small error gives the decay itself, away from its edges.

    Raises
    ------
    ValueError
        When sd_minutes is not above 0.

    Examples
    --------
    >>> from assemblier.maths.decay import stepped
    >>> weight = Blurred(stepped([(10, 1), (20, 0.5)], upper_inclusive=True), 3.0)
    >>> weight(np.array([0.0, 10.0, 40.0])).round(2)
    array([1.  , 0.75, 0.  ])
    """

    decay: Stepped
    sd_minutes: float

    def __post_init__(self) -> None:
        if not self.sd_minutes > 0:
            raise ValueError(f"{self.sd_minutes} minutes : attendu un écart type positif")

    @property
    def reach_minutes(self) -> float:
        """Past these minutes the weight is that beyond the last band."""
        return float(self.decay.edges[-1]) + SPREADS * self.sd_minutes

    def __call__(self, minutes: Array) -> Array:
        """Return the weights of some minutes, of the same shape; nan where they are unknown."""
        minutes = np.asarray(minutes, dtype=np.float64)
        if np.any(minutes < 0):
            raise ValueError("minutes négatives : attendu des durées ≥ 0")
        edges, weights = self.decay.edges, self.decay.weights
        found = np.full(minutes.shape, weights[-1])
        # Each edge loses its step with the probability that the true minutes are past it.
        for edge, step in zip(edges, weights[:-1] - weights[1:], strict=True):
            found = found + step * ndtr((edge - minutes) / self.sd_minutes)
        found = np.where(minutes > self.reach_minutes, weights[-1], found)
        return np.where(minutes == 0, weights[0], np.where(np.isnan(minutes), np.nan, found))
