"""Small OpenStreetMap extracts, written for a test."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assemblier.data import relief
from assemblier.territory import index
from assemblier.travel.roads.graph import RoadGraph, RoadSource, build_graph

Point = tuple[float, float]
Tags = Mapping[str, str]
Way = tuple[Sequence[int], Tags]
METRE = 1 / 111_195.0797
"""One metre of latitude, or of longitude at the equator, in degrees."""

SOURCE = RoadSource("essai.osm.pbf", "0" * 64, "2026-01-02", "2018-07-01", "essai")


def write_extract(
    path: Path,
    points: Mapping[int, Point],
    ways: Mapping[int, Way],
    tags: Mapping[int, Tags] | None = None,
    restrictions: Sequence[tuple[str, int, int, int]] = (),
    day: str = "2026-01-02",
) -> Path:
    """Write a PBF; a restriction is its value, the way from, the point via, the way to."""
    import osmium

    header = osmium.io.Header()
    if day:
        header.set("osmosis_replication_timestamp", f"{day}T00:00:00Z")
    mutable = osmium.osm.mutable
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for ref, place in sorted(points.items()):
            writer.add_node(mutable.Node(id=ref, location=place, tags=(tags or {}).get(ref, {})))
        for ref, (nodes, said) in sorted(ways.items()):
            writer.add_way(mutable.Way(id=ref, nodes=list(nodes), tags=dict(said)))
        for ref, (value, start, via, end) in enumerate(restrictions, 1):
            members = [("w", start, "from"), ("n", via, "via"), ("w", end, "to")]
            said = {"type": "restriction", "restriction": value}
            writer.add_relation(mutable.Relation(id=ref, members=members, tags=said))
    return path


def line(count: int, step_m: float = 1000.0, first: int = 1) -> dict[int, Point]:
    """Return points along the equator."""
    return {first + rank: (rank * step_m * METRE, 0.0) for rank in range(count)}


def network_of(codes: Sequence[str], path: Path, tags: Tags | None = None) -> Path:
    """Write an extract where a road joins the town halls of communes that share a border."""
    wanted = set(codes)
    borders = relief.relief().select("code_a", "code_b").iter_rows()
    pairs = [(a, b) for a, b in borders if a in wanted and b in wanted]
    table = index()
    rows = table.positions(codes)
    points = {
        rank + 1: (float(table.longitude[row]), float(table.latitude[row]))
        for rank, row in enumerate(rows)
        if not np.isnan(table.longitude[row])
    }
    ref = {code: rank + 1 for rank, code in enumerate(codes)}
    road = {"highway": "secondary", **(tags or {})}
    ways = {
        rank: ((ref[a], ref[b]), road)
        for rank, (a, b) in enumerate(pairs, 1)
        if ref[a] in points and ref[b] in points
    }
    return write_extract(path, points, ways)


def graph_of(edges: Sequence[tuple[int, int, float]], nodes: int) -> RoadGraph:
    """Return a graph from (tail, head, minutes), its nodes on a line, a kilometre a minute."""
    tail, head, minutes = (np.array(column) for column in zip(*edges, strict=True))
    return build_graph(
        np.arange(nodes) * 1000 * METRE,
        np.zeros(nodes),
        tail.astype(np.int32),
        head.astype(np.int32),
        minutes.astype(np.float32),
        (minutes * 1000).astype(np.float32),
        np.ones(len(edges), bool),
        SOURCE,
    )
