"""`assemblier panorama`: the panorama of a territory, in every format."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.options import DAY, TRIPS, engine_of

if TYPE_CHECKING:
    from assemblier.errors import Problem

ALL_FORMATS = "html,pdf,xlsx,ods,csv,docx,pptx,geojson"
EPILOGUE = """\b
Exemples :
  assemblier panorama departement:43
  assemblier panorama departement:43 --par epci
  assemblier panorama epci:200073419 --formats html,pdf -o conseil
  assemblier panorama epci:200073419 -o conseil.pdf
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
    help="Où écrire ; un nom en .pdf, .html, .xlsx, .ods, .docx, .pptx ou .geojson donne ce seul "
    "fichier. [par défaut : sorties/TERRITOIRE]",
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
    from assemblier.errors import InputError
    from assemblier.reports import production
    from assemblier.reports.formats import parse_formats

    wanted = parse_formats(formats)
    perimeter = territory.parse(perimetre)
    folder = dossier or Path("sorties") / (perimeter.key + (f"-par-{par}" if par else ""))
    observations = read_signals(signaux) if signaux else ()
    perimeters = read_perimeters(perimetres) if perimetres else ()
    day = on or dt.date.today()
    is_file = dossier is not None and production.is_report_file(dossier)
    if is_file and (par or formats != ALL_FORMATS):
        raise InputError([_one_file(folder, "--par" if par else "--formats")])
    engine = engine_of(trajets, day, perimeter)
    known = (observations, perimeters, engine)
    with progress(f"Panorama : {perimeter.nom}") as bar:
        if is_file:
            written = production.write_panorama_file(perimeter, folder, day, bar, *known)
        else:
            write = production.write_by_epci if par else production.write_panorama
            written = write(perimeter, folder, wanted, day, bar, *known)
    click.echo(production.told(written))


def _one_file(path: Path, option: str) -> "Problem":
    from assemblier.errors import Problem

    return Problem(
        "-o",
        f"« {path} », un seul fichier, avec {option}",
        f"un dossier avec {option}, ou un fichier sans",
        f"retirer l'extension {path.suffix}, ou retirer {option}",
    )
