"""`assemblier projection`: who will practise, what access will be, what to do before."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.modele import PROFESSIONS
from assemblier.cli.options import (
    OFFER,
    REPORT_OR_FOLDER,
    RULES_DAY,
    TRIPS,
    NumberRange,
    WholeRange,
)

EPILOGUE = """\b
Exemples :
  assemblier projection departement:43 --ages inconnus
  assemblier modele projection departement:43 -o hypotheses.xlsx
  assemblier projection departement:43 --hypotheses hypotheses.xlsx -o departs.pdf
  assemblier projection departement:43 --ages inconnus --entrees 8 --age-depart 67 -o departs.pdf
  assemblier projection Saugues --horizon 2035 --ages 66,61,45
"""
FILE = click.Path(path_type=Path)


@click.command(
    "projection",
    short_help="Les départs attendus, qui restera, quel accès, quels cabinets transmettre.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--horizon",
    type=WholeRange(2000, 2100),
    metavar="ANNÉE",
    help="Jusqu'où. [par défaut : 2040]",
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
    help="Les âges de tous ceux d'une commune, séparés par des virgules (pour plusieurs communes, "
    "un fichier d'hypothèses) ; « inconnus » : les praticiens comptés, d'âges supposés. "
    "[par défaut : ceux du fichier d'hypothèses ou des fichiers importés]",
)
@click.option(
    "--entrees",
    "entries",
    type=NumberRange(0),
    metavar="NOMBRE",
    help="Arrivées par an. [par défaut : le dernier taux connu, sinon moins que les départs]",
)
@click.option(
    "--age-depart",
    "exit_age",
    type=WholeRange(50, 100),
    metavar="ÂGE",
    help="Chacun cesse à cet âge, sans cumul. [par défaut : des taux par âge, non confirmés]",
)
@click.option(
    "--hypotheses",
    "assumptions",
    type=FILE,
    metavar="FICHIER",
    help="Le classeur ou le YAML de « assemblier modele projection », rempli.",
)
@click.option(
    "--courbe",
    "curve",
    type=FILE,
    metavar="FICHIER",
    help="La courbe nationale par mode d'exercice à mettre à côté : CSV annee ; mode ; effectif ; "
    "producteur ; titre ; millesime ; page.",
)
@click.option("--sans-croissance", is_flag=True, help="Moins d'arrivées que de départs.")
@click.option("--sans-cumul", is_flag=True, help="Personne ne continue après sa retraite.")
@click.option(
    "--tirages",
    type=WholeRange(1),
    metavar="NOMBRE",
    help="Combien d'avenirs tirés. [par défaut : 1 000]",
)
@click.option(
    "--graine",
    type=WholeRange(0),
    metavar="NOMBRE",
    help="La même graine redonne les mêmes tirages.",
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
@REPORT_OR_FOLDER
def command(
    perimetre: str,
    horizon: int | None,
    profession: str,
    ages: str | None,
    entries: float | None,
    exit_age: int | None,
    assumptions: Path | None,
    curve: Path | None,
    sans_croissance: bool,
    sans_cumul: bool,
    tirages: int | None,
    graine: int | None,
    millesime: int | None,
    trajets: str | None,
    offre: str,
    on: dt.date | None,
    output: Path | None,
) -> int:
    """Tirer mille avenirs d'une profession : départs, arrivées, temps médical, APL et zones.

    Avec les cabinets à transmettre, les cabinets en péril et la sortie des internes, s'ils sont
    dits dans le fichier d'hypothèses. Chaque hypothèse se corrige. Sans --ages, les âges sont ceux
    du fichier d'hypothèses, ou ceux que l'Ordre ou la caisse a transmis (« assemblier modele
    lettre »).
    """
    from assemblier import territory
    from assemblier.cli.progress import progress
    from assemblier.cli.projection_study import Asked, foreseen
    from assemblier.cli.scenario import summary_only
    from assemblier.reports.folder import write_anywhere
    from assemblier.reports.production import told
    from assemblier.reports.projection import projection_document, years_table
    from assemblier.reports.terminal import document_text

    day = on or dt.date.today()
    asked = Asked(
        territory.parse(perimetre), day, profession, horizon, ages, entries, exit_age, assumptions,
        curve, sans_croissance, sans_cumul, tirages, graine, millesime, trajets, offre,
    )  # fmt: skip
    with progress(f"Projection : {asked.perimeter.nom}") as bar:
        shown = foreseen(asked, bar)
    document = projection_document(shown, day)
    click.echo(document_text(summary_only(document)))
    if output:
        with progress(document.title) as bar:
            years = years_table(shown.projection)
            written = write_anywhere(document, years, output, bar, "projection")
        click.echo(told(written))
    return 0
