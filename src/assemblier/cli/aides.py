"""`assemblier aides`: which aids here, for this professional, on this day, and why."""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY

EPILOGUE = """\b
Exemples :
  assemblier aides --zonage ZIP --profession medecin_generaliste --date 01/06/2019
  assemblier aides --commune Saugues --profession medecin_generaliste --profil profil.yaml
  assemblier aides departement:43 --profession infirmier -o aides.xlsx
  assemblier modele profil -o profil.xlsx
"""
PROFESSIONS = (
    "medecin_generaliste",
    "medecin_specialiste",
    "infirmier",
    "masseur_kinesitherapeute",
    "sage_femme",
    "orthophoniste",
    "chirurgien_dentiste",
    "pharmacien",
    "orthoptiste",
    "pedicure_podologue",
    "dieteticien",
    "psychologue",
)
FILE = click.Path(path_type=Path)
NOTHING_OPEN = 1


@click.command(
    "aides",
    short_help="Quelles aides ici, pour qui, à quelle date, et pourquoi.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("perimetre", metavar="[TERRITOIRE]", required=False)
@click.option("--commune", metavar="COMMUNE", help="Le lieu : un code Insee ou un nom.")
@click.option(
    "--zonage",
    metavar="ZONE",
    help="La zone des médecins (ZIP, ZAC, ZV, HZ) ou le niveau de la profession, si aucun acte "
    "connu ne le dit.",
)
@click.option(
    "--profession",
    type=click.Choice(PROFESSIONS),
    metavar="PROFESSION",
    help=f"Une de : {', '.join(PROFESSIONS)}.",
)
@click.option(
    "--structure",
    metavar="STRUCTURE",
    help="Ou une structure : msp, cds, cpts, cabinet, commune, epci, departement…",
)
@click.option(
    "--profil",
    type=FILE,
    metavar="FICHIER",
    help="Ce que le professionnel dit de lui (YAML, xlsx, ods ; voir « modele profil »).",
)
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour dont les textes et la zone valent. [par défaut : aujourd'hui]",
)
@click.option("--aide", "sigles", multiple=True, metavar="SIGLE", help="Cette aide seulement.")
@click.option(
    "--tout",
    "is_whole",
    is_flag=True,
    help="Tout écrire ici : chaque condition, chaque texte, les exemples. Sinon, en bref ; un "
    "fichier (-o) et --aide disent toujours tout.",
)
@click.option(
    "--valeurs",
    multiple=True,
    metavar="FICHIER|CHEMIN=NOMBRE",
    help="Des valeurs à jour pour ce qui est « à confirmer » : un fichier YAML, ou une valeur.",
)
@click.option(
    "--actes",
    type=FILE,
    metavar="FICHIER",
    help="Le registre des actes de zonage. [par défaut : celui du dossier des données]",
)
@click.option(
    "-o",
    "--fichier",
    type=FILE,
    metavar="FICHIER",
    help="Un fichier .html, .pdf, .docx, .xlsx, .ods, .csv, ou un dossier à remplir.",
)
def command(
    perimetre: str | None,
    commune: str | None,
    zonage: str | None,
    profession: str | None,
    structure: str | None,
    profil: Path | None,
    on: dt.date | None,
    sigles: tuple[str, ...],
    is_whole: bool,
    valeurs: tuple[str, ...],
    actes: Path | None,
    fichier: Path | None,
) -> int:
    """Dire quelles aides sont ouvertes ici, non ouvertes ou à compléter, et pourquoi.

    Sans --commune ni --zonage, TERRITOIRE (departement:43…) répond pour toutes ses communes. Seul
    est demandé ce qui décide encore.
    """
    from assemblier.aids.catalogue import dispositif
    from assemblier.aids.engine import ask
    from assemblier.aids.settings import read_entered
    from assemblier.cli import aides_text as told

    day = on or dt.date.today()
    said = told.profile(profil, profession, structure, zonage, day)
    perimeter = told.perimeter_of(perimetre, commune, said)
    entered = read_entered(valeurs, day)
    places = told.places(perimeter, said, day, actes)
    study = ask(
        places.situations, day, entered, [dispositif(one) for one in sigles] if sigles else None
    )
    if perimeter is not None and len(perimeter.codes) > 1:
        click.echo(told.territory(study, places, perimeter, fichier))
    else:
        click.echo(told.place(study, places, perimeter, fichier, is_whole or bool(sigles)))
    return 0 if told.is_something_open(study) else NOTHING_OPEN
