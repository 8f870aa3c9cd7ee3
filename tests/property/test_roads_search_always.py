"""What is always true of contraction, snapping and search, on random road graphs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from assemblier.maths import fast
from assemblier.travel.roads.contraction import QUANTUM_MINUTES, Contracted, contract
from assemblier.travel.roads.ordering import hilbert_rank
from assemblier.travel.roads.rows import NEVER, laid_out
from assemblier.travel.roads.search import pairs_within
from assemblier.travel.roads.snapping import _project, snap
from tests.roads_cases import drawn_graph, drawn_points, plain_minutes, plain_pairs, seeds

unhurried = settings(deadline=None, max_examples=60)
ENGINES = ("numba", "scipy")
LIMIT_M = 4000.0


@pytest.fixture(params=ENGINES)
def engine(request, monkeypatch):
    if request.param == "numba":
        pytest.importorskip("numba", reason="numba n'est pas installé")
    else:
        monkeypatch.setattr(fast, "is_available", lambda: False)


def matrix_of(pairs) -> np.ndarray:
    full = np.full(pairs.shape, np.inf)
    some = pairs.tocoo()
    full[some.row, some.col] = some.data
    return full


def case(seed: int):
    graph = drawn_graph(seed)
    homes = snap(graph, drawn_points(graph, seed + 1, 12), LIMIT_M)
    places = snap(graph, drawn_points(graph, seed + 2, 1 + seed % 20), LIMIT_M)
    return graph, homes, places


@unhurried
@given(seeds)
def test_the_minutes_between_two_junctions_are_those_of_the_road_graph(seed: int) -> None:
    graph = drawn_graph(seed)
    small: Contracted = contract(graph)
    whole = plain_minutes(graph)[np.ix_(small.junction, small.junction)]
    assert dijkstra(small.matrix()) == pytest.approx(whole, abs=1e-9)


@unhurried
@given(seeds)
def test_every_node_is_a_junction_or_lies_between_two(seed: int) -> None:
    graph = drawn_graph(seed)
    small, whole = contract(graph), plain_minutes(graph)
    assert (small.place[small.junction] == np.arange(len(small))).all()
    assert (small.chain_start != small.chain_end).all()
    for node in np.flatnonzero(small.place < 0):
        chain = -1 - small.place[node]
        start = small.junction[small.chain_start[chain]]
        assert whole[start, node] <= small.ahead[node] + 1e-9
        assert whole[node, start] <= small.back[node] + 1e-9


@unhurried
@given(seeds, st.floats(1e-4, 0.5))
def test_a_path_errs_by_half_a_step_per_road(seed: int, step: float) -> None:
    small = contract(drawn_graph(seed))
    rounded = small.quantised(step)
    assert np.abs(rounded.ticks * step - small.minutes).max(initial=0) <= step / 2 + 1e-12
    exact, _ = dijkstra(small.matrix(), return_predecessors=True)
    matrix = small.matrix()
    matrix.data = rounded.ticks * step
    found = dijkstra(matrix)
    both = np.isfinite(exact)
    # A shortest path goes through each junction once at most.
    assert np.abs(found[both] - exact[both]).max(initial=0) <= len(small) * step / 2 + 1e-9


@unhurried
@given(seeds)
def test_from_row_to_row_one_gets_where_the_roads_lead(seed: int) -> None:
    roads = contract(drawn_graph(seed)).quantised()
    laid = laid_out(roads.indptr, roads.head, roads.ticks)
    for junction in range(laid.junctions):
        expected = slice(roads.indptr[junction], roads.indptr[junction + 1])
        wanted = sorted(zip(roads.head[expected], roads.ticks[expected], strict=True))
        assert sorted(walked(laid, junction)) == wanted


def walked(laid, row: int) -> list[tuple[int, int]]:
    found = []
    for packed in laid.slots[row].tolist():
        ticks, head = divmod(packed, 1 << 32)
        if head >= laid.junctions and head != row:
            found += walked(laid, head)
        elif ticks != NEVER:
            found.append((head, ticks))
    return found


@settings(deadline=None, max_examples=40)
@given(seeds, st.floats(1, 900))
def test_no_road_is_nearer_than_the_one_returned(seed: int, limit_m: float) -> None:
    graph = drawn_graph(seed)
    points = drawn_points(graph, seed + 1, 20)
    found = snap(graph, points, limit_m)
    edge = np.flatnonzero(graph.is_road)
    for i, point in enumerate(points):
        every = _project(
            graph, np.repeat(point[None], len(edge), axis=0), graph.tails()[edge], graph.head[edge]
        )[1]
        nearest = every.min(initial=np.inf)
        if abs(nearest - limit_m) > 1e-6:
            assert found.is_placed[i] == (nearest <= limit_m)
        if found.is_placed[i]:
            assert found.distance_m[i] == pytest.approx(nearest, abs=1e-6)
            assert 0 <= found.position[i] <= 1
        else:
            assert np.isnan(found.distance_m[i])


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_minutes_are_those_of_the_whole_road_graph_to_a_tenth_of_a_second(engine, first) -> None:
    for seed in range(first, first + 20):
        graph, homes, places = case(seed)
        cutoff = 1 + 11 * (seed % 7) / 7
        found = matrix_of(pairs_within(contract(graph), homes, places, cutoff))
        truth = plain_pairs(graph, homes, places)
        stored, near = np.isfinite(found), truth <= cutoff - QUANTUM_MINUTES
        assert stored[near].all()
        assert (truth[stored] <= cutoff + QUANTUM_MINUTES).all()
        assert np.abs(found[stored] - truth[stored]).max(initial=0) <= QUANTUM_MINUTES


@unhurried
@given(seeds, st.floats(0, 12), st.floats(0, 6))
def test_a_longer_cutoff_keeps_every_pair_of_a_shorter_one(seed, cutoff, more) -> None:
    graph, homes, places = case(seed)
    small = contract(graph)
    short, long = (
        matrix_of(pairs_within(small, homes, places, limit)) for limit in (cutoff, cutoff + more)
    )
    stored = np.isfinite(short)
    assert (short[stored] == long[stored]).all()


@unhurried
@given(seeds)
def test_searched_from_homes_or_from_places_minutes_are_the_same(seed: int) -> None:
    graph, homes, places = case(seed)
    small, few = contract(graph), np.arange(len(places))[:3]
    # More places than homes, then fewer: the search turns round.
    whole = matrix_of(pairs_within(small, homes, places, 9))
    for rows in (np.arange(len(homes)), np.arange(2)):
        part = pairs_within(small, homes.part(rows), places.part(few), 9)
        assert (matrix_of(part) == whole[np.ix_(rows, few)]).all()
    sides = [matrix_of(pairs_within(small, homes, places, 9, from_places=s)) for s in (0, 1)]
    assert (sides[0] == sides[1]).all()


@unhurried
@given(seeds)
def test_reverse_equals_forward_on_the_transposed_graph(seed: int) -> None:
    graph, homes, places = case(seed)
    back = graph.transposed()
    turned = [
        replace(points, minutes_ahead=points.minutes_back, minutes_back=points.minutes_ahead)
        for points in (homes, places)
    ]
    there = matrix_of(pairs_within(contract(graph), homes, places, 9))
    again = matrix_of(pairs_within(contract(back), turned[1], turned[0], 9)).T
    both = np.isfinite(there) & np.isfinite(again)
    # Sums of floats on a chain are made from its other end: a tick may differ.
    assert (np.abs(there[both] - again[both]) <= 1.01 * QUANTUM_MINUTES).all()
    assert (np.minimum(there, again)[np.isfinite(there) != np.isfinite(again)] > 8.99).all()


@unhurried
@given(seeds, st.integers(0, 1000), st.floats(0, 1))
def test_a_faster_edge_never_lengthens_a_path(seed: int, which: int, share: float) -> None:
    graph, homes, places = case(seed)
    minutes = graph.minutes.copy()
    minutes[which % graph.edges] *= max(share, 0.01)
    faster = replace(graph, minutes=minutes)
    before = matrix_of(pairs_within(contract(graph), homes, places, 9))
    again = [snap(faster, drawn_points(graph, seed + n, len(one)), LIMIT_M)
             for n, one in ((1, homes), (2, places))]  # fmt: skip
    after = matrix_of(pairs_within(contract(faster), *again, 9))
    stored = np.isfinite(before)
    assert (after[stored] <= before[stored] + QUANTUM_MINUTES * 1.01).all()


@unhurried
@given(seeds, st.floats(1, 9))
def test_by_regions_with_a_halo_minutes_are_those_of_the_whole(seed: int, cutoff: float) -> None:
    graph, homes, places = case(seed)
    ends = np.concatenate([places.tail, places.head])
    ends = ends[ends >= 0]
    # The halo: whatever is as near as the cutoff, and the roads that points stand on.
    kept = plain_minutes(graph)[:, ends].min(axis=1, initial=np.inf) <= cutoff
    for points in (homes, places):
        kept[points.tail[points.is_placed]] = kept[points.head[points.is_placed]] = True
    number = np.cumsum(kept) - 1
    inside = [
        replace(
            points,
            tail=np.where(points.is_placed, number[points.tail], -1).astype(np.int32),
            head=np.where(points.is_placed, number[points.head], -1).astype(np.int32),
        )
        for points in (homes, places)
    ]
    whole = matrix_of(pairs_within(contract(graph), homes, places, cutoff))
    part = matrix_of(pairs_within(contract(graph.restricted(kept)), *inside, cutoff))
    both = np.isfinite(whole) & np.isfinite(part)
    # Shorter chains are summed in another order: a tick may fall on the other side.
    assert np.abs(whole[both] - part[both]).max(initial=0) <= 1.01 * QUANTUM_MINUTES
    other = np.isfinite(whole) != np.isfinite(part)
    assert (np.minimum(whole, part)[other] > cutoff - 2 * QUANTUM_MINUTES).all()


@unhurried
@given(seeds)
def test_inputs_are_unchanged(seed: int) -> None:
    graph, homes, places = case(seed)
    small = contract(graph)
    arrays = [*vars(small).values(), homes.position, places.position, graph.minutes]
    before = [array.copy() for array in arrays]
    pairs_within(small, homes, places, 9)
    assert all((one == two).all() for one, two in zip(before, arrays, strict=True))


@unhurried
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_one_rank_per_cell(points: list[tuple[float, float]]) -> None:
    longitude, latitude = np.array(points).T
    rank = hilbert_rank(longitude, latitude)
    assert (rank >= 0).all()
    assert (rank < 1 << 32).all()
