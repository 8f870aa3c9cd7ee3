"""`assemblier observatoire`: the indicators of a territory, photographed and compared."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY, WholeRange
from assemblier.cli.territoire import OUTPUT

EPILOGUE = """\b
Exemples :
  assemblier observatoire geler departement:43
  assemblier observatoire comparer departement:43 2025 2026 -o evolution.xlsx
  assemblier observatoire lister departement:43
"""
NOTHING = 1
YEAR = WholeRange(2000, 2100)


@click.group(
    "observatoire",
    short_help="Photographier chaque année les indicateurs d'un territoire, et comparer.",
    epilog=EPILOGUE,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
)
def command() -> None:
    """Tenir un observatoire local de la santé : une photographie par an, gardée telle quelle.

    Les photographies sont dans le dossier que nomme la variable ASSEMBLIER_DONNEES.
    """


@command.command("geler", short_help="Garder les indicateurs d'aujourd'hui, une fois pour toutes.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--annee",
    type=YEAR,
    metavar="ANNÉE",
    help="L'année de la photographie. [par défaut : celle du jour]",
)
@click.option("--date", "on", type=DAY, metavar="JOUR", help="Le jour. [par défaut : aujourd'hui]")
def freeze_(perimetre: str, annee: int | None, on: dt.date | None) -> None:
    """Garder les indicateurs d'un territoire ; une année déjà gelée ne change plus jamais."""
    from assemblier import territory
    from assemblier.diagnosis.snapshots import freeze
    from assemblier.french import french_spaces
    from assemblier.reports.panorama.observatory import snapshot

    perimeter, day = territory.parse(perimetre), on or dt.date.today()
    taken = snapshot(perimeter, annee or day.year, day)
    path = freeze(perimeter, taken)
    known = sum(figure.is_known for figure in taken.figures.values())
    told = f"{perimeter.nom}, {taken.year} : {known} indicateurs connus sur {len(taken.figures)}"
    click.echo(french_spaces(f"{told}, gelés dans {path}"))


@command.command("comparer", short_help="Ce qui a changé entre deux photographies.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.argument("avant", type=YEAR, metavar="ANNÉE")
@click.argument("apres", type=YEAR, metavar="ANNÉE")
@OUTPUT
def compare_(perimetre: str, avant: int, apres: int, fichier: Path | None) -> None:
    """Comparer deux photographies d'un territoire, indicateur par indicateur."""
    from assemblier import territory
    from assemblier.cli.territoire import answer
    from assemblier.diagnosis.observatory import difference
    from assemblier.diagnosis.snapshots import read
    from assemblier.reports.panorama.observatory import difference_document, difference_table
    from assemblier.reports.panorama.scope import Scope

    perimeter = territory.parse(perimetre)
    found = difference(read(perimeter, avant), read(perimeter, apres))
    document = difference_document(Scope(perimeter, found.after.day), found)
    answer(document, fichier, difference_table(found))


@command.command("lister", short_help="Les photographies d'un territoire.")
@click.argument("perimetre", metavar="TERRITOIRE")
def list_(perimetre: str) -> int:
    """Lister les photographies d'un territoire, et vérifier qu'aucune n'a été modifiée."""
    from assemblier import territory
    from assemblier.diagnosis.snapshots import path_of, read, years
    from assemblier.french import date_text, french_spaces

    perimeter = territory.parse(perimetre)
    known = years(perimeter)
    for year in known:
        taken = read(perimeter, year)
        told = f"{year} : prise le {date_text(taken.day)}, version {taken.version}"
        click.echo(french_spaces(f"{told}, intacte ({path_of(perimeter, year)})"))
    if not known:
        told = f"{perimeter.nom} : aucune photographie ; « assemblier observatoire geler »"
        click.echo(french_spaces(told))
    return 0 if known else NOTHING
