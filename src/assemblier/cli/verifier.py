"""`assemblier verifier`: structures, contracts, teleconsultation, powers, certificates…"""

import datetime as dt
from pathlib import Path

import click

from assemblier.cli.options import DAY

EPILOGUE = """\b
Exemples :
  assemblier verifier
  assemblier verifier antenne --questions
  assemblier verifier antenne -r heures_semaine=20 -r minutes=25
  assemblier verifier certificat -r cas=sortie_scolaire
  assemblier verifier cpts projet.yaml --date 22/11/2026 -o avis.pdf
"""
FILE = click.Path(path_type=Path)
REFUSED = 1


@click.command(
    "verifier",
    short_help="Un projet est-il conforme aux textes ? Condition par condition.",
    epilog=EPILOGUE,
)
@click.argument("sujet", required=False, metavar="[SUJET]")
@click.argument("fichier", type=FILE, required=False, metavar="[FICHIER]")
@click.option(
    "-r", "--reponse", "told", multiple=True, metavar="CLE=VALEUR", help="Une réponse, autant de "
    "fois qu'il en faut.",
)  # fmt: skip
@click.option("--questions", is_flag=True, help="Dire les questions du sujet.")
@click.option(
    "--date", "on", type=DAY, metavar="JOUR", help="Le jour des textes. [par défaut : aujourd'hui]"
)
@click.option("-o", "--fichier", "output", type=FILE, metavar="FICHIER", help="Écrire l'avis.")
def command(
    sujet: str | None,
    fichier: Path | None,
    told: tuple[str, ...],
    questions: bool,
    on: dt.date | None,
    output: Path | None,
) -> int:
    """Comparer un projet aux textes d'un jour, condition par condition.

    Sans SUJET, la liste des sujets. FICHIER est un YAML de réponses ; ce qui n'y est pas dit est
    demandé, jamais supposé.
    """
    from assemblier.aids.legality import Verdict
    from assemblier.aids.legality.subjects import SUBJECTS, subject
    from assemblier.cli.verifier_text import (
        answers_of,
        day_of,
        opinion_text,
        questions_text,
        subjects_text,
    )
    from assemblier.reports.legalite import opinion_document, write_opinion

    if sujet is None:
        click.echo(subjects_text(SUBJECTS))
        return 0
    chosen = subject(sujet)
    if questions:
        click.echo(questions_text(chosen))
        return 0
    opinion = chosen.check(answers_of(chosen, fichier, told), day_of(on))
    click.echo(opinion_text(opinion))
    if output:
        click.echo(write_opinion(opinion_document(opinion), output))
    return 0 if opinion.verdict is Verdict.LEGALE else REFUSED
