"""What a scenario changes in the zoning of doctors: territory by territory, before and after.

The zoning compares the APL to doctors of 65 or less, by territory, once it is revised: a scenario
moves that APL, never the act in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assemblier.diagnosis.zonage import Sheets, ground_of, known_partition, register, study
from assemblier.diagnosis.zonage_apl import Apl, chosen_apl
from assemblier.diagnosis.zonage_files import read_ceilings
from assemblier.errors import InputError
from assemblier.figures import Provenance
from assemblier.french import number, of_name
from assemblier.maths.arrays import Array
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import FELT, Outcome, gains
from assemblier.territory import index, parse
from assemblier.zoning.acts import Answer
from assemblier.zoning.classes import MEDECIN, Zonage
from assemblier.zoning.comparison import Effects, effects
from assemblier.zoning.doctors import Position, position, simulate
from assemblier.zoning.observed import with_observed
from assemblier.zoning.rules import Rules, rules_at
from assemblier.zoning.units import Ground, Partition, Territoire, territories

if TYPE_CHECKING:
    from assemblier.sources.store import Store

NOTHING = Effects((), ())
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Files:
    """What an officer may give instead of what was imported; see `diagnosis.zonage.Sheets`."""

    composition: Path | None = None
    ceilings: Path | None = None
    acts: Path | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Where the mean APL of a territory lies: one value where every commune is known.

    Attributes
    ----------
    low, high
        With its unknown communes at 0, and at the greatest score known.
    """

    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The mean; None where a commune is unknown."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class UnitZone:
    """One territory of the zoning, before and after a scenario.

    Attributes
    ----------
    unit
        The territory.
    today, later
        Its mean APL, before and once the changes are made.
    stood, stands
        Where it stands before any choice of the agency, before and after; None where its unknown
        communes may decide.
    in_force
        The zone of the act in force, or of a dated list; None where none is known, or where its
        communes are of several.
    act
        Of that zone, as people cite it; empty where it is unknown.
    simulated, simulated_after
        Its zone in the simulation of its whole region, within the ceilings; None where that
        simulation could not be made.
    effects
        The aids that the change of zone ends and opens.
    """

    unit: Territoire
    today: Span
    later: Span
    stood: Position | None
    stands: Position | None
    in_force: Zonage | None
    act: str
    simulated: Zonage | None
    simulated_after: Zonage | None
    effects: Effects

    @property
    def before(self) -> Zonage | None:
        """Its zone before: that of the act, else the simulated one."""
        return self.in_force or self.simulated

    @property
    def expected(self) -> Zonage | None:
        """Its zone at the next revision; None where the agency would choose."""
        if self.stands is None:
            return None
        if self.stands is Position.OBLIGATOIRE:
            return Zonage.ZIP
        if self.simulated_after is not None and self.simulated_after is not self.simulated:
            return self.simulated_after
        return self.before if self.stands is self.stood else self.simulated_after

    @property
    def is_unknown(self) -> bool:
        """Whether its unknown communes may decide of its place."""
        return self.stood is None or self.stands is None

    @property
    def is_change(self) -> bool:
        """Whether it changes zone, or stands elsewhere than before."""
        if self.is_unknown:
            return False
        moved = None not in (self.before, self.expected) and self.before is not self.expected
        return moved or self.stood is not self.stands


@dataclass(frozen=True, slots=True, eq=False)
class ZoneEffects:
    """The territories of the zoning that a scenario reaches.

    Attributes
    ----------
    units
        Those whose mean APL moves, the greatest loss first.
    partition, apl, rules
        The territories, the indicator, the thresholds.
    limits
        What could not be applied, in French.
    provenance
        Sources and parameters.
    """

    units: tuple[UnitZone, ...]
    partition: Partition
    apl: Apl
    rules: Rules
    limits: tuple[str, ...]
    provenance: Provenance

    @property
    def changed(self) -> tuple[UnitZone, ...]:
        """Return the territories that change zone or place."""
        return tuple(one for one in self.units if one.is_change)


