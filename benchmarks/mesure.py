"""Run a program apart and say what it cost: processor seconds, elapsed seconds, peak memory."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost, its own children included; memory is that of the largest process."""

    cpu_seconds: float
    elapsed_seconds: float
    peak_mb: float


def cost_of(command: Sequence[str], cwd: Path | None = None) -> Cost:
    """Run a command to its end and return what it cost; it must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    with process.stderr as stderr:
        complaint = stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"« {' '.join(command)} » a échoué :\n{complaint}")
    # ru_maxrss is in kilobytes on Linux and in bytes on macOS
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    return Cost(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss / unit)


def interleaved(commands: dict[str, Sequence[str]], runs: int) -> dict[str, list[Cost]]:
    """Run each command once to warm up, then `runs` times, each in turn.

    Machines are shared: runs that alternate share the same bad moments, so that their ratio holds.
    """
    for command in commands.values():
        cost_of(command)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(cost_of(command))
    return costs


def median_cost(costs: Sequence[Cost]) -> Cost:
    """Return the median of each measure."""
    return Cost(
        statistics.median(cost.cpu_seconds for cost in costs),
        statistics.median(cost.elapsed_seconds for cost in costs),
        statistics.median(cost.peak_mb for cost in costs),
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is a text, the others are numbers."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, rule, *rows))
