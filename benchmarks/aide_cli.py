"""What `assemblier --help` costs beside bare programs with as many commands, in the same run."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assemblier.french import number
from benchmarks.mesure import Cost, interleaved, median_cost, table

RUNS = 15
LIMIT = 1.5

TYPER = """
import typer
application = typer.Typer()
{commands}
application()
"""
TYPER_COMMAND = '''
@application.command()
def {name}(territoire: str, dossier: str = "sorties", formats: str = "html,pdf") -> None:
    """Écrire le résultat numéro {number} d'un territoire."""
'''
CLICK = """
import click
@click.group()
def application(): pass
{commands}
application()
"""
CLICK_COMMAND = '''
@application.command()
@click.argument("territoire")
@click.option("--dossier", default="sorties")
@click.option("--formats", default="html,pdf")
def {name}(territoire, dossier, formats):
    """Écrire le résultat numéro {number} d'un territoire."""
'''


@dataclass(frozen=True, slots=True)
class HelpCost:
    """The median cost of each program; `ratio` is ours over the bare typer program."""

    commands: int
    runs: int
    costs: dict[str, Cost]

    @property
    def ratio(self) -> float:
        """Return our processor time over that of the bare typer program."""
        return self.costs["assemblier"].cpu_seconds / self.costs["typer nu"].cpu_seconds


def bare_program(program: str, command: str, count: int) -> str:
    """Return the text of a program with `count` commands and nothing else."""
    commands = "".join(command.format(name=f"commande{n}", number=n) for n in range(count))
    return program.format(commands=commands)


def measure(runs: int = RUNS) -> HelpCost:
    """Measure the three programs in turn."""
    from assemblier.cli.program import COMMANDS

    with tempfile.TemporaryDirectory() as folder:
        typer, click = Path(folder, "typer_nu.py"), Path(folder, "click_nu.py")
        typer.write_text(bare_program(TYPER, TYPER_COMMAND, len(COMMANDS)), encoding="utf-8")
        click.write_text(bare_program(CLICK, CLICK_COMMAND, len(COMMANDS)), encoding="utf-8")
        ours = "from assemblier.cli import main; main()"
        costs = interleaved(
            {
                "assemblier": [sys.executable, "-c", ours, "--help"],
                "typer nu": [sys.executable, str(typer), "--help"],
                "click nu": [sys.executable, str(click), "--help"],
                "Python seul": [sys.executable, "-c", "pass"],
            },
            runs,
        )
    medians = {name: median_cost(found) for name, found in costs.items()}
    return HelpCost(len(COMMANDS), runs, medians)


def lines(result: HelpCost) -> str:
    """Return the section of the page."""
    rows = [
        [name, number(cost.cpu_seconds, 3), number(cost.elapsed_seconds, 3)]
        for name, cost in result.costs.items()
    ]
    verdict = "tenu" if result.ratio <= LIMIT else "non tenu"
    return (
        f"`--help` de programmes à {result.commands} commandes, médiane de {result.runs} passages "
        "alternés.\n\n"
        + table(["programme", "processeur (s)", "écoulé (s)"], rows)
        + f"\n\nRapport d'assemblier au programme typer nu : **{number(result.ratio, 2)}** "
        f"(objectif : {number(LIMIT, 1)} au plus, {verdict})."
    )


if __name__ == "__main__":
    print(lines(measure()))