def zone_effects(found: Outcome, on: date, store: "Store", files: Files) -> ZoneEffects:
    """Return what a scenario changes in the zoning of doctors.

    Parameters
    ----------
    found
        What the scenario changes.
    on
        The day of the texts and of the act in force.
    store
        What was imported.
    files
        What is given instead.

    Raises
    ------
    UnavailableError
        When no composition of territories is present.
    InputError
        When a file given is wrong.
    """
    partition = known_partition(store, files.composition)
    apl = chosen_apl(None, store, found.perimeter.codes)
    rules = rules_at(on)
    moved = apl_after(found, apl)
    if files.ceilings is not None:
        read_ceilings(files.ceilings)  # a wrong file is refused, not passed over
    simulations, limits = _simulations(found, on, store, files, moved)
    answers = _answers(found, on, store, files)
    rows = [
        _unit(unit, spans, rules, answers, simulations, on)
        for unit, spans in _reached(found, partition, apl, moved)
    ]
    rows.sort(key=lambda one: (one.later.low - one.today.low, one.unit.code))
    known = Provenance(
        (apl.source,),
        "Zonage : APL aux médecins de 65 ans et moins, moyenne du territoire pondérée par ses "
        "habitants, plus la différence que font les changements sur le socle.",
        parameters=rules.sources,
    )
    return ZoneEffects(tuple(rows), partition, apl, rules, (*limits, *_limits(found, rows)), known)


def apl_after(found: Outcome, apl: Apl) -> dict[str, float]:
    """Return the APL of communes that the zoning compares, once the changes are made.

    Doctors said to be over 65 are not counted in that indicator: their coming or going leaves it.

    Parameters
    ----------
    found
        What the scenario changes.
    apl
        Today, by commune.

    Always true
    -----------
    A scenario that changes nothing moves no score.
    """
    counted = _counted_supply(found)
    gain = found.gain
    if not np.array_equal(counted, found.supply_change):
        gain = gains(found.baseline, counted, found.people_after)
    return {
        **apl.value_of,
        **{
            code: max(apl.value_of[code] + float(one), 0.0)
            for code, one in zip(found.baseline.homes, gain, strict=True)
            if code in apl.value_of and one != 0
        },
    }


def _counted_supply(found: Outcome) -> Array:
    """Return (places,) the activity added, without that of doctors over 65."""
    older = {one.rank for one in found.scenario.changes if one.says("plus_de_65")}
    if not older:
        return found.supply_change
    rows = {code: row for row, code in enumerate(found.baseline.places)}
    kept: dict[int, list[float]] = {}
    for move in found.moves:
        if move.commune and move.change not in older:
            kept.setdefault(rows[move.commune], []).append(move.acts)
    added = np.zeros_like(found.supply_change)
    for row, acts in kept.items():
        added[row] = fsum(acts)
    return added


def _reached(
    found: Outcome, partition: Partition, apl: Apl, moved: Mapping[str, float]
) -> list[tuple[Territoire, tuple[Span, Span]]]:
    """Return the territories with a commune whose score moves, their means before and after."""
    homes = np.array(found.baseline.homes)[np.abs(found.gain) >= FELT].tolist()
    regions = np.unique(index().code_region[index().positions(homes)]).tolist()
    units = {partition.unit_of[code] for code in homes if code in partition.unit_of}
    today, later = ground_of(apl.value_of), ground_of(moved)
    reached = {
        unit.code: unit
        for region in regions
        for unit in territories(partition, today, region)
        if unit.code in units
    }
    most = max(apl.value_of.values())
    return [(one, (_span(one, today, most), _span(one, later, most))) for one in reached.values()]


def _span(unit: Territoire, ground: Ground, most: float) -> Span:
    """Return where the mean APL of a territory lies, weighted as the law says: by residents."""
    unknown = set(unit.unknown)
    people = {code: ground.population[code] for code in unit.communes}
    people = {code: count for code, count in people.items() if count == count}
    total = fsum(people.values())
    known = fsum(ground.apl[code] * one for code, one in people.items() if code not in unknown
                 and one)  # fmt: skip
    left = fsum(one for code, one in people.items() if code in unknown)
    if not total:
        return Span(0.0, most)
    # Rounded as `zoning.units` does: a sum must not move a value off its edge.
    return Span(round(known / total, 12), round((known + left * most) / total, 12))


