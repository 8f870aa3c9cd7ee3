"""The road graph shaped like France: the same for one seed, in one piece, of the size asked."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from assemblier.travel.roads.contraction import contract
from benchmarks.reseau_france import france_shaped, ground

ASKED = 300_000


@pytest.fixture(scope="module")
def graph():
    return france_shaped(ASKED)


def test_as_many_junctions_as_asked_in_one_piece(graph):
    assert graph.nodes == pytest.approx(ASKED, rel=0.05)
    shape = (graph.nodes, graph.nodes)
    links = csr_array((np.ones(graph.edges), graph.head, graph.indptr), shape=shape)
    assert connected_components(links, connection="strong")[0] == 1
    assert graph.minutes.min() > 0
    assert len(contract(graph)) > 0.6 * graph.nodes


def test_the_same_graph_for_one_seed_and_another_for_another(graph):
    again, other = france_shaped(ASKED), france_shaped(ASKED, seed=2)
    assert (again.head == graph.head).all()
    assert (again.minutes == graph.minutes).all()
    assert other.nodes != graph.nodes or (other.longitude != graph.longitude).any()


def test_towns_hold_more_junctions_than_their_area(graph):
    land = ground()
    west, east, south, north = 2.22, 2.47, 48.8, 48.91
    inside = (graph.longitude > west) & (graph.longitude < east)
    inside &= (graph.latitude > south) & (graph.latitude < north)
    area = land.area_km2.sum()
    paris_km2 = (east - west) * 111.2 * np.cos(np.radians(48.85)) * (north - south) * 111.2
    assert inside.mean() > 20 * paris_km2 / area
