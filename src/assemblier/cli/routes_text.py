"""What `assemblier routes` says."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assemblier.errors import Problem
from assemblier.french import date_text, french_spaces, number
from assemblier.travel.roads.graph import ATTRIBUTION
from assemblier.travel.roads.storage import BUILD

if TYPE_CHECKING:
    from assemblier.travel.roads.storage import Network

MISREAD_SHOWN = 5


def network_text(network: "Network") -> str:
    """Say what a network is, and what was left out of it."""
    source, report = network.graph.source, network.report
    lines = [
        f"Réseau de routes : {source.file_name}",
        f"  données : {_day(source.extract_date)} ({ATTRIBUTION})",
        f"  construit le {date_text(network.built_on)}, vitesses en vigueur depuis le "
        f"{_day(source.profile_date)}",
        f"  {number(report.road_km)} km de routes, {number(report.ways)} voies, "
        f"{number(report.nodes)} points, {number(report.edges)} arcs, "
        f"{number(len(network.contracted))} carrefours",
        f"  {number(report.restrictions)} interdictions de tourner ; "
        f"{number(report.networks)} {'réseaux séparés' if report.networks > 1 else 'réseau'} "
        "d'un seul tenant",
        *_counts("laissé de côté", report.dropped),
        *_counts("mentions non comprises", dict(list(report.misread.items())[:MISREAD_SHOWN])),
        *(f"  {text}" for text in network.profile_texts if text.startswith("Remplacé")),
        "Les vitesses sont des hypothèses non confirmées ; « --trajets routes » s'en sert.",
    ]
    return french_spaces("\n".join(lines))


def no_network_text() -> str:
    """Say that no network was built, and how to build one."""
    return french_spaces(
        "Aucun réseau de routes : les temps de trajet sont estimés de commune en commune.\n"
        f"  à faire : télécharger l'extrait OpenStreetMap de votre région, puis « {BUILD} »"
    )


def forgotten_text(was_there: bool) -> str:
    """Say what was removed."""
    text = "Réseau de routes retiré." if was_there else "Aucun réseau de routes à retirer."
    return french_spaces(text)


def verified_text(problems: Sequence[Problem]) -> str:
    """Say what is wrong, or that nothing is."""
    if not problems:
        return "Réseau de routes : tout est comme construit."
    return french_spaces("\n".join(str(problem) for problem in problems))


def _counts(label: str, counted: Mapping[str, int]) -> list[str]:
    if not counted:
        return []
    return [f"  {label} :", *(f"    {number(many)} {what}" for what, many in counted.items())]


def _day(day: str) -> str:
    return "date inconnue" if day == "inconnue" else date_text(date.fromisoformat(day))
