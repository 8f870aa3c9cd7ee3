"""The road graph: every node of a drivable way, every direction one may drive, in minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assemblier.errors import ShapeError
from assemblier.figures import Source

ATTRIBUTION = "© les contributeurs d'OpenStreetMap, ODbL"
LICENCE = "ODbL 1.0"

Nodes: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class RoadSource:
    """Where a graph comes from.

    Attributes
    ----------
    file_name, sha256
        The extract, without its folder, and its bytes.
    extract_date
        The day of the data in the extract (``"2026-07-01"``), or ``"inconnue"``.
    profile_date
        The date from which the speeds hold.
    profile_key
        Fingerprint of every parameter that makes the minutes.
    dropped
        What the reading left out, in French, and how many.
    """

    file_name: str
    sha256: str
    extract_date: str
    profile_date: str
    profile_key: str
    dropped: Mapping[str, int] = field(default_factory=dict)

    def as_source(self) -> Source:
        """Return the extract as a source that a result cites, attribution included."""
        return Source(
            key=f"osm-{self.sha256[:12]}",
            producer=ATTRIBUTION,
            title=f"OpenStreetMap, extrait {self.file_name}",
            vintage=self.extract_date,
            licence=LICENCE,
            address="https://www.openstreetmap.org/copyright",
        )


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """Directed edges by origin (compressed sparse rows), with their minutes.

    Attributes
    ----------
    longitude, latitude
        (nodes,) degrees, WGS 84. A junction with a turn restriction has copies of itself and of
        the road that leaves it: same point, other node.
    indptr
        (nodes + 1,) int64: the edges that leave node n are `indptr[n]` to `indptr[n + 1]`.
    head
        (edges,) int32: the node an edge arrives at.
    minutes
        (edges,) float32, > 0, penalties of junctions included.
    length_m
        (edges,) float32 metres, ≥ 0.
    is_road
        (edges,) bool: False for the copies, and for ferries and tunnels: a point is never snapped
        onto one.
    source
        The extract and the profile.

    Raises
    ------
    ShapeError
        When arrays do not fit together.
    """

    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    indptr: NDArray[np.int64]
    head: Nodes
    minutes: NDArray[np.float32]
    length_m: NDArray[np.float32]
    is_road: NDArray[np.bool_]
    source: RoadSource

    def __post_init__(self) -> None:
        nodes, edges = len(self.longitude), len(self.head)
        fits = (
            len(self.latitude) == nodes
            and len(self.indptr) == nodes + 1
            and len(self.minutes) == len(self.length_m) == len(self.is_road) == edges
            and int(self.indptr[-1]) == edges
        )
        if not fits:
            raise ShapeError(f"graphe de routes : {nodes} nœuds, {edges} arcs, tableaux inégaux")

    @property
    def nodes(self) -> int:
        """How many nodes."""
        return len(self.longitude)

    @property
    def edges(self) -> int:
        """How many directed edges."""
        return len(self.head)

    def tails(self) -> Nodes:
        """Return (edges,) the node each edge leaves."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.indptr))

    def transposed(self) -> "RoadGraph":
        """Return the same roads driven the other way.

        Always true
        -----------
        Transposed twice, it is the same graph, edges of a node in any order.
        """
        return build_graph(
            self.longitude,
            self.latitude,
            self.head,
            self.tails(),
            self.minutes,
            self.length_m,
            self.is_road,
            self.source,
        )

    def restricted(self, kept: NDArray[np.bool_]) -> "RoadGraph":
        """Return the graph of some nodes, renumbered in the same order.

        Parameters
        ----------
        kept
            (nodes,) whether a node stays; an edge stays when both its ends do.
        """
        tails = self.tails()
        new_number = np.cumsum(kept, dtype=np.int64) - 1
        edge = np.flatnonzero(kept[tails] & kept[self.head])
        return build_graph(
            self.longitude[kept],
            self.latitude[kept],
            new_number[tails[edge]].astype(np.int32),
            new_number[self.head[edge]].astype(np.int32),
            self.minutes[edge],
            self.length_m[edge],
            self.is_road[edge],
            self.source,
        )


def build_graph(
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    tail: Nodes,
    head: Nodes,
    minutes: NDArray[np.float32],
    length_m: NDArray[np.float32],
    is_road: NDArray[np.bool_],
    source: RoadSource,
) -> RoadGraph:
    """Return a graph from edges in any order.

    Parameters
    ----------
    longitude, latitude
        (nodes,) degrees.
    tail, head, minutes, length_m, is_road
        (edges,) from, to, and what `RoadGraph` says.
    source
        The extract and the profile.
    """
    nodes = len(longitude)
    order = np.argsort(tail, kind="stable")
    indptr = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=nodes), out=indptr[1:])
    return RoadGraph(
        np.asarray(longitude, np.float64),
        np.asarray(latitude, np.float64),
        indptr,
        np.asarray(head, np.int32)[order],
        np.asarray(minutes, np.float32)[order],
        np.asarray(length_m, np.float32)[order],
        np.asarray(is_road, np.bool_)[order],
        source,
    )
