"""What reading official files costs: the directory of professionals, and the whole test folder.

``python -m benchmarks.sources`` takes the measures and writes the page. pandas is only the point of
comparison (``pip install .[comparaison]``); without it, the page says so.
"""

import datetime as dt
import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from assemblier.french import date_text, french_spaces, number
from assemblier.sources.codes import todays_context
from benchmarks import courbe
from benchmarks.mesure import Cost, cost_of, interleaved, median_cost, table

ROWS = 1_800_000
"""Activities in the real extract."""
CURVE = (200_000, 600_000, 1_200_000, ROWS)
AGES = 101
"""0 to 99 years, and 100 or more."""
RUNS = 3
WARM_RUNS = 9
FASTER_THAN_PANDAS = 5
PEAK_MB = 1_000
FOLDER_CPU_SECONDS = 60
PAGE = Path("docs/methodes/sources-cout.md")
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
_WORK = """
import resource, sys, time
from pathlib import Path
from assemblier.sources import compiled_lines, compiled_persons, reading
from assemblier.sources.annuaire_sante import LAYOUTS
from assemblier.sources.layout import Context
from benchmarks.sources import _COMMUNES
path = Path(sys.argv[1])
context = Context(frozenset(_COMMUNES))
def work():
    return LAYOUTS[0].read(path, reading.sample(path), context)
"""
_PANDAS_WORK = """
import resource, sys, time
import pandas
from assemblier.sources.annuaire_sante import _COLUMNS
def work():
    return pandas.read_csv(sys.argv[1], sep="|", usecols=list(_COLUMNS.values()), dtype=str)
"""
_EACH_TIME = """
for _ in sys.stdin:
    start, cpu = time.perf_counter(), time.process_time()
    found = work()
    spent = time.perf_counter() - start, time.process_time() - cpu
    del found
    unit = 1e6 if sys.platform == "darwin" else 1e3
    print(*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, flush=True)
"""
_POPULATION = """
import sys
from pathlib import Path
from assemblier.sources import registry
from assemblier.sources.codes import todays_context
print(registry.read(Path(sys.argv[1]), todays_context()).report.as_text())
"""
_WITHOUT_COMPILER = (
    """
from assemblier.sources import swift
swift.is_available = lambda: False
"""
    + _OURS
)
_PANDAS = """
import sys
import pandas
from assemblier.sources.annuaire_sante import _COLUMNS
frame = pandas.read_csv(sys.argv[1], sep="|", usecols=list(_COLUMNS.values()), dtype=str)
"""
_PANDAS_WHOLE = (
    _PANDAS
    + """
from assemblier.sources.annuaire_sante import _GENERAL_PRACTICE, _MODES, _PROFESSIONS
from benchmarks.sources import _COMMUNES
frame = frame.rename(columns={label: name for name, label in _COLUMNS.items()})
frame = frame[frame["personne"].notna() & (frame["categorie"] != "E")]
frame = frame[frame["code_commune"].isin(_COMMUNES)]
is_doctor = frame["profession"] == "10"
is_general = frame["savoir"].isin(_GENERAL_PRACTICE)
kind = frame["profession"].map(_PROFESSIONS).fillna("autre")
kind = kind.mask(is_doctor & is_general, "medecin_generaliste")
kind = kind.mask(is_doctor & ~is_general & frame["savoir"].notna(), "medecin_specialiste")
street = frame["numero"].fillna("").str.cat(frame["voie"].fillna(""), sep=" ")
mode = frame["mode"].map(_MODES)
frame = frame.assign(metier=kind, site=frame["finess"].fillna(street), mode=mode)
frame = frame.sort_values("type_savoir", kind="stable")
frame = frame.drop_duplicates(["personne", "metier", "code_commune", "site", "mode"])
profile = ["code_commune", "site", "code_postal", "metier", "specialite", "mode", "secteur"]
print(len(frame.groupby(profile, dropna=False).size().reset_index()))
"""
)


READINGS = {
    "ours": ("Assemblier : lit, contrôle, réduit", _OURS),
    "plain": ("Assemblier sans l'extra `rapide` : le même travail", _WITHOUT_COMPILER),
    "pandas": ("pandas `read_csv`, mêmes colonnes : lit", _PANDAS),
    "pandas_whole": ("pandas : lit, réduit de même", _PANDAS_WHOLE),
}

WARM = {"ours": _WORK, "pandas": _PANDAS_WORK}
"""The same readings in a program already started: imports done, a first reading not counted."""

PLOTTED = {"ours": "Assemblier : tout le travail", "pandas": "pandas read_csv : lecture seule"}


