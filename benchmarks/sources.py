"""What reading official files costs: the directory of professionals, and the whole test folder.

``python -m benchmarks.sources`` takes the measures and prints them. pandas is only the point of
comparison (``pip install .[bench]``).
"""

import datetime as dt
import importlib.util
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assemblier.french import number
from benchmarks import courbe
from benchmarks.mesure import Cost, cost_of, interleaved, median_cost, table

ROWS = 1_800_000
"""Activities in the real extract."""
CURVE = (200_000, 600_000, 1_200_000, ROWS)
RUNS = 3
FASTER_THAN_PANDAS = 5
PEAK_MB = 1_000
FOLDER_CPU_SECONDS = 60
PLOT = Path("docs/methodes/sources-cout.svg")

_COMMUNES = [f"{dep:02d}{rank:03d}" for dep in range(1, 96) for rank in range(1, 369)]
_KINDS = 4_000
"""Different activities the generator draws from; persons and places still all differ."""
_PROFESSIONS = (
    ("10", "Médecin", "SM54", "Médecine générale"),
    ("10", "Médecin", "SM04", "Cardiologie et maladies vasculaires"),
    ("40", "Chirurgien-Dentiste", "SCD01", "Orthopédie dento-faciale"),
    ("60", "Infirmier", "", ""),
    ("70", "Masseur-Kinésithérapeute", "", ""),
)
_MODES = (("L", "Libéral, indépendant, artisan, commerçant"), ("S", "Salarié"))
_STREETS = ("de la Mairie", "des Écoles", "de l'Église", "du 8 Mai 1945", "Jean Jaurès")


def generated(path: Path, rows: int) -> None:
    """Write an invented extract, with lines as long as the real ones: nobody in it exists."""
    from tests.fixtures.sources.fabriquer import RPPS_COLUMNS

    dice = random.Random(20260101)
    kinds = [_activity(RPPS_COLUMNS, dice) for _ in range(_KINDS)]
    with path.open("w", encoding="utf-8") as file:
        file.write("|".join(RPPS_COLUMNS) + "|\n")
        for row in range(rows):
            # Three activities out of five in the same place are of the same person.
            person = 10_000_000_000 + row * 3 // 5
            kind = kinds[person * 7919 % _KINDS if row % 2 else row * 7907 % _KINDS]
            file.write(kind.replace("§", str(person)).replace("¤", str(row % 97)))


def _activity(columns: Sequence[str], dice: random.Random) -> str:
    """Return one line, with § for the person and ¤ for the number in the street."""
    commune = dice.choice(_COMMUNES)
    code, profession, skill, speciality = dice.choice(_PROFESSIONS)
    mode, mode_label = dice.choice(_MODES)
    cells = dict.fromkeys(columns, "")
    cells |= {
        "Type d'identifiant PP": "8",
        "Identifiant PP": "§",
        "Identification nationale PP": "8§",
        "Code civilité d'exercice": "DR",
        "Libellé civilité d'exercice": "Docteur",
        "Code civilité": "MME",
        "Libellé civilité": "Madame",
        "Nom d'exercice": "INVENTEE",
        "Prénom d'exercice": "Personne",
        "Code profession": code,
        "Libellé profession": profession,
        "Code catégorie professionnelle": "C",
        "Libellé catégorie professionnelle": "Civil",
        "Code type savoir-faire": "S" if skill else "",
        "Libellé type savoir-faire": "Spécialité ordinale" if skill else "",
        "Code savoir-faire": skill,
        "Libellé savoir-faire": speciality,
        "Code mode exercice": mode,
        "Libellé mode exercice": mode_label,
        "Numéro SIRET site": f"{dice.randrange(10**13):014d}",
        "Numéro SIREN site": f"{dice.randrange(10**9):09d}",
        "Numéro FINESS site": f"{dice.randrange(10**8):09d}" if mode == "S" else "",
        "Identifiant technique de la structure": f"R{dice.randrange(10**14):014d}",
        "Raison sociale site": "CABINET INVENTE",
        "Numéro Voie (coord. structure)": "¤",
        "Code type de voie (coord. structure)": "R",
        "Libellé type de voie (coord. structure)": "Rue",
        "Libellé Voie (coord. structure)": dice.choice(_STREETS),
        "Bureau cedex (coord. structure)": f"{commune} COMMUNE INVENTEE",
        "Code postal (coord. structure)": commune,
        "Code commune (coord. structure)": commune,
        "Libellé commune (coord. structure)": "Commune inventée",
        "Téléphone (coord. structure)": "0400000000",
        "Autorité d'enregistrement": "CNOM/CNOM/CNOM",
        "Code secteur d'activité": "SA07",
        "Libellé secteur d'activité": "Cabinet individuel",
        "Code rôle": "FON-01",
        "Libellé rôle": "Titulaire de cabinet",
        "Code genre activité": "GENR01",
        "Libellé genre activité": "Activité standard de soin ou de pharmacien",
    }
    return "|".join(cells.values()) + "|\n"


