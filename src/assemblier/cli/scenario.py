"""`assemblier scenario`: what happens to every commune if some things change."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.options import (
    DAY,
    OFFER,
    REMOVALS,
    RULES_DAY,
    TRIPS,
    WholeRange,
    engine_of,
    report_option,
)

if TYPE_CHECKING:
    from assemblier.access import Baseline
    from assemblier.errors import Problem
    from assemblier.projects.study import Study
    from assemblier.reports.document import Document
    from assemblier.reports.scenario.zones import Zones
    from assemblier.scenarios import Outcome, Scenario
    from assemblier.scenarios.zones import Files

EPILOGUE = """\b
Exemples :
  assemblier modele scenario departement:43 -o scenario.yaml
  assemblier scenario scenario.yaml
  assemblier scenario --retrait 43148:medecin_generaliste:2 -o paulhaguet.pdf
  assemblier scenario scenario.yaml --date-effet 2027-12-31
  assemblier scenario --retrait 43148:medecin_generaliste:2 --antenne 43148:43040:20
  assemblier scenario scenario.yaml --projet financement=plan.yaml -o conseil.pdf
  assemblier scenario scenario.xlsx --trajets mes-minutes.csv -o effets/
"""
FILE = click.Path(path_type=Path)
REFUSED = 1


@click.command(
    "scenario",
    short_help="Ce qui arrive si un médecin part, si un centre ouvre, et qui le paie.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("fichier", type=FILE, required=False, metavar="[FICHIER]")
@REMOVALS
@click.option(
    "--antenne",
    "antennas",
    multiple=True,
    metavar="COMMUNE:CENTRE:HEURES",
    help="Une antenne du centre de santé de la commune CENTRE, en heures nouvelles par semaine, "
    "même système d'information.",
)
@click.option("--nom", default="", metavar="TITRE", help="Le titre du rapport.")
@click.option(
    "--projet",
    "projects",
    multiple=True,
    metavar="NATURE[=FICHIER]",
    help="Joindre un budget ou un plan : une nature de « assemblier projet ».",
)
@click.option(
    "-r",
    "--reponse",
    "answers",
    multiple=True,
    metavar="CLE=VALEUR",
    help="Une réponse à ces projets ; ce que dit le scénario est déjà répondu.",
)
@click.option(
    "--territoire",
    default="",
    metavar="TERRITOIRE",
    help="Où lire les effets. [par défaut : celui du fichier, sinon le département du retrait]",
)
@click.option(
    "--millesime",
    type=WholeRange(2010, 2100),
    metavar="ANNÉE",
    help="L'année de l'APL publiée d'où l'on part. [par défaut : la dernière connue]",
)
@TRIPS
@OFFER
@RULES_DAY
@click.option(
    "--date-effet",
    "effective",
    type=DAY,
    metavar="JOUR",
    help="Ne compter que les changements faits à ce jour. [par défaut : tous]",
)
@click.option(
    "--composition",
    type=FILE,
    metavar="FICHIER",
    help="Les territoires du zonage, comme « assemblier zonage simuler ».",
)
@click.option("--plafonds", type=FILE, metavar="FICHIER", help="Les plafonds de la région.")
@click.option("--actes", type=FILE, metavar="FICHIER", help="Le registre des actes de zonage.")
@report_option(".html, .pdf, .xlsx, .ods, .csv, .docx, .pptx ou .json, ou un dossier")
def command(
    fichier: Path | None,
    removals: tuple[str, ...],
    antennas: tuple[str, ...],
    nom: str,
    projects: tuple[str, ...],
    answers: tuple[str, ...],
    territoire: str,
    millesime: int | None,
    trajets: str | None,
    offre: str,
    on: dt.date | None,
    effective: dt.date | None,
    composition: Path | None,
    plafonds: Path | None,
    actes: Path | None,
    output: Path | None,
) -> int:
    """Essayer des changements sur le territoire d'aujourd'hui : scores, voisins, seuils.

    FICHIER est le YAML, le JSON ou le classeur que donne « assemblier modele scenario ».
    """
    from assemblier import access, territory, travel
    from assemblier.cli.progress import progress
    from assemblier.reports.production import told
    from assemblier.reports.scenario import (
        communes_table,
        extremes_table,
        scenario_document,
        write_scenario,
    )
    from assemblier.reports.terminal import document_text, table_text
    from assemblier.scenarios import outcome, read_scenario
    from assemblier.scenarios.places import places
    from assemblier.scenarios.zones import Files

    day = on or dt.date.today()
    draft = read_scenario(fichier, removals, territoire, antennas, nom)
    perimeter = territory.parse(draft.scenario.territoire)
    engine = engine_of(trajets, day, perimeter) or travel.chain_engine(day)
    with progress(f"Socle : {perimeter.nom}"):
        base = access.baseline(
            perimeter, day, engine, millesime, offer=offre, profession=draft.scenario.profession
        )
    studies, problems = answered_projects(projects, answers, draft.scenario, base, day)
    found = outcome(draft.scenario, base, day, engine, [*draft.problems, *problems])
    if effective is not None:
        found = found.at(effective)
    zones = zoning(found, day, Files(composition, plafonds, actes)) if found.is_gp else None
    compared = places(found, day, engine)
    document = scenario_document(found, day, zones, compared, studies)
    click.echo(document_text(summary_only(document)))
    click.echo(table_text(extremes_table(found)))
    if output:
        with progress(document.title) as bar:
            written = write_scenario(document, communes_table(found), found, output, bar)
        click.echo(told(written))
    return REFUSED if any(study.refusals for study in studies) else 0


def answered_projects(
    named: tuple[str, ...],
    told: tuple[str, ...],
    scenario: "Scenario",
    base: "Baseline",
    on: dt.date,
) -> "tuple[tuple[Study, ...], list[Problem]]":
    """Return the projects joined to a scenario, and every problem of their answers."""
    from assemblier.cli.projet import kind_of, spoken
    from assemblier.errors import InputError, Problem
    from assemblier.projects.form import answers_of, read_told
    from assemblier.scenarios.funding import answered, marked

    problems: list[Problem] = []
    studies = []
    try:
        said = spoken(told)
    except InputError as error:
        return (), list(error.problems)
    known: set[str] = set()
    for one in named:
        nature, _, path = one.partition("=")
        try:
            kind = kind_of(nature)
            form = kind.form()
            keys = {field.key for field in form.fields}
            known |= keys
            mine = read_told(Path(path), form) if path else {}
            mine |= {key: value for key, value in said.items() if key in keys}
            held = answered(kind.name, scenario, base, on)
            answers = answers_of({**held, **mine}, form, path or f"projet {kind.name}")
            studies.append(kind.study(marked(answers, held, frozenset(mine)), on))
        except InputError as error:
            problems += error.problems
    expected = "une question de ces projets" if named else "--projet, avant ses réponses"
    problems += [
        Problem(f"-r {key}", "aucun projet joint ne le demande", expected,
                "voir « assemblier projet NATURE --questions »")
        for key in said if key not in known
    ]  # fmt: skip
    return tuple(studies), problems


def zoning(found: "Outcome", day: dt.date, files: "Files") -> "Zones":
    """Return what a scenario changes in the zoning, or what is missing to say it."""
    from assemblier.errors import UnavailableError
    from assemblier.scenarios.zones import zone_effects
    from assemblier.sources.store import Store

    try:
        return zone_effects(found, day, Store(), files)
    except UnavailableError as error:
        return error


def summary_only(document: "Document") -> "Document":
    """Return a report without its body: what the terminal shows."""
    from dataclasses import replace

    return replace(document, parts=())
