"""Departures to come: practitioners by age today, and year after year if nothing else changes."""

from assemblier.diagnosis import departures
from assemblier.diagnosis.departures import Outlook
from assemblier.figures import Figure
from assemblier.french import number, unit_text
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Finding,
    Section,
    Table,
)
from assemblier.reports.panorama.blocks import (
    figures_table,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text

KEY = "departs"
TITLE = "Les départs attendus de généralistes"
YEARS = 10
"""How far the panorama looks."""


def departure_section(scope: Scope) -> Section:
    """Return the outlook of general practitioners, once a file told their ages."""
    now = departures.known_practitioners(scope.perimeter)
    if now is None:
        absent = missing("Pyramide des âges et départs attendus", departures.FILE)
        return Section(KEY, f"{TITLE} : non disponible", (absent,))
    entries = departures.known_entries(scope.perimeter)
    horizon = max(now.year, scope.on.year) + YEARS
    found = departures.outlook(scope.perimeter, now, horizon, scope.on, entries or 0.0)
    return Section(KEY, f"{TITLE} d'ici {horizon}", outlook_blocks(scope, found, entries))


def outlook_blocks(scope: Scope, found: Outlook, entries: float | None) -> tuple[Block, ...]:
    """Return the sentence, the curve and the table of an outlook."""
    table = outlook_table(found)
    text = _text(scope, found, entries)
    curve = figures_table(
        "departs_courbe",
        f"{found.practitioners.profession[:1].upper()}{found.practitioners.profession[1:]}, "
        "année par année",
        (text_column("annee", "Année"), number_column("effectif", "Effectif", 1)),
        [(str(one.year), one.stock) for one in found.years],
    )
    chart = Chart("courbe-departs", curve.title, ChartKind.LINES, curve, text)
    return (Finding(text, _told(found)), chart, table)


def outlook_table(found: Outlook) -> Table:
    """Return stock, departures, arrivals and access of each year."""
    rows: list[tuple[Cell, ...]] = [
        (str(one.year), one.stock, one.exits, one.entries, one.apl) for one in found.years
    ]
    return figures_table(
        "departs_attendus",
        "Effectif, départs et arrivées, année par année",
        (
            text_column("annee", "Année"),
            number_column("effectif", "Effectif en fin d'année", 1),
            number_column("departs", "Départs", 1),
            number_column("arrivees", "Arrivées", 1),
            number_column("apl", "APL moyenne qui resterait", 2),
        ),
        rows,
        note=found.note,
    )


def _told(found: Outlook) -> tuple[Figure, ...]:
    first, last = found.years[0], found.years[-1]
    return (first.stock, last.stock)


def _count(value: float) -> str:
    """Write a number of people: a decimal only where it is not whole."""
    return number(value, 0 if round(value, 9) == round(value) else 1)


def _text(scope: Scope, found: Outlook, entries: float | None) -> str:
    first, last = found.years[0], found.years[-1]
    left = sum(one.exits.known_value() for one in found.years)
    came = (
        "sans aucune arrivée (leur nombre n'est pas connu)"
        if entries is None
        else f"avec {_count(entries)} {unit_text(entries, 'arrivées')} par an, nombre d'une seule "
        "année et non une prévision"
    )
    fragile = (
        f" L'offre est fragile dès {found.fragile_from} : la moitié ou moins de celle de "
        f"{first.year}."
        if found.fragile_from
        else ""
    )
    return (
        f"{scope.where[:1].upper()}{scope.where[1:]}, {figure_text(first.stock)} en {first.year} ; "
        f"{_count(last.stock.known_value())} en {last.year} {came} : {_count(left)} "
        f"{unit_text(left, 'départs attendus')}.{fragile}"
    )
