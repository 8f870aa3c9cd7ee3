"""The zoning of doctors, simulated: mandatory ZIP, pool, choices within ceilings, margin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum

from assemblier.errors import InputError, Problem
from assemblier.zoning.choices import (
    Choice,
    Criterion,
    Quartier,
    choice_problems,
    order_of,
)
from assemblier.zoning.classes import Zonage
from assemblier.zoning.rules import Ceilings, Rules, compared, people, region_after, short
from assemblier.zoning.units import ACTION_APL, Territoire

HELPED = (Zonage.ZIP, Zonage.ZAC)
_SUM_ERROR = 1e-6  # inhabitants: what a sum of decimals may be off by


class Position(StrEnum):
    """Where a territory stands before any choice."""

    OBLIGATOIRE = "ZIP obligatoire"
    VIVIER = "vivier"
    HORS_VIVIER = "hors vivier"


class Origin(StrEnum):
    """Why a territory has its class."""

    SEUIL = "seuil"
    CHOIX = "choix"
    PROPOSITION = "proposition"
    RESTE = "reste du vivier"
    ADAPTATION = "adaptation"


@dataclass(frozen=True, slots=True)
class Decision:
    """The class of one territory.

    Attributes
    ----------
    unit
        The territory.
    position, zone, origin
        See `Position`, `Zonage`, `Origin`.
    rank
        Its place in the pool, from 1; 0 outside the pool.
    sentence
        Why it has this class, in one sentence.
    is_shared
        Whether it also has residents in another region.
    """

    unit: Territoire
    position: Position
    zone: Zonage
    origin: Origin
    rank: int
    sentence: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """The population a zone holds against its ceiling.

    Attributes
    ----------
    label
        In French.
    inhabitants
        Residents of the region in the zone, quarters counted in their own zone.
    whole
        What the ceiling is a share of, in inhabitants.
    ceiling_share
        From 0 to 1; None where the text gives none.
    mark
        How sure the ceiling is, as it is written after its name; empty where it is confirmed.
    """

    label: str
    inhabitants: float
    whole: float
    ceiling_share: float | None
    mark: str = ""

    @property
    def name(self) -> str:
        """Return its label, with the mark of a ceiling that is not confirmed."""
        return f"{self.label}, plafond{self.mark}" if self.mark else self.label

    @property
    def share(self) -> float:
        """Return the share of `whole`; 0 of nobody is 0."""
        return self.inhabitants / self.whole if self.whole else 0.0

    @property
    def room(self) -> float | None:
        """Return how many inhabitants may still be added; negative past the ceiling."""
        if self.ceiling_share is None:
            return None
        return self.ceiling_share * self.whole - self.inhabitants

    @property
    def used(self) -> float | None:
        """Return the part of the ceiling that is used, 1 when it is reached."""
        if not self.ceiling_share or not self.whole:
            return None
        return self.inhabitants / (self.ceiling_share * self.whole)


@dataclass(frozen=True)
class Case:
    """All that a simulation reads; nothing in it is changed.

    Attributes
    ----------
    region
        Code of the region.
    units
        The territories with residents in it, whole.
    rules, ceilings
        See `rules`.
    choices, quartiers, criteria
        See `choices`.
    unclassed
        Territories whose APL is unknown and that are left out: their residents count in the whole
        that ceilings are shares of, and in no zone.
    """

    region: str
    units: tuple[Territoire, ...]
    rules: Rules
    ceilings: Ceilings
    choices: tuple[Choice, ...] = ()
    quartiers: tuple[Quartier, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    unclassed: tuple[Territoire, ...] = ()

    @property
    def whole(self) -> float:
        """Return the residents of the region, those of territories left out included."""
        return fsum(self.residents(unit) for unit in (*self.units, *self.unclassed))

    @property
    def left_out(self) -> float:
        """Return the residents of the region in territories left out."""
        return fsum(self.residents(unit) for unit in self.unclassed)

    def residents(self, unit: Territoire) -> float:
        """Return the residents of a territory that the region counts: its own."""
        return unit.population.get(self.region, 0.0)


@dataclass(frozen=True)
class Simulation:
    """The zoning of a region, class by class, and what the law would not let pass.

    Attributes
    ----------
    case
        What was read.
    decisions
        One for each territory, in ascending order of codes.
    quarters
        Class of each quarter that has its own, by code.
    gauges
        ZIP, ZAC, both together, then the margin of adaptation.
    refusals
        Every choice or fact the texts refuse; empty when the zoning can be signed.

    Always true
    -----------
    The residents of the region are all in one zone: shares of the zones sum to one, less that of
    the territories left out.
    """

    case: Case
    decisions: tuple[Decision, ...]
    quarters: Mapping[str, Zonage]
    gauges: tuple[Gauge, ...]
    refusals: tuple[Problem, ...]

    def zone_of(self, code: str) -> Zonage:
        """Return the class of a territory or quarter; LookupError when it is unknown."""
        if code in self.quarters:
            return self.quarters[code]
        return self.decision(code).zone

    def decision(self, code: str) -> Decision:
        """Return the decision on a territory; LookupError when it is unknown."""
        for one in self.decisions:
            if one.unit.code == code:
                return one
        raise LookupError(f"pas de territoire « {code} »")

    def zone_of_communes(self) -> dict[str, Zonage]:
        """Return the class of each commune, those of the other regions included."""
        return {code: one.zone for one in self.decisions for code in one.unit.communes}

    def shares(self) -> dict[Zonage, float]:
        """Return the share (0 to 1) of the residents of the region in each zone."""
        counts = self.inhabitants()
        whole = self.case.whole
        return {zone: count / whole if whole else 0.0 for zone, count in counts.items()}

    def helped(self) -> float:
        """Return the residents of the region in ZIP or ZAC."""
        counts = self.inhabitants()
        return fsum(counts[zone] for zone in HELPED)

    def count(self, zone: Zonage) -> int:
        """Return how many territories a zone holds."""
        return sum(one.zone is zone for one in self.decisions)

    def inhabitants(self) -> dict[Zonage, float]:
        """Return the residents of the region in each zone, quarters in their own."""
        zones = {one.unit.code: one.zone for one in self.decisions}
        return _counted(self.case, zones, self.quarters)


def simulate(case: Case) -> Simulation:
    """Class the territories of a region.

    An APL at or under the first threshold is a mandatory ZIP; the pool is ordered, then its
    territories are ZIP while the ceiling lets them, then ZAC while it lets them; the first that
    does not fit ends the list, so that no territory passes before a more fragile one. The rest of
    the pool is under vigilance. Choices of the agency come first. Above the pool, a choice uses
    the margin.

    Raises
    ------
    InputError
        When something is missing or cannot be understood: all problems at once. What the texts
        refuse is not raised, it is in `refusals`.

    Always true
    -----------
    The order of territories, choices and quarters changes nothing.
    Lowering the APL of a territory never improves its zone.
    """
    units = tuple(sorted(case.units, key=lambda unit: unit.code))
    case = replace(case, units=units)
    problems = [_no_apl(unit) for unit in units if unit.apl is None]
    problems += choice_problems(units, case.quartiers, case.choices)
    if problems:
        raise InputError(problems)
    positions = {unit.code: position(unit, case.rules) for unit in units}
    pool = [unit for unit in units if positions[unit.code] is Position.VIVIER]
    ordered, lacking = order_of(pool, case.criteria)
    if lacking:
        raise InputError(lacking)
    classed = _classed(case, positions, ordered)
    quarters = _quarters(case)
    ranks = {unit.code: rank for rank, unit in enumerate(ordered, start=1)}
    decisions = tuple(_decision(case, unit, positions, ranks, classed) for unit in units)
    zones = {code: zone for code, (zone, _) in classed.items()}
    gauges = _gauges(case, zones, quarters, positions)
    refusals = (
        *_choice_refusals(case, positions),
        *_gauge_refusals(gauges),
    )
    return Simulation(case, decisions, quarters, gauges, refusals)


def position(unit: Territoire, rules: Rules) -> Position:
    """Return where a territory stands: thresholds are on the fragile side, as the text has them.

    Examples
    --------
    >>> rules = Rules(2.5, 4.0, 0.05)
    >>> [str(position(Territoire("a", "A", apl, {}, ()), rules)) for apl in (2.5, 2.51, 4.0, 4.01)]
    ['ZIP obligatoire', 'vivier', 'vivier', 'hors vivier']
    """
    if unit.apl is None:
        raise InputError([_no_apl(unit)])
    if unit.apl <= rules.zip_le:
        return Position.OBLIGATOIRE
    return Position.VIVIER if unit.apl <= rules.vivier_le else Position.HORS_VIVIER


def _no_apl(unit: Territoire) -> Problem:
    return Problem(
        f"territoire {unit.code} {unit.nom}",
        "APL inconnue",
        "l'APL aux médecins de 65 ans et moins de chacune de ses communes habitées",
        ACTION_APL,
    )


# --- classing


def classes(case: Case) -> dict[str, Zonage]:
    """Return the class of each territory, without what explains it: `simulate` in short."""
    positions = {unit.code: position(unit, case.rules) for unit in case.units}
    pool = [unit for unit in case.units if positions[unit.code] is Position.VIVIER]
    ordered, _ = order_of(pool, case.criteria)
    return {code: zone for code, (zone, _) in _classed(case, positions, ordered).items()}


def _classed(
    case: Case, positions: Mapping[str, Position], ordered: Sequence[Territoire]
) -> dict[str, tuple[Zonage, Origin]]:
    """Return the class of every territory: thresholds, choices, then the proposal."""
    chosen = {one.target: one.zone for one in case.choices}
    found: dict[str, tuple[Zonage, Origin]] = {}
    for unit in case.units:
        where = positions[unit.code]
        if where is Position.OBLIGATOIRE:
            found[unit.code] = (Zonage.ZIP, Origin.SEUIL)
        elif unit.code in chosen:
            outside = where is Position.HORS_VIVIER and chosen[unit.code] is not Zonage.HZ
            found[unit.code] = (chosen[unit.code], Origin.ADAPTATION if outside else Origin.CHOIX)
        elif where is Position.HORS_VIVIER:
            found[unit.code] = (Zonage.HZ, Origin.SEUIL)
    waiting = [unit for unit in ordered if unit.code not in found]
    own = _own_residents(case)
    held = _counted(case, {code: zone for code, (zone, _) in found.items()}, _quarters(case))
    for zone in HELPED:
        count = _how_many_fit(case, zone, waiting, own, held)
        for unit in waiting[:count]:
            found[unit.code] = (zone, Origin.PROPOSITION)
            held[zone] += own[unit.code]
        waiting = waiting[count:]
    found.update((unit.code, (Zonage.ZV, Origin.RESTE)) for unit in waiting)
    return found


def _how_many_fit(
    case: Case,
    zone: Zonage,
    waiting: Sequence[Territoire],
    own: Mapping[str, float],
    held: Mapping[Zonage, float],
) -> int:
    """Return how many waiting territories, in order, a zone takes before its ceiling."""
    whole = case.whole
    alone, both = held[zone], held[Zonage.ZIP] + held[Zonage.ZAC]
    for count, unit in enumerate(waiting):
        alone, both = alone + own[unit.code], both + own[unit.code]
        if _exceeds(alone, case.ceilings.share_of(zone), whole) or _exceeds(
            both, case.ceilings.total_share, whole
        ):
            return count
    return len(waiting)


def _exceeds(held: float, share: float | None, whole: float) -> bool:
    return share is not None and held > share * whole + _SUM_ERROR


def _own_residents(case: Case) -> dict[str, float]:
    """Return what each territory counts for: its residents less its quarters classed apart."""
    own = {unit.code: case.residents(unit) for unit in case.units}
    quarters = _quarters(case)
    for quarter in case.quartiers:
        if quarter.code in quarters:
            for code, residents in quarter.residents().items():
                own[code] -= residents
    return own


def _quarters(case: Case) -> dict[str, Zonage]:
    """Return the class of the quarters that have their own."""
    known = {one.code for one in case.quartiers}
    return {one.target: one.zone for one in case.choices if one.target in known}


def _counted(
    case: Case, zones: Mapping[str, Zonage], quarters: Mapping[str, Zonage]
) -> dict[Zonage, float]:
    """Return the residents in each zone; a quarter of its own leaves its territory's zone."""
    parts: dict[Zonage, list[float]] = {zone: [] for zone in Zonage}
    for unit in case.units:
        if unit.code in zones:
            parts[zones[unit.code]].append(case.residents(unit))
    for quarter in case.quartiers:
        if quarter.code not in quarters:
            continue
        for unit_code, residents in quarter.residents().items():
            if unit_code in zones:
                parts[zones[unit_code]].append(-residents)
            parts[quarters[quarter.code]].append(residents)
    return {zone: fsum(counts) for zone, counts in parts.items()}


