"""What `assemblier zonage` says on the terminal, and how it writes."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assemblier import territory
from assemblier.cli.progress import progress
from assemblier.diagnosis.wording import read_number
from assemblier.diagnosis.zonage import Sheets, known_quarters, study
from assemblier.diagnosis.zonage_files import ceiling_row, quarter_rows, read_apl, read_zones
from assemblier.diagnosis.zonage_levels import LevelGround
from assemblier.errors import InputError, Problem
from assemblier.french import french_spaces, number
from assemblier.reports.document import Document, Finding, Items
from assemblier.reports.folder import is_folder, write_folder
from assemblier.reports.production import told, write_report
from assemblier.reports.typography import percent
from assemblier.reports.zonage import decree, simulation_document
from assemblier.reports.zonage.levels import to_confirm
from assemblier.reports.zonage.lookup import Lookup, counted, listed_words
from assemblier.reports.zonage.simulation import Results, straddling_words
from assemblier.reports.zonage.simulation import counted as territories
from assemblier.sources.store import Store
from assemblier.territory import Perimeter
from assemblier.zoning.acts import Register
from assemblier.zoning.classes import Niveau, Zonage, level_label
from assemblier.zoning.doctors import Simulation, simulate
from assemblier.zoning.five_levels import FiveLevels
from assemblier.zoning.rules import ceilings_at
from assemblier.zoning.sensitivity import with_thresholds

_SHOWN = 25
_DATA = ("zones_communes", "zonage_communes", "communes_changees", "niveaux")
"""The table of each report that a CSV file alone holds."""


def write(document: Document, path: Path, more: dict[str, bytes] | None = None) -> str:
    """Write a report as a file or a folder, and say what was written."""
    if not is_folder(path):
        data = next((one for one in document.tables() if one.key in _DATA), None)
        return told(write_report(document, path, data, "un dossier (sans extension)"))
    with progress(document.title) as bar:
        return told(write_folder(document, path, bar, "zonage", more))


def lookup_text(found: Lookup) -> str:
    """Return the zones of a territory as lines: each commune, or a count where they are many."""
    lines = []
    names = territory.index()
    if len(found.answers) <= _SHOWN:
        for code, answer in found.answers.items():
            zone = found.label(answer.zone) if answer.zone is not None else "à demander"
            act = f" — {answer.act.reference}" if answer.act else ""
            hint = found.listed.get(code)
            listed = (
                f" (liste sans acte daté : {listed_words(hint.zones, found.profession, found.on)})"
                if hint
                else ""
            )
            note = f"\n  {answer.note}" if answer.note else ""
            (name,) = names.nom[names.positions([code])].tolist()
            lines.append(f"{code} {name} : {zone}{act}{listed}{note}")
        return french_spaces("\n".join(lines))
    counts = Counter(
        found.label(one.zone) if one.zone is not None else "à demander"
        for one in found.answers.values()
    )
    lines += [f"{label} : {counted(count)}" for label, count in counts.most_common()]
    notes = Counter(one.note for one in found.answers.values() if one.note)
    lines += [f"  {note} ({counted(count)})" for note, count in notes.most_common()]
    hints = Counter(
        listed_words(one.zones, found.profession, found.on) for one in found.listed.values()
    )
    lines += [
        f"  liste sans acte daté, à confirmer : {zone}, {counted(count)}"
        for zone, count in hints.most_common()
    ]
    unlisted = len(found.answers) - len(found.listed)
    if hints and unlisted:
        lines.append(f"  absentes de cette liste, {counted(unlisted)}")
    return french_spaces("\n".join(lines))


def quarter_text(code: str, commune: Perimeter, on: dt.date, known: Register) -> tuple[str, bool]:
    """Return the zone of doctors of a quarter as a line, and whether it is known.

    Raises
    ------
    InputError
        When the territory is not one commune.
    """
    if commune.kind != "commune":
        action = "donner la commune du quartier"
        raise InputError([Problem("TERRITOIRE", f"« {commune.nom} »", "une commune", action)])
    rows = territory.index()
    (region,) = rows.code_region[rows.positions(commune.codes)].tolist()
    answer = known.zone_of_quarter(code, commune.codes[0], region, on)
    zone = answer.zone.value if answer.zone is not None else "à demander"
    act = f" — {answer.act.reference}" if answer.act else ""
    note = f"\n  {answer.note}" if answer.note else ""
    return french_spaces(f"{code}, {commune.nom} : {zone}{act}{note}"), answer.zone is not None


def read_projections(given: Sequence[str]) -> dict[int, Mapping[str, float]]:
    """Read ``ANNEES=FICHIER`` options: the APL of communes at each horizon.

    Raises
    ------
    InputError
        When one is not so written, or its file is wrong.
    """
    found: dict[int, Mapping[str, float]] = {}
    problems: list[Problem] = []
    for text in given:
        years, sign, path = text.partition("=")
        value = read_number(years)
        if not sign or value is None or value <= 0 or value != int(value):
            action = "écrire par exemple --projection 10=projection.csv"
            problems.append(Problem("--projection", f"« {text} »", "ANNEES=FICHIER", action))
            continue
        try:
            found[int(value)] = read_apl(Path(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def run_simulation(
    region: str,
    on: dt.date,
    sheets: Sheets,
    thresholds: tuple[float | None, float | None],
    argument: str,
    projections: Mapping[int, Mapping[str, float]],
    folder: Path | None,
) -> bool:
    """Simulate, say the gauges and what is refused, write; return whether something is refused."""
    found = study(territory.parse(region), on, sheets, Store())
    base = simulate(found.case)
    is_tried = any(one is not None for one in thresholds)
    simulation = with_thresholds(found.case, *thresholds) if is_tried else base
    click.echo(simulation_text(found.title, simulation))
    results = Results(
        replace(found, case=simulation.case),
        simulation,
        base if is_tried else None,
        argument,
        projections,
    )
    is_signable = not simulation.refusals and not is_tried and found.is_legal
    more = {"projet-arrete.docx": decree(found, simulation)} if is_signable else {}
    target = folder or Path("sorties") / f"zonage-{found.region.key}"
    click.echo(write(simulation_document(results), target, more))
    return bool(simulation.refusals)


def sheet_rows(name: str, region: str, on: dt.date) -> Iterator[tuple[str, ...]]:
    """Yield what is known of a region for a sheet, at a date: its ceilings, or its quarters.

    Raises
    ------
    InputError
        When the territory is not a region, or nothing is known in advance for this sheet.
    """
    place = territory.parse(region)
    if place.kind != "region" or name not in ("plafonds", "qpv"):
        found = f"« {place.nom} » pour la feuille « {name} »"
        action = "retirer --region, ou écrire par exemple « feuille qpv --region region:84 »"
        raise InputError([Problem("--region", found, "une région ; plafonds ou qpv", action)])
    if name == "plafonds":
        known = ceilings_at(place.code, on)
        yield ceiling_row(known) if known else (place.code, "", "", "", "")
    else:
        yield from quarter_rows(known_quarters(place, Store()))


def simulation_text(title: str, simulation: Simulation) -> str:
    """Return the classes and the gauges as lines."""
    counts = Counter(one.zone for one in simulation.decisions)
    people = simulation.inhabitants()
    shares = simulation.shares()
    lines = [title]
    lines += [
        f"  {zone.label} : {territories(counts[zone])}, {number(people[zone])} "
        f"habitant{'s' * (people[zone] >= 2)} ({percent(100 * shares[zone])})"
        for zone in Zonage
    ]
    for gauge in simulation.gauges:
        used = (
            "plafond non donné" if gauge.used is None else f"{percent(100 * gauge.used)} utilisés"
        )
        lines.append(f"  plafond {gauge.label}{gauge.mark} : {used}")
    case = simulation.case
    if case.unclassed:
        lines.append(
            f"  non classés, APL inconnue : {territories(len(case.unclassed))}, "
            f"{number(case.left_out)} habitants ({percent(100 * case.left_out / case.whole)})"
        )
    lines += [case.ceilings.to_replace] if case.ceilings.is_to_replace else []
    lines += straddling_words(case)
    if simulation.refusals:
        lines.append("Refusé :")
        lines += [str(problem) for problem in simulation.refusals]
    return french_spaces("\n".join(lines))


@dataclass(frozen=True)
class Side:
    """One of two zonings that are compared: its zones, its quarters, its region where known."""

    zones: dict[str, Zonage | Niveau]
    quarters: dict[str, Zonage]
    region: str = ""


def sides(names: Sequence[str], profession: str, known: Register) -> tuple[Side, ...]:
    """Return the zonings of acts of the register, or of files.

    Raises
    ------
    InputError
        When one is neither, its file is wrong, or the acts are of two regions: all at once.
    """
    found: list[Side] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(_side(name, profession, known))
        except InputError as error:
            problems += error.problems
    regions = sorted({one.region for one in found if one.region})
    if len(regions) > 1:
        where, action = "zonages à comparer", "comparer deux actes de la même région"
        told = f"actes des régions {' et '.join(regions)}"
        problems.append(Problem(where, told, "une seule région", action))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _side(name: str, profession: str, known: Register) -> Side:
    acts = {act.key: act for act in known.acts if act.profession == profession}
    if name in acts:
        act = acts[name]
        return Side(dict(act.zones), dict(act.quarters or {}), act.region)
    if Path(name).is_file():
        zones, quarters, _ = read_zones(Path(name), profession)
        return Side(zones, quarters)
    listed = ", ".join(acts) or "aucun acte connu pour cette profession"
    action = "corriger le nom, ou compléter le registre"
    raise InputError(
        [Problem("zonage à comparer", f"« {name} »", f"un fichier, ou l'un de : {listed}", action)]
    )


def comparison_text(document: Document) -> str:
    """Return the summary of a comparison as lines."""
    lines = [document.title]
    for block in document.summary:
        if isinstance(block, Finding):
            lines.append(block.text)
        elif isinstance(block, Items):
            lines += [block.title, *(f"  {item}" for item in block.items)]
    return french_spaces("\n".join(lines))


def levels_text(
    found: FiveLevels, ground: LevelGround, refused: Sequence[Problem], on: dt.date
) -> str:
    """Return the shares of the five levels, what is to be given and what is refused, as lines."""
    counts = Counter(found.level_of.values())
    lines = [
        f"{level_label(level, found.profession, on)} : "
        + (
            "à confirmer"
            if share is None
            else f"{number(counts[level])} zones, {percent(100 * share)} de la population"
        )
        for level, share in zip(Niveau, found.shares, strict=True)
    ]
    lines += [*ground.notes, *to_confirm(found, on)]
    if ground.left_out:
        lines.append(f"Sans indicateur, non classées : {number(len(ground.left_out))} zones.")
    lines += ["Refusé :", *(str(one) for one in refused)] if refused else []
    return french_spaces("\n".join(lines))
