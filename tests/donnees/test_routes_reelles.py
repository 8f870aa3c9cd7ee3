"""On real extracts, the search gives the minutes of scipy on every point of every road."""

import datetime as dt

import numpy as np
import pytest

from assemblier.travel.roads.contraction import QUANTUM_MINUTES, contract
from assemblier.travel.roads.search import pairs_within
from assemblier.travel.roads.snapping import snap
from tests.roads_cases import plain_pairs

EXTRACTS = ("andorra", "liechtenstein", "porto", "helsinki_centre")
HOMES, PLACES = 60, 25
CUTOFFS = (10.0, 20.0, 30.0)


@pytest.fixture(params=EXTRACTS, scope="module")
def graph(request, donnees_essai):
    pytest.importorskip("osmium", reason="osmium n'est pas installé")
    from assemblier.travel.roads.profile import road_profile
    from assemblier.travel.roads.reading import read_pbf

    path = donnees_essai / "osm" / f"{request.param}.osm.pbf"
    return read_pbf(path, road_profile(dt.date(2026, 1, 1)))[0]


def points_near(graph, count: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    node = rng.integers(0, graph.nodes, count)
    points = np.column_stack([graph.longitude[node], graph.latitude[node]])
    return points + rng.normal(0, 0.0005, points.shape)


def test_minutes_to_a_tenth_of_a_second_of_scipy_on_the_uncontracted_graph(graph):
    small = contract(graph)
    assert len(small) < graph.nodes / 2
    homes = snap(graph, points_near(graph, HOMES, 1), 500)
    places = snap(graph, points_near(graph, PLACES, 2), 500)
    truth = plain_pairs(graph, homes, places)
    for cutoff in CUTOFFS:
        pairs = pairs_within(small, homes, places, cutoff)
        found = np.full(truth.shape, np.inf)
        some = pairs.tocoo()
        found[some.row, some.col] = some.data
        stored = np.isfinite(found)
        assert stored.sum() > 100
        assert stored[truth <= cutoff - QUANTUM_MINUTES].all()
        assert (truth[stored] <= cutoff + QUANTUM_MINUTES).all()
        assert np.abs(found[stored] - truth[stored]).max() <= QUANTUM_MINUTES * 0.6


def test_from_places_to_homes_on_the_reversed_roads(graph):
    back = graph.transposed()
    homes = points_near(graph, HOMES, 3)
    places = points_near(graph, PLACES, 4)
    there = pairs_within(contract(graph), snap(graph, homes, 500), snap(graph, places, 500), 40)
    again = pairs_within(contract(back), snap(back, places, 500), snap(back, homes, 500), 40).T
    one, other = there.toarray(), again.toarray()
    both = (one > 0) & (other > 0)
    assert both.sum() > 0.99 * max(there.nnz, again.nnz) - 5
    # Where a point is on its road is rounded once each way.
    assert np.abs(one - other)[both].max() <= 1.01 * QUANTUM_MINUTES