@dataclass(frozen=True, slots=True)
class SourcesCost:
    """What reading cost: each way on the same file, ours by size, a whole folder.

    `warm` holds the turns of each way in programs already started, empty without pandas, and
    `load` how busy the machine was then.
    """

    warm: dict[str, list[Cost]]
    load: float
    readings: dict[str, Cost]
    by_size: tuple[tuple[int, dict[str, Cost]], ...]
    population: Cost
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
        has_pandas = importlib.util.find_spec("pandas") is not None
        commands = {
            key: command(program, paths[ROWS])
            for key, (_, program) in READINGS.items()
            if has_pandas or not key.startswith("pandas")
        }
        costs = interleaved(commands, RUNS)
        warm = turns(paths[ROWS], WARM_RUNS) if has_pandas else {}
        load = os.getloadavg()[0]
        plotted = [key for key in PLOTTED if key in commands]
        by_size = tuple(
            (rows, {key: cost_of(command(READINGS[key][1], path)) for key in plotted})
            for rows, path in paths.items()
        )
    readings = {key: median_cost(some) for key, some in costs.items()}
    return SourcesCost(warm, load, readings, by_size, population_cost(), folder_cost())


def turns(path: Path, runs: int) -> dict[str, list[Cost]]:
    """Return what each reading cost in a program already started, each in turn."""
    with ExitStack() as stack:
        programs = {
            key: stack.enter_context(
                subprocess.Popen(
                    command(program + _EACH_TIME, path),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for key, program in WARM.items()
        }
        costs: dict[str, list[Cost]] = {key: [] for key in programs}
        for _ in range(runs + 1):
            for key, program in programs.items():
                costs[key].append(_asked(program))
    return {key: some[1:] for key, some in costs.items()}


def _asked(program: "subprocess.Popen[str]") -> Cost:
    """Have a program do its work once and return what it says it cost."""
    assert program.stdin is not None and program.stdout is not None
    program.stdin.write("\n")
    program.stdin.flush()
    elapsed, cpu, peak = map(float, program.stdout.readline().split())
    return Cost(cpu, elapsed, peak)


def population_cost() -> Cost:
    """Read an invented census by commune, sex and year of age, as long as the national one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "BTT_TD_POP1A_2022.CSV")
        with path.open("w", encoding="utf-8") as file:
            file.write("NIVGEO;CODGEO;LIBGEO;SEXE;AGED100;NB\n")
            for rank, code in enumerate(sorted(todays_context().communes)):
                file.writelines(
                    f"COM;{code};Commune inventée;{sexe};{age:03d};{(rank * 7 + age) % 900 / 7}\n"
                    for sexe in (1, 2)
                    for age in range(AGES)
                )
        return cost_of(command(_POPULATION, path))


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
    """Return the page."""
    rows = [_row(READINGS[key][0], cost) for key, cost in result.readings.items()]
    parts = [
        "# Lecture des fichiers officiels : ce qu'elle coûte",
        f"Page écrite par `python -m benchmarks.sources` le {date_text(dt.date.today())}, sur "
        f"{os.cpu_count()} processeurs. Chaque lecture est un programme lancé à part, son "
        f"démarrage compris ; médianes de {RUNS} tours, les programmes lancés en alternance.",
        "## L'annuaire des professionnels (RPPS)",
        f"Un annuaire inventé de {number(ROWS)} activités et 57 colonnes, de la taille du vrai. "
        "pandas lit les 14 mêmes colonnes (`usecols`, `dtype=str`, moteur par défaut) et n'en "
        "fait rien de plus ; la dernière ligne lui fait aussi compter chaque personne une fois à "
        "chacun de ses lieux, par profil, sans les contrôles ni les réparations.",
        table(["lecture", "secondes", "s de processeur", "Mo au plus fort"], rows),
        _verdict(result),
        *_warm_lines(result.warm, result.load),
        LIMITS,
        f"![Temps de processeur selon le nombre de lignes]({PLOT.name})",
        table(
            ["lignes", "secondes", "s de processeur", "Mo au plus fort"],
            [_row(number(rows), costs["ours"]) for rows, costs in result.by_size],
        ),
    ]
    rows = len(todays_context().communes) * 2 * AGES
    parts += [
        "## Le recensement par sexe et année d'âge (POP1A)",
        f"Un fichier inventé de {number(rows)} lignes, de la taille du national : "
        f"{number(result.population.cpu_seconds, 1)} s de processeur, "
        f"{number(result.population.peak_mb)} Mo au plus fort ; la table est contrôlée entière.",
    ]
    if result.folder:
        held = "tenu" if result.folder.cpu_seconds < FOLDER_CPU_SECONDS else "dépassé"
        parts += [
            "## Le dossier des données d'essai",
            f"Tout le dossier importé dans un entrepôt vide : "
            f"{number(result.folder.cpu_seconds, 1)} s de processeur, "
            f"{number(result.folder.peak_mb)} Mo au plus fort (but : moins de "
            f"{FOLDER_CPU_SECONDS} s de processeur, {held}).",
        ]
    return french_spaces("\n\n".join(parts)) + "\n"


LIMITS = """\
Ce qui borne la vitesse : un programme qui démarre charge Python et polars, puis numba et les
boucles compilées, près de deux secondes de processeur quelle que soit la taille du fichier. Le
reste est partagé entre lire le fichier et y trouver chaque séparateur et chaque fin de ligne, pour
n'en croire aucun sur parole (la moitié, sur deux fils), puis retrouver les textes, compter chaque
personne une fois à chacun de ses lieux et ranger le résultat. Les boucles sur les octets sont
compilées par numba (extra `rapide`) à la première lecture d'un grand fichier, en une quinzaine de
secondes, puis gardées sur le disque : le premier tour, qui n'est pas mesuré, la paie. Une seule
ligne irrégulière (trop courte, en Windows-1252, accents abîmés) fait relire tout le fichier ligne
par ligne, comme sans cet extra. Le fichier inventé répète ses activités plus que le vrai : celui-ci
demandera un peu plus."""


def _row(name: str, cost: Cost) -> list[str]:
    return [
        name,
        number(cost.elapsed_seconds, 1),
        number(cost.cpu_seconds, 1),
        number(cost.peak_mb),
    ]


def _verdict(result: SourcesCost) -> str:
    ours = result.readings["ours"]
    memory = "tenu" if ours.peak_mb < PEAK_MB else "dépassé"
    said = f"Mémoire : but de moins de {number(PEAK_MB)} Mo, {memory}."
    if "pandas" not in result.readings:
        return f"{said} pandas n'est pas installé : pas de comparaison."
    reads, does = (_times(result.readings[key], ours) for key in ("pandas", "pandas_whole"))
    less = result.readings["pandas"].cpu_seconds / ours.cpu_seconds
    return (
        f"{said} Vitesse, démarrage compris : {reads} plus vite que la seule lecture par pandas, "
        f"{does} que le même travail fait avec pandas ; {number(less, 1)} fois moins de processeur "
        "que la seule lecture par pandas."
    )


def _warm_lines(warm: dict[str, list[Cost]], load: float) -> list[str]:
    """Return what is said of readings in programs already started."""
    if not warm:
        return []
    rows = [_row(READINGS[key][0], median_cost(some)) for key, some in warm.items()]
    elapsed, cpu = (
        _ratios(warm, measure) for measure in (lambda c: c.elapsed_seconds, lambda c: c.cpu_seconds)
    )
    middle = statistics.median(elapsed)
    held = "tenu" if middle >= FASTER_THAN_PANDAS else "manqué"
    return [
        "Dans un programme déjà lancé, imports faits des deux côtés et première lecture non "
        f"comptée ; médianes de {WARM_RUNS} tours, une lecture de chaque à tour de rôle :",
        table(["lecture", "secondes", "s de processeur", "Mo au plus fort"], rows),
        f"D'un tour à l'autre, {_spread(elapsed)} plus vite que la seule lecture par pandas (but : "
        f"{FASTER_THAN_PANDAS} fois, {held}) et {_spread(cpu)} moins de processeur. La machine "
        f"portait alors une charge de {number(load, 1)} pour {os.cpu_count()} processeurs, ces "
        "lectures comprises. La nôtre se fait sur deux fils, celle de pandas sur un : l'avance en "
        "temps écoulé dépend de ce que les autres programmes laissent, le temps de processeur "
        "moins. Sur la même machine quand d'autres programmes l'occupent (charge de 3 à 8), elle "
        "n'est plus que de 3,6 à 5 fois.",
    ]


def _ratios(warm: dict[str, list[Cost]], measure: Callable[[Cost], float]) -> list[float]:
    """Return how many times less ours costs than pandas, turn by turn."""
    pairs = zip(warm["pandas"], warm["ours"], strict=True)
    return [measure(other) / measure(ours) for other, ours in pairs]


def _spread(ratios: Sequence[float]) -> str:
    """Return the median of ratios, then their extremes."""
    low, middle, high = (number(of(ratios), 1) for of in (min, statistics.median, max))
    return f"{middle} fois (de {low} à {high})"


def _times(other: Cost, ours: Cost) -> str:
    return f"{number(other.elapsed_seconds / ours.elapsed_seconds, 1)} fois"


def plot(result: SourcesCost) -> str:
    """Return the curves of cost against rows."""
    series = {
        PLOTTED[key]: [(rows, costs[key].cpu_seconds) for rows, costs in result.by_size]
        for key in result.by_size[0][1]
    }
    return courbe.curves(
        series,
        "Temps de processeur de la lecture d'un annuaire selon son nombre de lignes",
        "lignes du fichier",
        "secondes de processeur",
    )


def main() -> None:
    result = measure()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PLOT.write_text(plot(result), encoding="utf-8")
    PAGE.write_text(lines(result), encoding="utf-8")
    print(f"{PAGE} et {PLOT} écrits")


if __name__ == "__main__":
    main()
