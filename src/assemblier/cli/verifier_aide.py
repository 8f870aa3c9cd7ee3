"""`assemblier verifier-aide`: is this local aid legal? Clause by clause, with the article."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assemblier.aids.legality import AideLocale

EPILOGUE = """\b
Exemples :
  assemblier modele aide -o aide.xlsx
  assemblier verifier-aide aide.xlsx
  assemblier verifier-aide aide.yaml --projets projets/
  assemblier verifier-aide aide.yaml --valeurs "emoluments_annuels=27 000 € par an (arrêté du …)"
  assemblier verifier-aide --exemple vienne
"""
FILE = click.Path(path_type=Path)
REFUSED = 1


@click.command(
    "verifier-aide",
    short_help="Cette aide locale est-elle légale ? Article par article.",
    epilog=EPILOGUE,
)
@click.argument("fichier", type=FILE, required=False, metavar="[FICHIER]")
@click.option("--exemple", metavar="NOM", help="Vérifier une aide que le guide de 2019 cite.")
@click.option(
    "--valeurs",
    multiple=True,
    metavar="CLE=MONTANT",
    help="Une valeur qu'aucun texte lu ne donne aujourd'hui, ou le fichier d'« aides --valeurs ».",
)
@click.option("--actes", type=FILE, metavar="FICHIER", help="Le registre des actes de zonage.")
@click.option(
    "--projets",
    type=FILE,
    metavar="DOSSIER",
    help="Où écrire la convention (ou le contrat) corrigée, la délibération et la charte.",
)
@click.option("-o", "--fichier", "output", type=FILE, metavar="FICHIER", help="Écrire l'avis.")
def command(
    fichier: Path | None,
    exemple: str | None,
    valeurs: tuple[str, ...],
    actes: Path | None,
    projets: Path | None,
    output: Path | None,
) -> int:
    """Dire si une aide locale est légale, illégale ou incomplète, à la date de son vote.

    FICHIER est le YAML ou le classeur que donne « assemblier modele aide ». Ce qui n'est pas dit
    est demandé, jamais supposé.
    """
    from assemblier.aids.legality import Verdict, check_aid
    from assemblier.cli.verifier_text import examples_text, opinion_text, values_of, written_drafts
    from assemblier.diagnosis.zonage import register
    from assemblier.reports.legalite import opinion_document, write_opinion
    from assemblier.sources.store import Store

    aid = aid_to_check(fichier, exemple)
    values = values_of(valeurs)
    opinion = check_aid(aid, register(actes, Store()), values)
    click.echo(opinion_text(opinion))
    if elsewhere := examples_text(aid.domaine):
        click.echo(f"\n{elsewhere}")
    if output:
        click.echo(write_opinion(opinion_document(opinion, aid.domaine), output))
    if projets:
        click.echo(written_drafts(aid, values, projets))
    elif opinion.verdict is not Verdict.LEGALE:
        click.echo("Les textes corrigés : relancer avec --projets DOSSIER.")
    return 0 if opinion.verdict is Verdict.LEGALE else REFUSED


def aid_to_check(path: Path | None, example: str | None) -> "AideLocale":
    """Return the aid of a file, or an example of the guide."""
    from assemblier.aids.legality import read_aid
    from assemblier.aids.legality.examples import examples
    from assemblier.errors import InputError, Problem

    if (path is None) == (example is None):
        found = "ni l'un ni l'autre" if path is None else "les deux"
        expected = "un fichier, ou --exemple"
        raise InputError([Problem("FICHIER, --exemple", found, expected, "en garder un")])
    if path is not None:
        return read_aid(path)
    known = {one.key: one for one in examples()}
    if example not in known:
        expected = ", ".join(known)
        raise InputError([Problem("--exemple", f"« {example} »", expected, "en choisir un")])
    return known[example].aid