# --- gauges


def _gauges(
    case: Case,
    zones: Mapping[str, Zonage],
    quarters: Mapping[str, Zonage],
    positions: Mapping[str, Position],
) -> tuple[Gauge, ...]:
    held = _counted(case, zones, quarters)
    whole = case.whole
    ceilings = case.ceilings
    both = held[Zonage.ZIP] + held[Zonage.ZAC]
    pool = fsum(
        case.residents(unit) for unit in case.units if positions[unit.code] is Position.VIVIER
    )
    adapted = fsum(_adapted(case, zones, quarters, positions))
    return (
        Gauge("ZIP", held[Zonage.ZIP], whole, ceilings.zip_share, ceilings.mark),
        Gauge("ZAC", held[Zonage.ZAC], whole, ceilings.zac_share, ceilings.mark),
        Gauge("ZIP et ZAC", both, whole, ceilings.total_share, ceilings.mark),
        Gauge("Adaptation hors vivier", adapted, pool, case.rules.adaptation_share),
    )


def _adapted(
    case: Case,
    zones: Mapping[str, Zonage],
    quarters: Mapping[str, Zonage],
    positions: Mapping[str, Position],
) -> Iterable[float]:
    """Yield the residents above the pool that a choice puts in another zone."""
    for unit in case.units:
        if positions[unit.code] is Position.HORS_VIVIER and zones[unit.code] is not Zonage.HZ:
            yield case.residents(unit)
    for quarter in case.quartiers:
        if quarter.code not in quarters or _is_in_pool(quarter, positions):
            continue
        for unit_code, residents in quarter.residents().items():
            above = positions[unit_code] is Position.HORS_VIVIER
            is_counted = zones[unit_code] is not Zonage.HZ  # its territory is adapted already
            if above and quarters[quarter.code] is not Zonage.HZ and not is_counted:
                yield residents


