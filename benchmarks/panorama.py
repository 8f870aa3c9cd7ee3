"""What a panorama costs: the demonstration, and the cost against the number of communes."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assemblier.french import number
from benchmarks.mesure import Cost, cost_of, median_cost, table

DEMONSTRATION = "departement:43"
LIMIT_CPU_SECONDS = 15
RUNS = 3
WITH_STATISTICS = (
    "commune:43157",
    "epci:200085728",
    "epci:200073419",
    "epci:200073419 + epci:200073393",
    DEMONSTRATION,
)
"""From a commune to a département, where all statistics are delivered."""
REFERENCE_ONLY = (
    "departement:43 + departement:15",
    "departement:43 + departement:15 + departement:63 + departement:42",
    "region:84",
)
"""Beyond Haute-Loire: the reference of communes is delivered, most figures are not available."""


@dataclass(frozen=True, slots=True)
class PanoramaCost:
    """What the panorama of one perimeter cost."""

    perimeter: str
    communes: int
    cost: Cost


def panorama(perimeter: str, runs: int = RUNS) -> PanoramaCost:
    """Write the panorama of a perimeter `runs` times, in a folder thrown away each time."""
    from assemblier import territory

    costs = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            target = str(Path(folder, "panorama"))
            program = "from assemblier.cli import main; main()"
            command = [sys.executable, "-c", program, "panorama", perimeter, "-o", target]
            costs.append(cost_of(command))
    found = territory.parse(perimeter)
    return PanoramaCost(perimeter, len(found.codes), median_cost(costs))


def measure() -> list[PanoramaCost]:
    """Measure every size, each in turn."""
    return [panorama(perimeter) for perimeter in (*WITH_STATISTICS, *REFERENCE_ONLY)]


def points(results: list[PanoramaCost], perimeters: tuple[str, ...]) -> list[tuple[float, float]]:
    """Return communes and processor seconds of some of the results."""
    return [(r.communes, r.cost.cpu_seconds) for r in results if r.perimeter in perimeters]


def lines(results: list[PanoramaCost]) -> str:
    """Return the section of the page."""
    (demonstration,) = (r for r in results if r.perimeter == DEMONSTRATION)
    held = demonstration.cost.cpu_seconds < LIMIT_CPU_SECONDS
    rows = [
        [
            f"`{result.perimeter}`",
            number(result.communes),
            number(result.cost.cpu_seconds, 1),
            number(result.cost.elapsed_seconds, 1),
            number(result.cost.peak_mb),
        ]
        for result in results
    ]
    return (
        f"`make demo`, une fois la préparation faite : "
        f"**{number(demonstration.cost.cpu_seconds, 1)} s** de processeur et "
        f"{number(demonstration.cost.peak_mb)} Mo de mémoire (objectif : moins de "
        f"{LIMIT_CPU_SECONDS} s, {'tenu' if held else 'non tenu'}). "
        f"Tous les formats sont écrits ; médiane de {RUNS} passages.\n\n"
        + table(
            ["périmètre", "communes", "processeur (s)", "écoulé (s)", "mémoire (Mo)"],
            rows,
        )
        + "\n\nAu-delà de la Haute-Loire, seul le référentiel des communes est livré : la plupart "
        "des chiffres sont « non disponibles » et coûtent peu. Le coût tient d'abord aux "
        "bibliothèques et au référentiel à charger, puis aux chiffres connus, plus qu'au nombre de "
        "communes."
    )


if __name__ == "__main__":
    print(lines(measure()))
