"""`python -m benchmarks.acces`: what the national indicator costs, beside PySAL `access`.

Every engine runs apart, on the same pairs, several times in turn; scores must agree to 1e-9.
Writes docs/methodes/vitesse-apl.md. PySAL is a development dependency: without it, its line is
left out and said so.
"""

import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "methodes" / "vitesse-apl.md"
PLOT = PAGE.with_name("vitesse-apl.svg")
RUNS = {"pysal": 2}
USUAL_RUNS = 9
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
"""Parts of the communes the cost is plotted on."""
PROFESSIONS = 5
NAMES = {
    "pysal": "PySAL access, des minutes",
    "scipy": "scipy, des minutes",
    "minutes": "numba, des minutes",
    "cinq": "numba, des minutes, cinq professions",
    "poids-scipy": "scipy, poids prêts",
    "poids": "numba, poids prêts",
    "plancher": "plancher : deux lectures des poids",
}


def prepare(folder: Path) -> None:
    """Write the pairs of metropolitan France within 20 minutes, supply and demand."""
    import datetime as dt
    from dataclasses import replace

    from assemblier.territory import index
    from assemblier.travel import CrowFlyEngine, crow_fly_engine

    codes = index().code_commune[index().epsg == 2154].tolist()
    # Faster than the model of the parameters: as many pairs as roads give.
    fast_model = replace(crow_fly_engine(dt.date(2024, 1, 1)).model, speed_kmh=65.0)
    minutes = CrowFlyEngine(fast_model).times(codes, codes, 20).minutes
    rng = np.random.default_rng(7)
    people = np.maximum(index().population[index().positions(codes)], 1.0)
    # A load, not a result: doctors drawn at random, in proportion to residents.
    supply = rng.poisson(people[:, None] / 1500, (len(codes), PROFESSIONS)) * 4400.0
    np.savez(
        folder / "charge.npz",
        indptr=minutes.indptr.astype(np.int32), indices=minutes.indices.astype(np.int32),
        minutes=minutes.data,
        people=people, supply=supply,
    )  # fmt: skip


def load(folder: Path, share: float) -> tuple[np.ndarray, np.ndarray, sp.csr_array]:
    """Return supply, demand and minutes of the first communes."""
    held = np.load(folder / "charge.npz")
    size = len(held["people"])
    minutes = sp.csr_array((held["minutes"], held["indices"], held["indptr"]), shape=(size, size))
    kept = int(size * share)
    if kept < size:
        minutes = sp.csr_array(minutes[:kept, :kept])
    return held["supply"][:kept], held["people"][:kept], minutes


def decay() -> Any:
    """Return the decay of general practitioners."""
    import datetime as dt

    from assemblier.access.banded import banded_decay

    return banded_decay(dt.date(2024, 1, 1)).decay


def engine(name: str, supply: np.ndarray, people: np.ndarray, minutes: sp.csr_array) -> Any:
    """Return the computation to time; what it needs ready is ready."""
    from assemblier.maths import catchment, fast
    from assemblier.maths.decay import weighted_pairs

    one = supply[:, 0]
    steps = decay()
    if name == "pysal":
        return pysal(one, people, minutes, steps)
    if name == "scipy":
        return lambda: catchment.two_step(one, people, weighted_pairs(minutes, steps))
    if name == "minutes":
        return lambda: fast.compiled(one[:, None], people[:, None], minutes, steps)[:, 0]
    if name == "cinq":
        demand = np.repeat(people[:, None], PROFESSIONS, axis=1)
        return lambda: fast.compiled(supply, demand, minutes, steps)[:, 0]
    weights = weighted_pairs(minutes, steps)
    if name == "poids-scipy":
        return lambda: catchment.two_step(one, people, weights)
    by_place = sp.csc_array(weights)
    if name == "poids":
        return lambda: fast.two_step_weights(one, people, weights, by_place)
    return lambda: floor(weights)


def floor(weights: sp.csr_array) -> np.ndarray:
    """Read every weight and every index twice, and nothing else: the memory sets this time."""
    read = _reader()
    return np.array([read(weights.data, weights.indices) + read(weights.data, weights.indices)])


def _reader() -> Callable[[np.ndarray, np.ndarray], float]:
    import numba

    global _READ
    if _READ is None:

        @numba.njit(fastmath=True)
        def read(data, indices):  # type: ignore[no-untyped-def]
            total = 0.0
            for pair in range(len(data)):
                total += data[pair] + indices[pair]
            return total

        _READ = read
    return _READ


_READ: Any = None


