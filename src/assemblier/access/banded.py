"""The distance decay of the parameter files."""

from dataclasses import dataclass
from datetime import date

from assemblier import parameters
from assemblier.figures import Provenance
from assemblier.maths.decay import Stepped, stepped

NAMES = ("bornes_minutes", "poids", "borne_superieure_incluse")
"""Parameters of a decay: edges, weights, rule of the edge."""


@dataclass(frozen=True, slots=True)
class BandedDecay:
    """A decay by bands of minutes and where it comes from.

    Attributes
    ----------
    decay
        From minutes to weights.
    edges_minutes
        Upper edge of each band.
    provenance
        The parameters.
    """

    decay: Stepped
    edges_minutes: tuple[float, ...]
    provenance: Provenance

    @property
    def full_minutes(self) -> float:
        """Up to here a place counts in full."""
        return self.edges_minutes[0]

    @property
    def reach_minutes(self) -> float:
        """Beyond here a place is out of reach."""
        return self.edges_minutes[-1]


def banded_decay(on: date, profession: str = "medecin_generaliste") -> BandedDecay:
    """Return the decay in force at a date for a profession.

    Examples
    --------
    >>> import numpy as np
    >>> banded_decay(date(2024, 1, 1)).decay(np.array([9.0, 18.0, 21.0])).round(2)
    array([1.  , 0.33, 0.  ])
    """
    folder = f"apl.{profession}.decroissance"
    used = [parameters.explain(f"{folder}.{name}", on) for name in NAMES]
    edges, weights, is_inclusive = (parameter.value for parameter in used)
    *banded, beyond = weights
    bands = list(zip(map(float, edges), banded, strict=True))
    return BandedDecay(
        stepped(bands, beyond, upper_inclusive=is_inclusive),
        tuple(map(float, edges)),
        Provenance(parameters=tuple(parameter.as_text() for parameter in used)),
    )
