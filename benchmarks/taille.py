"""What an installation weighs: the package, and the libraries it needs to run."""

import importlib.metadata as metadata
import re
import sys
from pathlib import Path

from packaging.requirements import Requirement

from assemblier.french import number
from benchmarks.mesure import table

ROOT = Path(__file__).resolve().parent.parent
MARK = re.compile(r"(<!-- taille -->).*?(<!-- /taille -->)", re.S)


def normal(name: str) -> str:
    """Return the name of a distribution as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, found: set[str] | None = None) -> set[str]:
    """Return a distribution and all it needs here to run."""
    found = set() if found is None else found
    if normal(name) not in found:
        found.add(normal(name))
        for text in metadata.requires(name) or []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name, found)
    return found


def weight_mb(name: str) -> float:
    """Return the size on disk of the files one distribution installed, in megabytes."""
    distribution = metadata.distribution(name)
    paths = (Path(str(distribution.locate_file(file))) for file in distribution.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def package_mb() -> float:
    """Return the size of the package itself, its embedded data included, in megabytes."""
    files = (ROOT / "src" / "assemblier").rglob("*")
    sizes = (f.stat().st_size for f in files if f.is_file() and "__pycache__" not in f.parts)
    return sum(sizes) / 1e6


def measure() -> dict[str, float]:
    """Return the weight of the package and of each library, heaviest first, in megabytes."""
    names = needed("assemblier") - {"assemblier"}
    weights = {name: weight_mb(name) for name in names} | {"assemblier": package_mb()}
    return dict(sorted(weights.items(), key=lambda item: -item[1]))


def lines(weights: dict[str, float], shown: int = 10) -> str:
    """Return the section of the page."""
    rows = [[name, number(weight, 1)] for name, weight in list(weights.items())[:shown]]
    rest = list(weights.values())[shown:]
    rows.append([f"{len(rest)} autres", number(sum(rest), 1)])
    rows.append(["**ensemble**", f"**{number(sum(weights.values()))}**"])
    return table(["bibliothèque", "Mo"], rows)


def write_readmes(weights: dict[str, float]) -> None:
    """Write the measured weight in both README files, between its marks."""
    total, own = round(sum(weights.values()), -1), round(weights["assemblier"])
    texts = {
        "README.md": f"{number(total)}\u00a0Mo, dont {number(own)}\u00a0Mo pour Assemblier",
        "README.en.md": f"{total:,.0f}\u00a0MB, of which {own}\u00a0MB for Assemblier",
    }
    for name, text in texts.items():
        path = ROOT / name
        page = path.read_text(encoding="utf-8")
        path.write_text(MARK.sub(rf"\g<1>{text}\g<2>", page), encoding="utf-8")


if __name__ == "__main__":
    found = measure()
    print(lines(found, shown=len(found) - 1))
    if "--readme" in sys.argv:
        write_readmes(found)
