"""`python -m benchmarks.implantation`: what choosing places costs, and what it is proven to miss.

Two fields. France: communes, residents and minutes are real; practices and « published » scores
are drawn at random, as in `benchmarks.scenarios`: a load, never a result. Covering: real communes
around Le Puy-en-Velay, candidates drawn among them, distances as the crow flies.

PySAL spopt is only the point of comparison. It is run by another Python, which `--spopt PYTHON`
or ASSEMBLIER_SPOPT names; without it, its line is left out and said so. Writes
docs/methodes/vitesse-implantation.md and its curve.
"""

import argparse
import datetime as dt
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from assemblier.access.banded import banded_decay
from assemblier.access.baseline_evidence import decay_of
from assemblier.access.baseline_settings import settings
from assemblier.french import date_text, french_spaces, number
from assemblier.maths.arrays import Array
from assemblier.maths.covering import Coverage, Covering, cover
from assemblier.maths.decay import weighted_pairs
from assemblier.maths.edits import SupplyEdits
from assemblier.maths.siting import Gains, Question, improved, place
from assemblier.territory import index
from benchmarks import courbe
from benchmarks.mesure import table
from benchmarks.scenarios import ON, SEED, load

PAGE = Path(__file__).resolve().parent.parent / "docs" / "methodes" / "vitesse-implantation.md"
PLOT = PAGE.with_name("vitesse-implantation.svg")
TARGET = 2.5
SITES = 20
CONSULTATIONS = 8700.0
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
MOST_MS = 50.0
HOMES, CANDIDATES, REACH_KM = 5000, 500, 15.0
LEAST_TIMES_FASTER = 20.0
SPOPT = """
import json, sys, time
import numpy as np, pulp
from spopt.locate import MCLP
held = np.load(sys.argv[1])
start = time.perf_counter()
model = MCLP.from_cost_matrix(held["km"], held["people"], float(held["reach"]), int(held["sites"]))
built = time.perf_counter()
model.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0.0))
done = time.perf_counter()
print(json.dumps([built - start, done - built, pulp.value(model.problem.objective)]))
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Median seconds of several runs: by the clock, and by the processor."""

    clock: float
    processor: float


def spent(act: Callable[[], object], runs: int) -> Spent:
    """Return what an act costs, after one run to warm up."""
    act()
    clocks, processors = [], []
    for _ in range(runs):
        clock, processor = time.perf_counter(), time.thread_time()
        act()
        clocks.append(time.perf_counter() - clock)
        processors.append(time.thread_time() - processor)
    return Spent(statistics.median(clocks), statistics.median(processors))


