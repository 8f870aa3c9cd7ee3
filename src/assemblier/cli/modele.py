"""`assemblier modele`: spreadsheets to fill and letters to send."""

import datetime as dt
from pathlib import Path

import click

EPILOGUE = """\b
Exemples :
  assemblier modele offre epci:200073419 -o offre.xlsx
  assemblier modele offre departement:43 --profession medecin_generaliste -o generalistes.xlsx
  assemblier modele profil -o profil.xlsx
  assemblier modele scenario departement:43 -o scenario.xlsx
  assemblier modele implantation departement:43 -o lieux.xlsx
  assemblier modele projection departement:43 -o hypotheses.xlsx
  assemblier modele lettre departement:43 --destinataire cdom -o lettre-cdom.docx
  assemblier modele aide -o aide.xlsx
  assemblier modele projet convention --aide aide.yaml -o convention.odt
  assemblier modele certificats ecole -o lettre-ecole.docx
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


@command.command("aide", short_help="Une aide locale, à décrire puis à vérifier.")
@OUTPUT
def local_aid(output: Path) -> None:
    """Écrire le classeur (.xlsx) ou le fichier (.yaml) qui décrit une aide locale.

    Il se vérifie par « assemblier verifier-aide ».
    """
    from assemblier.aids.legality.files import template_workbook, template_yaml
    from assemblier.errors import InputError, Problem
    from assemblier.french import french_spaces
    from assemblier.reports.writing import write_file

    extension = output.suffix.lower()
    if extension not in (".xlsx", ".yaml"):
        expected = "un nom qui finit par .xlsx ou .yaml"
        raise InputError([Problem("-o", f"« {output.name} »", expected, "changer l'extension")])
    write_file(output, template_workbook() if extension == ".xlsx" else template_yaml().encode())
    click.echo(french_spaces(f"{output} : à remplir, puis :"))
    click.echo(f"  assemblier verifier-aide {output}")


DRAFTS = ("convention", "contrat", "deliberation", "charte")


@command.command("projet", short_help="Un budget à remplir, ou un texte à signer.")
@click.argument("nature", metavar="NATURE")
@click.option(
    "--aide",
    "aid_path",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Pour un texte à signer : l'aide, décrite par « assemblier modele aide ».",
)
@click.option("--valeurs", multiple=True, metavar="CLE=MONTANT", help="Voir verifier-aide.")
@OUTPUT
def draft(nature: str, aid_path: Path | None, valeurs: tuple[str, ...], output: Path) -> None:
    """Écrire le classeur (.xlsx) ou le texte (.yaml) d'un projet, ou un texte à signer.

    NATURE est un projet à chiffrer (centre-de-sante, msp, cpts, financement… : voir
    « assemblier projet »), ou un texte (.docx ou .odt) : convention, contrat, deliberation, charte.
    """
    if nature in DRAFTS:
        write_text_to_sign(nature, aid_path, valeurs, output)
    else:
        write_project_form(nature, output)


def write_project_form(nature: str, output: Path) -> None:
    """Write the questions of a project, to fill."""
    from assemblier.cli.projet import kind_of
    from assemblier.projects.workbook import template_workbook, template_yaml
    from assemblier.reports.writing import write_file

    kind = kind_of(nature)
    if output.suffix.lower() in (".yaml", ".yml"):
        write_file(output, template_yaml(kind.form()).encode())
    else:
        check_extension(output, ".xlsx")
        write_file(output, template_workbook(kind.form()))
    click.echo(f"{output}\u00a0: à remplir, puis\u00a0:")
    click.echo(f"  assemblier projet {kind.name} {output}")


def write_text_to_sign(
    nature: str, aid_path: Path | None, valeurs: tuple[str, ...], output: Path
) -> None:
    """Write the draft of a text to sign, its blanks highlighted."""
    from assemblier.aids.legality import read_aid
    from assemblier.cli.verifier_text import values_of
    from assemblier.errors import InputError, Problem
    from assemblier.french import french_spaces
    from assemblier.reports import legalite

    if aid_path is None:
        expected = "le fichier de l'aide"
        raise InputError([Problem("--aide", "absent", expected, f"ajouter --aide à {nature}")])
    aid, values = read_aid(aid_path), values_of(valeurs)
    made = {
        "convention": lambda: legalite.convention(aid, values),
        "contrat": lambda: legalite.contract(aid, values),
        "deliberation": lambda: legalite.deliberation(aid, values),
        "charte": lambda: legalite.charter(aid),
    }[nature]()
    legalite.write_draft(made, output)
    click.echo(french_spaces(f"{output} : à relire et à compléter, les blancs sont surlignés"))


@command.command("certificats", short_help="La lettre à une école ou à une crèche.")
@click.argument("lieu", type=click.Choice(["ecole", "creche"]))
@OUTPUT
def certificates_letter(lieu: str, output: Path) -> None:
    """Écrire la lettre (.docx ou .odt) sur les certificats médicaux à ne plus demander."""
    from assemblier.french import french_spaces
    from assemblier.reports.legalite import certificate_letter, write_draft

    write_draft(certificate_letter(lieu, dt.date.today()), output)
    click.echo(french_spaces(f"{output} : à compléter, à signer et à envoyer"))


@command.command("scenario", short_help="Des changements à essayer, pour « assemblier scenario ».")
@click.argument("perimetre", metavar="TERRITOIRE")
@OUTPUT
def scenario(perimetre: str, output: Path) -> None:
    """Écrire le classeur (.xlsx) ou le fichier (.yaml) d'un scénario, à remplir."""
    from assemblier import territory
    from assemblier.french import french_spaces
    from assemblier.reports.writing import write_file
    from assemblier.scenarios.sheet import template_workbook, template_yaml

    expression = territory.parse(perimetre).expression
    if output.suffix.lower() in (".yaml", ".yml"):
        write_file(output, template_yaml(expression).encode())
    else:
        check_extension(output, ".xlsx")
        write_file(output, template_workbook(expression))
    click.echo(french_spaces(f"{output} : écrire les changements, puis :"))
    click.echo(f"  assemblier scenario {output}")


