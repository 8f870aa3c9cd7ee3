"""Minutes by road between communes, from town hall to town hall, on the network of this machine."""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assemblier import parameters
from assemblier.errors import InputError, Problem
from assemblier.figures import Nature, Provenance
from assemblier.french import date_text, number
from assemblier.parameters import Parameter
from assemblier.sources.locking import exclusive
from assemblier.territory import index
from assemblier.travel.crow_fly import Points
from assemblier.travel.engine import points_of
from assemblier.travel.model import INSIDE
from assemblier.travel.roads.arrays_folder import (
    DamagedError,
    read_about,
    read_arrays,
    write_arrays,
)
from assemblier.travel.roads.graph import ATTRIBUTION
from assemblier.travel.roads.search import pairs_within
from assemblier.travel.roads.snapping import Snapped, snap
from assemblier.travel.roads.storage import SNAPPED, Network, RoadStore
from assemblier.travel.times import TravelTimes

LIMIT = "trajet.routes.accrochage_m"
TOLERATED = "trajet.routes.hors_reseau_max"
SHOWN = 5

Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class RoadEngine:
    """Minutes by road.

    Attributes
    ----------
    network
        The roads.
    snapped
        Every commune of the index on its road.
    limit_m
        Farther than that from any road, a place is off the network.
    minutes_inside
        Between a commune and itself.
    parameters
        What these come from, in French.
    note
        What is to be known of the territory asked for: how far its town halls are from a road.
    """

    network: Network
    snapped: Snapped
    limit_m: float
    minutes_inside: float
    parameters: tuple[str, ...]
    note: str = ""

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes from each home to each place within a cutoff.

        Parameters
        ----------
        homes, places
            Codes of the index. One that is off the network is in reach of itself only.
        cutoff_minutes
            Pairs farther than that are not stored.

        Always true
        -----------
        A longer cutoff keeps every pair of a shorter one.
        """
        starts, ends = index().positions(homes), index().positions(places)
        # On the network first: most communes of France are not on the roads of one region.
        on_road = self.snapped.is_placed
        rows, columns = np.flatnonzero(on_road[starts]), np.flatnonzero(on_road[ends])
        found = pairs_within(
            self.network.contracted,
            self.snapped.part(starts[rows]),
            self.snapped.part(ends[columns]),
            cutoff_minutes,
        ).tocoo()
        row, column = rows[found.row], columns[found.col]
        minutes = _with_own(
            starts, ends, (row, column, found.data), self.minutes_inside, cutoff_minutes
        )
        return TravelTimes(
            tuple(homes),
            tuple(places),
            minutes,
            cutoff_minutes,
            self.method,
            Nature.ESTIME,
            self.provenance,
        )

    @property
    def method(self) -> str:
        """The method, as the reader sees it."""
        source = self.network.graph.source
        changed = " Des vitesses ont été remplacées par l'utilisateur." if self._is_changed else ""
        note = f" {self.note}" if self.note else ""
        return (
            f"Trajet par la route, en voiture, hors circulation, de mairie à mairie : réseau "
            f"{ATTRIBUTION}, extrait {source.file_name}, {_data_of(source.extract_date)}, "
            f"vitesses et temps perdus aux croisements non confirmés ; un lieu à plus de "
            f"{number(self.limit_m)} m d'une route est hors du réseau.{changed}{note}"
        )

    @property
    def provenance(self) -> Provenance:
        """The extract, the method, the speeds."""
        texts = (*self.network.profile_texts, *self.parameters)
        sources = (self.network.graph.source.as_source(), *index().provenance("longitude").sources)
        return Provenance(sources, self.method, texts)

    @property
    def key(self) -> str:
        """A fingerprint: two engines with one key give the same minutes."""
        return f"{self.network.key}-{self.limit_m:g}-{self.minutes_inside:g}"

    def is_on_road(self, codes: Sequence[str]) -> NDArray[np.bool_]:
        """Return (codes,) whether each commune is on the network."""
        return self.snapped.is_placed[index().positions(codes)]

    def distance_m(self, codes: Sequence[str]) -> NDArray[np.float64]:
        """Return (codes,) metres from each town hall to its road, nan off the network."""
        return self.snapped.distance_m[index().positions(codes)]

    @property
    def _is_changed(self) -> bool:
        return any(text.startswith("Remplacé par") for text in self.network.profile_texts)


def road_engine(on: date, store: RoadStore | None = None) -> RoadEngine:
    """Return the engine of the network that was built.

    Parameters
    ----------
    on
        Date of the parameters.
    store
        Where the network is; that of the user by default.

    Raises
    ------
    UnavailableError
        When none was built.
    DataError
        When its files were damaged.
    """
    place = store or RoadStore()
    return engine_on(place.network(), on, place.folder / SNAPPED)


def engine_on(network: Network, on: date, kept_in: Path | None = None) -> RoadEngine:
    """Return the engine of a network.

    Parameters
    ----------
    network
        The roads.
    on
        Date of the parameters.
    kept_in
        Where the place of each town hall on its road is kept from one run to the next; found
        again each time when there is none.
    """
    limit, inside = (parameters.explain(path, on) for path in (LIMIT, INSIDE))
    limit_m = float(limit.value)
    snapped = _communes(network, limit_m, kept_in)
    texts = tuple(used.as_text() for used in (limit, inside))
    return RoadEngine(network, snapped, limit_m, float(inside.value), texts)


def _communes(network: Network, limit_m: float, kept_in: Path | None) -> Snapped:
    """Return every commune of the index on its road, as kept or found now."""
    points = points_of(index().codes)
    said = {
        "reseau": network.key,
        "accrochage_m": limit_m,
        "points": hashlib.sha256(points.tobytes()).hexdigest(),
    }
    kept = _kept(kept_in, said)
    if kept is not None:
        return kept
    snapped = snap(network.graph, _within(network, points, limit_m), limit_m)
    if kept_in is not None:
        _keep(kept_in, snapped, said)
    return snapped


def _kept(folder: Path | None, said: Mapping[str, object]) -> Snapped | None:
    """Return what is kept for this network and these points; nothing where it is damaged."""
    try:
        if folder is None or read_about(folder) != said:
            return None
        return Snapped(**read_arrays(folder))
    except (DamagedError, TypeError):
        return None


def _keep(folder: Path, snapped: Snapped, said: Mapping[str, object]) -> None:
    """Keep them if the folder can be written; what is not kept is found again."""
    arrays = {one.name: getattr(snapped, one.name) for one in fields(snapped)}
    with suppress(OSError), exclusive(folder.parent / "verrou"):
        shutil.rmtree(folder, ignore_errors=True)
        write_arrays(folder, arrays, said)


def _within(network: Network, points: Points, limit_m: float) -> Points:
    """Return the points, unknown where they are outside the extract."""
    graph = network.graph
    margin = limit_m / 50_000  # degrees, more than enough at any latitude of France
    west, east = graph.longitude.min() - margin, graph.longitude.max() + margin
    south, north = graph.latitude.min() - margin, graph.latitude.max() + margin
    longitude, latitude = points.T
    inside = (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
    return np.where(inside[:, None], points, np.nan)


def _with_own(
    starts: Positions,
    ends: Positions,
    found: tuple[Positions, Positions, NDArray[np.float64]],
    minutes_inside: float,
    cutoff_minutes: float,
) -> sp.csr_array:
    """Return the minutes found, with those inside a commune from each to itself."""
    row, column, minutes = found
    other = starts[row] != ends[column]
    own_row, own_column = _own(starts, ends)
    if minutes_inside > cutoff_minutes:
        own_row, own_column = own_row[:0], own_column[:0]
    return sp.csr_array(
        (
            np.concatenate([minutes[other], np.full(len(own_row), minutes_inside)]),
            (
                np.concatenate([row[other], own_row]),
                np.concatenate([column[other], own_column]),
            ),
        ),
        shape=(len(starts), len(ends)),
    )


def _own(starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Return the pairs of a commune and itself."""
    row_of = np.full(len(index()), -1, dtype=np.intp)
    row_of[starts] = np.arange(len(starts))
    column = np.flatnonzero(row_of[ends] >= 0)
    return row_of[ends[column]], column


