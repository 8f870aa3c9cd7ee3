"""Minutes from commune to commune: the path goes through neighbours, and pays for the relief.

Better than the crow-fly wherever water or a frontier parts two communes, or mountains slow the
road; still no road (see docs/methodes/precision.md for what it is worth).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from assemblier import parameters
from assemblier.data import relief
from assemblier.figures import Nature, Provenance
from assemblier.maths.arrays import Array
from assemblier.territory import index
from assemblier.travel.crow_fly import _chord, _on_sphere, great_circle_km
from assemblier.travel.engine import points_of
from assemblier.travel.model import INSIDE
from assemblier.travel.times import TravelTimes

PER_KM = "trajet.voisinage.minutes_par_km"
PER_100_M = "trajet.voisinage.minutes_par_100_m"
FIXED = "trajet.voisinage.minutes_fixes"
CHUNK = 200
"""Starting communes searched together: their surroundings, not France, are in memory."""

Positions = NDArray[np.intp]
Found = tuple[Positions, Positions, Array]


@dataclass(frozen=True, slots=True)
class ChainEngine:
    """Minutes along chains of communes that share a border.

    Attributes
    ----------
    minutes_per_km
        Between two neighbouring town halls, as the crow flies.
    minutes_per_100_m
        Per 100 metres climbed and descended between them; unknown relief adds nothing.
    fixed_minutes
        Once per trip to another commune.
    minutes_inside
        Between a commune and itself.
    provenance
        The parameters these come from.
    """

    minutes_per_km: float
    minutes_per_100_m: float
    fixed_minutes: float
    minutes_inside: float
    provenance: Provenance

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes from each home to each place within a cutoff.

        Parameters
        ----------
        homes, places
            Codes of the index.
        cutoff_minutes
            Pairs farther than that are not stored.

        Always true
        -----------
        The times from A to B are those from B to A.
        A longer cutoff keeps every pair of a shorter one.
        Never shorter than in a straight line at the speed between neighbours.
        """
        # The graph is the same both ways: search from the side that has fewer communes.
        swapped = len(homes) < len(places)
        starts, ends = (homes, places) if swapped else (places, homes)
        begin, end, minutes = self._search(starts, ends, cutoff_minutes)
        rows, columns = (begin, end) if swapped else (end, begin)
        shape = (len(homes), len(places))
        return TravelTimes(
            tuple(homes),
            tuple(places),
            sp.csr_array((minutes, (rows, columns)), shape=shape),
            cutoff_minutes,
            self.method,
            Nature.ESTIME,
            self.provenance,
        )

    @property
    def method(self) -> str:
        """The method, as the reader sees it."""
        slope, climb, fixed = (
            f"{value:g}".replace(".", ",")
            for value in (self.minutes_per_km, self.minutes_per_100_m, self.fixed_minutes)
        )
        return (
            f"Trajet estimé de commune voisine en commune voisine : {fixed} min, plus {slope} min "
            f"par kilomètre à vol d'oiseau et {climb} min par 100 m de dénivelé là où l'altitude "
            "est connue ; pas de routes."
        )

    def without_relief(self, codes: Sequence[str]) -> NDArray[np.bool_]:
        """Return, for each commune, whether no relief is known around it: it counts as flat.

        Parameters
        ----------
        codes
            Codes of the index.

        Always true
        -----------
        A commune whose climb to one neighbour is known is not among them.
        """
        known = np.zeros(len(index()), dtype=bool)
        borders = relief.relief().drop_nulls("denivele_m")
        for side in ("code_a", "code_b"):
            known[index().positions(borders[side].unique().to_list())] = True
        found: NDArray[np.bool_] = ~known[index().positions(codes)]
        return found

    def _search(self, starts: Sequence[str], ends: Sequence[str], cutoff: float) -> Found:
        first, last = index().positions(starts), index().positions(ends)
        column_of = np.full(len(index()), -1, dtype=np.intp)
        column_of[last] = np.arange(len(last))
        parts = [
            (chunk[row], column_of[found], minutes)
            for chunk in _chunks(first)
            for row, found, minutes in [self._around(first[chunk], cutoff)]
        ]
        rows, columns, minutes = (
            (np.concatenate(part) for part in zip(*parts, strict=True))
            if parts
            else (np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))
        )
        kept = columns >= 0
        return rows[kept], columns[kept], minutes[kept]

    def _around(self, starts: Positions, cutoff: float) -> Found:
        """Return start (place in `starts`), end (in the index) and minutes of pairs in reach."""
        budget = cutoff - self.fixed_minutes
        near = _nearby(starts, max(budget, 0) / self.minutes_per_km)
        graph = self._graph()[near][:, near]
        local = np.searchsorted(near, starts)
        minutes = dijkstra(graph, indices=local, limit=max(budget, 0)) + self.fixed_minutes
        minutes[np.arange(len(starts)), local] = self.minutes_inside
        rows, columns = np.nonzero(minutes <= cutoff)
        return rows, near[columns], minutes[rows, columns]

    def _graph(self) -> sp.csr_array:
        return _graph(self.minutes_per_km, self.minutes_per_100_m)


