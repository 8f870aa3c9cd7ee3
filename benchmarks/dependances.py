"""The measures of docs/decisions/0002: weight, import time and licence of each dependency."""

import importlib.metadata as metadata
import re
import sys

from packaging.requirements import Requirement

from assemblier.french import number
from benchmarks.mesure import cost_of, table
from benchmarks.taille import needed, normal, weight_mb

IMPORTED_AS = {
    "openfisca-core": "openfisca_core.parameters",
    "pillow": "PIL.Image",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "pyyaml": "yaml",
    "rich": "rich.progress",
    "scipy": "scipy.sparse",
}
RUNS = 3


def direct() -> list[str]:
    """Return the names of the direct run-time dependencies."""
    requirements = [Requirement(text) for text in metadata.requires("assemblier") or []]
    return [normal(r.name) for r in requirements if r.marker is None]


def licence(name: str) -> str:
    """Return the licence a distribution declares."""
    declared = metadata.metadata(name)
    classifiers = [c.split("::")[-1].strip() for c in declared.get_all("Classifier") or []]
    named = [c for c in classifiers if "License" in c]
    return declared["License-Expression"] or ", ".join(named) or "non déclarée"


def import_seconds(name: str) -> float:
    """Return the processor time of importing a distribution, the best of a few runs."""
    command = [sys.executable, "-c", f"import {IMPORTED_AS.get(name, name)}"]
    return min(cost_of(command).cpu_seconds for _ in range(RUNS))


def main() -> None:
    names = direct()
    every = {name: needed(name) for name in names}
    rows = []
    for name in names:
        shared = set[str]().union(*(every[other] for other in names if other != name))
        own = (every[name] - shared) | {name}
        rows.append(
            [
                name,
                re.sub(r"\.post\d+$", "", metadata.version(name)),
                licence(name),
                number(weight_mb(name), 1),
                number(sum(weight_mb(one) for one in own), 1),
                number(import_seconds(name), 2),
            ]
        )
    header = ["bibliothèque", "version", "licence", "Mo", "Mo avec les siennes", "import (s)"]
    print(table(header, rows))


if __name__ == "__main__":
    main()