def _is_in_pool(quarter: Quartier, positions: Mapping[str, Position]) -> bool:
    """Whether a quarter lies at least partly in the pool, so that it may differ freely."""
    return any(
        positions[unit] is Position.VIVIER for unit, share in quarter.parts.items() if share > 0
    )


# --- what the texts refuse


def _choice_refusals(case: Case, positions: Mapping[str, Position]) -> list[Problem]:
    refused: list[Problem] = []
    quarter_of = {one.code: one for one in case.quartiers}
    for one in case.choices:
        if one.target in quarter_of:
            quarter = quarter_of[one.target]
            inside = {positions[unit] for unit in quarter.parts}
            if inside == {Position.OBLIGATOIRE} and one.zone is not Zonage.ZIP:
                refused.append(_mandatory(one, f"quartier {quarter.nom}"))
        elif positions[one.target] is Position.OBLIGATOIRE and one.zone is not Zonage.ZIP:
            refused.append(_mandatory(one, f"territoire {one.target}"))
        elif positions[one.target] is Position.VIVIER and one.zone is Zonage.HZ:
            refused.append(
                Problem(
                    one.where,
                    f"territoire {one.target} du vivier classé hors zonage",
                    "ZIP, ZAC ou ZV : le reste du vivier est en zone de vigilance",
                    "choisir ZV",
                )
            )
    return refused


