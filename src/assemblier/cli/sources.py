"""`assemblier sources`: what is present, what is missing, and how to bring it."""

import re
from pathlib import Path

import click

EPILOGUE = """\b
Exemples :
  assemblier sources
  assemblier sources telecharger
  assemblier sources importer ~/Téléchargements/apl.xlsx
  assemblier sources importer dossier/
  assemblier sources importer extrait.csv --modele extrait.yaml
  assemblier sources oublier insee-bpe@2020
  assemblier sources fiche atlas-ordre
"""
REFUSED, NOTHING = 2, 1
FILES = click.Path(path_type=Path)


@click.group(
    "sources",
    short_help="Les documents sources : présents, manquants, à télécharger, à importer.",
    epilog=EPILOGUE,
    invoke_without_command=True,
    subcommand_metavar="[COMMANDE]...",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Dire quels documents sources sont présents, et quels chiffres manquent sans les autres.

    Les données sont gardées dans le dossier que nomme la variable ASSEMBLIER_DONNEES, sinon dans
    celui des données de l'utilisateur.
    """
    if ctx.invoked_subcommand is None:
        from assemblier.cli.sources_text import listing
        from assemblier.sources.store import Store

        click.echo(listing(Store()))


def _checked_vintage(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    if value and not re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?)?", value):
        raise click.BadParameter(f"« {value} » : une année (2026) ou une date (2026-03-15)")
    return value


@command.command("importer", short_help="Lire des fichiers, un dossier ou une archive.")
@click.argument("chemins", metavar="CHEMIN...", nargs=-1, required=True, type=FILES)
@click.option(
    "--modele",
    "recipe",
    type=FILES,
    metavar="RECETTE.yaml",
    help="Décrit un fichier qui n'a pas une présentation officielle.",
)
@click.option(
    "--millesime",
    "vintage",
    metavar="DATE",
    default="",
    callback=_checked_vintage,
    help="L'année ou la date des fichiers qui ne disent pas la leur : 2026, ou 2026-03-15.",
)
def import_(chemins: tuple[Path, ...], recipe: Path | None, vintage: str) -> int:
    """Lire des fichiers officiels, reconnus à leur contenu, et en garder les tables vérifiées.

    Un dossier est parcouru en entier ; ce qui n'y est pas reconnu est listé et laissé. Un fichier
    refusé ne change rien à ce qui est déjà gardé.
    """
    from assemblier.cli.progress import progress
    from assemblier.cli.sources_text import outcome_text, summary
    from assemblier.sources.codes import todays_context
    from assemblier.sources.importing import State, files_of, import_files
    from assemblier.sources.recipe_reading import recipe_layout
    from assemblier.sources.recipes import read_recipe
    from assemblier.sources.store import Store

    layout = recipe_layout(read_recipe(recipe)) if recipe else None
    files = files_of(chemins)
    outcomes = []
    with progress("Import") as bar:
        for outcome in import_files(files, Store(), todays_context(), layout, bar, vintage):
            outcomes.append(outcome)
            click.echo(outcome_text(outcome), err=outcome.state is State.REFUSED)
    click.echo(summary(outcomes))
    if any(outcome.state is State.REFUSED for outcome in outcomes):
        return REFUSED
    return 0 if any(outcome.state is State.IMPORTED for outcome in outcomes) else NOTHING


@command.command("telecharger", short_help="Télécharger des fichiers officiels et les importer.")
@click.argument("noms", metavar="[NOM]...", nargs=-1)
@click.option(
    "--conserver",
    "kept_in",
    type=FILES,
    metavar="DOSSIER",
    help="Garder aussi les fichiers tels que reçus. [par défaut : ils sont effacés]",
)
def download(noms: tuple[str, ...], kept_in: Path | None) -> int:
    """Télécharger des fichiers officiels à leur adresse, puis les importer.

    Sans NOM : les fichiers essentiels. Un téléchargement coupé est repris où il en était. Le
    relais (proxy) est celui de l'environnement (https_proxy).
    """
    from assemblier.cli.downloading import download_items
    from assemblier.sources.catalogue import chosen
    from assemblier.sources.store import Store

    return download_items(chosen(noms), Store(), kept_in)


@command.command("oublier", short_help="Retirer une source, ou un de ses millésimes.")
@click.argument("nom", metavar="NOM[@MILLESIME]")
def forget(nom: str) -> None:
    """Retirer ce qui a été importé d'une source : « insee-bpe », ou « insee-bpe@2020 »."""
    from assemblier.cli.sources_text import forgotten_text
    from assemblier.sources.store import Store

    click.echo(forgotten_text(Store().forget(nom)))


@command.command("verifier", short_help="Relire tout ce qui est gardé.")
def verify() -> int:
    """Relire toutes les tables gardées et les comparer à ce qui a été importé."""
    from assemblier.cli.sources_text import verification
    from assemblier.sources.store import Store

    store = Store()
    problems = store.check()
    click.echo(verification(store, problems), err=bool(problems))
    return REFUSED if problems else 0


@command.command("textes", short_help="Les textes de référence, et ce qu'ils sont devenus.")
def texts() -> None:
    """Lister les textes que les documents sources donnent en référence : état, date, Légifrance."""
    from assemblier.cli.sources_text import register
    from assemblier.data.texts import legal_texts

    click.echo(register(legal_texts()))


@command.command("fiche", short_help="Ce qu'une source couvre, à quelle échelle, ses limites.")
@click.argument("nom", metavar="[NOM]", default="")
@click.option(
    "--territoire",
    "perimetre",
    metavar="TERRITOIRE",
    help="Dire si la source décrit ce territoire, ou l'observatoire de sa région.",
)
def card_(nom: str, perimetre: str | None) -> int:
    """Montrer la fiche d'une source : « drees », « atlas-ordre », « cdom », « ors-84 »…

    Sans NOM, les fiches sont listées ; avec un territoire, la source répond de cette échelle ou
    dit à qui demander.
    """
    from assemblier import territory
    from assemblier.cli.sources_text import card_list, card_text, refusal
    from assemblier.data.cards import card, cards

    perimeter = territory.parse(perimetre) if perimetre else None
    if not nom:
        click.echo(card_list(cards(), perimeter))
        return 0
    found = card(nom)
    if perimeter is not None and not found.answers(perimeter.kind):
        click.echo(refusal(found, perimeter), err=True)
        return NOTHING
    click.echo(card_text(found))
    return 0
