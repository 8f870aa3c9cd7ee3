"""From an extract to a graph: read, cut, time, forbid turns, keep what holds together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from assemblier.errors import DataError
from assemblier.travel.roads.edges import Edges, directed
from assemblier.travel.roads.extract import Extract, _no_road, file_key, read_extract
from assemblier.travel.roads.graph import RoadGraph, RoadSource, build_graph
from assemblier.travel.roads.junctions import lost_minutes
from assemblier.travel.roads.networks import kept_nodes
from assemblier.travel.roads.profile import Profile
from assemblier.travel.roads.segments import Segments, cut
from assemblier.travel.roads.speeds import columns_of, drive_minutes, town_share
from assemblier.travel.roads.turns import without_forbidden_turns


class Progress(Protocol):
    """Somebody who watches."""

    def step(self, what: str) -> None:
        """Hear that a step begins."""


class Nobody:
    """Nobody watches."""

    def step(self, what: str) -> None:
        """Ignore it."""


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What the reading kept and left out.

    Attributes
    ----------
    ways, nodes, edges
        Kept.
    road_km
        Kept, each road once.
    networks
        Separate networks kept: 1, and the large islands.
    restrictions
        Turns forbidden or obligatory that apply.
    dropped
        What was left out, in French, and how many.
    misread
        Tags that were not understood, and how many.
    """

    ways: int
    nodes: int
    edges: int
    road_km: float
    networks: int
    restrictions: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    misread: Mapping[str, int] = field(default_factory=dict)


def read_pbf(
    path: Path, profile: Profile, progress: Progress | None = None
) -> tuple[RoadGraph, ReadingReport]:
    """Read an OpenStreetMap extract as a road graph.

    Parameters
    ----------
    path
        An ``.osm.pbf`` file.
    profile
        How fast one drives where.
    progress
        Told of each step.

    Returns
    -------
        The graph, and what the reading kept and left out.

    Raises
    ------
    DataError
        When the file cannot be read, is not an extract, is cut short, or holds no road.
    UnavailableError
        When osmium is not installed.
    """
    watcher = progress or Nobody()
    watcher.step("Lecture de l'extrait")
    extract = read_extract(path, profile, watcher.step)
    watcher.step("Temps de chaque tronçon")
    segments, outside = cut(extract, profile.number("lacets.fenetre_m"))
    if not len(segments.tail):
        raise DataError([_no_road(path)])
    edges = _timed(extract, segments, profile)
    watcher.step("Interdictions de tourner")
    half_turn = profile.number("penalite.demi_tour") / 60
    edges, copied, applied = without_forbidden_turns(
        edges, segments.ref, extract.restrictions, half_turn
    )
    watcher.step("Réseaux d'un seul tenant")
    source = RoadSource(
        path.name, file_key(path), extract.date, profile.since.isoformat(), profile.key
    )
    graph = _graph(segments, copied, edges, source)
    return _kept(graph, extract, profile, outside, applied)


def _timed(extract: Extract, segments: Segments, profile: Profile) -> Edges:
    """Return the edges of an extract with their minutes, penalties included."""
    columns = columns_of(extract, segments, profile)
    town = town_share(segments, columns, profile)
    there, back = drive_minutes(segments, columns, town, profile)
    lost_there, lost_back = lost_minutes(extract, segments, columns, town, profile)
    return directed(segments, columns, extract.way_ids, there + lost_there, back + lost_back)


def _graph(segments: Segments, copied: np.ndarray, edges: Edges, source: RoadSource) -> RoadGraph:
    return build_graph(
        np.concatenate([segments.longitude, segments.longitude[copied]]),
        np.concatenate([segments.latitude, segments.latitude[copied]]),
        edges.tail.astype(np.int32),
        edges.head.astype(np.int32),
        edges.minutes.astype(np.float32),
        edges.length_m.astype(np.float32),
        edges.is_road,
        source,
    )


def _kept(
    graph: RoadGraph, extract: Extract, profile: Profile, outside: int, applied: int
) -> tuple[RoadGraph, ReadingReport]:
    """Return the networks that are kept, with the account of what is not."""
    kept, networks = kept_nodes(graph, profile.number("reseau_minimal_km"))
    whole = graph.restricted(kept)
    dropped = {
        **extract.dropped,
        "tronçons coupés par le bord de l'extrait": outside,
        "points sans aller et retour possible": int(np.sum(~kept)),
    }
    dropped = {reason: count for reason, count in dropped.items() if count}
    whole = replace(whole, source=replace(graph.source, dropped=dropped))
    report = ReadingReport(
        len(extract.way_ids),
        whole.nodes,
        whole.edges,
        _road_km(whole),
        networks,
        applied,
        dropped,
        extract.misread,
    )
    return whole, report


def _road_km(graph: RoadGraph) -> float:
    """Return the length of the roads, each direction pair counted once."""
    tails = graph.tails().astype(np.int64)
    pair = np.minimum(tails, graph.head) * graph.nodes + np.maximum(tails, graph.head)
    _, first = np.unique(pair[graph.is_road], return_index=True)
    return float(graph.length_m[graph.is_road][first].sum() / 1000)
