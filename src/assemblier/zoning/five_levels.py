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
_ROUNDING = 0.5  # points: what printed shares may be off by, together
_FIRST_SHARE, _LAST_SHARE = "part_tres_sous_dotee", "part_non_prioritaire"


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


Shares = tuple[float | None, ...]
"""Share (%) of the population of each level, in order; None where no text that was read says it."""


@dataclass(frozen=True)
class FiveLevels:
    """The levels of a profession.

    Attributes
    ----------
    profession
        As tables name it.
    level_of
        By code of zone, where it is known.
    between
        Lowest and highest level of the other zones, whose shares are to be given.
    cumulated
        Share of the population (0 to 1) in zones up to this one, by code.
    shares
        Share of the population (0 to 1) in each level, in order; None for a level that is to be
        given.
    maxima
        Highest indicator of each level, None where the level is empty or to be given.
    wanted
        Shares (%) of the texts or of the file that cut the levels.
    sources
        The parameters, one line each.

    Always true
    -----------
    A zone whose indicator is lower is never at a higher level.
    A zone has a level, or levels it lies between.
    """

    profession: str
    level_of: Mapping[str, Niveau]
    between: Mapping[str, tuple[Niveau, Niveau]]
    cumulated: Mapping[str, float]
    shares: Shares
    maxima: tuple[float | None, ...]
    wanted: Shares
    sources: tuple[str, ...] = ()

    @property
    def to_confirm(self) -> tuple[Niveau, ...]:
        """Return the levels whose share no text that was read says."""
        return tuple(
            level for level, part in zip(_LEVELS, self.wanted, strict=True) if part is None
        )


def published_shares(profession: str, on: dt.date) -> Shares:
    """Return the shares (%) of the population a text gives to the five levels, as printed.

    Raises
    ------
    InputError
        When the texts read give none for this profession.

    Examples
    --------
    >>> published_shares("infirmier", dt.date(2020, 6, 1))
    (5.3, 9.4, 36.6, 20.4, 28.3)
    >>> published_shares("chirurgien_dentiste", dt.date(2024, 1, 1))
    (30.0, None, None, None, 5.0)
    """
    return _published(profession, on)[0]


def _published(profession: str, on: dt.date) -> tuple[Shares, tuple[str, ...]]:
    """Return the shares of the texts, and the lines that say where they come from."""
    root = f"zonage.{profession}"
    if f"{root}.parts" in paths():
        whole = explain(f"{root}.parts", on)
        return tuple(float(one) for one in whole.value), (whole.as_text(),)
    ends = [f"{root}.{name}" for name in (_FIRST_SHARE, _LAST_SHARE)]
    if not set(ends) <= set(paths()):
        known = ", ".join(one.split(".")[1] for one in paths() if one.endswith(".parts"))
        raise InputError(
            [Problem("profession", f"« {profession} »", known, "choisir l'une de ces professions")]
        )
    first, last = (explain(path, on) for path in ends)
    middle = (None,) * (len(_LEVELS) - 2)
    shares = (float(first.value), *middle, float(last.value))
    return shares, (first.as_text(), last.as_text())


def five_levels(
    profession: str, zones: Sequence[Zone], on: dt.date, given: Shares | None = None
) -> FiveLevels:
    """Class the zones of the whole country: ascending, cut where the shares are reached.

    The zone that reaches a share closes its level. Zones of equal indicator are together. Where
    shares are missing, a zone that they would class lies between two levels.

    Parameters
    ----------
    profession, zones, on
        What is classed, and the day whose texts hold.
    given
        Shares (%) that complete or replace those of the texts; None where one is not given.

    Raises
    ------
    InputError
        When an indicator is unknown, a code repeats, a population is not positive, or the shares
        do not sum to 100: all at once.

    Always true
    -----------
    Shares sum to one where all are known.
    The order of the zones changes nothing.
    """
    parts, sources = _published(profession, on)
    if given is not None:
        parts = tuple(
            new if new is not None else old for old, new in zip(parts, given, strict=True)
        )
        sources = (*sources, "Parts données dans un fichier")
    problems = [*_zone_problems(zones), *_share_problems(parts)]
    if problems:
        raise InputError(problems)
    ranges, cumulated = _cut(zones, _cuts(parts))
    return _summed(profession, zones, ranges, cumulated, parts, sources)


