"""What is always true of isochrones, on random road graphs."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.travel.roads.contraction import contract
from assemblier.travel.roads.isochrones import isochrones, minutes_at_nodes
from assemblier.travel.roads.snapping import snap
from tests.roads_cases import drawn_graph, drawn_points, plain_minutes, seeds

few = settings(deadline=None, max_examples=25)
LIMITS = st.lists(st.floats(0.5, 12), min_size=2, max_size=4, unique=True)


def case(seed: int):
    graph = drawn_graph(seed)
    return graph, contract(graph), snap(graph, drawn_points(graph, seed + 1, 4)[:1], 4000)


@few
@given(seeds, LIMITS, st.booleans())
def test_a_longer_limit_encloses_every_shorter_one(seed, limits, towards) -> None:
    graph, small, origin = case(seed)
    found = isochrones(graph, small, origin, limits, towards)
    assert [one.minutes for one in found] == sorted(limits)
    for near, far in pairwise(found):
        assert far.shape.is_valid
        assert far.shape.covers(near.shape)


@few
@given(seeds, st.floats(0.5, 12), st.booleans())
def test_where_a_road_is_reached_in_time_its_place_is_inside(seed, limit, towards) -> None:
    graph, small, origin = case(seed)
    (found,) = isochrones(graph, small, origin, [limit], towards)
    if not origin.is_placed[0]:
        assert found.shape.is_empty
        return
    reached = np.flatnonzero(minutes_at_nodes(small, origin, limit, towards) <= limit)
    points = shapely.points(graph.longitude[reached], graph.latitude[reached])
    assert shapely.covers(found.shape, points).all()
    tail, head, share = origin.tail[0], origin.head[0], origin.position[0]
    here = [
        axis[tail] + share * (axis[head] - axis[tail]) for axis in (graph.longitude, graph.latitude)
    ]
    assert found.shape.covers(shapely.Point(here))


@few
@given(seeds, st.booleans())
def test_minutes_at_nodes_are_those_of_the_whole_graph(seed: int, towards: bool) -> None:
    graph, small, origin = case(seed)
    if not origin.is_placed[0]:
        return
    between = plain_minutes(graph)
    between = between.T if towards else between
    share, ahead, back = (
        float(values[0]) for values in (origin.position, origin.minutes_ahead, origin.minutes_back)
    )
    if towards:
        ahead, back = back, ahead
    leave_tail = share * back if share else 0.0
    leave_head = (1 - share) * ahead if share < 1 else 0.0
    expected = np.minimum(
        between[origin.tail[0]] + leave_tail, between[origin.head[0]] + leave_head
    )
    found = minutes_at_nodes(small, origin, 500.0, towards)
    assert found == pytest.approx(expected, abs=1e-9)
