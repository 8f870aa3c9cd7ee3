"""`python -m benchmarks.projection`: a thousand national draws beside their sparse products alone.

Communes, residents and minutes are real; practices, activities and published scores are drawn at
random: a load, never a result. Writes docs/methodes/vitesse-projection.md and its plot.
"""

import datetime as dt
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from benchmarks import acces

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "methodes" / "vitesse-projection.md"
PLOT = PAGE.with_suffix(".svg")
ON = dt.date(2026, 11, 22)
SEED = 20261122
DRAWS = 1000
HORIZONS = (2030, 2035, 2040)
MOST_RATIO = 1.5
MOST_MB = 400.0
ROUNDS = 3
FEWER = (250, 500, 1000)
PARTS = (0.25, 0.5, 1.0)
SMALL = 0.2
"""Part of the country that is enough to compile what is compiled."""


class Country:
    """An imagined country: what a projection reads, and nothing else in memory.

    Parameters
    ----------
    folder
        Where `acces.prepare` wrote the pairs.
    share
        Part of the communes.
    draws
        Of the projection.
    """

    def __init__(self, folder: Path, share: float, draws: int) -> None:
        from assemblier.maths.assimilation import score_operator
        from assemblier.maths.decay import weighted_pairs
        from assemblier.scenarios.projection import Group, hypotheses, listed
        from assemblier.scenarios.projection.placement import Ground

        supply, people, minutes = acces.load(folder, share)
        self.supply = supply[:, 0].copy()
        self.operator = score_operator(people, weighted_pairs(minutes, acces.decay()))
        counts = np.rint(self.supply / 4400).astype(np.int64)
        places = np.flatnonzero(counts)
        codes = [str(place) for place in range(len(people))]
        ages = np.random.default_rng(SEED).integers(30, 76, len(places)).tolist()
        self.groups = tuple(
            Group(int(counts[one]), age, age, codes[one])
            for one, age in zip(places, ages, strict=True)
        )
        mean = self.supply[places] / counts[places]
        self.ground = Ground(
            self.supply,
            np.repeat(places, counts[places]),
            np.repeat(mean, counts[places]),
            {code: rank for rank, code in enumerate(codes)},
        )
        self.start = self.operator @ self.supply
        self.source = listed([50], ON).source
        self.found = hypotheses(ON, {"tirages": draws, "horizons": HORIZONS})

    def placed(self) -> Any:
        """Draw everybody and place them."""
        from assemblier.scenarios.projection import Practitioners
        from assemblier.scenarios.projection.placement import placement
        from assemblier.scenarios.projection.population import crowd

        now = Practitioners("medecin_generaliste", "médecins", self.groups, ON.year, self.source)
        everybody = crowd(now, self.found, (), HORIZONS[-1] - ON.year)
        return placement(everybody, self.ground)

    def changes(self, where: Any) -> Any:
        """Yield what each draw adds to each place, horizon after horizon."""
        from assemblier.scenarios.projection.placement import supply_changes

        return supply_changes(where, [year - ON.year for year in HORIZONS])

    def quantiles(self, change: np.ndarray) -> np.ndarray:
        """Return the quantiles of every commune."""
        from assemblier.maths.ensemble import summary
        from assemblier.scenarios.projection.scores import SHARES

        return summary(self.operator, change, self.start, SHARES).quantiles

    def whole(self) -> np.ndarray:
        """Everything: draws, supplies, products, quantiles."""
        return np.stack([self.quantiles(change) for change in self.changes(self.placed())])

    def products(self, changes: Sequence[np.ndarray], operator: sp.csr_array) -> None:
        """Only the products, by the same blocks of homes, nothing kept."""
        from assemblier.maths.ensemble import BLOCK

        for change in changes:
            for first in range(0, operator.shape[0], BLOCK):
                operator[first : first + BLOCK] @ change


def seconds(act: Callable[[], object]) -> float:
    """Return the processor time of an act."""
    begin = time.process_time()
    act()
    return time.process_time() - begin


def peak_mb() -> float:
    """Return the most memory this process has held."""
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def ratio(folder: Path) -> dict[str, float]:
    """Time the whole and the products in turn, in one process, the products on both precisions."""
    country = Country(folder, 1.0, DRAWS)
    where = country.placed()
    light = [change.copy() for change in country.changes(where)]
    slim, rounds = sp.csr_array(country.operator, dtype=np.float32), []
    for _ in range(ROUNDS):
        one = {"whole": seconds(country.whole)}
        one["light"] = seconds(lambda: country.products(light, slim))
        one["full"] = 0.0
        for change in light:
            double = change.astype(np.float64)
            one["full"] += seconds(partial(country.products, [double], country.operator))
        rounds.append(one)
    stages = {"placed": seconds(country.placed)}
    stages["change"] = seconds(lambda: list(country.changes(where)))
    stages["quantiles"] = seconds(lambda: [country.quantiles(change) for change in light])
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    return {**middle, **stages}


