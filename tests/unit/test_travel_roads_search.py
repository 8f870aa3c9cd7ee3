"""The search by road: limits, growth of its arrays, points on no road, several chunks."""

import numpy as np
import pytest

from assemblier.travel.roads import search, snapping
from assemblier.travel.roads.contraction import contract
from assemblier.travel.roads.graph import build_graph
from assemblier.travel.roads.search import pairs_within
from assemblier.travel.roads.snapping import snap
from tests.roads_cases import NO_SOURCE, drawn_graph, drawn_points

EAST_M = 111_195.08 * np.cos(np.radians(45.0))


def straight_road(minutes_back: float | None = 4.0):
    """Return four nodes 0.01° apart, 3 minutes each way east, none of them a crossing."""
    longitude = 4 + 0.01 * np.arange(4)
    tail, head, minutes = [0, 1, 2], [1, 2, 3], [3.0] * 3
    if minutes_back is not None:
        tail, head, minutes = [*tail, 1, 2, 3], [*head, 0, 1, 2], minutes + [minutes_back] * 3
    count = len(tail)
    return build_graph(
        longitude, np.full(4, 45.0), np.array(tail), np.array(head), np.array(minutes),
        np.full(count, 0.01 * EAST_M), np.ones(count, bool), NO_SOURCE,
    )  # fmt: skip


def test_points_of_one_road_are_joined_without_a_crossing():
    graph = straight_road()
    points = snap(graph, np.array([[4.005, 45.001], [4.025, 45.0]]), 200)
    assert points.distance_m == pytest.approx([111.195, 0], abs=0.01)
    minutes = pairs_within(contract(graph), points, points, 20).toarray()
    assert minutes == pytest.approx(np.array([[0, 6], [8, 0]]), abs=1e-3)


def test_no_way_back_on_a_one_way_road():
    graph = straight_road(None)
    points = snap(graph, np.array([[4.005, 45.0], [4.025, 45.0]]), 200)
    pairs = pairs_within(contract(graph), points, points, 20)
    assert sorted(zip(*pairs.tocoo().coords, strict=True)) == [(0, 0), (0, 1), (1, 1)]


def test_no_minutes_is_a_stored_zero():
    graph = straight_road()
    points = snap(graph, np.array([[4.0, 45.0]]), 200)
    pairs = pairs_within(contract(graph), points, points, 20)
    assert (pairs.nnz, pairs.data.tolist(), pairs.dtype) == (1, [0.0], np.float32)


def test_a_pair_at_the_cutoff_is_stored_and_not_one_a_tenth_of_a_second_beyond():
    graph = straight_road()
    points = snap(graph, np.array([[4.0, 45.0], [4.03, 45.0]]), 200)
    small = contract(graph)
    assert pairs_within(small, points, points, 9).nnz == 3
    assert pairs_within(small, points, points, 9 - 1 / 600).nnz == 2


def test_a_point_in_the_sea_or_unknown_is_on_no_road():
    graph = straight_road()
    points = snap(graph, np.array([[4.5, 45.0], [np.nan, np.nan], [4.01, 45.0]]), 500)
    assert points.is_placed.tolist() == [False, False, True]
    assert np.isnan(points.distance_m[:2]).all()
    pairs = pairs_within(contract(graph), points, points, 20)
    assert list(zip(*pairs.tocoo().coords, strict=True)) == [(2, 2)]


def test_nobody_and_nothing():
    graph = straight_road()
    nobody = snap(graph, np.zeros((0, 2)), 500)
    one = snap(graph, np.array([[4.01, 45.0]]), 500)
    small = contract(graph)
    assert pairs_within(small, nobody, one, 20).shape == (0, 1)
    assert pairs_within(small, one, nobody, 20).shape == (1, 0)
    assert pairs_within(small, nobody, nobody, 20).shape == (0, 0)


@pytest.mark.parametrize("cutoff", [-1, 1441, float("nan")])
def test_a_cutoff_is_a_part_of_a_day(cutoff):
    graph = straight_road()
    nobody = snap(graph, np.zeros((0, 2)), 500)
    with pytest.raises(ValueError, match="durée de 0 à 1440 min"):
        pairs_within(contract(graph), nobody, nobody, cutoff)


def test_arrays_grow_when_a_search_needs_room(monkeypatch):
    pytest.importorskip("numba", reason="numba n'est pas installé")
    graph = drawn_graph(7, 400)
    points = snap(graph, drawn_points(graph, 8, 150), 4000)
    small = contract(graph)
    wide = pairs_within(small, points, points, 30)
    monkeypatch.setattr(search, "FIRST_POOL", 8)
    monkeypatch.setattr(search, "FIRST_OUTPUT", 1)
    monkeypatch.setattr(search, "BLOCK", 7)
    narrow = pairs_within(small, points, points, 30)
    assert wide.nnz > 1000
    assert (narrow.indptr == wide.indptr).all()
    assert (narrow.indices == wide.indices).all()
    assert (narrow.data == wide.data).all()


def test_progress_reaches_the_last_start():
    graph = drawn_graph(3)
    points = snap(graph, drawn_points(graph, 8, 150), 4000)
    said: list[tuple[int, int]] = []
    pairs_within(contract(graph), points, points, 5, lambda *step: said.append(step))
    assert said == [(64, 150), (128, 150), (150, 150)]


def test_edges_are_looked_at_in_several_chunks(monkeypatch):
    graph = drawn_graph(11)
    points = drawn_points(graph, 12, 40)
    whole = snap(graph, points, 3000)
    monkeypatch.setattr(snapping, "CHUNK", 7)
    cut = snap(graph, points, 3000)
    for name in ("tail", "head", "position", "minutes_ahead", "minutes_back"):
        assert (getattr(whole, name) == getattr(cut, name)).all()


def test_a_road_shut_to_stops_is_driven_but_not_snapped_on():
    graph = straight_road()
    shut = build_graph(
        graph.longitude, graph.latitude, graph.tails(), graph.head, graph.minutes, graph.length_m,
        (graph.tails() != 1) | (graph.head != 2), NO_SOURCE,
    )  # fmt: skip
    point = np.array([[4.013, 45.0]])
    assert snap(graph, point, 2000).distance_m[0] == pytest.approx(0, abs=1e-6)
    assert snap(shut, point, 2000).distance_m[0] == pytest.approx(0, abs=1e-6)
    both_shut = build_graph(
        graph.longitude, graph.latitude, graph.tails(), graph.head, graph.minutes, graph.length_m,
        np.minimum(graph.tails(), graph.head) != 1, NO_SOURCE,
    )  # fmt: skip
    assert snap(both_shut, point, 2000).distance_m[0] == pytest.approx(0.003 * EAST_M, rel=1e-3)
