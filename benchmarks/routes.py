"""`python -m benchmarks.routes`: what the search by road costs, beside others and its floor.

Three tables and two plots, written in docs/methodes/vitesse-routes.md:

- the four real extracts that `ASSEMBLIER_DONNEES_ESSAI` holds, against scipy, pandana, igraph,
  networkit and rustworkx (extra `comparaison_routes`; one that is absent is said to be);
- a graph shaped like France (`reseau_france`), against a plain walk over the same arrays;
- cost and memory from 1,000 to 56,000 care sites, 20 and 30 minutes, each in its own process.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.mesure import table

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "methodes" / "vitesse-routes.md"
COST_PLOT = PAGE.with_name("vitesse-routes.svg")
MEMORY_PLOT = PAGE.with_name("vitesse-routes-memoire.svg")
EXTRACTS = ("andorra", "liechtenstein", "porto", "helsinki_centre")
RIVALS = ("scipy", "pandana", "igraph", "networkit", "rustworkx")
CUTOFF = 20.0
SOURCES = 1000
SLOW_SOURCES = 100
"""For those that have no cutoff."""
ROUNDS = 5
SITES = (1_000, 5_000, 20_000, 56_000)
CUTOFFS = (20.0, 30.0)
WALKED = 1_000
DRAWN_JUNCTIONS = 3_770_000
"""What the generator is asked for, so that 2.8 million stay once contracted."""
SITE_SPREAD_DEGREES = 0.008


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of processor and of clock per start."""

    cpu: float
    elapsed: float


def timed(run: Callable[[], Any], starts: int) -> Timed:
    """Run once and return what a start cost."""
    clock, cpu = time.perf_counter(), time.process_time()
    run()
    return Timed((time.process_time() - cpu) / starts, (time.perf_counter() - clock) / starts)


def best(rounds: list[Timed]) -> Timed:
    """Return the lowest: machines are shared, nothing makes a run too fast."""
    return Timed(min(one.cpu for one in rounds), min(one.elapsed for one in rounds))


# ---- real extracts --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A contracted extract, and the junctions to start from."""

    name: str
    nodes: int
    contracted: Any
    longitude: np.ndarray
    latitude: np.ndarray
    starts: np.ndarray


def case(name: str) -> Case:
    """Read and contract one extract."""
    import datetime as dt

    from assemblier.travel.roads.contraction import contract
    from assemblier.travel.roads.profile import road_profile
    from assemblier.travel.roads.reading import read_pbf
    from benchmarks import essai

    path = essai.folder() / "osm" / f"{name}.osm.pbf"
    graph, _ = read_pbf(path, road_profile(dt.date(2026, 1, 1)))
    small = contract(graph)
    rng = np.random.default_rng(1)
    starts = rng.choice(len(small), min(SOURCES, len(small)), replace=False)
    at = small.junction
    return Case(name, graph.nodes, small, graph.longitude[at], graph.latitude[at], starts)


def on_junctions(junction: np.ndarray) -> Any:
    """Return points that stand on junctions."""
    from assemblier.travel.roads.location import Located

    count = len(junction)
    nowhere = np.full(count, -1)
    minutes = np.column_stack([np.zeros(count), np.full(count, np.inf)])
    both = np.column_stack([junction, nowhere]).astype(np.int32)
    return Located(both, minutes, minutes, nowhere.astype(np.int64))


def ours(one: Case, starts: np.ndarray, threads: int) -> list[Any]:
    """Return every junction within the cutoff of each start, in minutes."""
    from assemblier.travel.roads.search import search_blocks

    return list(
        search_blocks(
            one.contracted, on_junctions(starts), on_junctions(np.arange(len(one.contracted))),
            np.argsort(starts), CUTOFF, False, None, threads,
        )
    )  # fmt: skip


def by_scipy(one: Case, starts: np.ndarray) -> list[Any]:
    """Return the same by scipy, rows of junctions in chunks."""
    from scipy.sparse.csgraph import dijkstra

    matrix = one.contracted.matrix()
    found = []
    for begin in range(0, len(starts), 64):
        minutes = dijkstra(matrix, indices=starts[begin : begin + 64], limit=CUTOFF)
        row, column = np.nonzero(minutes <= CUTOFF)
        found.append((row, column, minutes[row, column]))
    return found