def described(engine: RoadEngine, codes: Sequence[str]) -> RoadEngine:
    """Return the engine, its method saying how far the town halls of a territory are from a road.

    Parameters
    ----------
    engine
        As built.
    codes
        Communes of the territory.
    """
    metres = engine.distance_m(codes)
    known = metres[~np.isnan(metres)]
    if not len(known):
        return engine
    off = len(codes) - len(known)
    lost = f" ; hors du réseau : {off} sur {len(codes)}" if off else ""
    note = (
        f"Mairies du territoire : à {number(float(np.median(known)))} m de leur route en médiane, "
        f"{number(float(known.max()))} m au plus{lost}."
    )
    return replace(engine, note=note)


def share_off_road(engine: RoadEngine, codes: Sequence[str]) -> float:
    """Return the share of the population of a territory that is off the network.

    Parameters
    ----------
    engine
        As built.
    codes
        Communes of the territory.
    """
    people = np.nan_to_num(index().population[index().positions(codes)].astype(float))
    off = ~engine.is_on_road(codes)
    if not people.sum():
        return float(off.mean()) if len(off) else 0.0
    return float(people[off].sum() / people.sum())


def require_coverage(engine: RoadEngine, codes: Sequence[str], on: date) -> None:
    """Refuse a territory that the extract does not cover.

    Parameters
    ----------
    engine
        As built.
    codes
        Communes of the territory.
    on
        Date of the parameters.

    Raises
    ------
    InputError
        When more of its population is off the network than tolerated.
    """
    share = share_off_road(engine, codes)
    tolerated = parameters.explain(TOLERATED, on)
    if share > float(tolerated.value):
        raise InputError([_off_the_map(engine, codes, share, tolerated)])


def _off_the_map(
    engine: RoadEngine, codes: Sequence[str], share: float, tolerated: Parameter
) -> Problem:
    off = [
        code for code, on_road in zip(codes, engine.is_on_road(codes), strict=True) if not on_road
    ]
    names = [str(index().nom[row]) for row in index().positions(off[:SHOWN])]
    more = f" et {len(off) - SHOWN} autres" if len(off) > SHOWN else ""
    source = engine.network.graph.source
    return Problem(
        f"réseau de routes, extrait {source.file_name}",
        f"{number(100 * share, 1)} % de la population du territoire est hors de la carte "
        f"({', '.join(names)}{more})",
        f"un extrait qui couvre le territoire et ses alentours (au plus "
        f"{number(100 * float(tolerated.value))} % hors de la carte)",
        "construire le réseau d'un extrait plus grand, « assemblier routes construire "
        "FICHIER.osm.pbf », ou demander « --trajets voisinage »",
    )


def _data_of(day: str) -> str:
    if day == "inconnue":
        return "données de date inconnue"
    return f"données du {date_text(date.fromisoformat(day))}"
