"""`assemblier projection`: practitioners year by year, from their ages."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.modele import PROFESSIONS
from assemblier.cli.options import DAY

if TYPE_CHECKING:
    from assemblier.diagnosis.departures import Practitioners
    from assemblier.territory import Perimeter

EPILOGUE = """\b
Exemples :
  assemblier projection departement:43 --horizon 2036
  assemblier projection departement:43 --horizon 2036 --entrees 8 --age-depart 67 -o departs.xlsx
  assemblier projection Saugues --horizon 2035 --ages 66,61,45
"""


@click.command(
    "projection",
    short_help="Les départs attendus et l'effectif, année par année, d'après les âges.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--horizon", type=click.IntRange(2000, 2100), required=True, metavar="ANNÉE", help="Jusqu'où."
)
@click.option(
    "--profession",
    default=PROFESSIONS[0],
    show_default=True,
    type=click.Choice(PROFESSIONS),
    help="Qui est projeté.",
    metavar="PROFESSION",
)
@click.option(
    "--ages",
    metavar="LISTE",
    help="Les âges d'un cabinet ou d'une commune, séparés par des virgules. [par défaut : ceux des "
    "fichiers importés]",
)
@click.option(
    "--entrees",
    "entries",
    type=click.FloatRange(min=0),
    metavar="NOMBRE",
    help="Arrivées par an. [par défaut : les dernières connues, sinon aucune]",
)
@click.option(
    "--age-depart",
    "exit_age",
    type=click.IntRange(50, 100),
    metavar="ÂGE",
    help="Chacun cesse à cet âge. [par défaut : des taux de départ par âge, non confirmés]",
)
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour qui choisit les paramètres. [par défaut : aujourd'hui]",
)
@click.option(
    "-o",
    "--fichier",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Un fichier .html, .pdf, .xlsx, .ods, .csv, .docx ou .pptx.",
)
def command(
    perimetre: str,
    horizon: int,
    profession: str,
    ages: str | None,
    entries: float | None,
    exit_age: int | None,
    on: dt.date | None,
    fichier: Path | None,
) -> int:
    """Suivre l'effectif d'une profession année après année : départs, arrivées, accès qui reste.

    Sans --ages, les âges sont ceux que l'Ordre ou la caisse a transmis (voir « assemblier modele
    lettre »).
    """
    from assemblier import territory
    from assemblier.diagnosis import departures
    from assemblier.errors import UnavailableError
    from assemblier.reports.panorama.departures import outlook_document, outlook_table
    from assemblier.reports.panorama.scope import Scope
    from assemblier.reports.production import told, write_report
    from assemblier.reports.terminal import document_text

    perimeter, day = territory.parse(perimetre), on or dt.date.today()
    now = _practitioners(perimeter, profession, ages, day)
    if now is None:
        raise UnavailableError(f"âges des praticiens {perimeter.charniere}", departures.FILE)
    known = departures.known_entries(perimeter, profession) if entries is None else entries
    found = departures.outlook(perimeter, now, horizon, day, known or 0.0, exit_age)
    document = outlook_document(Scope(perimeter, day), found, known or 0.0)
    click.echo(document_text(document))
    if fichier:
        click.echo(told(write_report(document, fichier, outlook_table(found))))
    return 0


def _practitioners(
    perimeter: "Perimeter", profession: str, ages: str | None, day: dt.date
) -> "Practitioners | None":
    from assemblier.diagnosis import departures
    from assemblier.errors import InputError, Problem

    if ages is None:
        return departures.known_practitioners(perimeter, profession)
    try:
        listed = [int(one) for one in ages.split(",")]
    except ValueError:
        action = "écrire des entiers séparés par des virgules"
        problem = Problem("--ages", f"« {ages} »", "par exemple 66,61,45", action)
        raise InputError([problem]) from None
    return departures.listed_practitioners(listed, day, profession)