_OURS = """
import sys
from pathlib import Path
from assemblier.sources import reading
from assemblier.sources.annuaire_sante import LAYOUTS
from assemblier.sources.layout import Context
from benchmarks.sources import _COMMUNES
path = Path(sys.argv[1])
imported = LAYOUTS[0].read(path, reading.sample(path), Context(frozenset(_COMMUNES)))
print(imported.report.as_text())
"""
_PANDAS = """
import sys
import pandas
from assemblier.sources.annuaire_sante import _COLUMNS
pandas.read_csv(sys.argv[1], sep="|", usecols=list(_COLUMNS.values()), dtype=str)
"""


@dataclass(frozen=True, slots=True)
class SourcesCost:
    """What reading cost: ours and pandas on the same file, ours by size, a whole folder."""

    ours: Cost
    pandas: Cost | None
    by_size: tuple[tuple[int, Cost], ...]
    folder: Cost | None


def command(program: str, *arguments: object) -> list[str]:
    """Return the command that runs a program apart."""
    return [sys.executable, "-c", program, *map(str, arguments)]


def measure() -> SourcesCost:
    """Take every measure; generated files are thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {rows: Path(folder, f"PS_LibreAcces_{rows}_20260115.txt") for rows in CURVE}
        for rows, path in paths.items():
            generated(path, rows)
        commands = {"ours": command(_OURS, paths[ROWS])}
        if importlib.util.find_spec("pandas"):
            commands["pandas"] = command(_PANDAS, paths[ROWS])
        costs = interleaved(commands, RUNS)
        by_size = tuple((rows, cost_of(command(_OURS, path))) for rows, path in paths.items())
    pandas = median_cost(costs["pandas"]) if "pandas" in costs else None
    return SourcesCost(median_cost(costs["ours"]), pandas, by_size, folder_cost())


def folder_cost() -> Cost | None:
    """Import the whole folder of real files, into a store thrown away; None without a folder."""
    folder = os.environ.get("ASSEMBLIER_DONNEES_ESSAI")
    if not folder:
        return None
    program = "from assemblier.cli import main; main()"
    with tempfile.TemporaryDirectory() as store:
        os.environ["ASSEMBLIER_DONNEES"] = store
        try:
            return cost_of(command(program, "sources", "importer", folder))
        finally:
            del os.environ["ASSEMBLIER_DONNEES"]


def lines(result: SourcesCost) -> str:
    """Return the section of the page."""
    rows = [_row("Assemblier : lit, contrôle, réduit", result.ours)]
    if result.pandas:
        rows.append(_row("pandas `read_csv`, mêmes colonnes : lit", result.pandas))
    parts = [
        f"Un annuaire inventé de {number(ROWS)} activités, de la taille du vrai.",
        table(["lecture", "secondes", "s de processeur", "Mo au plus fort"], rows),
        _verdict(result),
        table(
            ["lignes", "secondes", "s de processeur", "Mo au plus fort"],
            [_row(number(rows), cost) for rows, cost in result.by_size],
        ),
    ]
    if result.folder:
        held = "tenu" if result.folder.cpu_seconds < FOLDER_CPU_SECONDS else "dépassé"
        parts.append(
            f"Tout le dossier des données d'essai : {number(result.folder.cpu_seconds, 1)} s de "
            f"processeur (but : moins de {FOLDER_CPU_SECONDS} s, {held})."
        )
    return "\n\n".join(parts)


def _row(name: str, cost: Cost) -> list[str]:
    return [
        name,
        number(cost.elapsed_seconds, 1),
        number(cost.cpu_seconds, 1),
        number(cost.peak_mb),
    ]


def _verdict(result: SourcesCost) -> str:
    memory = "tenu" if result.ours.peak_mb < PEAK_MB else "dépassé"
    said = f"Mémoire : but de moins de {number(PEAK_MB)} Mo, {memory}."
    if result.pandas is None:
        return f"{said} pandas n'est pas installé : pas de comparaison."
    ratio = result.pandas.elapsed_seconds / result.ours.elapsed_seconds
    speed = "tenu" if ratio >= FASTER_THAN_PANDAS else "manqué"
    goal = f"but : {FASTER_THAN_PANDAS} fois, {speed}"
    return f"{said} Vitesse : {number(ratio, 1)} fois pandas ({goal})."


def plot(result: SourcesCost) -> str:
    """Return the curve of cost against rows."""
    return courbe.curve(
        [(rows, cost.cpu_seconds) for rows, cost in result.by_size],
        "Temps de processeur de la lecture d'un annuaire selon son nombre de lignes",
        "lignes du fichier",
        "secondes de processeur",
    )


def main() -> None:
    print(f"{dt.date.today()} : quelques minutes…", flush=True)
    result = measure()
    PLOT.parent.mkdir(parents=True, exist_ok=True)
    PLOT.write_text(plot(result), encoding="utf-8")
    print(lines(result))


if __name__ == "__main__":
    main()
