"""`assemblier territoire`: one question about a territory, on the terminal or in a file."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.options import DAY

if TYPE_CHECKING:
    from assemblier.reports.document import Document, Table

EPILOGUE = """\b
Exemples :
  assemblier territoire articulation departement:43 --perimetres perimetres.csv
  assemblier territoire sous-dense france
  assemblier territoire echelle Saugues --profession ophtalmologue
"""
NOTHING = 1
FILE = click.Path(path_type=Path)
OUTPUT = click.option(
    "-o",
    "--fichier",
    type=FILE,
    metavar="FICHIER",
    help="Un fichier .html, .pdf, .xlsx, .ods, .csv, .docx ou .pptx.",
)
DATE = click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour qui choisit les paramètres. [par défaut : aujourd'hui]",
)
PERIMETERS = click.option(
    "--perimetres",
    type=FILE,
    metavar="FICHIER",
    help="TVS, GHT, CTS, CPTS, CLS : un CSV type;nom;territoire;date;source.",
)


@click.group(
    "territoire",
    short_help="Une question sur un territoire : périmètres, échelle, besoin, quartiers.",
    epilog=EPILOGUE,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
)
def command() -> None:
    """Répondre à une question sur un territoire, à l'écran ou dans un fichier (-o)."""


@command.command("articulation", short_help="EPCI, TVS, GHT, CTS, CPTS, CLS : qui recouvre quoi.")
@click.argument("perimetre", metavar="TERRITOIRE")
@PERIMETERS
@OUTPUT
def articulation_(perimetre: str, perimetres: Path | None, fichier: Path | None) -> None:
    """Mesurer en population comment les intercommunalités recouvrent les territoires de santé.

    Le département, les bassins de vie et les TVS viennent des fichiers importés ; le reste, du
    fichier donné avec --perimetres, une ligne par territoire membre.
    """
    from assemblier import territory
    from assemblier.diagnosis.articulation import articulation, read_perimeters
    from assemblier.reports.panorama.articulation import articulation_document, crosswalk_table
    from assemblier.reports.panorama.scope import Scope

    scope = Scope(territory.parse(perimetre), dt.date.today())
    declared = read_perimeters(perimetres) if perimetres else ()
    found = articulation(scope.perimeter, declared)
    document = articulation_document(scope, declared)
    answer(document, fichier, crosswalk_table(scope, found))


@command.command("echelle", short_help="À quelle échelle regarder une profession.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--profession", required=True, metavar="PROFESSION", help="Par exemple ophtalmologue."
)
def scale_(perimetre: str, profession: str) -> int:
    """Proposer où regarder une profession : un territoire plus large quand elle est plus rare."""
    from assemblier import territory
    from assemblier.cli.territoire_text import scale_text, unknown_profession
    from assemblier.diagnosis.scale import advice, reach_of

    perimeter = territory.parse(perimetre)
    found = reach_of(profession)
    if found is None:
        click.echo(unknown_profession(profession), err=True)
        return NOTHING
    click.echo(scale_text(advice(perimeter, *found)))
    return 0


@command.command("sous-dense", short_help="La part des habitants sous 2,5 consultations par an.")
@click.argument("perimetre", metavar="TERRITOIRE")
@OUTPUT
def underserved_(perimetre: str, fichier: Path | None) -> int:
    """Dire quelle part des habitants vit dans une commune sous 2,5 consultations par an.

    Pour chaque millésime connu de l'APL, à côté du département, de la région et de la France.
    """
    from assemblier import territory
    from assemblier.reports.panorama.access import underserved_blocks
    from assemblier.reports.panorama.scope import Scope
    from assemblier.reports.panorama.single import single

    scope = Scope(territory.parse(perimetre), dt.date.today())
    blocks = underserved_blocks(scope)
    document = single(scope, "sous-dense", "Habitants sous 2,5 consultations", blocks)
    (table,) = document.tables()
    answer(document, fichier, table)
    known = [cell for row in table.rows[:1] for cell in row[1:] if getattr(cell, "value", None)]
    return 0 if known else NOTHING


