"""What is always true of the graph that is read, of what is kept, and of its minutes."""

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from assemblier.diagnosis.remoteness import Communes, places_of, remoteness_by
from assemblier.figures import NOWHERE, Nature
from assemblier.territory import parse
from assemblier.travel import StoredEngine, TravelTimes
from assemblier.travel.roads.arrays_folder import damages, read_arrays, write_arrays
from assemblier.travel.roads.edges import Edges
from assemblier.travel.roads.engine import RoadEngine, engine_on
from assemblier.travel.roads.extract import Restriction
from assemblier.travel.roads.networks import kept_nodes
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.segments import Segments
from assemblier.travel.roads.speeds import Columns, speeds_kmh
from assemblier.travel.roads.storage import RoadStore
from assemblier.travel.roads.turns import without_forbidden_turns
from tests.roads import graph_of, network_of

ON = date(2026, 1, 1)
PROFILE = road_profile(ON)
NODES = 7
EDGES = st.lists(
    st.tuples(
        st.integers(0, NODES - 1),
        st.integers(0, NODES - 1),
        st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.5]),
    ).filter(lambda edge: edge[0] != edge[1]),
    min_size=1,
    max_size=20,
    unique_by=lambda edge: edge[:2],
)


def listed(graph) -> list[tuple[int, int, float]]:
    tails, heads = graph.tails().tolist(), graph.head.tolist()
    return sorted(zip(tails, heads, graph.minutes.tolist(), strict=True))


@given(EDGES)
def test_transposed_twice_it_is_the_same_graph_edges_of_a_node_in_any_order(edges):
    graph = graph_of(edges, NODES)
    assert listed(graph.transposed().transposed()) == listed(graph)
    assert listed(graph.transposed()) == sorted((head, tail, m) for tail, head, m in listed(graph))


@given(EDGES, st.sampled_from([0.1, 2.0, 100.0]))
def test_kept_nodes_hold_together_and_the_longest_roads_are_kept(edges, least_km):
    """The network with the longest roads is kept.

    From any node of a kept network one can go to any other of that network.
    """
    graph = graph_of(edges, NODES)
    kept, networks = kept_nodes(graph, least_km)
    matrix = sp.csr_array((graph.minutes, graph.head, graph.indptr), shape=(NODES, NODES))
    reach = np.isfinite(dijkstra(matrix))
    together = reach & reach.T
    km = [
        sum(m for tail, head, m in listed(graph) if together[node, tail] and together[node, head])
        for node in range(NODES)
    ]
    assert max(km[node] for node in np.flatnonzero(kept)) == pytest.approx(max(km))
    assert all((together[node] == together[node] & kept).all() for node in np.flatnonzero(kept))
    assert networks == len({tuple(together[node]) for node in np.flatnonzero(kept)})


def edges_of(edges: list[tuple[int, int, float]]) -> Edges:
    """Both directions between two nodes are one way."""
    tail, head, minutes = (np.array(column) for column in zip(*edges, strict=True))
    way = np.minimum(tail, head) * NODES + np.maximum(tail, head)
    return Edges(tail, head, way, minutes, minutes, np.ones(len(edges), bool))


def walks(edges: Edges, original: np.ndarray, length: int) -> set[tuple[int, ...]]:
    """Every walk of so many edges, as the points it goes through."""
    found = {(int(node),) for node in range(len(original))}
    leaving: dict[int, list[int]] = {}
    for tail, head in zip(edges.tail.tolist(), edges.head.tolist(), strict=True):
        leaving.setdefault(tail, []).append(head)
    for _ in range(length):
        found |= {(*walk, head) for walk in found for head in leaving.get(walk[-1], [])}
    points = {tuple(int(original[node]) for node in walk) for walk in found}
    # going from a point to its own copy is no road
    return {
        tuple(p for rank, p in enumerate(walk) if rank == 0 or walk[rank - 1] != p)
        for walk in points
    }


@settings(max_examples=150)
@given(EDGES, st.data())
def test_no_path_makes_a_forbidden_turn_at_the_junction_of_its_restriction(edges, data):
    """Half-turns apart, unless no other turn was left.

    Without restrictions, the edges are those given.
    """
    given_edges = edges_of(edges)
    refs = np.arange(NODES)
    unchanged, copied, applied = without_forbidden_turns(given_edges, refs, [], 0.5)
    assert (len(copied), applied) == (0, 0)
    assert np.array_equal(unchanged.head, given_edges.head)
    turns = [
        (a, b, c) for a, b, _ in edges for b2, c, _ in edges if b == b2 and len({a, b, c}) == 3
    ]
    if not turns:
        return
    before, via, after = data.draw(st.sampled_from(turns))

    def way(one: int, other: int) -> int:
        return min(one, other) * NODES + max(one, other)

    rule = Restriction(way(before, via), via, way(via, after), data.draw(st.booleans()))
    found, copied, _ = without_forbidden_turns(given_edges, refs, [rule], 0.5)
    original = np.concatenate([refs, copied])
    steps = walks(found, original, 4)
    triples = {walk[rank : rank + 3] for walk in steps for rank in range(len(walk) - 2)}
    made = {triple for triple in triples if triple[:2] == (before, via) and triple[2] != before}
    left = {c for b, c, _ in edges if b == via} - {after}
    if rule.is_only:
        assert {triple[2] for triple in made} <= {after}
    elif left:
        assert (before, via, after) not in made
    # every edge driven is one that was there
    known = {(a, b) for a, b, _ in edges}
    assert {walk[r : r + 2] for walk in steps for r in range(len(walk) - 1)} <= known


