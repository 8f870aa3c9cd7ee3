"""What one change of supply does to every score, without starting again."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array, vector
from assemblier.maths.catchment import _check_shape


@dataclass(frozen=True, slots=True, eq=False)
class SupplyEdits:
    """The weights by place, and what is asked of each place: enough to edit a supply.

    Attributes
    ----------
    by_place
        (homes, places) weights, compressed by column.
    weighted_demand
        (places,) demand that reaches each place.
    """

    by_place: sp.csc_array
    weighted_demand: Array

    @classmethod
    def of(cls, demand: Array, weights: sp.csr_array) -> "SupplyEdits":
        """Prepare the edits of a situation.

        Raises
        ------
        ShapeError
            When weights is not (homes, places).
        """
        demand = vector("demand", demand)
        _check_shape(np.zeros(weights.shape[1]), demand, weights)
        by_place = sp.csc_array(weights)
        return cls(by_place, np.asarray(by_place.T @ demand, dtype=np.float64))

    def apply(self, score: Array, place: int, change: float) -> Array:
        """Return the scores once the supply of one place has changed.

        Parameters
        ----------
        score
            (homes,) scores before.
        place
            Column of the place.
        change
            Supply added, or taken away when negative.

        Returns
        -------
            (homes,) a new array; only the homes that reach the place differ.

        Always true
        -----------
        It equals the whole computation again.
        An edit and its opposite bring the scores back.

        Raises
        ------
        ShapeError
            When there is no such place, or score is not (homes,).

        Examples
        --------
        >>> edits = SupplyEdits.of(np.array([5.0]), sp.csr_array([[1.0]]))
        >>> edits.apply(np.array([2.0]), 0, -5.0)
        array([1.])
        """
        homes, places = self.by_place.shape
        if not 0 <= place < places or score.shape != (homes,):
            raise ShapeError(f"lieu {place}, scores {score.shape} : attendu {(homes, places)}")
        edited = score.copy()
        if self.weighted_demand[place] != 0:
            rows = slice(self.by_place.indptr[place], self.by_place.indptr[place + 1])
            ratio = change / self.weighted_demand[place]
            edited[self.by_place.indices[rows]] += self.by_place.data[rows] * ratio
        return edited
