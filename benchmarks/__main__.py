"""`make bench`: take every measure and write docs/methodes/performances.md."""

import datetime as dt
import os
import platform
from pathlib import Path

from assemblier.french import date_text, french_spaces, number
from benchmarks import aide_cli, courbe, panorama, taille
from benchmarks.panorama import REFERENCE_ONLY, WITH_STATISTICS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "methodes" / "performances.md"
PLOT = PAGE.with_name("panorama-cout.svg")


def main() -> None:
    print("1/3  poids de l'installation…", flush=True)
    weights = taille.measure()
    taille.write_readmes(weights)
    print("2/3  coût de l'aide…", flush=True)
    help_cost = aide_cli.measure()
    print("3/3  coût des panoramas (quelques minutes)…", flush=True)
    panoramas = panorama.measure()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PLOT.write_text(
        courbe.curves(
            {
                "toutes statistiques livrées": panorama.points(panoramas, WITH_STATISTICS),
                "référentiel seul au-delà du 43": panorama.points(panoramas, REFERENCE_ONLY),
            },
            "Temps de processeur d'un panorama selon le nombre de communes",
            "communes du périmètre",
            "secondes de processeur",
        ),
        encoding="utf-8",
    )
    sections = (
        ("La ligne de commande répond vite", aide_cli.lines(help_cost)),
        (
            "Un panorama se fait en quelques secondes",
            panorama.lines(panoramas) + f"\n\n![{plot_summary(panoramas)}]({PLOT.name})",
        ),
        ("Ce que pèse une installation", taille.lines(weights)),
    )
    PAGE.write_text(page(sections), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    print(f"Écrit : {PAGE.relative_to(ROOT)} et {PLOT.relative_to(ROOT)}")


def plot_summary(results: list[panorama.PanoramaCost]) -> str:
    """Return in words what the curves show."""
    written = []
    for perimeters in (WITH_STATISTICS, REFERENCE_ONLY):
        points = panorama.points(results, perimeters)
        (few, least), (many, most) = min(points), max(points)
        written.append(
            f"de {number(least, 1)} s pour {number(few)} commune{'s' if few > 1 else ''} "
            f"à {number(most, 1)} s pour {number(many)}"
        )
    return (
        f"Temps de processeur, toutes statistiques livrées : {written[0]} ; "
        f"référentiel seul au-delà de la Haute-Loire : {written[1]}"
    )


def page(sections: tuple[tuple[str, str], ...]) -> str:
    """Return the whole page."""
    head = (
        "# Performances\n\n"
        f"Mesures du {date_text(dt.date.today())} : Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cœurs. Elles se refont par `make bench`. "
        "Les machines diffèrent : les rapports mesurés dans un même passage valent mieux que les "
        "secondes.\n"
    )
    body = "".join(f"\n## {title}\n\n{text}\n" for title, text in sections)
    return french_spaces(head + body)


if __name__ == "__main__":
    main()