@given(
    st.sampled_from(PROFILE.classes),
    st.floats(10, 130),
    st.floats(0, 60),
    st.floats(0, 1),
    st.floats(0, 0.05),
)
def test_a_higher_written_limit_never_slows_a_segment(name, limit, more, town, bend):
    one = np.ones(1)
    segments = Segments(one, one, one, one, one, one, one * 100, one * bend)
    no = np.zeros(1, bool)
    columns = Columns(
        np.zeros(1, int), np.array([PROFILE.classes.index(name)]), ~no, ~no, no, no, no,
        one * limit, one * (limit + more), one * np.nan, one, one * np.nan,
    )  # fmt: skip
    low, high = speeds_kmh(segments, columns, one * town, PROFILE)
    assert 0 < low[0] <= high[0] <= 200


@given(st.sets(st.sampled_from(sorted(n for n in PROFILE.values if n.startswith("penalite")))))
def test_every_value_that_the_user_replaced_is_named(names):
    profile = road_profile(ON, dict.fromkeys(names, 1), "essai")
    told = " ".join(profile.as_texts())
    assert all(name in told for name in names)
    assert ("Remplacé" in told) == bool(names)


ARRAYS = st.dictionaries(
    st.sampled_from("abc"),
    st.lists(st.integers(-(2**31), 2**31 - 1), max_size=9).map(lambda v: np.array(v, np.int32)),
    min_size=1,
)


@settings(max_examples=25, deadline=None)
@given(ARRAYS)
def test_write_arrays_what_is_read_back_is_what_was_written_bit_for_bit(arrays):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "tableaux"
        write_arrays(folder, arrays, {})
        found = read_arrays(folder)
        assert set(found) == set(arrays)
        assert all(found[name].tobytes() == array.tobytes() for name, array in arrays.items())
        assert list(damages(folder)) == []


CODES = parse("departement:43").codes


@cache
def haute_loire() -> RoadEngine:
    """Made roads between the town halls of Haute-Loire; `RoadStore` keeps them, then they stay."""
    pytest.importorskip("osmium", reason="osmium n'est pas installé")
    with tempfile.TemporaryDirectory() as place:
        path = network_of(CODES, Path(place) / "a.osm.pbf")
        return engine_on(RoadStore(Path(place)).build(path, PROFILE), ON)


SOME = st.lists(st.sampled_from(CODES), min_size=1, max_size=8, unique=True)


@settings(max_examples=25, deadline=None)
@given(SOME, SOME, st.floats(1, 40), st.floats(0, 30))
def test_times_by_road_a_longer_cutoff_keeps_every_pair_of_a_shorter_one(homes, places, cut, more):
    near = haute_loire().times(homes, places, cut).minutes
    far = haute_loire().times(homes, places, cut + more).minutes

    def pairs(minutes: sp.csr_array) -> set[tuple[int, int, float]]:
        found = minutes.tocoo()
        return set(zip(found.row.tolist(), found.col.tolist(), found.data.tolist(), strict=True))

    assert pairs(near) <= pairs(far)


@settings(max_examples=15, deadline=None)
@given(SOME, st.lists(SOME, min_size=1, max_size=3))
def test_stored_engine_minutes_are_those_of_the_engine_kept_or_not(homes, asked):
    with tempfile.TemporaryDirectory() as place:
        for places in asked:
            stored = StoredEngine(haute_loire(), Path(place)).times(homes, places, 20)
            direct = haute_loire().times(homes, places, 20)
            assert (stored.minutes != direct.minutes).nnz == 0
            assert stored.minutes.nnz == direct.minutes.nnz
            assert (stored.method, stored.nature) == (direct.method, direct.nature)


def stored(minutes: np.ndarray) -> sp.csr_array:
    """Every pair, those at no minutes too."""
    rows, columns = (one.ravel() for one in np.indices(minutes.shape))
    return sp.csr_array((minutes.ravel(), (rows, columns)), shape=minutes.shape)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=5, max_size=5),
    st.lists(st.integers(1, 60), min_size=25, max_size=25),
    st.floats(0, 5),
    st.integers(0, 4),
)
def test_remoteness_by_minutes(supply, minutes, inside, place):
    """A commune with a practitioner is at the minutes inside a commune from one.

    More practitioners never make the nearest one farther.
    """
    every = np.array(minutes, float).reshape(5, 5)
    np.fill_diagonal(every, inside)

    def found(practitioners: list[float]) -> np.ndarray:
        communes = Communes(
            ("a", "b", "c", "d", "e"),
            np.column_stack([np.linspace(3, 4, 5), np.full(5, 45.0)]),
            np.full(5, 100.0),
            np.array(practitioners),
        )
        places = places_of(communes)
        travel = TravelTimes(
            communes.codes,
            tuple(communes.codes[one] for one in places),
            stored(every[:, places]),
            60,
            "essai",
            Nature.ESTIME,
            NOWHERE,
        )
        result = remoteness_by(communes, travel, 20)
        assert np.allclose(result.minutes[places], inside)
        return np.nan_to_num(result.minutes, nan=np.inf)

    # Inside one's own commune may be longer than to a neighbour: then nearer is not shorter.
    every = np.maximum(every, inside)
    more = list(supply)
    more[place] += 1
    assert (found(more) <= found(supply)).all()
