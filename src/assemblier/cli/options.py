"""Argument and option types shared by the commands."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from assemblier.territory import Perimeter
    from assemblier.travel import Engine

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS_OF_DATE = ("%Y-%m-%d", "%d/%m/%Y")


class Day(click.ParamType[dt.date]):
    """A day, written ``22/11/2026`` or ``2026-11-22``."""

    name = "jour"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day, or refuse it in French."""
        if isinstance(value, dt.date):
            return value
        for pattern in FORMATS_OF_DATE:
            try:
                return dt.datetime.strptime(str(value), pattern).date()
            except ValueError:
                continue
        self.fail(
            f"« {value} » n'est pas un jour du calendrier ; écrire par exemple 22/11/2026.",
            param,
            ctx,
        )


DAY = Day()


def bounds(
    low: float | None, high: float | None, low_open: bool = False, high_open: bool = False
) -> str:
    """Return in French the numbers an option accepts.

    Examples
    --------
    >>> bounds(2010, 2100), bounds(0, None), bounds(0, 120, low_open=True)
    ('de 2010 à 2100', '0 ou plus', 'plus de 0, au plus 120')
    """
    if low is not None and high is not None and not low_open and not high_open:
        return f"de {low:g} à {high:g}"
    least = "" if low is None else f"plus de {low:g}" if low_open else f"au moins {low:g}"
    most = "" if high is None else f"moins de {high:g}" if high_open else f"au plus {high:g}"
    if not most:
        return least if low_open else f"{low:g} ou plus"
    return ", ".join(one for one in (least, most) if one)


class WholeRange(click.IntRange):
    """A whole number between two bounds, told in French in the help and in the refusal."""

    def _describe_range(self) -> str:
        return bounds(self.min, self.max, self.min_open, self.max_open)


class NumberRange(click.FloatRange):
    """A number between two bounds, told in French in the help and in the refusal."""

    def _describe_range(self) -> str:
        return bounds(self.min, self.max, self.min_open, self.max_open)


TRIPS = click.option(
    "--trajets",
    metavar="MODÈLE",
    help=(
        "D'où viennent les minutes : « routes » (le réseau construit par « assemblier routes »), "
        "« voisinage » (de commune en commune, relief compris), « vol_oiseau », ou un fichier CSV "
        "code_depart;code_arrivee;minutes. [par défaut : les routes si elles couvrent le "
        "territoire]"
    ),
)
"""The option that chooses how minutes are found; the same in every command."""


def engine_of(trajets: str | None, on: dt.date, perimeter: "Perimeter") -> "Engine | None":
    """Return the engine an option asks for; without one, the roads where they are usable.

    Returns
    -------
        None where nothing was asked and no road network covers the territory: each figure then
        keeps its usual model.
    """
    from assemblier.travel import chosen_engine, covering_roads

    if trajets is None:
        return covering_roads(on, perimeter.codes)
    return chosen_engine(trajets, on, perimeter.codes)


OFFER = click.option("--offre", default="", metavar="SOURCE", help="Comme « assemblier apl ».")
"""The option that chooses the supply; the same in every command that starts from a baseline."""

REMOVALS = click.option(
    "--retrait",
    "removals",
    multiple=True,
    metavar="COMMUNE:PROFESSION:NOMBRE",
    help="Des départs à la retraite, après les changements du fichier ; autant qu'il en faut. "
    "Leur jour peut suivre : 43148:medecin_generaliste:2:2027-06-30.",
)
"""The option that makes professionals retire; the same in every command that tries changes."""

RULES_DAY = click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour des règles. [par défaut : aujourd'hui]",
)
"""The option that chooses the day of the parameters."""


def report_option(forms: str) -> Callable[[Command], Command]:
    """Return the option that names the report to write.

    Parameters
    ----------
    forms
        What it may be, in French.
    """
    return click.option(
        "-o",
        "--fichier",
        "output",
        type=click.Path(path_type=Path),
        metavar="FICHIER",
        help=f"Un fichier {forms}.",
    )


REPORT = report_option(".html, .pdf, .xlsx, .ods, .csv, .docx ou .pptx")
"""The report of a command that writes one file."""

REPORT_OR_FOLDER = report_option(".html, .pdf, .xlsx, .ods, .csv, .docx ou .pptx, ou un dossier")
"""The report of a command that also writes every format in a folder."""
