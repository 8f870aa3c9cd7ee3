"""`python -m benchmarks.lecture_routes EXTRAIT…`: what reading an extract costs, graph included.

Libraries are loaded and the profile is read before: they cost the same whatever the extract.
"""

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

import osmium
import scipy.sparse.csgraph

from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.reading import read_pbf

PASSES = 7
LOADED = (osmium, scipy.sparse.csgraph)


def costs(extract: Path) -> Iterator[tuple[float, float, int]]:
    """Yield the seconds of a clock, those of the processor, and the nodes, pass after pass."""
    profile = road_profile(date(2026, 1, 1))
    for _ in range(PASSES):
        clock, processor = time.perf_counter(), time.process_time()
        graph, _ = read_pbf(extract, profile)
        yield time.perf_counter() - clock, time.process_time() - processor, graph.nodes


if __name__ == "__main__":
    for given in sys.argv[1:]:
        clocks, processors, nodes = zip(*costs(Path(given)), strict=True)
        print(
            f"{Path(given).name}: {nodes[0]} nodes, {min(clocks):.2f} to {max(clocks):.2f} s, "
            f"processor {median(processors):.2f} s (median of {PASSES})"
        )