def _mandatory(choice: Choice, what: str) -> Problem:
    return Problem(
        choice.where,
        f"{what} classé {choice.zone}",
        "ZIP : l'APL ne dépasse pas le seuil, le classement est obligatoire",
        "retirer ce choix",
    )


def _gauge_refusals(gauges: Sequence[Gauge]) -> list[Problem]:
    return [
        Problem(
            f"plafond {gauge.label}{gauge.mark}",
            f"{people(gauge.inhabitants)} habitants, soit {people(-gauge.room)} de trop",
            f"au plus {people(gauge.ceiling_share * gauge.whole)} habitants",
            "retirer des choix, ou vérifier le plafond de la région (--plafonds) et l'APL des ZIP "
            "d'office",
        )
        for gauge in gauges
        if gauge.ceiling_share is not None
        and gauge.room is not None
        and _exceeds(gauge.inhabitants, gauge.ceiling_share, gauge.whole)
    ]


# --- sentences


def _decision(
    case: Case,
    unit: Territoire,
    positions: Mapping[str, Position],
    ranks: Mapping[str, int],
    classed: Mapping[str, tuple[Zonage, Origin]],
) -> Decision:
    zone, origin = classed[unit.code]
    where = positions[unit.code]
    rank = ranks.get(unit.code, 0)
    shared = len([1 for count in unit.population.values() if count > 0]) > 1
    sentence = _sentence(case, unit, where, zone, origin, (rank, len(ranks)))
    if shared:
        sentence += _shared_words(case, unit, where)
    return Decision(unit, where, zone, origin, rank, sentence, shared)


