"""`assemblier routes isochrone`: how far one drives from a commune, on a map."""

from pathlib import Path

import click

USUAL = "10,15,20,30"


@click.command("isochrone", short_help="Les surfaces atteintes en voiture depuis une commune.")
@click.argument("commune", metavar="COMMUNE")
@click.option(
    "--minutes",
    default=USUAL,
    show_default=True,
    metavar="DURÉES",
    help="Les durées, séparées par des virgules.",
)
@click.option(
    "--vers", "towards", is_flag=True, help="Trajets vers la commune, et non depuis elle."
)
@click.option(
    "-o",
    "--fichier",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help=(
        "Un fichier .geojson, .png, .svg, .html, .pdf, .docx, .pptx, .xlsx ou .ods. "
        "[par défaut : .geojson, dans sorties/]"
    ),
)
def command(commune: str, minutes: str, towards: bool, fichier: Path | None) -> None:
    """Écrire les surfaces atteintes en voiture depuis la mairie d'une commune.

    L'extension du fichier choisit : les surfaces (.geojson), leur carte (.png, .svg), ou un rapport
    avec la carte, les communes et les habitants atteints.

    COMMUNE : un code Insee (43157) ou un nom ("Le Puy-en-Velay").
    """
    import datetime as dt

    from assemblier import territory
    from assemblier.reports.isochrone_files import check_extension, isochrone_file
    from assemblier.reports.isochrones import commune_isochrones
    from assemblier.reports.writing import write_file
    from assemblier.travel.roads.engine import road_engine

    limits = _durations(minutes)
    perimeter = territory.parse(commune if ":" in commune else f"commune:{commune}")
    code = _only(perimeter.codes, commune)
    path = fichier or Path("sorties") / f"isochrones-{code}.geojson"
    check_extension(path)
    today = dt.date.today()
    engine = road_engine(today)
    surfaces = commune_isochrones(engine, code, limits, towards)
    content = isochrone_file(engine, code, surfaces, today, towards, path.suffix.lower())
    write_file(path, content)
    click.echo(f"Écrit\u00a0: {path}")


def _durations(text: str) -> list[float]:
    from assemblier.errors import InputError, Problem

    try:
        found = [float(one) for one in text.replace(";", ",").split(",")]
    except ValueError as error:
        expected = "des nombres de minutes séparés par des virgules, par exemple 10,20"
        raise InputError([Problem("--minutes", f"« {text} »", expected, "corriger")]) from error
    return found


def _only(codes: tuple[str, ...], asked: str) -> str:
    from assemblier.errors import InputError, Problem

    if len(codes) != 1:
        found = f"« {asked} » : {len(codes)} communes"
        raise InputError([Problem("COMMUNE", found, "une seule commune", "en choisir une")])
    return codes[0]
