"""`assemblier routes`: the road network of this machine, built from an OpenStreetMap extract."""

from pathlib import Path

import click

from assemblier.cli.options import DAY
from assemblier.cli.routes_isochrone import command as isochrone

EPILOGUE = """\b
Exemples :
  assemblier routes
  assemblier routes construire auvergne-latest.osm.pbf
  assemblier apl departement:43 --trajets routes
  assemblier routes isochrone Saugues -o saugues.pdf
  assemblier routes isochrone Saugues --minutes 10,20 -o saugues.geojson
  assemblier routes oublier
"""
FILE = click.Path(path_type=Path)
REFUSED, NOTHING = 2, 1


@click.group(
    "routes",
    short_help="Les temps de trajet par la route : construire le réseau, dire ce qu'il est.",
    epilog=EPILOGUE,
    invoke_without_command=True,
    subcommand_metavar="[COMMANDE]...",
)
@click.pass_context
def command(ctx: click.Context) -> int:
    """Dire quel réseau de routes est construit : extrait, date, vitesses, ce qui en est écarté.

    Le réseau vient d'un extrait OpenStreetMap de votre région, que l'on trouve chez plusieurs
    producteurs sous un nom en .osm.pbf ; rien n'est demandé à un serveur d'itinéraires.
    """
    if ctx.invoked_subcommand is not None:
        return 0
    from assemblier.cli.routes_text import network_text, no_network_text
    from assemblier.travel.roads.storage import RoadStore

    store = RoadStore()
    if not store.is_present():
        click.echo(no_network_text())
        return NOTHING
    click.echo(network_text(store.network()))
    return 0


command.add_command(isochrone)


@command.command("construire", short_help="Construire le réseau d'un extrait OpenStreetMap.")
@click.argument("extrait", metavar="FICHIER.osm.pbf", type=FILE)
@click.option(
    "--profil",
    "changes",
    type=FILE,
    metavar="FICHIER.yaml",
    help="Vos vitesses à la place des nôtres : des lignes « vitesse_kmh.primary: [75, 40] ».",
)
@click.option(
    "--date",
    "on",
    type=DAY,
    metavar="JOUR",
    help="Le jour qui choisit les vitesses en vigueur. [par défaut : aujourd'hui]",
)
def build(extrait: Path, changes: Path | None, on: "object") -> None:
    """Lire les routes d'un extrait, en calculer les temps, et garder le réseau.

    Le réseau précédent sert jusqu'à ce que le nouveau soit prêt. Une construction interrompue
    reprend où elle en était : relancer la même commande.
    """
    import datetime as dt

    from assemblier.cli.progress import progress
    from assemblier.cli.routes_text import network_text
    from assemblier.travel import forget_matrices
    from assemblier.travel.roads.profile import read_changes, road_profile
    from assemblier.travel.roads.storage import RoadStore

    day = on if isinstance(on, dt.date) else dt.date.today()
    wanted = read_changes(changes) if changes else {}
    profile = road_profile(day, wanted, str(changes or ""))
    with progress(f"Routes : {extrait.name}") as bar:
        network = RoadStore().build(extrait, profile, bar)
        forget_matrices()
    click.echo(network_text(network))


@command.command("verifier", short_help="Relire tout le réseau gardé.")
def verify() -> int:
    """Relire le réseau gardé, et le comparer à ce qui a été construit."""
    from assemblier.cli.routes_text import verified_text
    from assemblier.travel.roads.storage import RoadStore

    problems = RoadStore().check()
    click.echo(verified_text(problems), err=bool(problems))
    return REFUSED if problems else 0


@command.command("oublier", short_help="Retirer le réseau gardé.")
def forget() -> int:
    """Retirer le réseau de routes et les temps qui en ont été calculés."""
    from assemblier.cli.routes_text import forgotten_text
    from assemblier.travel import forget_matrices
    from assemblier.travel.roads.storage import RoadStore

    was_there = RoadStore().forget()
    forget_matrices()
    click.echo(forgotten_text(was_there))
    return 0 if was_there else NOTHING