@command.command(
    "implantation", short_help="Les lieux possibles, pour « assemblier implantation »."
)
@click.argument("perimetre", metavar="TERRITOIRE")
@OUTPUT
def siting(perimetre: str, output: Path) -> None:
    """Écrire la liste des lieux possibles (.xlsx, .csv ou .yaml), commune par commune, à corriger.

    Des locaux s'ajoutent ; de chacun on peut dire l'état, la capacité, le coût, le jour.
    """
    from assemblier import territory
    from assemblier.french import french_spaces
    from assemblier.reports.writing import write_file
    from assemblier.scenarios.candidates_sheet import template_csv, template_workbook, template_yaml

    perimeter = territory.parse(perimetre)
    extension = output.suffix.lower()
    if extension in (".yaml", ".yml"):
        write_file(output, template_yaml(perimeter.codes).encode())
    elif extension == ".csv":
        write_file(output, template_csv(perimeter.codes).encode())
    else:
        check_extension(output, ".xlsx")
        write_file(output, template_workbook(perimeter.codes))
    click.echo(french_spaces(f"{output} : garder les lieux possibles, les compléter, puis :"))
    click.echo(f"  assemblier implantation {perimeter.expression} --structure … --lieux {output}")


@command.command("projection", short_help="Les hypothèses de « assemblier projection ».")
@click.argument("perimetre", metavar="TERRITOIRE")
@OUTPUT
def projection(perimetre: str, output: Path) -> None:
    """Écrire le classeur (.xlsx) ou le fichier (.yaml) des hypothèses, à remplir.

    Avec les feuilles des praticiens et de leurs âges, des cabinets qui ferment, de ceux qui
    finissent leur formation. Ce qui reste vide garde la valeur par défaut. Aucun nom de personne.
    """
    from assemblier import territory
    from assemblier.french import french_spaces
    from assemblier.projects.workbook import template_workbook, template_yaml
    from assemblier.reports.writing import write_file
    from assemblier.scenarios.projection import observed_flow
    from assemblier.scenarios.projection_form import form

    perimeter = territory.parse(perimetre)
    expression, asked = perimeter.expression, form(dt.date.today(), observed_flow(perimeter))
    if output.suffix.lower() in (".yaml", ".yml"):
        write_file(output, template_yaml(asked).encode())
    else:
        check_extension(output, ".xlsx")
        write_file(output, template_workbook(asked))
    click.echo(french_spaces(f"{output} : remplir ce qui est connu, puis :"))
    click.echo(f"  assemblier projection {expression} --hypotheses {output}")


@command.command("profil", short_help="Le profil d'un professionnel, pour « assemblier aides ».")
@OUTPUT
def profile(output: Path) -> None:
    """Écrire les questions d'un profil, à remplir : un classeur (.xlsx) ou un texte (.yaml)."""
    from assemblier.aids.profile_sheet import template_workbook, template_yaml
    from assemblier.french import french_spaces
    from assemblier.reports.writing import write_file

    if output.suffix.lower() in (".yaml", ".yml"):
        write_file(output, template_yaml().encode())
    else:
        check_extension(output, ".xlsx")
        write_file(output, template_workbook())
    click.echo(french_spaces(f"{output} : remplir ce qui est connu, puis :"))
    click.echo(f"  assemblier aides --commune … --profession … --profil {output}")


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
