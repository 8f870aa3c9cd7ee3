"""`assemblier implantation`: where to open a few places of care."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.options import (
    DAY,
    OFFER,
    REMOVALS,
    REPORT,
    RULES_DAY,
    TRIPS,
    NumberRange,
    WholeRange,
    engine_of,
)

if TYPE_CHECKING:
    from assemblier.access import Baseline
    from assemblier.errors import Problem
    from assemblier.scenarios import Outcome
    from assemblier.scenarios.candidates import Candidate
    from assemblier.territory import Perimeter
    from assemblier.travel import Engine

MINUTES = 15
EPILOGUE = """\b
Exemples :
  assemblier implantation epci:200073419 --structure msp
  assemblier implantation departement:43 --structure antenne --centre Brioude --nombre 2
  assemblier implantation departement:43 --structure centre_de_sante --nombre 3 --exclure 43157
  assemblier implantation departement:43 --structure msp --budget 4000000 -o lieux.pdf
  assemblier implantation departement:43 --structure msp --retrait 43148:medecin_generaliste:2
  assemblier implantation departement:43 --structure centre_de_sante --scenario scenario.yaml
  assemblier modele implantation departement:43 -o lieux.xlsx
  assemblier implantation departement:43 --structure centre_de_sante --lieux lieux.xlsx
