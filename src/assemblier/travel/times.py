"""Travel times between homes and places: the value every method of travel fills."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from assemblier.errors import ShapeError
from assemblier.figures import NOWHERE, Nature, Provenance


@dataclass(frozen=True, slots=True)
class TravelTimes:
    """Minutes from each home to each place in reach.

    Attributes
    ----------
    homes
        (h,) codes of the communes people start from.
    places
        (p,) codes of the communes, or identifiers of the sites, they go to.
    minutes
        (h, p) sparse, ≥ 0. A stored 0 is a pair at zero minutes; a pair that is not stored is
        farther than `cutoff_minutes`.
    cutoff_minutes
        How far the search went.
    method
        In French, as the reader sees it.
    nature
        `Nature.ESTIME` for a model, or roads at speeds nobody confirmed; `Nature.CALCULE` for a
        table.
    provenance
        Sources and parameters.

    Raises
    ------
    ShapeError
        When minutes is not (homes, places).
    """

    homes: tuple[str, ...]
    places: tuple[str, ...]
    minutes: sp.csr_array
    cutoff_minutes: float
    method: str
    nature: Nature
    provenance: Provenance = field(default=NOWHERE)

    def __post_init__(self) -> None:
        expected = (len(self.homes), len(self.places))
        if self.minutes.shape != expected:
            raise ShapeError(f"minutes : forme {self.minutes.shape}, attendu {expected}")

    def restricted(self, homes: Sequence[str], places: Sequence[str]) -> "TravelTimes":
        """Return the times between some of the homes and some of the places, in that order.

        Raises
        ------
        ShapeError
            When one of them is not among those searched.
        """
        rows, columns = _positions(self.homes, homes), _positions(self.places, places)
        minutes = sp.csr_array(self.minutes[rows, :][:, columns])
        return TravelTimes(
            tuple(homes),
            tuple(places),
            minutes,
            self.cutoff_minutes,
            self.method,
            self.nature,
            self.provenance,
        )


def _positions(known: tuple[str, ...], wanted: Sequence[str]) -> np.ndarray:
    position = {code: place for place, code in enumerate(known)}
    missing = [code for code in wanted if code not in position]
    if missing:
        raise ShapeError(f"temps de trajet : {', '.join(missing[:5])} hors de la recherche")
    return np.array([position[code] for code in wanted], dtype=np.intp)
