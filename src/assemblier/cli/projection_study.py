"""From the options of `assemblier projection` to what its report shows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assemblier import access, parameters, travel
from assemblier.access import Baseline
from assemblier.cli.options import engine_of
from assemblier.diagnosis.departures import FILE
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.diagnosis.zonage import known_partition, register
from assemblier.errors import AssemblierError, InputError, Problem, UnavailableError
from assemblier.french import number
from assemblier.reports.production import Progress
from assemblier.reports.projection import Foreseen
from assemblier.scenarios import handover as handing
from assemblier.scenarios.at_risk import AtRisk, at_risk
from assemblier.scenarios.projection import (
    Group,
    Hypotheses,
    Practitioners,
    Reference,
    Variant,
    completed,
    counted,
    hypotheses,
    listed,
    observed_flow,
    overlay,
    project,
    read_reference,
    rows,
    told_by_age,
)
from assemblier.scenarios.projection.cliff_told import READING, tells_ages
from assemblier.scenarios.projection.means import mean_notes
from assemblier.scenarios.projection_file import Told, outside, read_projection
from assemblier.scenarios.told_ages import practised
from assemblier.scenarios.trainees import arrivals, promotions
from assemblier.sources.store import Store
from assemblier.territory import Perimeter
from assemblier.travel import Engine
from assemblier.zoning.units import Partition

GP = "medecin_generaliste"
UNKNOWN = "inconnus"
HORIZONS = "projection.horizons"
STEPS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command, as they were given."""

    perimeter: Perimeter
    on: dt.date
    profession: str
    horizon: int | None
    ages: str | None
    entries: float | None
    exit_age: int | None
    file: Path | None
    curve: Path | None
    is_pessimistic: bool
    is_without_cumul: bool
    draws: int | None
    graine: int | None
    year: int | None
    trips: str | None
    offer: str


def foreseen(asked: Asked, progress: Progress) -> Foreseen:
    """Return everything the report of a projection shows.

    Parameters
    ----------
    asked
        The options.
    progress
        Told of each step.

    Raises
    ------
    InputError
        Every problem of the file and of the options at once.
    UnavailableError
        When nobody told the ages.
    """
    progress.total(STEPS)
    progress.step("Hypothèses et praticiens")
    told = _told(asked)
    now, found, reference, flow = _checked(asked, told)
    notes: list[str] = []
    progress.step("Socle")
    engine = engine_of(asked.trips, asked.on, asked.perimeter) or travel.chain_engine(asked.on)
    base = _baseline(asked, engine, notes)
    people = _everybody(asked, told, now, base, notes)
    if base:
        notes += mean_notes(asked.perimeter, base)
    progress.step(f"{number(found.draws)} tirages")
    answer = project(
        asked.perimeter, people, found, asked.on, base, arrivals(told.trainees), _partition(base)
    )
    if tells_ages(people) and any(one.left.is_known for one in answer.cliff):
        notes.append(READING)
    progress.step("Cabinets")
    leaving = (
        handing.handover(
            told.leavings, asked.perimeter, asked.on, base, engine, register(None, Store())
        )
        if told.leavings
        else None
    )
    return Foreseen(
        answer, rows(found), _at_risk(asked, people, engine, notes), leaving,
        promotions(told.trainees),
        overlay(reference, answer.courses[0].years, answer.provenance) if reference else None,
        flow, tuple(notes),
    )  # fmt: skip


def _told(asked: Asked) -> Told:
    if asked.file is None:
        return Told()
    return read_projection(asked.file, asked.on, asked.profession)


def _checked(
    asked: Asked, told: Told
) -> tuple[Practitioners | None, Hypotheses, Reference | None, StockFlow | None]:
    """Return who practises (None: to be counted), hypotheses, national curve, known flows.

    Every problem is told at once.
    """
    problems = [*told.problems, *outside(told, asked.perimeter, str(asked.file))]
    now, found, reference = None, None, None
    flow = observed_flow(asked.perimeter, asked.profession)
    try:
        now = _practitioners(asked, told)
    except InputError as error:
        problems += error.problems
    year = now.year if now else asked.on.year
    try:
        found = hypotheses(asked.on, {**told.edits, **dict(_edits(asked, told, year))}, flow)
    except InputError as error:
        problems += error.problems
    try:
        reference = read_reference(asked.curve) if asked.curve else None
    except InputError as error:
        problems += error.problems
    problems += _contradictions(asked, told, year)
    if problems or found is None:
        raise InputError(problems)
    return now, found, reference, flow