def rival(name: str, one: Case) -> tuple[Callable[[], Any], int]:
    """Return a search by another program, what it needs being ready, and how many starts."""
    roads = one.contracted
    tail = np.repeat(np.arange(len(roads)), np.diff(roads.indptr))
    edges = (tail, roads.head, roads.minutes)
    if name == "scipy":
        return partial(by_scipy, one, one.starts), len(one.starts)
    if name == "pandana":
        return partial(_pandana(one, edges), one.starts, CUTOFF), len(one.starts)
    few = one.starts[:SLOW_SOURCES]
    makers = {"igraph": _igraph, "networkit": _networkit, "rustworkx": _rustworkx}
    return partial(makers[name](one, edges), few), len(few)


def _pandana(one: Case, edges: tuple[np.ndarray, ...]) -> Callable[..., Any]:
    import warnings

    import pandas as pd

    warnings.simplefilter("ignore")
    from pandana import Network

    tail, head, minutes = edges
    network = Network(
        pd.Series(one.longitude), pd.Series(one.latitude), pd.Series(tail),
        pd.Series(head.astype(np.int64)), pd.DataFrame({"minutes": minutes}), twoway=False,
    )  # fmt: skip
    found: Callable[..., Any] = network.nodes_in_range
    return found


def _igraph(one: Case, edges: tuple[np.ndarray, ...]) -> Callable[..., Any]:
    import igraph

    tail, head, minutes = edges
    graph = igraph.Graph(len(one.contracted), np.column_stack([tail, head]).tolist(), directed=True)
    weights = minutes.tolist()
    return lambda starts: graph.distances(starts.tolist(), weights=weights, mode="out")


def _networkit(one: Case, edges: tuple[np.ndarray, ...]) -> Callable[..., Any]:
    import networkit

    networkit.setNumberOfThreads(1)
    graph = networkit.Graph(len(one.contracted), weighted=True, directed=True)
    for tail, head, minutes in zip(*(part.tolist() for part in edges), strict=True):
        graph.addEdge(tail, head, minutes)

    def run(starts: np.ndarray) -> list[Any]:
        found = []
        for start in starts.tolist():
            search = networkit.distance.Dijkstra(graph, start, storePaths=False)
            search.run()
            found.append(search.getDistances())
        return found

    return run


def _rustworkx(one: Case, edges: tuple[np.ndarray, ...]) -> Callable[..., Any]:
    import rustworkx

    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(one.contracted)))
    graph.add_edges_from(list(zip(*(part.tolist() for part in edges), strict=True)))
    return lambda starts: [
        rustworkx.digraph_dijkstra_shortest_path_lengths(graph, start, float)
        for start in starts.tolist()
    ]


def real(name: str) -> dict[str, Any]:
    """Measure one extract: every program in turn, several times."""
    one = case(name)
    runs: dict[str, tuple[Callable[[], Any], int]] = {
        "1": (partial(ours, one, one.starts, 1), len(one.starts)),
        "tous": (partial(ours, one, one.starts, os.cpu_count() or 1), len(one.starts)),
    }
    for rival_name in RIVALS:
        if find_spec(rival_name):
            runs[rival_name] = rival(rival_name, one)
    pairs = agree(one)
    costs: dict[str, list[Timed]] = {key: [] for key in runs}
    for run, _ in runs.values():
        run()
    for _ in range(ROUNDS):
        for key, (run, starts) in runs.items():
            costs[key].append(timed(run, starts))
    return {
        "noeuds": one.nodes,
        "carrefours": len(one.contracted),
        "couples": pairs,
        "couts": {key: [best(some).cpu, best(some).elapsed] for key, some in costs.items()},
    }


def agree(one: Case) -> float:
    """Refuse to publish a speed whose minutes differ; return the pairs of a start."""
    mine = ours(one, one.starts, 1)
    found = np.full((len(one.starts), len(one.contracted)), np.inf, dtype=np.float32)
    row = np.repeat(np.argsort(one.starts), np.concatenate([counts for counts, _, _ in mine]))
    found[row, np.concatenate([ends for _, ends, _ in mine])] = np.concatenate(
        [minutes for _, _, minutes in mine]
    )
    chunks = by_scipy(one, one.starts)
    for rank, (rows, columns, minutes) in enumerate(chunks):
        gap = np.abs(found[64 * rank + rows, columns] - minutes)
        edge = minutes > CUTOFF - 1 / 600
        if (gap[~edge] > 0.51 / 600).any():
            raise SystemExit(f"{one.name} : des minutes diffèrent de celles de scipy")
    return float(np.isfinite(found).sum() / len(one.starts))


