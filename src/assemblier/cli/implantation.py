"""`assemblier implantation`: where to open a few places of care."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY, TRIPS, engine_of

EPILOGUE = """\b
Exemples :
  assemblier implantation epci:200073419 --structure msp
  assemblier implantation departement:43 --structure antenne --nombre 3
  assemblier implantation departement:43 --structure msp --objectif seuil -o lieux.pdf
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
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="NOMBRE",
    help="Combien de lieux.",
)
@click.option(
    "--capacite",
    type=click.FloatRange(0, min_open=True),
    metavar="CONSULTATIONS",
    help="Consultations par an de chaque lieu. [par défaut : un médecin pour un centre, ceux "
    "qu'exige une SISA, les heures que permet la loi à une antenne]",
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
    "--minutes",
    type=click.FloatRange(0, 120, min_open=True),
    default=15.0,
    show_default=True,
    metavar="MINUTES",
    help="Le trajet qui compte comme à portée.",
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
    "-o",
    "--fichier",
    "output",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Un fichier .html, .pdf, .xlsx, .ods, .csv, .docx ou .pptx.",
)
def command(
    territoire: str,
    structure: str,
    nombre: int,
    capacite: float | None,
    objectif: str,
    minutes: float,
    trajets: str | None,
    offre: str,
    on: dt.date | None,
    output: Path | None,
) -> int:
    """Choisir les communes où ouvrir des lieux de soins, et dire si un autre choix ferait mieux.

    Les communes du TERRITOIRE sont les candidates ; ce que gagnent les voisines est dit.
    """
    from assemblier import access, territory, travel
    from assemblier.cli.progress import progress
    from assemblier.cli.scenario import summary_only
    from assemblier.reports.implantation import communes_table, implantation_document
    from assemblier.reports.production import told, write_report
    from assemblier.reports.terminal import document_text
    from assemblier.scenarios.siting import Objective, Structure, sited

    day = on or dt.date.today()
    perimeter = territory.parse(territoire)
    engine = engine_of(trajets, day, perimeter) or travel.chain_engine(day)
    with progress(f"Socle : {perimeter.nom}"):
        base = access.baseline(perimeter, day, engine, offer=offre)
    found = sited(
        perimeter, base, engine, day, Structure(structure), Objective(objectif), nombre,
        capacite, minutes,
    )  # fmt: skip
    document = implantation_document(found, day)
    click.echo(document_text(summary_only(document)))
    if output:
        click.echo(told(write_report(document, output, communes_table(found))))
    return 0
