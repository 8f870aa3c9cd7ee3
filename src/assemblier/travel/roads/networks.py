"""The roads that hold together: from each point of a network one can go anywhere and come back."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from assemblier.travel.roads.graph import RoadGraph


def kept_nodes(graph: RoadGraph, least_km: float) -> tuple[NDArray[np.bool_], int]:
    """Return the nodes of the largest network and of those that are large enough, islands.

    Parameters
    ----------
    graph
        As read.
    least_km
        A network with at least as much road is kept though it is not the largest.

    Returns
    -------
        (nodes,) whether a node is kept; how many networks are.

    Always true
    -----------
    The network with the longest roads is kept.
    From any node of a kept network one can go to any other of that network.
    """
    matrix = sp.csr_array(
        (np.ones(graph.edges, np.int8), graph.head, graph.indptr), shape=(graph.nodes, graph.nodes)
    )
    _, network = connected_components(matrix, directed=True, connection="strong")
    tails = graph.tails()
    inside = network[tails] == network[graph.head]
    # Both directions are counted: half the sum is the length of an ordinary road.
    counted = inside & graph.is_road
    km = np.bincount(
        network[tails[counted]], graph.length_m[counted], minlength=int(network.max()) + 1
    )
    is_kept = km / 2000 >= least_km
    is_kept[int(km.argmax())] = True
    kept: NDArray[np.bool_] = is_kept[network]
    return kept, int(is_kept.sum())
