"""Print, for each domain of the mission, how many rows have a passing test.

    python tools/mission.py               run tests/mission and print the table
    python tools/mission.py --etats       set the column « etat » of docs/mission.csv to what the
                                          marked tests say, and print nothing else

A row counts when at least one test marked with it passed and none failed.
"""

import argparse
import ast
import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "mission.csv"
TESTS = ROOT / "tests" / "mission"
RECORD = ROOT / "build" / "mission.json"
COLUMNS = ("id", "categorie", "priorite", "capacite", "etat")
DONE, PLANNED = "fait", "prévu"
PRIORITIES = ("essentiel", "important", "utile")


def read_rows(path: Path = TABLE) -> list[dict[str, str]]:
    """Return the rows of the mission table, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(rows: list[dict[str, str]], path: Path = TABLE) -> None:
    """Write the mission table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def marked_rows(folder: Path = TESTS) -> dict[str, list[str]]:
    """Return, for each row some test is marked with, the names of those tests."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for row in rows_of(node):
                    found.setdefault(row, []).append(f"{path.stem}::{node.name}")
    return found


def rows_of(node: ast.FunctionDef | ast.ClassDef) -> Iterator[str]:
    """Yield the rows one function or class is marked with."""
    for call in node.decorator_list:
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.mission":
            for argument in call.args:
                yield ast.literal_eval(argument)


def run_tests() -> dict[str, list[str]]:
    """Run the mission tests and return the outcomes of each row."""
    RECORD.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", str(TESTS), "-q", "--mission", str(RECORD)]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status not in (0, 1) or not RECORD.exists():
        raise SystemExit(f"Les essais de la mission n'ont pas pu tourner (pytest : {status}).")
    outcomes: dict[str, list[str]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return outcomes


def passing(outcomes: dict[str, list[str]]) -> set[str]:
    """Return the rows of which a test passed and none failed."""
    return {row for row, found in outcomes.items() if "passed" in found and "failed" not in found}


def table(rows: list[dict[str, str]], passed: set[str]) -> list[str]:
    """Return the lines of the summary: one per domain, then the total."""
    due, held = Counter[str](), Counter[str]()
    essential, essential_held = Counter[str](), Counter[str]()
    for row in rows:
        domain, is_held = row["categorie"], row["id"] in passed
        due[domain] += 1
        held[domain] += is_held
        if row["priorite"] == PRIORITIES[0]:
            essential[domain] += 1
            essential_held[domain] += is_held
    lines = [f"{'domaine':<16} {'lignes tenues':>16} {'dont essentielles':>19}"]
    lines += [
        line(domain, held[domain], due[domain], essential_held[domain], essential[domain])
        for domain in due
    ]
    lines.append(
        line("total", held.total(), due.total(), essential_held.total(), essential.total())
    )
    return lines


def line(domain: str, held: int, due: int, essential_held: int, essential: int) -> str:
    """Return one line of the summary."""
    return f"{domain:<16} {f'{held} sur {due}':>16} {f'{essential_held} sur {essential}':>19}"


def set_states() -> None:
    """Set each row to « fait » where a test is marked with it, else to « prévu »."""
    marked = marked_rows()
    rows = read_rows()
    for row in rows:
        row["etat"] = DONE if row["id"] in marked else PLANNED
    write_rows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--etats", action="store_true", help="mettre à jour docs/mission.csv")
    if parser.parse_args().etats:
        set_states()
        return
    rows = read_rows()
    outcomes = run_tests()
    passed = passing(outcomes)
    print("\n".join(table(rows, passed)))
    skipped = sorted(row for row in outcomes if row not in passed)
    if skipped:
        print("Lignes dont aucun essai n'est passé, ou dont un essai échoue :", ", ".join(skipped))
    unknown = sorted(set(outcomes) - {row["id"] for row in rows})
    if unknown:
        raise SystemExit(f"Lignes inconnues de docs/mission.csv : {', '.join(unknown)}")


if __name__ == "__main__":
    main()
