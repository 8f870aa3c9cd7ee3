"""`assemblier panorama`: the panorama of a territory, in every format."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY, TRIPS, engine_of

ALL_FORMATS = "html,pdf,xlsx,ods,csv,docx,pptx,geojson"
EPILOGUE = """\b
Exemples :
  assemblier panorama departement:43
  assemblier panorama departement:43 --par epci
  assemblier panorama epci:200073419 --formats html,pdf -o conseil
  assemblier panorama "commune:Saugues + commune:Langeac"
"""


@click.command(
    "panorama",
    short_help="Le panorama d'un territoire : page, PDF, diapositives, tableurs.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--par",
    type=click.Choice(["epci"]),
    help="Un dossier par intercommunalité du territoire, et une page qui les réunit.",
)
@click.option(
    "-o",
    "--dossier",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Où écrire. [par défaut : sorties/TERRITOIRE]",
)
@click.option(
    "--formats",
    default=ALL_FORMATS,
    show_default=True,
    metavar="LISTE",
    help="Les formats voulus, séparés par des virgules.",
)
@click.option(
    "--signaux",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Délais d'attente, urgences, patients sans médecin traitant : un CSV "
    "territoire;signal;date;valeur;source.",
)
@TRIPS
@click.option(
    "--perimetres",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="TVS, GHT, CTS, CPTS, CLS : un CSV type;nom;territoire;date;source.",
)
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour du rapport, qui choisit les paramètres en vigueur. [par défaut : aujourd'hui]",
)
def command(
    perimetre: str,
    par: str | None,
    dossier: Path | None,
    formats: str,
    signaux: Path | None,
    perimetres: Path | None,
    trajets: str | None,
    on: dt.date | None,
) -> None:
    """Écrire le panorama d'un territoire : le besoin, l'offre, l'accès, les leviers.

    TERRITOIRE : « departement:43 », « epci:… », « region:84 », « commune:… », par code ou par
    nom, ou une union avec « + ».
    """
    from assemblier import territory
    from assemblier.cli.progress import progress
    from assemblier.diagnosis.articulation import read_perimeters
    from assemblier.diagnosis.signals import read_signals
    from assemblier.reports import production
    from assemblier.reports.formats import parse_formats

    wanted = parse_formats(formats)
    perimeter = territory.parse(perimetre)
    folder = dossier or Path("sorties") / (perimeter.key + (f"-par-{par}" if par else ""))
    observations = read_signals(signaux) if signaux else ()
    known = read_perimeters(perimetres) if perimetres else ()
    write = production.write_by_epci if par else production.write_panorama
    day = on or dt.date.today()
    engine = engine_of(trajets, day, perimeter)
    with progress(f"Panorama : {perimeter.nom}") as bar:
        written = write(perimeter, folder, wanted, day, bar, observations, known, engine)
    click.echo(production.told(written))
