"""A process that imports without end, in children made to be killed; see test_sources_kill.py.

It reads one line for each child to start, writes the number of its process, and waits for its
death. The file `journal` tells each import that has ended, each removal asked for and ended.
"""

import os
import sys
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources.layout import Imported, ImportedTable
from assemblier.sources.report import ImportReport
from assemblier.sources.store import Origin, Store

ROWS = 300
VINTAGES = 4


def table(vintage: int, rank: int) -> ImportedTable:
    """Return a table whose every row says of which import it is."""
    frame = pl.DataFrame(
        {
            "siren_epci": [f"{number:09d}" for number in range(ROWS)],
            "millesime": [vintage] * ROWS,
            "nom": [f"import {rank}"] * ROWS,
            "nature": ["CC"] * ROWS,
            "communes": [rank] * ROWS,
        }
    )
    return ImportedTable("epci", frame, Source("essai", "essai", "essai", "essai"), str(vintage))


def import_without_end(folder: Path, first: int) -> None:
    """Import two vintages at a time and forget one now and then, telling each step."""
    store = Store(folder)
    told = os.open(folder / "journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    rank = first
    while True:
        vintages = (2000 + rank % VINTAGES, 2000 + (rank + 1) % VINTAGES)
        tables = tuple(table(vintage, rank) for vintage in vintages)
        report = ImportReport(2 * ROWS, 2 * ROWS)
        store.put(Imported(tables, report), Origin("essai.csv", "0" * 64, 1, "essai"))
        for vintage in vintages:
            os.write(told, f"importe {vintage} {rank}\n".encode())
        if rank % 3 == 0:
            os.write(told, f"oublie {vintages[1]} {rank}\n".encode())
            store.forget(f"essai@{vintages[1]}")
            os.write(told, f"parti {vintages[1]} {rank}\n".encode())
        rank += 1


def main() -> None:
    """Start a child for each line read."""
    folder = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            import_without_end(folder, int(line))
        print(child, flush=True)
        os.waitpid(child, 0)
        print("mort", flush=True)


if __name__ == "__main__":
    main()
