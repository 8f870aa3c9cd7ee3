"""`assemblier fiche`: one commune on one sheet, two sides, for a mayor."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY, TRIPS, engine_of

EPILOGUE = """\b
Exemples :
  assemblier fiche Saugues
  assemblier fiche 43157 -o fiche-le-puy.pdf
  assemblier fiche 43157 -o fiche-le-puy.docx
"""


@click.command(
    "fiche",
    short_help="La fiche d'une commune, un recto verso pour un maire.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("commune", metavar="COMMUNE")
@click.option(
    "-o",
    "--fichier",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Un fichier .pdf ou .docx. [par défaut : les deux, dans sorties/]",
)
@click.option(
    "--ressources",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Hôpital, action sociale, prévention autour de la commune : un CSV "
    "famille;type;nom;statut;code_commune;adresse;date;source.",
)
@TRIPS
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour de la fiche. [par défaut : aujourd'hui]",
)
def command(
    commune: str,
    fichier: Path | None,
    ressources: Path | None,
    trajets: str | None,
    on: dt.date | None,
) -> None:
    """Écrire la fiche d'une commune : deux jauges, trois phrases, ses voisines, à qui demander.

    COMMUNE : un code Insee (43157) ou un nom ("Le Puy-en-Velay").
    """
    from assemblier import territory
    from assemblier.cli.progress import progress
    from assemblier.diagnosis.ecosystem import read_resources
    from assemblier.reports import production

    expression = commune if ":" in commune else f"commune:{commune}"
    perimeter = territory.parse(expression)
    known = read_resources(ressources) if ressources else ()
    day = on or dt.date.today()
    engine = engine_of(trajets, day, perimeter)
    with progress(f"Fiche : {perimeter.nom}") as bar:
        written = production.write_sheet(perimeter, fichier, day, bar, known, engine)
    click.echo(production.told(written))