def _share_problems(parts: Shares) -> list[Problem]:
    known = [part for part in parts if part is not None]
    total = fsum(known)
    is_whole = len(known) == len(parts)
    if total <= 100 + _ROUNDING and (not is_whole or total >= 100 - _ROUNDING):
        return []
    expected = "100 %" if is_whole else "au plus 100 %, les parts qui manquent en plus"
    found = f"parts des niveaux dont la somme est {decimal(total, 1)} %"
    return [Problem("parts", found, expected, "corriger la feuille des parts")]


def _cuts(parts: Shares) -> list[float | None]:
    """Return where each level ends, from 0 to 1; None where neither side of it is all known."""
    whole = fsum(part for part in parts if part is not None) if None not in parts else 100.0
    cuts: list[float | None] = []
    for rank in range(1, len(parts)):
        low, high = parts[:rank], parts[rank:]
        if None not in low:
            cuts.append(fsum(part for part in low if part is not None) / whole)
        elif None not in high:
            cuts.append(1 - fsum(part for part in high if part is not None) / whole)
        else:
            cuts.append(None)
    return cuts


def _cut(
    zones: Sequence[Zone], cuts: Sequence[float | None]
) -> tuple[dict[str, tuple[Niveau, Niveau]], dict[str, float]]:
    """Return the lowest and highest level of each zone, and the population up to it."""
    ordered = sorted(zones, key=lambda zone: (zone.indicator or 0.0, zone.code))
    total = fsum(zone.population for zone in zones)
    ranges: dict[str, tuple[Niveau, Niveau]] = {}
    cumulated: dict[str, float] = {}
    before: list[float] = []
    for _, same in groupby(ordered, key=lambda zone: zone.indicator):
        group = list(same)
        span = _span(fsum(before) / total, cuts)
        before.extend(zone.population for zone in group)
        for zone in group:
            ranges[zone.code] = span
            cumulated[zone.code] = fsum(before) / total
    return ranges, cumulated


def _span(reached: float, cuts: Sequence[float | None]) -> tuple[Niveau, Niveau]:
    """Return the lowest and highest level of a zone that begins where a share is reached."""
    past = [
        rank for rank, cut in enumerate(cuts) if cut is not None and reached >= cut - _SUM_ERROR
    ]
    ahead = [
        rank for rank, cut in enumerate(cuts) if cut is not None and reached < cut - _SUM_ERROR
    ]
    return _LEVELS[max(past) + 1 if past else 0], _LEVELS[min(ahead) if ahead else -1]


def by_maxima(profession: str, zones: Sequence[Zone], on: dt.date) -> FiveLevels:
    """Class zones with the highest indicator a text printed for each level.

    An indicator equal to the highest of a level is in it; above the last one it is in the last.
    Each zone is classed alone: some zones of the country are enough.

    Raises
    ------
    InputError
        As `five_levels`, or when no text that was read prints maxima.

    Always true
    -----------
    A zone whose indicator is lower is never at a higher level.
    """
    problems = _zone_problems(zones)
    path = f"zonage.{profession}.maxima"
    if path not in paths():
        expected = ", ".join(one.split(".")[1] for one in paths() if one.endswith(".maxima"))
        action = "retirer --maxima, ou choisir l'une de ces professions"
        problems.append(Problem("--maxima", f"« {profession} »", expected, action))
    if problems:
        raise InputError(problems)
    limits = explain(path, on)
    levels = {
        zone.code: _LEVELS[sum((zone.indicator or 0.0) > limit for limit in limits.value[:-1])]
        for zone in zones
    }
    _, cumulated = _cut(zones, ())
    ranges = {code: (level, level) for code, level in levels.items()}
    parts = published_shares(profession, on)
    return _summed(profession, zones, ranges, cumulated, parts, (limits.as_text(),))