def _practitioners(asked: Asked, told: Told) -> Practitioners | None:
    if asked.ages == UNKNOWN:
        return told.practitioners
    if asked.ages is not None:
        return listed(_ages(asked.ages), asked.on, asked.profession)
    known = (
        told.practitioners
        or practised(asked.perimeter.codes, asked.on, asked.profession)
        or told_by_age(asked.perimeter, asked.profession)
    )
    if known is None and not told.problems:
        if asked.file is not None:
            raise InputError([_nobody(asked.file)])
        action = "« --ages inconnus » projette les praticiens comptés, d'âges supposés"
        where = asked.perimeter.charniere or f"de {asked.perimeter.nom}"
        raise UnavailableError(f"âges des praticiens {where}", f"{FILE}, ou un fichier "
                               f"--hypotheses ; à défaut, {action}")  # fmt: skip
    return known


def _nobody(file: Path) -> Problem:
    return Problem(
        f"{file}, praticiens",
        "la feuille Praticiens est vide, et aucun fichier importé ne dit d'âge",
        "une ligne par commune : combien y exercent, et leur âge",
        "la remplir, ou ajouter « --ages inconnus » : les praticiens comptés, d'âges supposés",
    )


def _placeless(perimeter: Perimeter) -> Problem:
    """Refuse ages without a commune in a territory of several: whose they are is not said."""
    return Problem(
        "--ages",
        f"des âges sans commune, dans un territoire de {number(len(perimeter.codes))} communes",
        "une seule commune : --ages donne tous ceux d'un cabinet ou d'une commune",
        "nommer la commune (assemblier projection Saugues --ages 66,61), ou donner une liste par "
        "commune (assemblier modele projection, puis --hypotheses)",
    )


def _ages(written: str) -> list[int]:
    try:
        return [int(one) for one in written.split(",")]
    except ValueError:
        action = "écrire des entiers séparés par des virgules"
        expected = "par exemple 66,61,45, ou « inconnus »"
        raise InputError([Problem("--ages", f"« {written} »", expected, action)]) from None


def _everybody(
    asked: Asked, told: Told, now: Practitioners | None, base: Baseline | None, notes: list[str]
) -> Practitioners:
    """Return who practises: a list of the user is completed by those counted elsewhere."""
    if now is None:
        return _counted(asked, base, notes)
    is_list = now is told.practitioners or asked.ages is not None
    if not is_list:
        return now
    found = counted(asked.perimeter, base, asked.on) if base else None
    return completed(now, asked.perimeter, base, found, is_complete=told.is_complete)


def _edits(asked: Asked, told: Told, year: int) -> Iterator[tuple[str, Any]]:
    """Yield the hypotheses that options give: an option prevails over the file."""
    horizons = _horizons(asked, told, year)
    if horizons is not None:
        yield "horizons", horizons
    if asked.entries is not None:
        last = (horizons or parameters.value(HORIZONS, asked.on))[-1]
        yield "installations", tuple((one, asked.entries) for one in range(year + 1, last + 1))
    if asked.exit_age is not None:
        yield "depart_ages", (0, asked.exit_age)
        yield "depart_taux", (0.0, 1.0)
        yield "cumul", False
        yield "departs_observes", None
    if asked.is_without_cumul:
        yield "cumul", False
    if asked.is_pessimistic:
        yield "variante", Variant.SANS_CROISSANCE
    if asked.draws is not None:
        yield "tirages", asked.draws
    if asked.graine is not None:
        yield "graine", asked.graine


