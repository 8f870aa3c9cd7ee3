"""`assemblier apl`: the accessibility of a territory, computed, explained, beside the published."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assemblier.cli.options import TRIPS, NumberRange, WholeRange, engine_of

if TYPE_CHECKING:
    from assemblier.territory import Perimeter

EPILOGUE = """\b
Exemples :
  assemblier apl departement:43
  assemblier apl departement:43 --expliquer 43157
  assemblier apl epci:200073419 --profession infirmier -o apl-infirmiers.xlsx
  assemblier apl departement:43 --trajets mes-minutes.csv --publiee
  assemblier apl departement:48 --offre mon-offre.xlsx --age-max 65
"""
OFFERS = ("recette", "rpps", "ameli", "bpe", "embarquee", "finess", "locale")
DEMANDS = ("publiee", "retrouvee", "ages", "brute")
PROFESSIONS = (
    "medecin_generaliste",
    "infirmier",
    "masseur_kinesitherapeute",
    "chirurgien_dentiste",
    "sage_femme",
)


@click.command(
    "apl",
    short_help="L'accessibilité d'un territoire, calculée, expliquée, comparée à la publiée.",
    epilog=EPILOGUE,
    options_metavar="[OPTIONS]",
)
@click.argument("perimetre", metavar="TERRITOIRE")
@click.option(
    "--profession",
    default=PROFESSIONS[0],
    show_default=True,
    metavar="PROFESSION",
    help=f"Une de : {', '.join(PROFESSIONS)}.",
)
@click.option(
    "--millesime",
    type=WholeRange(2010, 2100),
    metavar="ANNÉE",
    help="L'année de l'APL publiée à mettre en regard. [par défaut : la dernière connue]",
)
@TRIPS
@click.option(
    "--offre",
    metavar="SOURCE",
    help=(
        f"Une des offres importées ({', '.join(OFFERS)}), ou votre fichier en CSV, xlsx ou ods : "
        "code_commune, profession, et si connus site, praticien, age, activite, part, situation ; "
        "ou le classeur de « assemblier modele offre » rempli. [par défaut : la première de "
        f"{', '.join(OFFERS[:5])} qui décrit tout le territoire]"
    ),
)
@click.option(
    "--demande",
    type=click.Choice(DEMANDS),
    help=(
        "Comment compter les besoins : population standardisée publiée par la DREES, poids par "
        "âge retrouvés de son classeur, population par âge, ou habitants bruts. [par défaut : "
        "publiee si elle est importée, sinon ages]"
    ),
)
@click.option(
    "--age-max",
    type=WholeRange(18, 120),
    metavar="ÂGE",
    help=(
        "Ne compter que les praticiens de cet âge ou moins ; l'APL publiée suit à 65, 62 et 60 ans."
    ),
)
@click.option("--publiee", is_flag=True, help="Mesurer l'écart à l'APL publiée.")
@click.option(
    "--sensibilite", is_flag=True, help="Dire comment les scores bougent si un paramètre change."
)
@click.option(
    "--depuis",
    type=WholeRange(2010, 2100),
    metavar="ANNÉE",
    help="Comparer l'APL publiée de cette année à celle du millésime.",
)
@click.option(
    "--au-dessus",
    type=NumberRange(min=0),
    metavar="SEUIL",
    help="Lister les communes au-dessus d'un seuil : une proposition, pas une règle de droit.",
)
@click.option(
    "--expliquer",
    metavar="COMMUNE",
    help="Dire lieu par lieu d'où vient le score d'une commune, par son code ou son nom.",
)
@click.option(
    "-o",
    "--fichier",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Un fichier .csv, .xlsx, .ods, .html, .pdf, .json, .geojson ou .parquet.",
)
def command(
    perimetre: str,
    profession: str,
    millesime: int | None,
    trajets: str | None,
    offre: str | None,
    demande: str | None,
    age_max: int | None,
    publiee: bool,
    sensibilite: bool,
    depuis: int | None,
    au_dessus: float | None,
    expliquer: str | None,
    fichier: Path | None,
) -> int:
    """Calculer l'APL d'un territoire : ce que ses habitants atteignent, partagé avec les autres.

    TERRITOIRE : « departement:43 », « epci:… », « commune:… », par code ou par nom, ou une union
    avec « + ».
    """
    from assemblier import access, territory, travel
    from assemblier.cli.progress import progress
    from assemblier.reports import apl_document, apl_files, apl_text

    if fichier is not None:
        apl_files.check_extension(fichier)
    perimeter = territory.parse(perimetre)
    code = _code(expliquer, perimeter) if expliquer else ""
    today = dt.date.today()
    on = dt.date(millesime, 1, 1) if millesime else today
    with progress(f"APL : {perimeter.nom}"):
        study = access.study(
            perimeter,
            profession,
            on,
            engine_of(trajets, today, perimeter) or travel.chain_engine(today),
            millesime,
            offer=offre or "",
            age_limit=age_max,
            demand=demande or "",
        )
        moved = access.sensitivities(study.found, perimeter, study.engine) if sensibilite else ()
    change = access.published_change(perimeter, profession, depuis, millesime) if depuis else None
    explained = access.explanation(study.found, code) if code else None
    click.echo(apl_text.summary_text(study))
    if explained is not None:
        click.echo("\n" + apl_text.explanation_text(study, explained))
    if change is not None:
        click.echo("\n" + apl_text.change_text(change))
    if au_dessus is not None:
        click.echo("\n" + apl_text.above_text(study, au_dessus))
    if moved:
        click.echo("\n" + apl_text.sensitivity_text(study, moved))
    if publiee:
        click.echo("\n" + apl_text.agreement_text(study))
    if fichier is not None:
        document = apl_document.apl_document(study, today, explained, moved, change)
        apl_files.write_apl(document, apl_document.score_table(study), fichier)
        click.echo(f"Écrit : {fichier}")
    # Asked to compare with something that is not known: nothing found.
    return 1 if publiee and study.agreement is None else 0


def _code(said: str, perimeter: "Perimeter") -> str:
    """Return the code of a commune given by its code or by its name."""
    from assemblier import territory

    if said in perimeter.codes:
        return said
    return territory.parse(f"commune:{said}").codes[0]