"""


@click.command(
    "implantation",
    short_help="Où ouvrir un centre, une maison de santé, des antennes.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("territoire", metavar="TERRITOIRE")
@click.option(
    "--structure",
    type=click.Choice(["centre_de_sante", "msp", "antenne"]),
    required=True,
    help="Ce qui ouvre.",
)
@click.option(
    "--nombre",
    type=WholeRange(1),
    metavar="NOMBRE",
    help="Combien de lieux au plus. [par défaut : 1, ou autant que paie le budget]",
)
@click.option(
    "--lieux",
    "places",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Les lieux possibles et ce qu'on en sait : le fichier de « assemblier modele "
    "implantation ». [par défaut : les communes du territoire]",
)
@click.option(
    "--existant",
    "existing",
    multiple=True,
    metavar="COMMUNE",
    help="Un lieu déjà ouvert : qui en est proche est couvert ; autant qu'il en faut.",
)
@click.option(
    "--exclure",
    "excluded",
    multiple=True,
    metavar="COMMUNE",
    help="Une commune où ne pas ouvrir ; autant qu'il en faut.",
)
@click.option(
    "--centre",
    default="",
    metavar="COMMUNE",
    help="Pour une antenne, et pour elle seule, la commune du centre : les lieux que la loi dit "
    "trop loin sont écartés.",
)
@click.option(
    "--capacite",
    type=NumberRange(0, min_open=True),
    metavar="CONSULTATIONS",
    help="Consultations par an de chaque lieu. [par défaut : un médecin pour un centre, ceux "
    "qu'exige une SISA, les heures que permet la loi à une antenne]",
)
@click.option(
    "--budget",
    type=NumberRange(0, min_open=True),
    metavar="EUROS",
    help="Ce que les lieux peuvent coûter en tout.",
)
@click.option(
    "--cout",
    type=NumberRange(0, min_open=True),
    metavar="EUROS",
    help="Le coût d'un lieu qui ne dit pas le sien. [par défaut, pour une maison de santé : la "
    "moyenne des projets aidés par l'État en 2018]",
)
@click.option(
    "--avant",
    "before",
    type=DAY,
    metavar="JOUR",
    help="Le jour où les lieux doivent pouvoir ouvrir.",
)
@click.option(
    "--objectif",
    type=click.Choice(["manque", "couverture", "seuil"]),
    default="manque",
    show_default=True,
    help="Réduire le manque, avoir un lieu à portée de ceux qui manquent, ou faire passer le "
    "seuil au plus d'habitants.",
)
@click.option(
    "--poids",
    "weights",
    multiple=True,
    metavar="POIDS",
    help="Ce que compte chaque habitant : age, quartiers, revenu, score, ou un CSV "
    "code_commune ; poids. Plusieurs se multiplient. [par défaut : chacun compte pour un]",
)
@click.option(
    "--minutes",
    type=NumberRange(0, 120, min_open=True),
    default=MINUTES,
    metavar="MINUTES",
    help=f"Le trajet qui compte comme à portée. [par défaut : {MINUTES}]",
)
@click.option(
    "--scenario",
    "scenario_file",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Choisir après ces changements : le fichier de « assemblier scenario ».",
)
@REMOVALS
@TRIPS
@OFFER
@RULES_DAY
@REPORT
def command(
    territoire: str,
    structure: str,
    nombre: int | None,
    places: Path | None,
    existing: tuple[str, ...],
    excluded: tuple[str, ...],
    centre: str,
    capacite: float | None,
    budget: float | None,
    cout: float | None,
    before: dt.date | None,
    objectif: str,
    weights: tuple[str, ...],
    minutes: float,
    scenario_file: Path | None,
    removals: tuple[str, ...],
    trajets: str | None,
    offre: str,
    on: dt.date | None,
    output: Path | None,
) -> int:
    """Choisir les lieux où ouvrir des soins, et dire si un autre choix ferait mieux.

    Les communes du TERRITOIRE sont les candidates, ou les lieux d'un fichier ; ce que gagnent, et
    perdraient, les voisines est dit. Le choix part d'aujourd'hui, ou de ce qui reste après des
    changements (--scenario, --retrait).
    """
    from assemblier import access, territory, travel
    from assemblier.cli.progress import progress
    from assemblier.cli.scenario import summary_only
    from assemblier.reports.implantation import communes_table, implantation_document
    from assemblier.reports.production import told, write_report
    from assemblier.reports.terminal import document_text
    from assemblier.scenarios.choosing import Objective
    from assemblier.scenarios.siting import Request, Structure, sited

    day = on or dt.date.today()
    perimeter = territory.parse(territoire)
    candidates, problems = candidates_of(places, perimeter.codes, existing, excluded)
    engine = engine_of(trajets, day, perimeter) or travel.chain_engine(day)
    with progress(f"Socle : {perimeter.nom}"):
        base = access.baseline(perimeter, day, engine, offer=offre)
    count = nombre if nombre is not None or budget is not None else 1
    request = Request(
        Structure(structure), Objective(objectif), count, candidates, capacite, minutes, cout,
        budget, before, weights, centre_of(centre, problems), places is not None,
    )  # fmt: skip
    start = changed(scenario_file, removals, perimeter, base, engine, day, problems)
    found = sited(perimeter, start, engine, day, request, problems)
    document = implantation_document(found, day)
    click.echo(document_text(summary_only(document)))
    if output:
        click.echo(told(write_report(document, output, communes_table(found))))
    return 0


def centre_of(said: str, problems: list["Problem"]) -> str:
    """Return the code of the commune of a centre, empty where none was said."""
    from dataclasses import replace

    from assemblier.errors import PerimeterError
    from assemblier.territory import parse

    if not said:
        return ""
    try:
        return parse(f"commune:{said}").codes[0]
    except PerimeterError as error:
        problems += [replace(one, where="--centre") for one in error.problems]
        return ""


def changed(
    path: Path | None,
    removals: tuple[str, ...],
    perimeter: "Perimeter",
    base: "Baseline",
    engine: "Engine",
    on: dt.date,
    problems: list["Problem"],
) -> "Baseline | Outcome":
    """Return what changes make of a baseline; the baseline where none is asked, or possible."""
    from assemblier.errors import InputError, Problem
    from assemblier.scenarios import outcome, read_scenario
    from assemblier.scenarios.scenario import GP

    if path is None and not removals:
        return base
    try:
        draft = read_scenario(path, removals, perimeter.expression)
        found = draft.scenario
        wrong = list(draft.problems)
        if found.profession != GP:
            wrong.append(Problem(
                f"{path or '--retrait'}, profession", found.profession, GP,
                "choisir un lieu d'après des changements de médecins généralistes",
            ))  # fmt: skip
            raise InputError(wrong)
        return outcome(found, base, on, engine, wrong)
    except InputError as error:
        problems += error.problems
        return base


def candidates_of(
    path: Path | None,
    codes: tuple[str, ...],
    existing: tuple[str, ...],
    excluded: tuple[str, ...],
) -> tuple[tuple["Candidate", ...], list["Problem"]]:
    """Return the places among which to choose, and every problem of the file and the options."""
    from assemblier.errors import DataError
    from assemblier.scenarios.candidates import State, communes, marked, read_candidates

    problems: list[Problem] = []
    found = communes(codes)
    if path is not None:
        try:
            found = read_candidates(path)
        except DataError as error:
            problems += error.problems
    told = {f"--existant {one}": State.EXISTANT for one in existing}
    told |= {f"--exclure {one}": State.EXCLU for one in excluded}
    return marked(found, told, problems), problems
