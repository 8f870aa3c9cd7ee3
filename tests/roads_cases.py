"""Small road graphs drawn at random, and the minutes found on them the plainest way."""

import numpy as np
import scipy.sparse as sp
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from assemblier.travel.roads.graph import RoadGraph, RoadSource, build_graph
from assemblier.travel.roads.snapping import Snapped

NO_SOURCE = RoadSource("essai.osm.pbf", "0" * 64, "inconnue", "2026-01-01", "essai")
WEST, EAST, SOUTH, NORTH = 4.0, 4.2, 45.0, 45.2
METRES_PER_DEGREE = 111_195.0


def drawn_graph(seed: int, most_nodes: int = 60) -> RoadGraph:
    """Return roads in long chains, branches, loops, parallels; some one-way, some shut to stops."""
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(3, most_nodes))
    longitude, latitude = rng.uniform(WEST, EAST, nodes), rng.uniform(SOUTH, NORTH, nodes)
    before = np.where(
        rng.random(nodes - 1) < 0.75,
        np.arange(nodes - 1),
        (rng.random(nodes - 1) * np.arange(1, nodes)).astype(int),
    )
    more = rng.integers(0, nodes, (nodes // 6, 2))
    one = np.concatenate([before, more[:, 0]])
    other = np.concatenate([np.arange(1, nodes), more[:, 1]])
    way = rng.choice(3, len(one), p=[0.7, 0.2, 0.1])
    tail = np.concatenate([one[way != 1], other[way != 2]]).astype(np.int32)
    head = np.concatenate([other[way != 1], one[way != 2]]).astype(np.int32)
    east = (longitude[tail] - longitude[head]) * np.cos(np.radians(latitude[tail]))
    length = np.hypot(east, latitude[tail] - latitude[head]) * METRES_PER_DEGREE
    return build_graph(
        longitude,
        latitude,
        tail,
        head,
        rng.uniform(0.05, 1.5, len(tail)).astype(np.float32),
        length.astype(np.float32),
        rng.random(len(tail)) < 0.95,
        NO_SOURCE,
    )


def drawn_points(graph: RoadGraph, seed: int, count: int) -> np.ndarray:
    """Return points around the roads; the first quarter are nodes."""
    rng = np.random.default_rng(seed)
    points = np.column_stack([rng.uniform(WEST, EAST, count), rng.uniform(SOUTH, NORTH, count)])
    node = rng.integers(0, graph.nodes, count // 4)
    points[: len(node)] = np.column_stack([graph.longitude[node], graph.latitude[node]])
    return points


def plain_minutes(graph: RoadGraph, starts: np.ndarray | None = None) -> np.ndarray:
    """Return (starts, nodes) the minutes from some nodes or all, by scipy, nothing contracted."""
    tail, head, minutes = graph.tails(), graph.head, graph.minutes.astype(np.float64)
    order = np.lexsort((minutes, head, tail))
    order = order[tail[order] != head[order]]
    tail, head, minutes = tail[order], head[order], minutes[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    matrix = (minutes[first], (tail[first], head[first]))
    return dijkstra(sp.csr_array(matrix, shape=(graph.nodes, graph.nodes)), indices=starts)


def plain_pairs(graph: RoadGraph, homes: Snapped, places: Snapped) -> np.ndarray:
    """Return (homes, places) minutes from place to place on their roads, one by one."""
    starts = np.unique(np.concatenate([homes.tail, homes.head]))
    starts = starts[starts >= 0]
    row = {int(start): place for place, start in enumerate(starts)}
    between = plain_minutes(graph, starts)
    found = np.full((len(homes), len(places)), np.inf)
    for i in np.flatnonzero(homes.is_placed):
        for j in np.flatnonzero(places.is_placed):
            found[i, j] = min(
                [_on_one_road(homes, i, places, j)]
                + [
                    leave + between[row[start], end] + arrive
                    for start, leave in _leaving(homes, i)
                    for end, arrive in _arriving(places, j)
                ]
            )
    return found


def _leaving(points: Snapped, i: int) -> list[tuple[int, float]]:
    share = points.position[i]
    return [
        (int(points.head[i]), _part(1 - share, points.minutes_ahead[i])),
        (int(points.tail[i]), _part(share, points.minutes_back[i])),
    ]


def _arriving(points: Snapped, i: int) -> list[tuple[int, float]]:
    share = points.position[i]
    return [
        (int(points.tail[i]), _part(share, points.minutes_ahead[i])),
        (int(points.head[i]), _part(1 - share, points.minutes_back[i])),
    ]


def _part(share: float, minutes: float) -> float:
    return share * minutes if share else 0.0


def _on_one_road(homes: Snapped, i: int, places: Snapped, j: int) -> float:
    if (homes.tail[i], homes.head[i]) != (places.tail[j], places.head[j]):
        return np.inf
    step = places.position[j] - homes.position[i]
    way = homes.minutes_ahead[i] if step >= 0 else homes.minutes_back[i]
    return _part(abs(step), way)


seeds = st.integers(0, 2**32 - 1)
