"""A road graph shaped like France, of any size: no road of it exists, only its cost is real.

Each commune of metropolitan France gets junctions for its area and its inhabitants, on streets
that tighten towards its town hall; neighbouring communes are joined. What it shares with the
country: how many junctions lie within 20 minutes of a town hall, in the country and in towns.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from assemblier.data import voisins
from assemblier.territory import index
from assemblier.travel.roads.graph import RoadGraph, RoadSource, build_graph

NATIONAL_JUNCTIONS = 2_800_000
PER_KM2, PER_INHABITANT = 1.0, 0.035
"""Shape of the density of junctions: what area brings, what inhabitants bring."""
KEPT_CROSS_STREETS = 0.55
ONE_WAY = 0.12
"""Share of one-way streets among the cross streets."""
DETOUR = 1.25
"""Kilometres by road for one kilometre between two junctions."""
SPEEDS_KMH = (30.0, 50.0, 70.0)
"""Streets, roads of a commune, roads between communes."""
METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Ground:
    """The communes the graph is drawn on: (communes,) arrays."""

    longitude: np.ndarray
    latitude: np.ndarray
    area_km2: np.ndarray
    population: np.ndarray
    borders: np.ndarray
    """(borders, 2) neighbours."""


def ground() -> Ground:
    """Return metropolitan France."""
    communes = index()
    known = (communes.epsg == 2154) & ~np.isnan(communes.longitude)
    rank = np.cumsum(known) - 1
    pairs = voisins().select("code_a", "code_b")
    one, other = (communes.positions(pairs[name].to_list()) for name in ("code_a", "code_b"))
    both = known[one] & known[other]
    return Ground(
        communes.longitude[known],
        communes.latitude[known],
        np.nan_to_num(communes.superficie_km2[known], nan=10.0),
        np.nan_to_num(communes.population[known]),
        np.column_stack([rank[one[both]], rank[other[both]]]),
    )


def france_shaped(junctions: int, seed: int = 1) -> RoadGraph:
    """Return a strongly connected graph of about as many junctions, the same for one seed."""
    rng, land = np.random.default_rng(seed), ground()
    share = PER_KM2 * land.area_km2 + PER_INHABITANT * land.population
    count = np.maximum(2, np.rint(share * (junctions / share.sum()))).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(count)])
    commune = np.repeat(np.arange(len(count)), count)
    rank = np.arange(len(commune)) - first[commune]
    width = np.ceil(np.sqrt(count)).astype(np.int64)
    x, y = _positions(rng, land, commune, rank // width[commune], rank % width[commune], width)
    streets = _streets(rng, rank, width[commune], count[commune])
    links = _links(land, first, width)
    return _graph(rng, land, commune, x, y, streets, links)


def _positions(
    rng: np.random.Generator,
    land: Ground,
    commune: np.ndarray,
    row: np.ndarray,
    column: np.ndarray,
    width: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the metres east and north of the town hall: a lattice tightened at its centre."""
    half = np.maximum(width[commune] - 1, 1) / 2
    u, v = (column - half) / half, (row - half) / half
    u, v = (axis + rng.uniform(-0.35, 0.35, len(axis)) / half for axis in (u, v))
    reach = np.hypot(u, v)
    tight = 500 * np.sqrt(land.area_km2[commune]) * reach**0.6
    turn = rng.uniform(0, np.pi / 2, len(width))[commune]
    cos, sin = np.cos(turn), np.sin(turn)
    return tight * (u * cos - v * sin), tight * (u * sin + v * cos)


def _streets(
    rng: np.random.Generator, rank: np.ndarray, width: np.ndarray, count: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return from, to, whether it is a main road, whether it is one-way."""
    node = np.arange(len(rank))
    row, column = rank // width, rank % width
    along = node[(column + 1 < width) & (rank + 1 < count)]
    below = node[rank + width < count]
    kept = (column[below] == 0) | (rng.random(len(below)) < KEPT_CROSS_STREETS)
    below = below[kept]
    main = np.concatenate([row[along] % 4 == 0, column[below] % 4 == 0])
    crossing = np.arange(len(main)) >= len(along)
    one_way = crossing & ~main & (rng.random(len(main)) < ONE_WAY)
    tail, head = np.concatenate([along, below]), np.concatenate([along + 1, below + width[below]])
    return tail, head, main, one_way


def _links(land: Ground, first: np.ndarray, width: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the roads between communes: from the middle of each to the middle of the other."""
    count = np.diff(first)
    middle = first[:-1] + np.minimum((width // 2) * width + width // 2, count - 1)
    one, other = land.borders.T
    return middle[one], middle[other]


def _graph(
    rng: np.random.Generator,
    land: Ground,
    commune: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    streets: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    links: tuple[np.ndarray, np.ndarray],
) -> RoadGraph:
    latitude = land.latitude[commune] + y / METRES_PER_DEGREE
    cosine = np.cos(np.radians(land.latitude[commune]))
    longitude = land.longitude[commune] + x / (METRES_PER_DEGREE * cosine)
    tail, head, main, one_way = streets
    speed = np.concatenate(
        [np.where(main, SPEEDS_KMH[1], SPEEDS_KMH[0]), np.full(len(links[0]), SPEEDS_KMH[2])]
    )
    one_way = np.concatenate([one_way, np.zeros(len(links[0]), np.bool_)])
    tail, head = np.concatenate([tail, links[0]]), np.concatenate([head, links[1]])
    east = (longitude[tail] - longitude[head]) * METRES_PER_DEGREE * cosine[tail]
    north = (latitude[tail] - latitude[head]) * METRES_PER_DEGREE
    length = DETOUR * np.maximum(np.hypot(east, north), 5.0)
    minutes = length / 1000 / (speed * rng.uniform(0.8, 1.2, len(speed))) * 60
    back = ~one_way
    return _connected(
        longitude,
        latitude,
        np.concatenate([tail, head[back]]),
        np.concatenate([head, tail[back]]),
        np.concatenate([minutes, minutes[back]]),
        np.concatenate([length, length[back]]),
    )


def _connected(
    longitude: np.ndarray,
    latitude: np.ndarray,
    tail: np.ndarray,
    head: np.ndarray,
    minutes: np.ndarray,
    length: np.ndarray,
) -> RoadGraph:
    """Return the largest strongly connected part."""
    shape = (len(longitude), len(longitude))
    links = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=shape)
    label = connected_components(links, connection="strong")[1]
    graph = build_graph(
        longitude, latitude, tail, head, minutes, length, np.ones(len(tail), np.bool_), SOURCE
    )
    return graph.restricted(label == np.bincount(label).argmax())


SOURCE = RoadSource("réseau d'essai", "0" * 64, "aucune", "aucune", "aucune")