@command.command("mortalite", short_help="La mortalité standardisée par zone, et ses intervalles.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--deces",
    type=FILE,
    required=True,
    metavar="FICHIER",
    help="Un CSV niveau;territoire;age_debut;age_fin;deces;population;annees;periode;source.",
)
@DATE
@OUTPUT
def mortality_(perimetre: str, deces: Path, on: dt.date | None, fichier: Path | None) -> None:
    """Standardiser la mortalité de zones (ZSP, EPCI…), pour les comparer à la région, à la France.

    Standardisation directe sur la population européenne de référence ; age_fin vide pour la
    dernière classe.
    """
    from assemblier import territory
    from assemblier.diagnosis.standardised import read_deaths, standardised
    from assemblier.reports.panorama.scope import Scope
    from assemblier.reports.panorama.single import single
    from assemblier.reports.panorama.standardised import standardised_blocks, standardised_table

    scope = Scope(territory.parse(perimetre), on or dt.date.today())
    rates = standardised(read_deaths(deces, scope.on), scope.on)
    document = single(scope, "mortalite", "Mortalité standardisée", standardised_blocks(rates))
    answer(document, fichier, standardised_table(rates))


@command.command("quartiers", short_help="Ce qui se trouve dans les quartiers prioritaires.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--contours",
    type=FILE,
    required=True,
    metavar="FICHIER",
    help="Les contours des quartiers (GeoJSON de l'ANCT, en longitudes et latitudes).",
)
@click.option(
    "--adresses",
    type=FILE,
    metavar="FICHIER",
    help="Des adresses localisées, sans nom : un CSV type;longitude;latitude;date;source.",
)
@OUTPUT
def quarters_(perimetre: str, contours: Path, adresses: Path | None, fichier: Path | None) -> int:
    """Compter professionnels et établissements à l'intérieur de chaque quartier prioritaire.

    Les établissements viennent du FINESS importé ; les professionnels, du fichier --adresses.
    """
    from assemblier import territory
    from assemblier.diagnosis.quarter_places import (
        imported_places,
        quarter_places,
        read_contours,
        read_places,
    )
    from assemblier.reports.panorama.quarter_places import quarter_blocks, quarter_table
    from assemblier.reports.panorama.scope import Scope
    from assemblier.reports.panorama.single import single

    scope = Scope(territory.parse(perimetre), dt.date.today())
    places = (*imported_places(), *(read_places(adresses) if adresses else ()))
    found = quarter_places(scope.perimeter, read_contours(contours), places)
    blocks = quarter_blocks(scope, found)
    document = single(scope, "quartiers", "Dans les quartiers prioritaires", blocks)
    answer(document, fichier, quarter_table(found))
    return 0 if found.quarters else NOTHING


@command.command("besoin", short_help="Le besoin de soins en regard de l'offre, en quatre classes.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--par",
    "scale",
    type=click.Choice(["epci", "bassin_de_vie", "canton", "departement"]),
    default="epci",
    show_default=True,
    help="Les territoires à comparer.",
)
@click.option(
    "--poids",
    metavar="LISTE",
    help="Poids de l'âge, du niveau de vie et de l'ALD : age=2,revenu=1,ald=1. "
    "[par défaut : égaux]",
)
@OUTPUT
def need_(perimetre: str, scale: str, poids: str | None, fichier: Path | None) -> int:
    """Classer les parties d'un territoire selon leur besoin de soins et leur offre.

    L'indice de besoin combine l'âge, le niveau de vie et les affections de longue durée, avec des
    poids visibles et modifiables.
    """
    from assemblier import territory
    from assemblier.diagnosis.need_index import need_and_supply, parse_weights
    from assemblier.reports.panorama.need_index import TITLE, need_blocks, need_table
    from assemblier.reports.panorama.scope import Scope
    from assemblier.reports.panorama.single import single

    scope = Scope(territory.parse(perimetre), dt.date.today())
    weights = parse_weights(poids) if poids else None
    found = need_and_supply(scope.perimeter, scope.on, weights, scale)
    document = single(scope, "besoin-offre", TITLE, need_blocks(found))
    answer(document, fichier, need_table(found))
    return 0 if any(part.quadrant for part in found.parts) else NOTHING


def answer(document: "Document", path: Path | None, data: "Table | None" = None) -> None:
    """Show a report on the terminal, and write it where a file is asked for."""
    from assemblier.reports.production import told, write_report
    from assemblier.reports.terminal import document_text

    click.echo(document_text(document))
    if path:
        click.echo(told(write_report(document, path, data)))