def _unit(
    unit: Territoire,
    spans: tuple[Span, Span],
    rules: Rules,
    answers: Mapping[str, Answer],
    simulations: Mapping[str, tuple[Zonage, Zonage]],
    on: date,
) -> UnitZone:
    told = {code: answers[code] for code in unit.communes if code in answers}
    zones = {one.zone for one in told.values()}
    zone = zones.pop() if len(zones) == 1 else None
    act = next((_cited(one) for one in told.values()), "")
    before, later = simulations.get(unit.code, (None, None))
    row = UnitZone(
        unit,
        *spans,
        _position(unit, spans[0], rules),
        _position(unit, spans[1], rules),
        zone if isinstance(zone, Zonage) else None,
        act if zone else "",
        before,
        later,
        NOTHING,
    )
    if row.before is None or row.expected is None:
        return row
    return replace(row, effects=effects(row.before, row.expected, MEDECIN, on))


def _cited(answer: Answer) -> str:
    if answer.act is not None:
        return answer.act.reference
    return answer.observed.title if answer.observed is not None else ""


def _position(unit: Territoire, span: Span, rules: Rules) -> Position | None:
    low, high = (position(replace(unit, apl=one), rules) for one in (span.low, span.high))
    return low if low is high else None


def _answers(found: Outcome, on: date, store: "Store", files: Files) -> dict[str, Answer]:
    """Return the zone of the communes around, from acts and dated lists."""
    acts = register(files.acts, store)
    codes = found.baseline.homes
    regions = index().code_region[index().positions(codes)].tolist()
    said = [
        acts.zone_at(code, region, MEDECIN, on) for code, region in zip(codes, regions, strict=True)
    ]
    return dict(zip(codes, with_observed(said, codes, MEDECIN, on), strict=True))


def _simulations(
    found: Outcome, on: date, store: "Store", files: Files, moved: Mapping[str, float]
) -> tuple[dict[str, tuple[Zonage, Zonage]], list[str]]:
    """Return the zones of the territories of each region, before and after, and what lacks."""
    regions = index().code_region[index().positions(found.perimeter.codes)]
    zones: dict[str, tuple[Zonage, Zonage]] = {}
    limits: list[str] = []
    for code in np.unique(regions).tolist():
        region = parse(f"region:{code}")
        sheets = Sheets(ceilings=files.ceilings, composition=files.composition)
        try:
            asked = study(region, on, sheets, store)
        except InputError as error:
            limits.append(_unsimulated(region.nom, error))
            continue
        before = simulate(asked.case)
        after = simulate(replace(asked.case, units=asked.projected(moved)))
        zones |= {
            one.unit.code: (one.zone, after.zone_of(one.unit.code)) for one in before.decisions
        }
        if asked.case.ceilings.to_replace:
            limits.append(asked.case.ceilings.to_replace)
    return zones, limits


def _unsimulated(nom: str, error: InputError) -> str:
    first = error.problems[0]
    found = first.found.partition(":")[0].partition(";")[0].strip()
    more = ", entre autres" if len(error.problems) > 1 else ""
    return (
        f"{nom} : les plafonds régionaux et les choix de l'agence ne sont pas simulés "
        f"({first.where} : {found}{more}). Seules comptent la place de chaque territoire et la "
        "ZIP d'office."
    )


def _limits(found: Outcome, rows: list[UnitZone]) -> list[str]:
    said = []
    leaving = any(one.kind in ("retraite", "cabinet_retraites") for one in found.scenario.changes)
    older = any(one.says("plus_de_65") for one in found.scenario.changes)
    if leaving and not older:
        said.append(
            "Le zonage ne compte pas les médecins de plus de 65 ans : si ceux du scénario les ont, "
            "le dire (« plus_de_65: oui »), la zone n'en bouge pas."
        )
    said += [_incomplete(one) for one in rows if one.unit.unknown]
    said += [
        f"{one.unit.nom} : l'APL publiée {of_name(name_of(code))} est contredite par l'offre "
        "comptée ; la moyenne la prend telle que publiée, comme le ferait le zonage."
        for one in rows
        for code in found.baseline.conflicts
        if code in one.unit.communes
    ]
    return said


def _incomplete(row: UnitZone) -> str:
    unit, today, later = row.unit, row.today, row.later
    names = index().nom[index().positions(unit.unknown)].tolist()
    some = ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
    decided = "sa place n'en dépend pas" if not row.is_unknown else "sa place en dépend"
    return (
        f"{unit.nom} : APL inconnue dans {len(names)} de ses {len(unit.communes)} communes "
        f"({some}) ; la moyenne est entre {number(today.low, 2)} et {number(today.high, 2)} avant, "
        f"{number(later.low, 2)} et {number(later.high, 2)} après : {decided}. Le classeur de "
        "l'APL de la DREES le dirait."
    )
