"""A rival of the model of the program: as the crow flies, a fixed part and a slope.

Its two constants are fitted on the METRIC pairs of Gironde (parameters `trajet.affine`): nothing
of the kind agrees better with those pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import scipy.sparse as sp

from assemblier.parameters import value
from assemblier.travel import CrowFly, TravelTimes, crow_fly_times, points_of


@dataclass(frozen=True, slots=True)
class AffineEngine:
    """Minutes: a fixed part for every trip to another commune, and so many per kilometre."""

    fixed_minutes: float
    minutes_per_km: float

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes from each home to each place within a cutoff."""
        slope = CrowFly(1.0, 60 / self.minutes_per_km)
        budget = max(cutoff_minutes - self.fixed_minutes, 0.0)
        found = crow_fly_times(homes, points_of(homes), places, points_of(places), slope, budget)
        pairs = found.minutes.tocoo()
        other = np.asarray(homes)[pairs.row] != np.asarray(places)[pairs.col]
        minutes = sp.csr_array(
            (pairs.data + self.fixed_minutes * other, (pairs.row, pairs.col)), shape=pairs.shape
        )
        return replace(found, minutes=minutes, cutoff_minutes=cutoff_minutes)


def affine_engine(on: date) -> AffineEngine:
    """Return the rival with the constants in force at a date."""
    fixed, slope = (value(f"trajet.affine.{name}", on) for name in NAMES)
    return AffineEngine(float(fixed), float(slope))


NAMES = ("minutes_fixes", "minutes_par_km")
