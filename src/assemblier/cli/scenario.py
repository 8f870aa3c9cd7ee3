"""`assemblier scenario`: what happens to every commune if some things change."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.options import DAY, TRIPS, engine_of

if TYPE_CHECKING:
    from assemblier.reports.document import Document
    from assemblier.reports.scenario.zones import Zones
    from assemblier.scenarios import Outcome
    from assemblier.scenarios.zones import Files

EPILOGUE = """\b
Exemples :
  assemblier modele scenario departement:43 -o scenario.yaml
  assemblier scenario scenario.yaml
  assemblier scenario --retrait 43148:medecin_generaliste:2 -o paulhaguet.pdf
  assemblier scenario scenario.xlsx --trajets mes-minutes.csv -o effets/
"""
FILE = click.Path(path_type=Path)


@click.command(
    "scenario",
    short_help="Ce qui arrive si un médecin part, si un centre ouvre, et qui le paie.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("fichier", type=FILE, required=False, metavar="[FICHIER]")
@click.option(
    "--retrait",
    "removals",
    multiple=True,
    metavar="COMMUNE:PROFESSION:NOMBRE",
    help="Des départs à la retraite, après les changements du fichier ; autant qu'il en faut.",
)
@click.option(
    "--territoire",
    default="",
    metavar="TERRITOIRE",
    help="Où lire les effets. [par défaut : celui du fichier, sinon le département du retrait]",
)
@click.option(
    "--millesime",
    type=click.IntRange(2010, 2100),
    metavar="ANNÉE",
    help="L'année de l'APL publiée d'où l'on part. [par défaut : la dernière connue]",
)
@TRIPS
@click.option("--offre", default="", metavar="SOURCE", help="Comme « assemblier apl ».")
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour des règles. [par défaut : aujourd'hui]",
)
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
@click.option(
    "-o",
    "--fichier",
    "output",
    type=FILE,
    metavar="FICHIER",
    help="Un fichier .html, .pdf, .xlsx, .ods, .csv, .docx, .pptx ou .json, ou un dossier.",
)
def command(
    fichier: Path | None,
    removals: tuple[str, ...],
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
    from assemblier.reports.scenario import communes_table, scenario_document, write_scenario
    from assemblier.reports.terminal import document_text
    from assemblier.scenarios import outcome, read_scenario
    from assemblier.scenarios.zones import Files

    day = on or dt.date.today()
    draft = read_scenario(fichier, removals, territoire)
    perimeter = territory.parse(draft.scenario.territoire)
    engine = engine_of(trajets, day, perimeter) or travel.chain_engine(day)
    with progress(f"Socle : {perimeter.nom}"):
        base = access.baseline(perimeter, day, engine, millesime, offer=offre)
    found = outcome(draft.scenario, base, day, engine, draft.problems)
    if effective is not None:
        found = found.at(effective)
    zones = zoning(found, day, Files(composition, plafonds, actes))
    document = scenario_document(found, day, zones)
    click.echo(document_text(summary_only(document)))
    if output:
        with progress(document.title) as bar:
            written = write_scenario(document, communes_table(found), found, output, bar)
        click.echo(told(written))
    return 0


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
