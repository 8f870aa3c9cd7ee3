"""The territories that are classed: territoires de vie-santé, else bassins de vie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isnan

from assemblier.errors import Problem
from assemblier.territory.places import places

_MOST_SHOWN = 10
_EXPECTED_APL = "l'APL aux médecins de 65 ans et moins de chacune de ses communes habitées"
ACTION_APL = (
    "importer le classeur APL de la DREES, ou donner un fichier avec --apl ; à défaut, --partielle "
    "classe les autres territoires"
)
"""What to do about a territory without an APL."""


@dataclass(frozen=True, slots=True)
class Territoire:
    """One territory to class.

    Attributes
    ----------
    code, nom
        Its code and its name.
    apl
        Mean APL (doctors of 65 or less) of its communes weighted by resident inhabitants, whatever
        their region; None where a commune with inhabitants has none.
    population
        Resident inhabitants by code of region: a territory may lie across two regions.
    communes
        Codes of its communes, in ascending order.
    unknown
        Codes of its inhabited communes without an APL.
    """

    code: str
    nom: str
    apl: float | None
    population: Mapping[str, float]
    communes: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def inhabitants(self) -> float:
        """Return its residents, all regions."""
        return fsum(self.population.values())

    @property
    def leading_region(self) -> str:
        """Return the region with most of its residents: its agency decides without consensus."""
        return max(sorted(self.population), key=lambda region: self.population[region])


@dataclass(frozen=True)
class Ground:
    """What territories are made from: commune by commune.

    Attributes
    ----------
    apl
        APL (doctors of 65 or less) by commune; a commune that is absent is unknown.
    population
        Resident inhabitants by commune; nan where unknown.
    region, nom
        By commune.
    """

    apl: Mapping[str, float]
    population: Mapping[str, float]
    region: Mapping[str, str]
    nom: Mapping[str, str]


@dataclass(frozen=True)
class Partition:
    """Which territory each commune belongs to.

    Attributes
    ----------
    kind
        ``"tvs"`` or ``"bassin_de_vie"``.
    unit_of
        Code of the territory by commune.
    nom
        Name by code of territory; the code stands where there is none.
    vintage
        Of the composition, in French.
    """

    kind: str
    unit_of: Mapping[str, str]
    nom: Mapping[str, str]
    vintage: str = ""

    @property
    def is_official(self) -> bool:
        """Whether these are the territories the law names."""
        return self.kind == "tvs"

    @property
    def label(self) -> str:
        """Return what these territories are called, in French, plural."""
        return "territoires de vie-santé" if self.is_official else "bassins de vie"

    @property
    def label_one(self) -> str:
        """Return what one of these territories is called, in French."""
        return "territoire de vie-santé" if self.is_official else "bassin de vie"

    def of(self, commune: str) -> tuple[str, str, tuple[str, ...]] | None:
        """Return the code, the name and all the communes of the territory of a commune.

        None where the composition does not name the commune.
        """
        unit = self.unit_of.get(commune)
        if unit is None:
            return None
        return unit, self.nom.get(unit, unit), self.members()[unit]

    def members(self) -> dict[str, tuple[str, ...]]:
        """Return the communes of each territory.

        Always true
        -----------
        Each commune is in one territory, once.
        """
        found: dict[str, list[str]] = {}
        for commune in sorted(self.unit_of):
            found.setdefault(self.unit_of[commune], []).append(commune)
        return {unit: tuple(codes) for unit, codes in found.items()}


def territories(partition: Partition, ground: Ground, region: str) -> tuple[Territoire, ...]:
    """Return the territories that have a commune in a region, whole, in ascending order of codes.

    Always true
    -----------
    A territory across two regions is whole from both.
    """
    members = partition.members()
    concerned = {
        unit for commune, unit in partition.unit_of.items() if ground.region.get(commune) == region
    }
    return tuple(_territory(unit, members[unit], partition, ground) for unit in sorted(concerned))


def _territory(
    unit: str, communes: tuple[str, ...], partition: Partition, ground: Ground
) -> Territoire:
    by_region: dict[str, list[float]] = {}
    weights: list[tuple[float, float]] = []
    unknown: list[str] = []
    for commune in communes:
        residents = ground.population.get(commune, float("nan"))
        if isnan(residents):
            unknown.append(commune)
            continue
        by_region.setdefault(ground.region.get(commune, ""), []).append(residents)
        apl = ground.apl.get(commune)
        if apl is None or isnan(apl):
            unknown += [commune] if residents else []
        else:
            weights.append((apl, residents))
    return Territoire(
        unit,
        partition.nom.get(unit) or ground.nom.get(unit) or unit,
        None if unknown else _mean(weights),
        {region: fsum(counts) for region, counts in by_region.items()},
        communes,
        tuple(unknown),
    )


def _mean(weights: Sequence[tuple[float, float]]) -> float | None:
    total = fsum(weight for _, weight in weights)
    if not total:
        return None
    # Rounded far under what an APL is published with: a sum must not move a value off its edge.
    return round(fsum(value * weight for value, weight in weights) / total, 12)


def misfits(
    partition: Partition, ground: Ground, region: str, is_partial: bool = False
) -> list[Problem]:
    """Return what prevents the classing of a region: every commune or territory at fault.

    Parameters
    ----------
    partition, ground, region
        As `territories`.
    is_partial
        Whether territories without an APL are left out, instead of being at fault.

    Returns
    -------
        The communes of the region in no territory; the départements without any APL, their
        territories together where they are many; each other territory whose APL is unknown.
    """
    problems = _homeless(partition, ground, region)
    found = territories(partition, ground, region)
    lacking = [unit for unit in found if unit.apl is None]
    if is_partial and len(lacking) < len(found):
        return problems
    # Few territories are told one by one; many of a département without any APL, together.
    empty = _without_any_apl(lacking, ground) if len(lacking) > _MOST_SHOWN else set()
    problems += _empty_problems(empty, lacking, partition)
    others = [unit for unit in lacking if not _lies_in(unit, empty)]
    problems += [_no_apl(unit, partition, ground) for unit in others[:_MOST_SHOWN]]
    if len(others) > _MOST_SHOWN:
        names = ", ".join(f"{unit.code} {unit.nom}" for unit in others[_MOST_SHOWN:])
        problems.append(
            Problem(
                f"{len(others) - _MOST_SHOWN} autres {partition.label}",
                f"APL inconnue : {names}",
                _EXPECTED_APL,
                ACTION_APL,
            )
        )
    return problems


def _homeless(partition: Partition, ground: Ground, region: str) -> list[Problem]:
    inside = sorted(code for code, own in ground.region.items() if own == region)
    codes = [code for code in inside if code not in partition.unit_of]
    if not codes:
        return []
    return [
        Problem(
            f"composition des {partition.label}",
            f"{len(codes)} commune{'s' * (len(codes) > 1)} de la région sans "
            f"territoire : {_shown(codes, ground)}",
            "un territoire pour chaque commune",
            "compléter la composition, ou en importer une plus récente",
        )
    ]


def _departement(commune: str) -> str:
    return commune[:3] if commune.startswith("97") else commune[:2]


def _without_any_apl(lacking: Sequence[Territoire], ground: Ground) -> set[str]:
    """Return the départements of some territories where no commune of France has an APL."""
    known = {_departement(code) for code, apl in ground.apl.items() if not isnan(apl)}
    return {_departement(code) for unit in lacking for code in unit.unknown} - known


def _lies_in(unit: Territoire, departements: set[str]) -> bool:
    return any(_departement(code) in departements for code in unit.unknown)


def _empty_problems(
    empty: set[str], lacking: Sequence[Territoire], partition: Partition
) -> list[Problem]:
    if not empty:
        return []
    names = places("departement")
    listed = ", ".join(
        f"{names[code].nom} ({code})" if code in names else code for code in sorted(empty)
    )
    touched = [unit for unit in lacking if _lies_in(unit, empty)]
    some = ", ".join(f"{unit.code} {unit.nom}" for unit in touched[:_MOST_SHOWN])
    more = "…" if len(touched) > _MOST_SHOWN else ""
    return [
        Problem(
            "APL aux médecins de 65 ans et moins",
            f"aucune valeur dans {len(empty)} département{'s' * (len(empty) > 1)} : {listed} ; "
            f"{len(touched)} {partition.label if len(touched) > 1 else partition.label_one} sans "
            f"APL : {some}{more}",
            _EXPECTED_APL,
            ACTION_APL,
        )
    ]


def _no_apl(unit: Territoire, partition: Partition, ground: Ground) -> Problem:
    absent = unit.unknown or unit.communes
    return Problem(
        f"{partition.label_one} {unit.code} {unit.nom}",
        f"APL inconnue : aucune valeur pour {_shown(absent, ground)}",
        _EXPECTED_APL,
        ACTION_APL,
    )


def _shown(codes: Sequence[str], ground: Ground, most: int = 5) -> str:
    names = [f"{code} {ground.nom.get(code, '')}".strip() for code in codes[:most]]
    more = f"… ({len(codes)} communes)" if len(codes) > most else ""
    return ", ".join(names) + more


def merged_composition(
    rows: Mapping[str, str], current: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return a composition of an older vintage on the communes of today.

    A new commune follows the territory of the code it keeps. Where it joins the poles of two
    territories (a territory bears the code of its pole), these become one.

    Parameters
    ----------
    rows
        Territory by commune, codes of the vintage.
    current
        Commune of today by former code; a code that is absent has not changed.

    Returns
    -------
        Territory by commune of today, and the territories absorbed: old code, new code.

    Examples
    --------
    >>> merged_composition({"01001": "01001", "01002": "01009", "01009": "01009"},
    ...                    {"01002": "01001"})
    ({'01001': '01001', '01009': '01009'}, {})
    """
    absorbed: dict[str, str] = {}
    kept: dict[str, str] = {}
    for old in sorted(rows):
        today = current.get(old, old)
        if old == today:
            kept[today] = rows[old]
        elif rows[old] == old and rows.get(today) == today:
            absorbed[old] = today
    for old in sorted(rows):
        # A commune whose own code has gone: it follows the first of those that became it.
        kept.setdefault(current.get(old, old), rows[old])
    return {commune: _final(unit, absorbed) for commune, unit in kept.items()}, absorbed


def _final(unit: str, absorbed: Mapping[str, str]) -> str:
    while unit in absorbed:
        unit = absorbed[unit]
    return unit