def _sentence(
    case: Case,
    unit: Territoire,
    where: Position,
    zone: Zonage,
    origin: Origin,
    place: tuple[int, int],
) -> str:
    rules = case.rules
    thresholds = (rules.zip_le, rules.vivier_le)
    apl = compared(unit.apl or 0.0, thresholds)
    low, high = (short(one) for one in thresholds)
    reason = next((one.reason for one in case.choices if one.target == unit.code), "").rstrip(".")
    order = "APL" if not case.criteria else "APL et indicateurs complémentaires"
    rank = f"rang {place[0]} sur {place[1]} du vivier par {order}"
    ceiling = f"plafond régional{case.ceilings.mark}"
    match origin:
        case Origin.SEUIL if where is Position.OBLIGATOIRE:
            return f"ZIP d'office : son APL, {apl}, ne dépasse pas {low}."
        case Origin.SEUIL:
            return f"Hors vivier : son APL, {apl}, dépasse {high}."
        case Origin.CHOIX:
            return f"{zone} par choix de l'agence (APL {apl}) : {reason}."
        case Origin.ADAPTATION:
            return f"{zone} par adaptation, bien que son APL, {apl}, dépasse {high} : {reason}."
        case Origin.PROPOSITION:
            return f"{zone} proposée : {rank} (APL {apl}), dans la limite du {ceiling}."
        case _:
            return f"Zone de vigilance : {rank} (APL {apl}), le {ceiling} est atteint avant."


def _shared_words(case: Case, unit: Territoire, where: Position) -> str:
    own, total = case.residents(unit), unit.inhabitants
    share = 100 * own / total if total else 0.0
    told = "moins de 1" if 0 < share < 1 else "plus de 99" if 99 < share < 100 else f"{share:.0f}"
    text = f" À cheval sur plusieurs régions ; celle-ci y compte {told} % des habitants"
    if where is Position.OBLIGATOIRE:
        return f"{text}."
    if unit.leading_region == case.region:
        return f"{text} et décide à défaut de consensus."
    leading = region_after(unit.leading_region)
    return f"{text} : à défaut de consensus, l'agence {leading} décide."