# ---- a graph shaped like France -------------------------------------------------------------


def prepare(folder: Path) -> dict[str, int]:
    """Write the contracted graph, the homes and the care sites."""
    from assemblier.travel.roads.contraction import contract
    from assemblier.travel.roads.snapping import snap
    from benchmarks.reseau_france import france_shaped, ground

    land = ground()
    graph = france_shaped(DRAWN_JUNCTIONS)
    small = contract(graph)
    for one in fields(small):
        np.save(folder / f"{one.name}.npy", getattr(small, one.name))
    halls = np.column_stack([land.longitude, land.latitude])
    rng = np.random.default_rng(2)
    people = np.maximum(land.population, 1)
    at = rng.choice(len(halls), max(SITES), p=people / people.sum())
    sites = halls[at] + rng.normal(0, SITE_SPREAD_DEGREES, (max(SITES), 2))
    for name, points in (("homes", halls), ("sites", sites)):
        snapped = snap(graph, points, 2000)
        np.savez(
            folder / f"{name}.npz", **{f.name: getattr(snapped, f.name) for f in fields(snapped)}
        )
    return {"noeuds": graph.nodes, "carrefours": len(small), "arcs": len(small.head)}


def loaded(folder: Path) -> tuple[Any, Any, Any]:
    """Return the contracted graph (memory-mapped), the homes and the sites."""
    from assemblier.travel.roads.contraction import Contracted
    from assemblier.travel.roads.snapping import Snapped

    arrays = {
        one.name: np.load(folder / f"{one.name}.npy", mmap_mode="r") for one in fields(Contracted)
    }
    homes, sites = (Snapped(**np.load(folder / f"{name}.npz")) for name in ("homes", "sites"))
    return Contracted(**arrays), homes, sites


def national(folder: Path, count: int, cutoff: float, side: str) -> dict[str, float]:
    """Search from some sites, or from the cheaper side, all cores, in this process alone."""
    from assemblier.travel.roads.search import pairs_within

    contracted, homes, sites = loaded(folder)
    clock = time.perf_counter()
    _ = contracted.backwards.rows
    ready = time.perf_counter() - clock
    forced = True if side == "lieux" else None
    pairs_within(contracted, homes, sites.part(np.arange(2)), cutoff)  # compiled
    chosen = sites.part(np.random.default_rng(count).permutation(len(sites))[:count])
    clock, cpu = time.perf_counter(), time.process_time()
    pairs = pairs_within(contracted, homes, chosen, cutoff, from_places=forced)
    seconds, used = time.perf_counter() - clock, time.process_time() - cpu
    return {
        "secondes": seconds,
        "processeur": used,
        "preparation": ready,
        "couples": pairs.nnz,
        "memoire": peak_mb(),
    }


def peak_mb() -> float:
    """Return the peak memory of this process."""
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def walked(folder: Path, cutoff: float) -> dict[str, float]:
    """Time the search and a plain walk over the nodes it settles and their roads, in turn."""
    from assemblier.travel.roads.location import located
    from assemblier.travel.roads.search import search_blocks

    contracted, homes, sites = loaded(folder)
    roads = contracted.backwards
    chosen = sites.part(np.arange(WALKED))
    starts, ends = located(contracted, chosen).reversed(), located(contracted, homes).reversed()
    order = np.argsort(starts.junction[:, 0])
    order = order[starts.junction[order, 0] >= 0]

    def search() -> None:
        for _ in search_blocks(contracted, starts, ends, order, cutoff, True, None, 1):
            pass

    sequence, bounds = settled(contracted, starts, order, cutoff)
    compact = (roads.indptr.astype(np.uint32), roads.head.astype(np.uint32),
               roads.ticks.astype(np.uint32))  # fmt: skip
    mark = np.zeros(len(roads), dtype=np.uint32)
    walk = partial(_walk(), *compact, sequence, bounds, mark)
    search(), walk()
    costs: dict[str, list[float]] = {"recherche": [], "marche": []}
    ratios = []
    for _ in range(2 * ROUNDS):
        for key, run in (("recherche", search), ("marche", walk)):
            begin = time.process_time()
            run()
            costs[key].append(time.process_time() - begin)
        ratios.append(costs["recherche"][-1] / costs["marche"][-1])
    return {
        "carrefours": len(sequence) / len(order),
        "recherche": min(costs["recherche"]) / len(order),
        "marche": min(costs["marche"]) / len(order),
        "rapport": statistics.median(ratios),
    }


