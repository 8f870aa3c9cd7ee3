"""`python -m benchmarks.valhalla`: our minutes by road beside those of Valhalla, same extracts.

Valhalla (extra `valhalla`, Python 3.11) builds its tiles from the same file; pairs are drawn among
the points of the roads. Nothing of the profile is fitted to it. The same pairs are then timed
without bends, without junctions, at the written limits, and with speeds close to those of OSRM.
The figures are told in docs/methodes/routes.md.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import dijkstra

from assemblier.maths.arrays import Array
from assemblier.travel import great_circle_km
from assemblier.travel.roads.graph import RoadGraph
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.reading import read_pbf

ON = date(2026, 1, 1)
SEED = 20260101
POINTS = 60
"""On each side: 3,600 pairs an extract."""

JUNCTIONS = tuple(
    f"penalite.{name}"
    for name in ("feu", "stop", "cedez_le_passage", "non_prioritaire", "croisement", "giratoire")
)
LIKE_OSRM = {
    f"vitesse_kmh.{name}": [kmh, kmh]
    for name, kmh in (
        ("motorway", 90), ("motorway_link", 45), ("trunk", 85), ("trunk_link", 40),
        ("primary", 65), ("primary_link", 30), ("secondary", 55), ("secondary_link", 25),
        ("tertiary", 40), ("tertiary_link", 20), ("unclassified", 25), ("residential", 25),
        ("living_street", 10), ("service", 15), ("road", 25), ("track", 15),
    )
}  # fmt: skip
"""A speed for each class whatever the town, as its car profile has them."""

VARIANTS: dict[str, dict[str, Any]] = {
    "sans virages": {"lacets.acceleration_laterale": 1e6},
    "sans carrefours": dict.fromkeys(JUNCTIONS, 0),
    "à la limite écrite": {"part_de_la_limite": [1.0, 1.0]},
    "à la façon d'OSRM": {
        **LIKE_OSRM,
        **dict.fromkeys(JUNCTIONS, 0),
        "penalite.feu": 2,
        "part_de_la_limite": [0.8, 0.8],
        "lacets.acceleration_laterale": 1e6,
        "classes_plafonnees": ["track"],
    },
}

SHORTEST_MINUTES = 2.0
"""Under it, where a point falls on its road weighs more than the road."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The same pairs by both.

    Attributes
    ----------
    points
        (POINTS, 2) longitude, latitude.
    ours, theirs
        (POINTS, POINTS) minutes, nan where there is no path.
    """

    points: Array
    ours: Array
    theirs: Array

    @property
    def kept(self) -> np.ndarray:
        """The pairs that both answer, long enough."""
        known = np.isfinite(self.ours) & np.isfinite(self.theirs)
        return known & (np.maximum(self.ours, self.theirs) >= SHORTEST_MINUTES)

    @property
    def ratios(self) -> Array:
        """(pairs,) ours over theirs."""
        return self.ours[self.kept] / self.theirs[self.kept]

    @property
    def correlation(self) -> float:
        """Of the minutes."""
        return float(np.corrcoef(self.ours[self.kept], self.theirs[self.kept])[0, 1])

    def worst(self, count: int) -> list[tuple[int, int]]:
        """Return the pairs whose ratio is the farthest from the median one."""
        ratio = np.full(self.ours.shape, np.nan)
        ratio[self.kept] = np.maximum(self.ratios, 1e-6)
        gap = np.abs(np.log(ratio / np.nanmedian(ratio)))
        order = np.argsort(np.where(np.isnan(gap), -1, gap), axis=None)[::-1][:count]
        return [tuple(map(int, np.unravel_index(one, gap.shape))) for one in order]


def compared(extract: Path, points: int = POINTS) -> Compared:
    """Return the minutes of both between points drawn on the roads of an extract."""
    graph, _ = read_pbf(extract, road_profile(ON))
    nodes = drawn_nodes(graph, points)
    where = np.column_stack([graph.longitude[nodes], graph.latitude[nodes]])
    return Compared(where, our_minutes(graph, nodes), their_minutes(extract, where))


def against_variants(extract: Path) -> dict[str, float]:
    """Return the median ratio of the minutes of each variant to ours."""
    graph, _ = read_pbf(extract, road_profile(ON))
    nodes = drawn_nodes(graph, POINTS)
    ours = our_minutes(graph, nodes)
    kept = ours >= SHORTEST_MINUTES
    found = {}
    for name, changes in VARIANTS.items():
        other, _ = read_pbf(extract, road_profile(ON, changes, name))
        found[name] = float(np.median(our_minutes(other, nodes)[kept] / ours[kept]))
    return found


def drawn_nodes(graph: RoadGraph, count: int) -> np.ndarray:
    """Return nodes of roads, drawn where roads are, whatever the number of points of each."""
    tails = graph.tails()
    # Neither under a street nor on the water: both would not be placed on the same road.
    hidden = np.zeros(graph.nodes, bool)
    hidden[tails[~graph.is_road]] = hidden[graph.head[~graph.is_road]] = True
    weight = np.where(graph.is_road & ~hidden[tails], graph.length_m, 0).astype(float)
    rng = np.random.default_rng(SEED)
    return tails[rng.choice(graph.edges, count, replace=False, p=weight / weight.sum())]


def our_minutes(graph: RoadGraph, nodes: np.ndarray) -> Array:
    """Return (nodes, nodes) minutes on the graph itself."""
    matrix = sp.csr_array(
        (graph.minutes, graph.head, graph.indptr), shape=(graph.nodes, graph.nodes)
    )
    found = dijkstra(matrix, indices=nodes)[:, nodes]
    return np.where(np.isinf(found), np.nan, found)


def their_minutes(extract: Path, points: Array) -> Array:
    """Return (points, points) minutes by Valhalla, its tiles built from the extract."""
    import valhalla

    with tempfile.TemporaryDirectory() as folder:
        actor = valhalla.Actor(tiles(extract, Path(folder)))
        places = [
            {"lon": float(longitude), "lat": float(latitude)} for longitude, latitude in points
        ]
        asked = {"sources": places, "targets": places, "costing": "auto"}
        answer = json.loads(actor.matrix(json.dumps(asked)))
    seconds = [[pair["time"] for pair in row] for row in answer["sources_to_targets"]]
    return np.array(seconds, dtype=float) / 60


def tiles(extract: Path, folder: Path) -> str:
    """Build the tiles of an extract; return the file of the configuration."""
    from valhalla import PYVALHALLA_DIR
    from valhalla.config import get_config

    (folder / "tiles").mkdir()
    (folder / "tiles.tar").touch()
    config = get_config(tile_dir=str(folder / "tiles"), tile_extract=str(folder / "tiles.tar"))
    config["mjolnir"]["concurrency"] = 1
    limits = config["service_limits"]["auto"]
    limits["max_matrix_location_pairs"] = POINTS * POINTS
    path = folder / "valhalla.json"
    path.write_text(json.dumps(config))
    program = PYVALHALLA_DIR / "bin" / "valhalla_build_tiles"
    subprocess.run(
        [program, "-c", path, extract.absolute()],
        check=True,
        capture_output=True,
        timeout=600,
        cwd=folder,
    )
    return str(path)


def report(name: str, found: Compared) -> str:
    """Return a few lines on an extract."""
    ratios = found.ratios
    low, middle, high = np.percentile(ratios, [10, 50, 90])
    lines = [
        f"{name}: pairs {len(ratios)}, median ratio {middle:.3f} (p10 {low:.3f}, p90 {high:.3f}), "
        f"correlation {found.correlation:.4f}, "
        f"no path: ours {np.isnan(found.ours).sum()}, theirs {np.isnan(found.theirs).sum()}"
    ]
    for start, end in found.worst(5):
        km = great_circle_km(found.points[[start]], found.points[[end]])[0]
        lines.append(
            f"  {found.points[start].round(5)} -> {found.points[end].round(5)}: "
            f"ours {found.ours[start, end]:.1f}, theirs {found.theirs[start, end]:.1f}, {km:.1f} km"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    for given in sys.argv[1:]:
        print(report(Path(given).name, compared(Path(given))))
        for variant, ratio in against_variants(Path(given)).items():
            print(f"  {variant}: {ratio:.3f} of ours")
