"""The report of a scenario on the disk: one file, or a folder with every format."""

import json
from pathlib import Path

from assemblier.reports.document import Document, Table
from assemblier.reports.folder import write_anywhere
from assemblier.reports.production import Progress, Written
from assemblier.scenarios.outcome import Outcome


def write_scenario(
    document: Document, table: Table, found: Outcome, path: Path, progress: Progress
) -> Written:
    """Write a report: the extension chooses the format; without one, a folder with every format.

    Parameters
    ----------
    document
        The report.
    table
        Of the communes: what a ``.csv`` holds.
    found
        What a ``.json`` holds: the differences, by commune.
    path
        Where.
    progress
        Told of each format of a folder.

    Raises
    ------
    InputError
        When no format has this extension.
    OutputError
        When it cannot be written; what was there is then intact.
    """
    if path.suffix.lower() == ".json":
        from assemblier.reports.writing import write_file

        write_file(path, differences(found).encode())
        return Written(path, (path.name,), document.title)
    return write_anywhere(document, table, path, progress, "scenario")


def differences(found: Outcome) -> str:
    """Return what changes as JSON: only the communes whose score differs."""
    changed = {
        code: [None if before != before else round(float(before), 4), round(float(gain), 6)]
        for code, before, gain in zip(found.baseline.homes, found.before, found.gain, strict=True)
        if gain != 0
    }
    told = {
        "scenario": found.identity,
        "nom": found.scenario.nom,
        "territoire": found.scenario.territoire,
        "profession": found.scenario.profession,
        "jour": found.day.isoformat() if found.day else None,
        "etapes": [step.day.isoformat() if step.day else None for step in found.steps],
        "millesime": found.baseline.year,
        "socle": found.baseline.told,
        "communes": changed,
        "colonnes": ["apl_avant", "changement"],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