def pysal(one: np.ndarray, people: np.ndarray, minutes: sp.csr_array, steps: Any) -> Any:
    """Return PySAL's two-step catchment on the same pairs."""
    import pandas as pd
    from access import fca
    from access.weights import step_fn

    pairs = minutes.tocoo()
    cost = pd.DataFrame({"origin": pairs.row, "dest": pairs.col, "cost": pairs.data})
    demand = pd.DataFrame({"people": people})
    supply = pd.DataFrame({"acts": one})

    # Its own stepped decay, whose upper edges are inside as ours are.
    weight = step_fn(dict(zip(steps.edges.tolist(), steps.weights.tolist(), strict=False)))

    def run() -> np.ndarray:
        found = fca.two_stage_fca(
            demand_df=demand, supply_df=supply, cost_df=cost, max_cost=20, demand_index=True,
            demand_name="people", supply_index=True, supply_name="acts",
            cost_origin="origin", cost_dest="dest", cost_name="cost", weight_fn=weight,
        )  # fmt: skip
        return found.reindex(range(len(people))).fillna(0.0).to_numpy()

    return run


def child(name: str, folder: Path, share: float, runs: int) -> None:
    """Time one engine and print what it cost; write its scores."""
    run = engine(name, *load(folder, share))
    score = run()  # warm: compilation is not what is measured
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        run()
        seconds.append(time.process_time() - begin)
    if share == 1.0:
        np.save(folder / f"{name}.npy", score)
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": statistics.median(seconds), "peak_mb": peak}))


def measured(name: str, folder: Path, share: float = 1.0) -> dict[str, float]:
    """Run one engine apart."""
    runs = RUNS.get(name, USUAL_RUNS)
    command = [sys.executable, "-m", "benchmarks.acces", name, str(folder), str(share), str(runs)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    names = [name for name in NAMES if name != "pysal" or find_spec("access")]
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        prepare(folder)
        pairs = load(folder, 1.0)[2].nnz
        # Two rounds in turn, the best of each: machines are shared.
        rounds = [{name: measured(name, folder) for name in names} for _ in range(2)]
        costs = {
            name: min((one[name] for one in rounds), key=lambda cost: cost["seconds"])
            for name in names
        }
        check(folder, names)
        curve = [
            (load(folder, share)[2].nnz, measured("minutes", folder, share)["seconds"])
            for share in SHARES
        ]
    write(pairs, costs, curve)


def check(folder: Path, names: list[str]) -> None:
    """Refuse to publish a speed whose scores differ."""
    reference = np.load(folder / "scipy.npy")
    for name in names:
        if name != "plancher":
            np.testing.assert_allclose(np.load(folder / f"{name}.npy"), reference, rtol=1e-9)


def write(pairs: int, costs: dict[str, dict[str, float]], points: list[tuple[int, float]]) -> None:
    """Write the page and its plot."""
    from assemblier.french import french_spaces, number
    from benchmarks import courbe
    from benchmarks.mesure import table

    base = costs["minutes"]["seconds"]
    rows = [
        (NAMES[name], number(1000 * cost["seconds"], 1), number(cost["peak_mb"]),
         number(cost["seconds"] / base, 1))
        for name, cost in costs.items()
    ]  # fmt: skip
    title = "Temps de l'indicateur selon le nombre de couples"
    drawing = courbe.curves(
        {NAMES["minutes"]: [(nnz / 1e3, 1000 * seconds) for nnz, seconds in points]},
        title,
        "milliers de couples de communes à moins de 20 minutes",
        "millisecondes de processeur",
    )
    PLOT.write_text(drawing, "utf-8")
    lines = [
        "# Vitesse de l'APL nationale",
        f"France métropolitaine : {number(pairs)} couples de communes à moins de 20 minutes, "
        "temps de processeur médians (un seul fil partout), chaque moteur dans son processus, "
        "mêmes couples, scores égaux à 1e-9 (vérifié avant d'écrire cette page). "
        "« Poids prêts » : la décroissance est déjà appliquée. Les machines diffèrent : les "
        "rapports d'un même passage valent mieux que les "
        "millisecondes. La page se refait par `python -m benchmarks.acces`.",
        table(("moteur", "ms", "mémoire (Mo)", "rapport à numba, des minutes"), rows),
        conclusions(costs),
        f"![{title}](vitesse-apl.svg)",
    ]
    PAGE.write_text(french_spaces("\n\n".join(lines)) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))


def conclusions(costs: dict[str, dict[str, float]]) -> str:
    """Return the ratios that matter, in sentences."""
    from assemblier.french import number

    def ratio(one: str, other: str) -> str:
        return number(costs[one]["seconds"] / costs[other]["seconds"], 1)

    said = [
        f"Cinq professions coûtent {ratio('cinq', 'minutes')} fois une seule.",
        f"Des poids prêts, numba met {ratio('poids', 'plancher')} fois le temps de lire deux fois "
        "les poids en mémoire.",
    ]
    if "pysal" in costs:
        said.insert(0, f"PySAL met {ratio('pysal', 'minutes')} fois plus longtemps que numba.")
    else:
        said.insert(0, "PySAL access n'est pas installé : sa ligne manque.")
    return "\n".join(f"- {sentence}" for sentence in said)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
