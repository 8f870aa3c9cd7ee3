"""`python -m benchmarks.scenarios`: what an edit costs beside a full computation, for France.

Communes, town halls, residents and minutes are real; practices, activities and « published »
scores are drawn at random: a load, never a result. Writes docs/methodes/vitesse-scenarios.md.
"""

import datetime as dt
import platform
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assemblier.access.banded import banded_decay
from assemblier.access.baseline_evidence import Evidence, Fit, decay_of, fitted, people_around
from assemblier.access.baseline_settings import settings
from assemblier.french import date_text, french_spaces, number
from assemblier.maths.arrays import Array
from assemblier.maths.assimilation import score_operator
from assemblier.maths.catchment import two_step
from assemblier.maths.decay import weighted_pairs
from assemblier.maths.edits import SupplyEdits
from assemblier.territory import index
from assemblier.travel import chain_engine
from benchmarks.mesure import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "methodes" / "vitesse-scenarios.md"
ON = dt.date(2026, 11, 22)
SEED = 20261122
PEOPLE_PER_PRACTICE = 1150
NOISE = 0.4
MOST_SHARE = 1 / 100
MOST_MS = 10.0


def load() -> tuple[Evidence, Array]:
    """Return the evidence of an imagined country, and the activities that made its scores."""
    chosen, rng = settings(ON), np.random.default_rng(SEED)
    codes = index().code_commune[index().epsg == 2154].tolist()
    people = np.nan_to_num(index().population[index().positions(codes)])
    _, reach = decay_of(banded_decay(ON).decay, chosen, is_estimate=True)
    minutes = chain_engine(ON).times(codes, codes, reach).minutes
    counts = rng.poisson(people / PEOPLE_PER_PRACTICE).astype(np.float64)
    activity = counts * np.clip(rng.normal(4000, 1500, len(codes)), 500, 8000)
    around = people_around(codes, chosen.radius_km)
    decay, _ = decay_of(banded_decay(ON).decay, chosen, is_estimate=True)
    scores = two_step(activity, people, weighted_pairs(minutes, decay))
    seen = np.maximum(scores + rng.normal(0, NOISE, len(codes)), 0.0)
    return Evidence(minutes, people, counts, people, around, seen), activity


def median_ms(act: Callable[[int], object], runs: int) -> float:
    """Return the median time of an act, in milliseconds; it is told the rank of the run."""
    spent = []
    for run in range(runs):
        start = time.perf_counter()
        act(run)
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def main() -> None:
    evidence, activity = load()
    decay, _ = decay_of(banded_decay(ON).decay, settings(ON), is_estimate=True)
    start = time.perf_counter()
    fit = fitted(evidence, decay, settings(ON))
    fitting = time.perf_counter() - start
    edits = SupplyEdits.of(evidence.demand, fit.weights)
    places = np.flatnonzero(evidence.counts > 0)
    before = fit.score

    def one_edit(run: int) -> Array:
        return edits.apply(before, int(places[run * 37 % len(places)]), -4000.0)

    def whole(run: int) -> Array:
        supply = fit.supply.copy()
        supply[places[run * 37 % len(places)]] -= 4000.0
        return np.asarray(fit.weights @ (supply / edits.weighted_demand), np.float64)

    def from_minutes(_: int) -> Array:
        return np.asarray(
            score_operator(evidence.demand, weighted_pairs(evidence.minutes, decay)) @ fit.supply
        )

    edit, again = median_ms(one_edit, 400), median_ms(whole, 15)
    entire = median_ms(from_minutes, 5)
    both = two_step(np.maximum(fit.supply, 0), evidence.demand, fit.weights)
    agree = float(np.abs(both - before).max())
    PAGE.write_text(page(evidence, fit, activity, fitting, edit, again, entire, agree), "utf-8")
    print(PAGE.read_text("utf-8"))
    if edit > again * MOST_SHARE or edit > MOST_MS:
        raise SystemExit("une modification coûte plus que promis")


def page(
    evidence: Evidence,
    fit: Fit,
    activity: Array,
    fitting: float,
    edit: float,
    again: float,
    entire: float,
    agree: float,
) -> str:
    """Return the whole page."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    gap = float(np.abs(fit.score - evidence.published).mean())
    counted = float(np.abs(fit.expected_score - evidence.published).mean())
    found = float(np.corrcoef(fit.supply, activity)[0, 1])
    rows = [
        ("une modification, toute la France", f"{number(edit, 3)} ms", "1"),
        ("tout le calcul, poids et demande par lieu déjà prêts", f"{number(again, 1)} ms",
         number(again / edit)),
        ("tout le calcul, des minutes aux scores", f"{number(entire)} ms", number(entire / edit)),
        ("ajuster le socle", f"{number(fitting, 1)} s", number(1000 * fitting / edit)),
    ]  # fmt: skip
    return french_spaces(
        "# Vitesse des scénarios\n\n"
        f"Mesures du {date_text(dt.date.today())}, Python {platform.python_version()}, "
        f"{platform.machine()}. Elles se refont par `python -m benchmarks.scenarios`. Les machines "
        "diffèrent : les rapports valent mieux que les secondes.\n\n"
        "**Pays imaginé.** Les communes, leurs habitants et les trajets de commune en commune sont "
        "réels ; les cabinets, leur activité et l'APL « publiée » sont tirés au sort (graine "
        f"{SEED}). C'est une charge, jamais un résultat.\n\n"
        f"{number(len(evidence.demand))} communes, {number(fit.weights.nnz)} couples à portée.\n\n"
        + table(("", "temps médian", "rapport"), rows)
        + f"\n\nÉcart entre la modification et le calcul entier : au plus {agree:.0e}. Mémoire au "
        f"plus : {number(memory)} Mo. Sur ce pays imaginé le socle ramène l'écart moyen aux scores "
        f"de {number(counted, 2)} à {number(gap, 2)} pour un bruit tiré de {number(NOISE, 1)}, et "
        f"retrouve les activités tirées avec une corrélation de {number(found, 2)}.\n"
    )


if __name__ == "__main__":
    main()