def _summed(
    profession: str,
    zones: Sequence[Zone],
    ranges: Mapping[str, tuple[Niveau, Niveau]],
    cumulated: Mapping[str, float],
    wanted: Shares,
    sources: tuple[str, ...],
) -> FiveLevels:
    total = fsum(zone.population for zone in zones)
    level_of = {code: low for code, (low, high) in ranges.items() if low is high}
    between = {code: span for code, span in ranges.items() if code not in level_of}
    open_ = {level for low, high in between.values() for level in _LEVELS[low.rank : high.rank + 1]}
    shares: list[float | None] = []
    maxima: list[float | None] = []
    for level in _LEVELS:
        members = [zone for zone in zones if level_of.get(zone.code) is level]
        share = fsum(zone.population for zone in members) / total if total else 0.0
        highest = max((zone.indicator or 0.0 for zone in members), default=None)
        shares.append(None if level in open_ else share)
        maxima.append(None if level in open_ else highest)
    return FiveLevels(
        profession,
        level_of,
        between,
        cumulated,
        tuple(shares),
        tuple(maxima),
        wanted,
        sources,
    )


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
    the share of each level in the population of the region stays stable. Where the text lets an
    agency extend the first level instead, the zones added hold at most its share of the region.

    Raises
    ------
    InputError
        When a swap names no zone, or names one twice.
    """
    known = {zone.code: zone for zone in zones if zone.code in levels.level_of}
    known |= {zone.code: zone for zone in zones if _extends(levels.profession)}
    codes = [one.code for one in swaps]
    unknown = [code for code in codes if code not in known or codes.count(code) > 1]
    if unknown:
        raise InputError(
            [
                Problem(
                    "échanges",
                    f"« {code} »",
                    "le code d'une zone dont le niveau est connu, une seule fois",
                    "le corriger",
                )
                for code in dict.fromkeys(unknown)
            ]
        )
    if _extends(levels.profession):
        return tuple(_extension_refusals(levels, zones, swaps, on))
    refusals = [one for swap in swaps for one in _swap_problems(levels, known[swap.code], swap, on)]
    return (*refusals, *_instability(levels, zones, swaps, on))


def _extends(profession: str) -> bool:
    """Whether the text lets an agency extend the first level, rather than exchange zones."""
    return f"zonage.{profession}.extension_regionale" in paths()


def _extension_refusals(
    levels: FiveLevels, zones: Sequence[Zone], swaps: Sequence[Swap], on: dt.date
) -> list[Problem]:
    limit = explain(f"zonage.{levels.profession}.extension_regionale", on).value / 100
    moved = {one.code: one for one in swaps}
    first = _LEVELS[0]
    problems = []
    for swap in swaps:
        where = f"extension à {swap.code}"
        if swap.level is not first or levels.level_of.get(swap.code) is first:
            found = f"{levels.level_of.get(swap.code, 'niveau à confirmer')} → {swap.level}"
            expected = f"une zone que le texte ne met pas en {first}, à y ajouter"
            problems.append(Problem(where, found, expected, "retirer cette ligne"))
        if not swap.reason.strip():
            problems.append(Problem(where, "sans motif", "un motif", "écrire le motif"))
    for region in sorted({zone.region for zone in zones if zone.code in moved}):
        inside = [zone for zone in zones if zone.region == region]
        added = fsum(zone.population for zone in inside if zone.code in moved)
        share = added / fsum(zone.population for zone in inside)
        if share > limit + _SUM_ERROR:
            problems.append(
                Problem(
                    f"région {region}",
                    f"{decimal(100 * share, 1)} % de sa population ajoutés en {first}",
                    f"au plus {decimal(100 * limit, 1)} %",
                    "retirer des zones",
                )
            )
    return problems


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
    Shares sum to one where every level is known.
    """
    total = fsum(zone.population for zone in zones)
    return {
        level: fsum(zone.population for zone in zones if level_of.get(zone.code) is level) / total
        for level in _LEVELS
    }