def settled(
    contracted: Any, starts: Any, order: np.ndarray, cutoff: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the junctions each start reaches, nearest first, and where those of each begin."""
    from assemblier.travel.roads.search import search_blocks

    every = on_junctions(np.arange(len(contracted)))
    parts, counts = [], []
    for count, found, minutes in search_blocks(contracted, starts, every, order, cutoff, True):
        start = np.repeat(np.arange(len(count)), count)
        parts.append(found[np.lexsort((minutes, start))].astype(np.uint32))
        counts.append(count)
    return np.concatenate(parts), np.concatenate([[0], np.cumsum(np.concatenate(counts))])


def _walk() -> Callable[..., Any]:
    """Return the floor: read each node and its roads, mark it, look at its neighbours' marks."""
    import numba

    @numba.njit(nogil=True)
    def walk(indptr, head, ticks, sequence, bounds, mark):  # type: ignore[no-untyped-def]
        total = np.uint32(0)
        for start in range(len(bounds) - 1):
            for rank in range(bounds[start], bounds[start + 1]):
                node = sequence[rank]
                mark[node] = np.uint32(rank)
                for road in range(indptr[node], indptr[np.uint64(node) + np.uint64(1)]):
                    total += mark[head[road]] ^ ticks[road]
            for rank in range(bounds[start], bounds[start + 1]):
                mark[sequence[rank]] = np.uint32(0)
        return total

    found: Callable[..., Any] = walk
    return found


# ---- the page -------------------------------------------------------------------------------


def apart(*arguments: str) -> Any:
    """Run one measure in a process of its own."""
    with tempfile.TemporaryDirectory() as kept:
        # In a file: some of those compared write on the standard output.
        answer = Path(kept) / "mesure.json"
        command = [sys.executable, "-m", "benchmarks.routes", str(answer), *arguments]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return json.loads(answer.read_text("utf-8"))


def main() -> None:
    extracts = {}
    for name in EXTRACTS:
        print(f"{name}…", flush=True)
        extracts[name] = apart("extrait", name)
    with tempfile.TemporaryDirectory() as kept:
        print("réseau de la taille de la France…", flush=True)
        size = apart("preparer", kept)
        floors = {cutoff: apart("marche", kept, str(cutoff)) for cutoff in CUTOFFS}
        costs = {}
        for cutoff in CUTOFFS:
            for count in SITES:
                print(f"{count} lieux, {cutoff:g} min…", flush=True)
                costs[cutoff, count] = apart("france", kept, str(count), str(cutoff), "lieux")
        turned = {
            cutoff: apart("france", kept, str(max(SITES)), str(cutoff), "libre")
            for cutoff in CUTOFFS
        }
    write(extracts, size, floors, costs, turned)


def write(
    extracts: dict[str, Any],
    size: dict[str, int],
    floors: dict[float, dict[str, float]],
    costs: dict[tuple[float, int], dict[str, float]],
    turned: dict[float, dict[str, float]],
) -> None:
    """Write the page and its plots."""
    import datetime as dt

    from assemblier.french import date_text, french_spaces, number
    from benchmarks import courbe

    series = {
        f"{cutoff:g} minutes": [(count, costs[cutoff, count]["processeur"]) for count in SITES]
        for cutoff in CUTOFFS
    }
    memory = {
        f"{cutoff:g} minutes": [(count, costs[cutoff, count]["memoire"]) for count in SITES]
        for cutoff in CUTOFFS
    }
    sites, cost_title = "lieux de soins", "Temps de processeur selon le nombre de lieux de soins"
    memory_title = "Mémoire selon le nombre de lieux de soins"
    COST_PLOT.write_text(
        courbe.curves(series, cost_title, sites, "secondes de processeur"), "utf-8"
    )
    MEMORY_PLOT.write_text(courbe.curves(memory, memory_title, sites, "Mo"), "utf-8")
    absent = [name for name in RIVALS if not find_spec(name)]
    lines = [
        "# Vitesse de la recherche par la route",
        f"Mesures du {date_text(dt.date.today())} : Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cœurs, machine partagée. Elles se refont par "
        "`python -m benchmarks.routes`, avec les extraits que désigne `ASSEMBLIER_DONNEES_ESSAI` "
        "et l'extra `comparaison_routes`. Les rapports d'un même passage valent mieux que les "
        "secondes.",
        "## Sur quatre extraits réels",
        f"De {number(SOURCES)} carrefours tirés au sort à tous les carrefours à {CUTOFF:g} minutes "
        "ou moins, sur le même graphe contracté, chaque programme à son tour, le plus rapide de "
        f"{ROUNDS} passages ; les couples sont rendus, et leurs minutes égales à celles de scipy "
        "au dixième de seconde (vérifié avant d'écrire cette page). Microsecondes de processeur "
        "par départ, puis rapport à notre recherche sur un fil. igraph, networkit et rustworkx "
        "n'ont pas de limite de temps : ils cherchent dans tout l'extrait. pandana prépare un "
        "index, non compté.",
        table(
            ("extrait", "points", "carrefours", "couples par départ", "ici",
             *(f"{name}" for name in RIVALS)),
            [extract_row(name, one) for name, one in extracts.items()],
        ),
        "Départs par seconde, au chronomètre, sur tous les cœurs : "
        + " ; ".join(
            f"{name} {number(1 / one['couts']['tous'][1])}" for name, one in extracts.items()
        )
        + ".",
        *([f"Absents de cette machine : {', '.join(absent)}."] if absent else []),
        "## Sur un réseau de la taille de la France",
        "Aucun extrait français n'est mesuré ici : `benchmarks/reseau_france.py` dessine un "
        f"réseau de {number(size['noeuds'])} points, qui en laisse {number(size['carrefours'])} "
        f"({number(size['arcs'])} arcs) une fois contracté, d'après la superficie, la population "
        "et les voisines de chaque commune. Les lieux de soins sont tirés en proportion des "
        "habitants, donc surtout en ville, où chacun atteint beaucoup de carrefours ; de l'autre "
        "côté, les mairies.",
        "Le plancher est une boucle compilée qui suit les carrefours que la recherche atteint, "
        "dans le même ordre, lit leurs routes, écrit une marque par carrefour, lit celles de ses "
        "voisins, puis efface : ce que toute recherche doit au moins faire. Un seul fil ; "
        f"rapport : médiane de {2 * ROUNDS} passages alternés.",
        table(
            ("limite (min)", "carrefours par départ", "recherche (µs)", "marche (µs)", "rapport"),
            [
                (number(cutoff), number(one["carrefours"]), number(1e6 * one["recherche"]),
                 number(1e6 * one["marche"]), number(one["rapport"], 2))
                for cutoff, one in floors.items()
            ],
        ),
        table(
            ("limite (min)", "lieux", "couples", "secondes", "secondes de processeur",
             "mémoire (Mo)"),
            [
                (number(cutoff), number(count), number(one["couples"]), number(one["secondes"], 1),
                 number(one["processeur"], 1), number(one["memoire"]))
                for (cutoff, count), one in costs.items()
            ],
        ),
        f"Au-delà d'autant de lieux que de communes, la recherche part des mairies : les "
        f"{number(max(SITES))} lieux prennent alors "
        + " et ".join(
            f"{number(one['processeur'], 1)} s de processeur à {cutoff:g} minutes "
            f"({number(one['memoire'])} Mo)"
            for cutoff, one in turned.items()
        )
        + ".",
        f"S'y ajoute une fois, au chargement, la mise en rangs des routes "
        f"({number(statistics.median(one['preparation'] for one in costs.values()), 1)} s).",
        f"![{cost_title}]({COST_PLOT.name})",
        f"![{memory_title}]({MEMORY_PLOT.name})",
    ]  # fmt: skip
    PAGE.write_text(french_spaces("\n\n".join(lines)) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))


def extract_row(name: str, one: dict[str, Any]) -> tuple[str, ...]:
    """Return one line of the first table."""
    from assemblier.french import number

    base = one["couts"]["1"][0]

    def beside(rival_name: str) -> str:
        if rival_name not in one["couts"]:
            return "absent"
        cost = one["couts"][rival_name][0]
        return f"{number(1e6 * cost)} (× {number(cost / base, 1)})"

    return (
        name,
        number(one["noeuds"]),
        number(one["carrefours"]),
        number(one["couples"]),
        number(1e6 * base),
        *(beside(rival_name) for rival_name in RIVALS),
    )


def child(what: str, *arguments: str) -> Any:
    """Take one measure."""
    if what == "extrait":
        return real(arguments[0])
    folder = Path(arguments[0])
    if what == "preparer":
        return prepare(folder)
    if what == "marche":
        return walked(folder, float(arguments[1]))
    return national(folder, int(arguments[1]), float(arguments[2]), arguments[3])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(child(*sys.argv[2:])), "utf-8")
    else:
        main()
