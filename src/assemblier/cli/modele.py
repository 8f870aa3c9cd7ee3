"""`assemblier modele`: spreadsheets to fill and letters to send."""

import datetime as dt
from pathlib import Path

import click

EPILOGUE = """\b
Exemples :
  assemblier modele offre epci:200073419 -o offre.xlsx
  assemblier modele offre departement:43 --profession medecin_generaliste -o generalistes.xlsx
  assemblier modele lettre departement:43 --destinataire cdom -o lettre-cdom.docx
"""
OUTPUT = click.option(
    "-o",
    "--fichier",
    "output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FICHIER",
    help="Le fichier à écrire.",
)
PROFESSIONS = (
    "medecin_generaliste",
    "infirmier",
    "masseur_kinesitherapeute",
    "chirurgien_dentiste",
    "sage_femme",
    "orthophoniste",
    "orthoptiste",
    "pedicure_podologue",
    "pharmacien",
    "dieteticien",
    "psychologue",
    "medecin_specialiste",
)


@click.group(
    "modele",
    short_help="Des classeurs à remplir et des lettres à envoyer.",
    epilog=EPILOGUE,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
)
def command() -> None:
    """Préparer ce qui se remplit ou s'envoie : l'offre du territoire, les demandes de données."""


@command.command("offre", short_help="L'offre connue d'un territoire, à corriger et à rendre.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--profession",
    "professions",
    type=click.Choice(PROFESSIONS),
    multiple=True,
    help="Une profession, autant de fois qu'il en faut. [par défaut : les cinq de l'APL]",
)
@OUTPUT
def offer(perimetre: str, professions: tuple[str, ...], output: Path) -> None:
    """Écrire le classeur de l'offre connue, commune par commune, à corriger par les agents.

    Il se rend par « assemblier sources importer » : les écarts avec le fichier officiel sont alors
    listés.
    """
    from assemblier import territory
    from assemblier.french import french_spaces
    from assemblier.reports.writing import write_file
    from assemblier.sources.offer_workbook import USUAL, Territory, offer_workbook
    from assemblier.sources.report import plural
    from assemblier.sources.store import Store
    from assemblier.sources.supply import known_supply

    check_extension(output, ".xlsx")
    perimeter = territory.parse(perimetre)
    wanted = professions or USUAL
    supply = known_supply(Store(), perimeter.codes, wanted)
    described = Territory(perimeter.key, perimeter.nom, names_of(perimeter.codes))
    write_file(output, offer_workbook(described, supply, wanted, dt.date.today()))
    count = plural(len(perimeter.codes), "commune")
    click.echo(french_spaces(f"{output} : {count}, à corriger, puis :"))
    click.echo(french_spaces(f"  assemblier sources importer {output}"))


@command.command("lettre", short_help="Demander à l'Ordre, à la CPAM ou à l'ARS ce qui manque.")
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--destinataire",
    "recipient",
    type=click.Choice(["cdom", "cpam", "ars"]),
    required=True,
    help="À qui : l'Ordre des médecins, la CPAM ou l'ARS.",
)
@OUTPUT
def letter(perimetre: str, recipient: str, output: Path) -> None:
    """Écrire la lettre (docx) qui demande les données manquantes, sans aucune donnée nominative."""
    from assemblier import territory
    from assemblier.french import date_text, french_spaces
    from assemblier.reports.writing import write_file
    from assemblier.sources import letters
    from assemblier.sources.catalogue import catalogue
    from assemblier.sources.store import Store

    check_extension(output, ".docx")
    perimeter = territory.parse(perimetre)
    entries = Store().entries()
    missing = tuple(
        one
        for item in catalogue()
        if item.asked_from == recipient and not item.found_in(entries)
        for one in item.blocks
    )
    today = dt.date.today()
    place = perimeter.charniere or f"de {perimeter.nom}"
    names = tuple(name for _, name in names_of(perimeter.codes))
    request = letters.Request(place, len(perimeter.codes), missing, today, date_text(today), names)
    write_file(output, letters.letter(letters.RECIPIENTS[recipient], request))
    click.echo(french_spaces(f"{output} : à compléter entre crochets, à signer et à envoyer"))


def names_of(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of each commune."""
    from assemblier import data

    names = dict(data.communes().select("code_commune", "nom").iter_rows())
    return tuple((code, names[code]) for code in codes)


def check_extension(path: Path, extension: str) -> None:
    """Refuse a file whose extension is not the one of what will be written."""
    from assemblier.errors import InputError, Problem

    if path.suffix.lower() != extension:
        raise InputError(
            [
                Problem(
                    "-o",
                    f"« {path.name} »",
                    f"un nom qui finit par {extension}",
                    f"écrire par exemple {path.stem}{extension}",
                )
            ]
        )