def peak_mb(act: Callable[[], object]) -> float:
    """Return what an act holds at most beyond what was held before, in megabytes."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def national() -> tuple[Gains, Array]:
    """Return the gains of a place in every commune of an imagined country, and its scores."""
    evidence, _ = load()
    decay, _ = decay_of(banded_decay(ON).decay, settings(ON), is_estimate=True)
    edits = SupplyEdits.of(evidence.demand, weighted_pairs(evidence.minutes, decay))
    capacity = np.full(evidence.minutes.shape[1], CONSULTATIONS)
    return Gains.of(edits, capacity, evidence.demand), evidence.published


def first(gains: Gains, score: Array, share: float) -> tuple[Gains, Array]:
    """Return the same for the first communes."""
    kept = int(len(score) * share)
    held = sp.csc_array(gains.by_candidate[:, :kept][:kept])
    return Gains(held, gains.people[:kept]), score[:kept]


def covering_field() -> tuple[Array, Array]:
    """Return the kilometres from 5,000 communes to 500 of them, and the inhabitants."""
    every = index()
    kept = (every.epsg == 2154) & ~np.isnan(every.x_m) & (np.nan_to_num(every.population) > 0)
    points = np.column_stack([every.x_m, every.y_m])[kept] / 1000
    centre = points[np.flatnonzero(every.code_commune[kept] == "43157")[0]]
    near = np.argsort(np.hypot(*(points - centre).T), kind="stable")[:HOMES]
    drawn = np.sort(np.random.default_rng(SEED).choice(HOMES, CANDIDATES, replace=False))
    homes, places = points[near], points[near][drawn]
    km = np.hypot(*(homes[:, None] - places[None]).transpose(2, 0, 1))
    return km, every.population[kept][near]


def by_us(km: Array, people: Array) -> Covering:
    """Choose from the same matrix as spopt, from the first line to the proof."""
    return cover(Coverage(sp.csr_array((km <= REACH_KM).astype(float)), people, SITES))


def by_spopt(program: str, km: Array, people: Array) -> tuple[float, float, float] | None:
    """Return what spopt takes to build and to solve, in seconds, and what it covers."""
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "couverture.npz"
        np.savez(held, km=km, people=people, reach=REACH_KM, sites=SITES)
        # Apart, and without what this process adds to its own path.
        alone = {key: one for key, one in os.environ.items() if key != "PYTHONPATH"}
        done = subprocess.run(
            [program, "-c", SPOPT, str(held)], capture_output=True, text=True, env=alone
        )
    if done.returncode:
        print(f"spopt : {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    build, solve, value = json.loads(done.stdout.splitlines()[-1])
    return build, solve, value


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--spopt", default=os.environ.get("ASSEMBLIER_SPOPT", ""))
    asked = parser.parse_args()
    print("1/3  la France entière…", flush=True)
    greedy, summary = measure_greedy()
    print("2/3  la couverture…", flush=True)
    km, people = covering_field()
    ours = spent(lambda: by_us(km, people), 3)
    found = by_us(km, people)
    held = peak_mb(lambda: by_us(km, people))
    print("3/3  spopt…", flush=True)
    theirs = by_spopt(asked.spopt, km, people) if asked.spopt else None
    again = spent(lambda: by_us(km, people), 3)
    slowest = max(ours.clock, again.clock)
    PAGE.write_text(page(greedy, covering_text(found, slowest, held, theirs)), "utf-8")
    print(PAGE.read_text("utf-8"))
    if summary.processor * 1000 > MOST_MS:
        raise SystemExit("choisir vingt lieux en France coûte plus que promis")
    if found.gap > 1e-9:
        raise SystemExit("la couverture n'est pas prouvée")
    if theirs is not None:
        check_against(found, slowest, theirs)


def check_against(found: Covering, ours: float, theirs: tuple[float, float, float]) -> None:
    """Refuse a value that differs from that of spopt, or too small a ratio."""
    build, solve, value = theirs
    if abs(value - found.covered) > 1e-6 * value:
        raise SystemExit(f"{found.covered} habitants couverts, spopt {value}")
    if (build + solve) / ours < LEAST_TIMES_FASTER:
        raise SystemExit("moins de vingt fois plus rapide que spopt")


def measure_greedy() -> tuple[str, Spent]:
    """Measure the choice on growing parts of the country; draw the curve."""
    gains, score = national()
    rows, points = [], []
    for share in SHARES:
        part, known = first(gains, score, share)
        asked = Question(known, TARGET, SITES)
        lacking = np.fmax(0.0, TARGET - known)
        took = spent(lambda part=part, asked=asked: place(part, asked), 15)
        one = spent(lambda part=part, lacking=lacking: part.by_candidate.T @ lacking, 15)
        points.append((float(len(known)), 1000 * took.processor))
        rows.append((
            number(len(known)), number(part.by_candidate.nnz), f"{number(1000 * took.clock, 1)} ms",
            f"{number(1000 * took.processor, 1)} ms", number(took.processor / one.processor, 1),
            f"{number(peak_mb(lambda part=part, asked=asked: place(part, asked)), 1)} Mo",
        ))  # fmt: skip
    draw(points)
    start = time.perf_counter()
    made = place(gains, asked)
    better = improved(gains, asked, made)
    exchanging = time.perf_counter() - start
    matrix = (gains.by_candidate.data.nbytes + gains.by_candidate.indices.nbytes) / 1e6
    header = ("candidates", "couples", "horloge", "processeur", "× un produit", "mémoire en plus")
    text = (
        table(header, rows)
        + f"\n\nLes gains eux-mêmes tiennent en {number(matrix)} Mo. « Un produit » : un seul "
        "produit de la matrice creuse des gains par un vecteur, dans le même passage.\n\n"
        f"![{plot_summary(points)}]({PLOT.name})\n\n"
        f"Sur toute la France, ce choix atteint au moins {number(100 * (1 - made.gap), 1)} % du "
        f"meilleur possible (borne d'une fonction sous-modulaire). Les échanges y ajoutent "
        f"{number(100 * (better.value / made.value - 1), 2)} % en {number(exchanging, 1)} s."
    )
    return text, took


def draw(points: list[tuple[float, float]]) -> None:
    """Write the curve of the cost against the size."""
    PLOT.write_text(
        courbe.curves(
            {f"{SITES} lieux choisis": points},
            "Temps de processeur d'un choix de vingt lieux selon le nombre de candidates",
            "communes candidates",
            "millisecondes de processeur",
        ),
        encoding="utf-8",
    )


def plot_summary(points: list[tuple[float, float]]) -> str:
    """Return in words what the curve shows."""
    (few, least), (many, most) = points[0], points[-1]
    return (
        f"Temps de processeur : de {number(least, 1)} ms pour {number(few)} candidates à "
        f"{number(most, 1)} ms pour {number(many)}"
    )


def covering_text(
    found: Covering, ours: float, held: float, theirs: tuple[float, float, float] | None
) -> str:
    """Return the second part of the page."""
    proof = "prouvé le meilleur" if found.gap <= 1e-9 else f"écart {number(100 * found.gap, 2)} %"
    rows = [("Assemblier (HiGHS, par scipy)", f"{number(ours, 2)} s", number(found.covered), proof)]
    if theirs is not None:
        build, solve, value = theirs
        told = f"{number(build + solve, 1)} s, dont {number(build, 1)} à écrire le modèle"
        rows.append(("PySAL spopt (CBC, par PuLP)", told, number(value), "optimum de CBC"))
        ratio = f"**{number((build + solve) / ours)} fois** plus vite, pour la même valeur. "
    else:
        ratio = "PySAL spopt n'était pas là : sa ligne manque (`--spopt PYTHON`). "
    return (
        f"{number(HOMES)} communes réelles autour du Puy-en-Velay, {number(CANDIDATES)} d'entre "
        f"elles candidates, {SITES} lieux, {number(REACH_KM)} km à vol d'oiseau. De la matrice des "
        "distances à la preuve, bibliothèques chargées.\n\n"
        + table(("", "temps", "habitants couverts", "preuve"), rows)
        + f"\n\n{ratio}Mémoire en plus de la matrice des distances, celle de HiGHS non comptée : "
        f"{number(held)} Mo. Ce qui fait la différence : les communes que couvrent les mêmes "
        "candidates n'en font qu'une, et le modèle est écrit en matrices creuses."
    )


def page(greedy: str, covering: str) -> str:
    """Return the whole page."""
    return french_spaces(
        "# Vitesse du choix des lieux\n\n"
        f"Mesures du {date_text(dt.date.today())}, Python {platform.python_version()}, "
        f"{platform.machine()}. Elles se refont par `python -m benchmarks.implantation`. La "
        "machine est partagée : le temps de processeur et les rapports d'un même passage valent "
        "mieux que l'horloge.\n\n"
        f"## Vingt lieux parmi toutes les communes\n\n**Pays imaginé.** Les communes, leurs "
        "habitants et les trajets de commune en commune sont réels ; les cabinets et l'APL "
        f"« publiée » sont tirés au sort (graine {SEED}). C'est une charge, jamais un "
        "résultat. Objectif « manque », choix glouton et sa borne, sans numba.\n\n"
        f"{greedy}\n\n"
        f"## Couvrir le plus d'habitants\n\n{covering}\n"
    )


if __name__ == "__main__":
    main()
