"""`assemblier projet`: what a project costs, earns, and who may finance it."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assemblier.cli.options import DAY

if TYPE_CHECKING:
    from assemblier.projects.form import Answers
    from assemblier.projects.kinds import Kind

EPILOGUE = """\b
Exemples :
  assemblier projet
  assemblier projet centre-de-sante --exemple port-la-nouvelle -o centre.xlsx
  assemblier modele projet financement -o plan.xlsx
  assemblier projet financement plan.xlsx -o plan
  assemblier projet secretariat -r salaire_brut=35000
  assemblier projet cpts -r territoire=epci:200073419 --date 09/03/2023
"""
FILE = click.Path(path_type=Path)
REFUSED = 1


@click.command(
    "projet",
    short_help="Budget d'un centre, d'une MSP, d'une CPTS, plan de financement…",
    epilog=EPILOGUE,
)
@click.argument("nature", required=False, metavar="[NATURE]")
@click.argument("fichier", type=FILE, required=False, metavar="[FICHIER]")
@click.option(
    "-r",
    "--reponse",
    "told",
    multiple=True,
    metavar="CLE=VALEUR",
    help="Une réponse, autant de fois qu'il en faut ; elle remplace celle du fichier.",
)
@click.option("--questions", is_flag=True, help="Dire les questions de cette nature de projet.")
@click.option("--exemple", metavar="NOM", help="Un exemple du guide : port-la-nouvelle, laval.")
@click.option(
    "--date", "on", type=DAY, metavar="JOUR", help="Le jour des barèmes. [par défaut : aujourd'hui]"
)
@click.option(
    "-o",
    "--fichier",
    "output",
    type=FILE,
    metavar="SORTIE",
    help="Un fichier .xlsx (formules vivantes), .html, .pdf, .docx, .ods, ou un dossier de tous.",
)
def command(
    nature: str | None,
    fichier: Path | None,
    told: tuple[str, ...],
    questions: bool,
    exemple: str | None,
    on: dt.date | None,
    output: Path | None,
) -> int:
    """Chiffrer un projet : ce qu'il coûte, ce qu'il rapporte, qui peut le financer.

    Sans NATURE, la liste. FICHIER est le classeur ou le YAML de « assemblier modele projet » ; ce
    qui n'y est pas dit est une hypothèse affichée, ou reste non disponible.
    """
    from assemblier.cli.progress import progress
    from assemblier.cli.projet_text import kinds_text, questions_text, study_text
    from assemblier.reports.production import told as written_text
    from assemblier.reports.projets import write_project

    if nature is None:
        click.echo(kinds_text())
        return 0
    kind = kind_of(nature)
    if questions:
        click.echo(questions_text(kind.form()))
        return 0
    answers, day = answers_for(kind, fichier, told, exemple, on)
    study = kind.study(answers, day)
    click.echo(study_text(study))
    if output:
        with progress("Écriture") as shown:
            click.echo(written_text(write_project(study, output, shown)))
    return REFUSED if study.refusals else 0


def kind_of(name: str) -> "Kind":
    """Return a kind of project by its name, or refuse it with the closest ones."""
    import difflib

    from assemblier.errors import InputError, Problem
    from assemblier.projects.kinds import KINDS

    key = name.strip().casefold().replace("_", "-").replace(" ", "-")
    if key in KINDS:
        return KINDS[key]
    near = difflib.get_close_matches(key, KINDS, n=1)
    action = f"essayer « {near[0]} »" if near else "en choisir une"
    raise InputError([Problem("NATURE", f"« {name} »", f"une de : {', '.join(KINDS)}", action)])


def answers_for(
    kind: "Kind",
    path: Path | None,
    told: tuple[str, ...],
    example: str | None,
    on: dt.date | None,
) -> "tuple[Answers, dt.date]":
    """Return the answers of a file, of the command line, or of an example, and the day."""
    from assemblier.projects.form import answers_of, day_of, read_told

    if example is not None:
        # The guide is of 2019: its example stands at its prices unless another day is asked for.
        day = on or dt.date(2019, 12, 31)
        return _example(kind, example, path, told, day), day
    form = kind.form()
    where = str(path) if path else f"projet {kind.name}"
    keys = read_told(path, form) if path else {}
    keys |= spoken(told)
    day = on or day_of(keys, where) or dt.date.today()
    return answers_of(keys, form, where), day


def _example(
    kind: "Kind", name: str, path: Path | None, told: tuple[str, ...], day: dt.date
) -> "Answers":
    from assemblier.errors import InputError, Problem

    if path is not None or told:
        expected, action = "un exemple, ou vos réponses", "garder l'un des deux"
        raise InputError([Problem("--exemple", "un exemple et des réponses", expected, action)])
    found = kind.example(name, day)
    if found is None:
        known = ", ".join(one for one, _, _ in kind.examples) or "aucun pour cette nature"
        raise InputError([Problem("--exemple", f"« {name} »", known, "en choisir un autre")])
    return found


def spoken(told: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers of the command line by their keys, or refuse those that are not."""
    from assemblier.errors import InputError, Problem

    problems = [
        Problem("-r", f"« {one} »", "CLE=VALEUR", "écrire par exemple -r medecins=3")
        for one in told
        if "=" not in one
    ]
    if problems:
        raise InputError(problems)
    return {key.strip(): value.strip() for key, _, value in (one.partition("=") for one in told)}