def chain_engine(on: date) -> ChainEngine:
    """Return the engine in force at a date.

    Examples
    --------
    >>> engine = chain_engine(date(2024, 1, 1))
    >>> bool(engine.times(["43157"], ["43157", "43041"], 60).minutes[0, 1] > 5)
    True
    """
    used = [parameters.explain(path, on) for path in (PER_KM, PER_100_M, FIXED, INSIDE)]
    per_km, per_100_m, fixed, inside = (float(parameter.value) for parameter in used)
    texts = tuple(parameter.as_text() for parameter in used)
    bare = ChainEngine(per_km, per_100_m, fixed, inside, Provenance())
    sources = (relief.SOURCE, *index().provenance("longitude").sources)
    return replace(bare, provenance=Provenance(sources, bare.method, texts))


@cache
def _graph(minutes_per_km: float, minutes_per_100_m: float) -> sp.csr_array:
    """Return (communes, communes) the minutes between neighbours, both ways."""
    borders = relief.relief()
    one = index().positions(borders["code_a"].to_list())
    other = index().positions(borders["code_b"].to_list())
    points = points_of(index().codes)
    climb = borders["denivele_m"].fill_null(0).to_numpy()
    minutes = great_circle_km(points[one], points[other]) * minutes_per_km
    minutes = minutes + climb * minutes_per_100_m / 100
    # Two town halls on one point: a stored zero would be no border at all.
    minutes = np.maximum(minutes, 1e-6)
    known = ~np.isnan(minutes)
    one, other, minutes = one[known], other[known], minutes[known]
    return sp.csr_array(
        (
            np.concatenate([minutes, minutes]),
            (np.concatenate([one, other]), np.concatenate([other, one])),
        ),
        shape=(len(index()), len(index())),
    )


@cache
def _points() -> Array:
    return points_of(index().codes)


@cache
def _tree() -> tuple[cKDTree, Positions]:
    points = _points()
    known = np.flatnonzero(~np.isnan(points).any(axis=1))
    return cKDTree(_on_sphere(points[known])), known


def _nearby(starts: Positions, distance_km: float) -> Positions:
    """Return the communes that a chain from one of some communes may reach, themselves included."""
    tree, known = _tree()
    points = _points()[starts]
    placed = points[~np.isnan(points).any(axis=1)]
    found = tree.query_ball_point(_on_sphere(placed), _chord(distance_km * (1 + 1e-9)))
    listed = np.array([place for some in found for place in some], dtype=np.intp)
    return np.union1d(known[listed], starts)


def _chunks(starts: Positions) -> Iterator[Positions]:
    """Yield places in `starts`, near each other in the index, hence on the map."""
    order = np.argsort(starts, kind="stable")
    for begin in range(0, len(order), CHUNK):
        yield order[begin : begin + CHUNK]