def memory(folder: Path) -> dict[str, float]:
    """Run the whole once, alone, and say what it added to the memory of the country."""
    country = Country(folder, 1.0, DRAWS)
    before = peak_mb()
    country.whole()
    matrix = country.operator.data.nbytes + country.operator.indices.nbytes
    return {"before": before, "peak": peak_mb(), "matrix": matrix / 1e6,
            "pairs": country.operator.nnz, "homes": country.operator.shape[0],
            "people": len(country.ground.practices)}  # fmt: skip


def once(folder: Path, share: float, draws: int) -> dict[str, float]:
    """Time the whole once on a part of the country."""
    Country(folder, SMALL, DRAWS).whole()
    country = Country(folder, share, draws)
    return {"whole": seconds(country.whole), "pairs": country.operator.nnz}


def apart(*words: object) -> dict[str, float]:
    """Run one measure in its own process."""
    command = [sys.executable, "-m", "benchmarks.projection", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def child(name: str, folder: Path, *more: str) -> None:
    """Run one measure and print it."""
    found = {
        "ratio": lambda: ratio(folder),
        "memory": lambda: memory(folder),
        "once": lambda: once(folder, float(more[0]), int(more[1])),
    }[name]()
    print(json.dumps(found))


def main() -> None:
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        acces.prepare(folder)
        cost, held = apart("ratio", folder), apart("memory", folder)
        runs = [(draws, apart("once", folder, 1.0, draws)["whole"]) for draws in FEWER]
        sizes = [apart("once", folder, part, DRAWS) for part in PARTS]
    write(cost, held, runs, [(one["pairs"], one["whole"]) for one in sizes])
    added = held["peak"] - held["before"]
    if cost["whole"] > MOST_RATIO * cost["full"] or added > MOST_MB:
        raise SystemExit("une projection coûte plus que promis")


def write(
    cost: dict[str, float],
    held: dict[str, float],
    runs: list[tuple[int, float]],
    sizes: list[tuple[float, float]],
) -> None:
    """Write the page and its plot."""
    from assemblier.french import date_text, french_spaces, number
    from benchmarks import courbe
    from benchmarks.mesure import table

    rows = [
        (name, number(cost[key], 2), number(cost[key] / cost["full"], 2))
        for key, name in (
            ("whole", "tout : tirages, offres, produits, quantiles"),
            ("full", "produits seuls, huit octets"),
            ("light", "produits seuls, quatre octets"),
            ("placed", "dont : tirer les vies et les lieux"),
            ("change", "dont : offres des trois dates"),
            ("quantiles", "dont : produits à quatre octets et quantiles"),
        )
    ]
    title = "Temps d'une projection nationale selon le nombre de tirages"
    drawing = courbe.curves(
        {"tout, trois dates": [(draws, seconds) for draws, seconds in runs]},
        title, "tirages", "secondes de processeur",
    )  # fmt: skip
    PLOT.write_text(drawing, "utf-8")
    by_size = table(
        ("couples de communes", "secondes"),
        [(number(pairs), number(seconds, 2)) for pairs, seconds in sizes],
    )
    added = held["peak"] - held["before"]
    in_time, in_room = cost["whole"] <= MOST_RATIO * cost["full"], added <= MOST_MB
    told = (
        f"le temps {'est tenu' if in_time else 'est dépassé'} et la mémoire "
        f"{'est tenue' if in_room else 'est dépassée'} dans ce passage."
    )
    lines = [
        "# Vitesse de la projection",
        f"Mesures du {date_text(dt.date.today())}, Python {platform.python_version()}, "
        f"{platform.machine()}, temps de processeur médians d'un même passage, un seul fil. Elles "
        "se refont par `python -m benchmarks.projection`, avec l'extra `rapide`. Les machines "
        "diffèrent : les rapports valent mieux que les secondes.",
        "**Pays imaginé.** Les communes, leurs habitants et les couples à portée sont réels ; les "
        "cabinets, leur activité, leurs âges et l'APL de départ sont tirés au sort "
        f"(graine {SEED}). C'est une charge, jamais un résultat.",
        f"{number(held['homes'])} communes, {number(held['pairs'])} couples, "
        f"{number(held['people'])} praticiens d'âge connu, {number(DRAWS)} tirages, départs et "
        "arrivées, trois dates.",
        table(("", "secondes", "rapport aux produits seuls"), rows),
        f"Mémoire ajoutée au pays et à sa matrice : {number(added)} Mo au plus (numba compris). "
        "Les communes passent par blocs : jamais toutes les communes de tous les tirages ne sont "
        "tenues ensemble. L'objectif est au plus "
        f"{number(MOST_RATIO, 1)} fois les produits seuls à huit octets, ceux d'un calcul sans "
        f"soin particulier, et {number(MOST_MB)} Mo : {told}",
        f"![{title}](vitesse-projection.svg)",
        by_size,
    ]
    PAGE.write_text(french_spaces("\n\n".join(lines)) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
    else:
        main()
