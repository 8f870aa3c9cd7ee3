"""The `assemblier` program: its commands, and what it says when something goes wrong."""

import difflib
import importlib
import os
import signal
from collections.abc import Sequence
from types import FrameType
from typing import Any

from assemblier.cli.localisation import speak_french

speak_french()

import click  # noqa: E402  (its texts are read when it is imported)

from assemblier.errors import AssemblierError  # noqa: E402
from assemblier.french import french_spaces  # noqa: E402

COMMANDS = {
    "panorama": "assemblier.cli.panorama",
    "fiche": "assemblier.cli.fiche",
    "apl": "assemblier.cli.apl",
    "zonage": "assemblier.cli.zonage",
    "aides": "assemblier.cli.aides",
    "sources": "assemblier.cli.sources",
    "verifier-aide": "assemblier.cli.verifier_aide",
    "verifier": "assemblier.cli.verifier",
    "territoire": "assemblier.cli.territoire",
    "scenario": "assemblier.cli.scenario",
    "implantation": "assemblier.cli.implantation",
    "projection": "assemblier.cli.projection",
    "routes": "assemblier.cli.routes",
    "projet": "assemblier.cli.projet",
    "observatoire": "assemblier.cli.observatoire",
    "modele": "assemblier.cli.modele",
}
BAD_INPUT = 2
OWN_FAULT = 3
TRACE = "ASSEMBLIER_TRACE"
HELP_OPTIONS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group that imports the module of a command when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order people meet them."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the closest commands where the one asked for does not exist."""
        close = difflib.get_close_matches(args[0], COMMANDS, n=2)
        if args[0] not in COMMANDS and not args[0].startswith("-") and close:
            ctx.fail(
                f"La commande {args[0]} n'existe pas. Vouliez-vous dire {' ou '.join(close)} ?"
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command, or None where the name is unknown."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        set_spaces(command)
        return command


def set_spaces(command: click.Command) -> None:
    """Set the no-break spaces of French in what a command says of itself; examples are left."""
    command.help = french_spaces(command.help or "") or None
    command.short_help = french_spaces(command.short_help or "") or None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = french_spaces(parameter.help)
    if isinstance(command, click.Group):
        for one in command.commands.values():
            set_spaces(one)


def program_version() -> str:
    """Return the version of the installed distribution."""
    from importlib.metadata import version

    return version("assemblier")


def show_version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    """Print the version and leave, where it is asked for."""
    if asked and not ctx.resilient_parsing:
        click.echo(f"assemblier {program_version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup, context_settings=HELP_OPTIONS, subcommand_metavar="COMMANDE [ARGUMENTS]..."
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Afficher la version.",
)
def application() -> None:
    """Accès aux soins : le diagnostic d'un territoire français, chiffré, sourcé et daté.

    Un territoire s'écrit departement:43, epci:200073419, commune:43157, commune:Saugues, ou une
    union avec + (epci:… + commune:…).
    """


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Treat a request to stop like Ctrl-C, so that what is half-written is removed."""
    raise KeyboardInterrupt


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit status.

    0: done; 1: a refusal on the merits, or nothing found; 2: something to correct, with a
    message that says where, what was found, what was expected and what to do; 3: a fault of the
    program itself.
    """
    signal.signal(signal.SIGTERM, interrupt)
    try:
        return status_of(application.main(list(arguments), "assemblier", standalone_mode=False))
    except click.UsageError as error:
        error.show()
    except AssemblierError as error:
        click.echo(str(error), err=True)
        return error.exit_status
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Interrompu : rien n'a été écrit, le résultat précédent est intact.\n"
            "  à faire : relancer la même commande.",
            err=True,
        )
    except Exception as error:
        if os.environ.get(TRACE):
            raise
        click.echo(
            f"Défaut du programme : {type(error).__name__} ({error}).\n"
            "  rien n'a été écrit ; ce n'est pas une faute de votre part.\n"
            f"  à faire : signaler la commande, et ce qu'affiche la même avec {TRACE}=1.",
            err=True,
        )
        return OWN_FAULT
    return BAD_INPUT


def status_of(returned: Any) -> int:
    """Return the exit status a command asked for; none means done."""
    return returned if isinstance(returned, int) else 0
