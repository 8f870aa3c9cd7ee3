"""The speed of the aids: the whole catalogue for the communes of France, and for one profile.

    python -m benchmarks.aides        take the measures and write docs/methodes/vitesse-aides.md

Processor seconds, the least of several runs: the machine may be shared. The 35,000 communes have
their population and a zone each, drawn in turn; the profile leaves as much unknown as a first
question does.
"""

import datetime as dt
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assemblier.aids.catalogue import catalogue
from assemblier.aids.engine import Situations, ask
from assemblier.aids.system import system
from assemblier.french import french_spaces, number
from assemblier.territory import index

PAGE = Path(__file__).resolve().parent.parent / "docs" / "methodes" / "vitesse-aides.md"
ON = dt.date(2022, 6, 1)
PROFILE = {
    "profession": "medecin_generaliste",
    "secteur": "secteur_1",
    "jours_par_semaine": 4.0,
    "exercice_coordonne": "oui",
    "participation_pdsa": "oui",
}
RUNS = 7
LIMITS = {"france": 2.0, "profil": 0.1}
"""Seconds that are not to be passed."""


@dataclass(frozen=True)
class Measures:
    """Seconds: the program started, France whole, one profile explained."""

    start: float
    france: float
    profil: float
    communes: int
    aids: int


def least(action: Callable[[], object]) -> float:
    """Return the least processor seconds of several runs."""
    found = []
    for _ in range(RUNS):
        before = time.process_time()
        action()
        found.append(time.process_time() - before)
    return min(found)


def ask_france() -> None:
    rows = index()
    zones = ["ZIP", "ZAC", "HZ", None]
    columns = {
        **PROFILE,
        "population_commune": rows.population,
        "zonage": [zones[place % 4] for place in range(len(rows))],
    }
    study = ask(Situations(len(rows), columns), ON, aids=catalogue())
    for aid in study.aids:
        study.verdicts(aid)
        for montant in aid.montants:
            study.amounts(aid, montant)


def ask_one() -> None:
    study = ask(Situations(1, {**PROFILE, "zonage": "ZIP"}), ON, aids=catalogue())
    study.answers()
    study.questions()


def start_seconds() -> float:
    """Return the seconds to import the system and build it, in a process of its own."""
    code = "from assemblier.aids.system import system; system()"
    before = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - before


def measure() -> Measures:
    """Take the measures."""
    start = start_seconds()
    system()
    index()
    return Measures(start, least(ask_france), least(ask_one), len(index()), len(catalogue()))


def page(found: Measures) -> str:
    """Return the page of the measures."""
    where = f"Python {platform.python_version()}, {os.cpu_count()} cœurs"
    return french_spaces(
        "# La vitesse des aides\n\n"
        f"Mesuré le {dt.date.today():%d/%m/%Y} ({where}), en secondes de processeur, la plus "
        f"petite de {RUNS} mesures. Pour reprendre ces mesures : `python -m benchmarks.aides`.\n\n"
        "| question | mesuré | à ne pas dépasser |\n|---|---|---|\n"
        f"| tout le catalogue ({found.aids} dispositifs) pour {number(found.communes)} communes et "
        f"un profil | {number(found.france, 2)} s | {number(LIMITS['france'])} s |\n"
        f"| un profil, expliqué condition par condition | {number(1000 * found.profil)} ms | "
        f"{number(1000 * LIMITS['profil'])} ms |\n"
        f"| démarrage : importer OpenFisca et construire le système | {number(found.start, 1)} s "
        "(horloge) | |\n\n"
        "Les règles sont évaluées par tableaux, une fois pour toutes les communes ; les questions "
        "et les phrases, seulement pour la ligne que l'on lit. Une règle qui n'entre pas en jeu à "
        "la date n'est pas évaluée.\n"
    )


def main() -> None:
    found = measure()
    PAGE.write_text(page(found), encoding="utf-8")
    print(page(found))


if __name__ == "__main__":
    main()
