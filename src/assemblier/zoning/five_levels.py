"""The five levels of the other professions: cut by population shares, exchanges, stability."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from assemblier.errors import InputError, Problem
from assemblier.parameters import explain, paths
from assemblier.zoning.classes import Niveau
from assemblier.zoning.rules import decimal

_LEVELS = tuple(Niveau)
_SUM_ERROR = 1e-9


@dataclass(frozen=True, slots=True)
class Zone:
    """One bassin de vie or canton-ville to class.

    Attributes
    ----------
    code, nom, region
        Its region is that of the département its code begins with.
    indicator
        APL, or weighted density for orthophonistes; None where unknown.
    population
        Inhabitants (women for midwives), > 0.
    """

    code: str
    nom: str
    region: str
    indicator: float | None
    population: float


@dataclass(frozen=True)
class FiveLevels:
    """The levels of a profession.

    Attributes
    ----------
    profession
        As tables name it.
    level_of
        By code of zone.
    cumulated
        Share of the population (0 to 1) in zones up to this one, by code.
    shares
        Share of the population in each level, in order; sums to one.
    maxima
        Highest indicator of each level, None where the level is empty.
    sources
        The parameters, one line each.

    Always true
    -----------
    A zone whose indicator is lower is never at a higher level.
    """

    profession: str
    level_of: Mapping[str, Niveau]
    cumulated: Mapping[str, float]
    shares: tuple[float, ...]
    maxima: tuple[float | None, ...]
    sources: tuple[str, ...] = ()


def published_shares(profession: str, on: dt.date) -> tuple[float, ...]:
    """Return the shares (%) of the population a text gives to the five levels, as printed.

    Raises
    ------
    InputError
        When the texts read give none for this profession.

    Examples
    --------
    >>> published_shares("infirmier", dt.date(2020, 6, 1))
    (5.3, 9.4, 36.6, 20.4, 28.3)
    """
    path = f"zonage.{profession}.parts"
    if path not in paths():
        known = ", ".join(one.split(".")[1] for one in paths() if one.endswith(".parts"))
        raise InputError(
            [Problem("profession", f"« {profession} »", known, "choisir l'une de ces professions")]
        )
    return tuple(float(one) for one in explain(path, on).value)


def five_levels(profession: str, zones: Sequence[Zone], on: dt.date) -> FiveLevels:
    """Class the zones of the whole country: ascending, cut where the shares are reached.

    The zone that reaches a share closes its level. Zones of equal indicator are together.

    Raises
    ------
    InputError
        When an indicator is unknown, a code repeats or a population is not positive: all at once.

    Always true
    -----------
    Shares sum to one.
    The order of the zones changes nothing.
    """
    problems = _zone_problems(zones)
    if problems:
        raise InputError(problems)
    parts = published_shares(profession, on)
    whole = fsum(parts)
    cuts = [fsum(parts[: rank + 1]) / whole for rank in range(len(parts) - 1)]
    levels, cumulated = _cut(zones, cuts)
    source = explain(f"zonage.{profession}.parts", on).as_text()
    return _summed(profession, zones, levels, cumulated, (source,))


def _cut(
    zones: Sequence[Zone], cuts: Sequence[float]
) -> tuple[dict[str, Niveau], dict[str, float]]:
    ordered = sorted(zones, key=lambda zone: (zone.indicator or 0.0, zone.code))
    total = fsum(zone.population for zone in zones)
    levels: dict[str, Niveau] = {}
    cumulated: dict[str, float] = {}
    before: list[float] = []
    for _, same in groupby(ordered, key=lambda zone: zone.indicator):
        group = list(same)
        reached = fsum(before) / total
        level = _LEVELS[sum(reached >= cut - _SUM_ERROR for cut in cuts)]
        before.extend(zone.population for zone in group)
        for zone in group:
            levels[zone.code] = level
            cumulated[zone.code] = fsum(before) / total
    return levels, cumulated


def by_maxima(profession: str, zones: Sequence[Zone], on: dt.date) -> FiveLevels:
    """Class zones with the highest indicator a text printed for each level.

    An indicator equal to the highest of a level is in it; above the last one it is in the last.

    Raises
    ------
    InputError
        As `five_levels`.

    Always true
    -----------
    A zone whose indicator is lower is never at a higher level.
    """
    problems = _zone_problems(zones)
    if problems:
        raise InputError(problems)
    published_shares(profession, on)
    limits = explain(f"zonage.{profession}.maxima", on)
    levels = {
        zone.code: _LEVELS[sum((zone.indicator or 0.0) > limit for limit in limits.value[:-1])]
        for zone in zones
    }
    _, cumulated = _cut(zones, ())
    return _summed(profession, zones, levels, cumulated, (limits.as_text(),))


def _summed(
    profession: str,
    zones: Sequence[Zone],
    levels: Mapping[str, Niveau],
    cumulated: Mapping[str, float],
    sources: tuple[str, ...],
) -> FiveLevels:
    total = fsum(zone.population for zone in zones)
    shares, maxima = [], []
    for level in _LEVELS:
        members = [zone for zone in zones if levels[zone.code] is level]
        shares.append(fsum(zone.population for zone in members) / total if total else 0.0)
        maxima.append(max((zone.indicator or 0.0 for zone in members), default=None))
    return FiveLevels(profession, levels, cumulated, tuple(shares), tuple(maxima), sources)


def _zone_problems(zones: Sequence[Zone]) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    for zone in zones:
        where = f"zone {zone.code} {zone.nom}"
        if zone.indicator is None:
            action = "compléter le fichier de l'indicateur"
            problems.append(Problem(where, "indicateur inconnu", "un indicateur", action))
        if not zone.population > 0:
            action = "retirer la zone, ou corriger sa population"
            found = f"population {decimal(zone.population, 0)}"
            problems.append(Problem(where, found, "une population positive", action))
        if zone.code in seen:
            problems.append(Problem(where, "code en double", "un code par zone", "en retirer une"))
        seen.add(zone.code)
    return problems


@dataclass(frozen=True, slots=True)
class Swap:
    """A zone that an agency moves to another level, and why."""

    code: str
    level: Niveau
    reason: str


def swap_refusals(
    levels: FiveLevels, zones: Sequence[Zone], swaps: Sequence[Swap], on: dt.date
) -> tuple[Problem, ...]:
    """Return what the texts refuse in a set of exchanges; empty when they may be signed.

    A zone moves between the two levels its text names, inside the band at that end of the order;
    the share of each level in the population of the region stays stable.

    Raises
    ------
    InputError
        When a swap names no zone, or names one twice.
    """
    known = {zone.code: zone for zone in zones}
    codes = [one.code for one in swaps]
    unknown = [code for code in codes if code not in known or codes.count(code) > 1]
    if unknown:
        raise InputError(
            [
                Problem(
                    "échanges", f"« {code} »", "le code d'une zone, une seule fois", "le corriger"
                )
                for code in dict.fromkeys(unknown)
            ]
        )
    refusals = [one for swap in swaps for one in _swap_problems(levels, known[swap.code], swap, on)]
    return (*refusals, *_instability(levels, zones, swaps, on))


def _swap_problems(levels: FiveLevels, zone: Zone, swap: Swap, on: dt.date) -> list[Problem]:
    root = f"zonage.{levels.profession}"
    pairs = [tuple(pair.split("/")) for pair in explain(f"{root}.echanges", on).value]
    before = levels.level_of[swap.code]
    where = f"échange de {zone.code} {zone.nom}"
    moved = {before.value, swap.level.value}
    if moved not in [set(pair) for pair in pairs]:
        allowed = " ; ".join(" ↔ ".join(pair) for pair in pairs)
        return [Problem(where, f"{before} → {swap.level}", allowed, "retirer cet échange")]
    is_low = moved == set(pairs[0])
    band = explain(f"{root}.{'echange_bas' if is_low else 'echange_haut'}", on).value / 100
    place = levels.cumulated[swap.code]
    inside = place <= band if is_low else place > 1 - band
    problems = []
    if not inside:
        end = "bas" if is_low else "haut"
        problems.append(
            Problem(
                where,
                f"à {decimal(100 * place, 1)} % de la population cumulée",
                f"les {decimal(100 * band, 1)} % du {end} du classement",
                "choisir une zone de la bande d'échange",
            )
        )
    if not swap.reason.strip():
        problems.append(Problem(where, "sans motif", "un motif", "écrire le motif"))
    return problems


def _instability(
    levels: FiveLevels, zones: Sequence[Zone], swaps: Sequence[Swap], on: dt.date
) -> list[Problem]:
    moved = {one.code: one.level for one in swaps}
    tolerance = explain("zonage.cinq_niveaux.tolerance_echange", on)
    limit = tolerance.value / 100
    regions = sorted({zone.region for zone in zones if zone.code in moved})
    problems = []
    for region in regions:
        inside = [zone for zone in zones if zone.region == region]
        before = regional_shares(inside, levels.level_of)
        after = regional_shares(inside, {**levels.level_of, **moved})
        for level in _LEVELS:
            gap = after[level] - before[level]
            if abs(gap) > limit + _SUM_ERROR:
                problems.append(
                    Problem(
                        f"région {region}, niveau {level}",
                        f"{decimal(100 * gap, 1)} points de la population régionale",
                        f"une part stable, à {decimal(100 * limit, 1)} point près "
                        f"({tolerance.confidence})",
                        "compenser par un échange inverse",
                    )
                )
    return problems


def regional_shares(zones: Sequence[Zone], level_of: Mapping[str, Niveau]) -> dict[Niveau, float]:
    """Return the share (0 to 1) of the population of some zones in each level.

    Always true
    -----------
    Shares sum to one.
    """
    total = fsum(zone.population for zone in zones)
    return {
        level: fsum(zone.population for zone in zones if level_of[zone.code] is level) / total
        for level in _LEVELS
    }