def _horizons(asked: Asked, told: Told, year: int) -> tuple[int, ...] | None:
    """Return the years of the scores where an option or the day changes them, else None."""
    usual = parameters.value(HORIZONS, asked.on)
    horizons = told.edits.get("horizons", usual)
    if asked.horizon is not None:
        return (*(one for one in horizons if year < one < asked.horizon), asked.horizon)
    kept = tuple(one for one in usual if one > year)
    return kept if "horizons" not in told.edits and kept and kept != usual else None


def _contradictions(asked: Asked, told: Told, year: int) -> Iterator[Problem]:
    if asked.is_pessimistic and asked.entries is not None:
        yield Problem(
            "--sans-croissance",
            "et --entrees, qui fixe les arrivées",
            "l'un ou l'autre",
            "retirer l'un des deux",
        )
    if asked.ages not in (None, UNKNOWN) and len(asked.perimeter.codes) > 1:
        yield _placeless(asked.perimeter)
    if asked.ages not in (None, UNKNOWN) and told.practitioners is not None:
        yield Problem(
            "--ages",
            f"et des praticiens dans {asked.file}",
            "une seule liste",
            "retirer l'un des deux",
        )
    if asked.ages == UNKNOWN and told.is_complete:
        yield Problem(
            "--ages inconnus",
            f"et une liste dite complète dans {asked.file}",
            "l'un ou l'autre",
            "retirer l'option, ou répondre non à « liste_complete »",
        )
    if asked.horizon is not None and asked.horizon <= year:
        yield Problem(
            "--horizon",
            f"l'année {asked.horizon}",
            f"une année après {year}, celle des âges",
            "choisir une année plus tardive",
        )
    if asked.ages == UNKNOWN and told.practitioners is None and asked.profession != GP:
        yield Problem(
            "--ages inconnus",
            f"pour la profession {asked.profession}",
            f"{GP} : seule comptée commune par commune ici",
            "donner les âges",
        )


def _baseline(asked: Asked, engine: Engine, notes: list[str]) -> Baseline | None:
    """Return what scores start from; None, and why, where there is none."""
    if asked.profession != GP:
        notes.append("L'APL n'est projetée que pour les médecins généralistes.")
        return None
    try:
        return access.baseline(asked.perimeter, asked.on, engine, asked.year, offer=asked.offer)
    except UnavailableError as error:
        notes.append(f"APL non projetée : {error.what} non disponible ({error.file}).")
    except InputError as error:
        if asked.offer:
            raise
        notes.append(f"APL non projetée : {error.problems[0].found}.")
    return None


def _counted(asked: Asked, base: Baseline | None, notes: list[str]) -> Practitioners:
    """Return the practitioners the baseline counts: it needs a supply and a published APL."""
    found = counted(asked.perimeter, base, asked.on) if base else None
    if found is None:
        said = f" {notes[-1]}" if notes else ""
        raise UnavailableError(
            f"praticiens comptés, {asked.perimeter.nom}",
            "l'annuaire santé (RPPS) ou la base permanente des équipements (Insee), et une APL "
            f"publiée, d'une année plus ancienne s'il le faut (--millesime).{said}",
        )
    return found


def _partition(base: Baseline | None) -> Partition | None:
    if base is None:
        return None
    try:
        found = known_partition(Store())
    except UnavailableError:
        return None
    return found if found.is_official else None


def _aged(now: Practitioners) -> tuple[Group, ...]:
    """Return those somebody told of: those only counted say nothing of ages."""
    if all(one.youngest is None for one in now.groups) and not now.named:
        return ()
    if not now.named:
        return now.groups
    return tuple(
        one for one in now.groups
        if one.commune in now.named or (one.commune is None and one.youngest is not None)
    )  # fmt: skip


def _at_risk(asked: Asked, now: Practitioners, engine: Engine, notes: list[str]) -> AtRisk | None:
    if asked.profession != GP:
        return None
    try:
        return at_risk(asked.perimeter, _aged(now), asked.on, engine, asked.offer, whole=now.named)
    except AssemblierError as error:
        notes.append(f"Cabinets en péril non recherchés : {str(error).splitlines()[0]}")
        return None
