"""How many communes and inhabitants each zone holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Generic, TypeVar

from assemblier.zoning.classes import Niveau, Zonage

Zone = TypeVar("Zone", Zonage, Niveau, Zonage | Niveau)


@dataclass(frozen=True, slots=True)
class ZoneShare(Generic[Zone]):
    """What a zone holds.

    Attributes
    ----------
    zone
        The zone.
    communes
        Its communes, or territories.
    inhabitants
        Their residents; nan where those of one are unknown.
    share
        From 0 to 1, of the residents of all zones.
    """

    zone: Zone
    communes: int
    inhabitants: float
    share: float


def zone_shares(
    zones: Mapping[str, Zone], population: Mapping[str, float]
) -> tuple[ZoneShare[Zone], ...]:
    """Return what each zone present holds, the most fragile first.

    Parameters
    ----------
    zones
        Zone by commune.
    population
        Residents by commune; one that is absent is unknown.

    Always true
    -----------
    Shares sum to one where somebody lives.

    Examples
    --------
    >>> rows = zone_shares({"a": Zonage.ZAC, "b": Zonage.ZIP}, {"a": 30, "b": 10})
    >>> [(row.zone.value, row.share) for row in rows]
    [('ZIP', 0.25), ('ZAC', 0.75)]
    """
    whole = fsum(population.get(code, float("nan")) for code in zones)
    found = []
    for zone in sorted(set(zones.values()), key=lambda one: one.rank):
        codes = [code for code, own in zones.items() if own == zone]
        people = fsum(population.get(code, float("nan")) for code in codes)
        found.append(ZoneShare(zone, len(codes), people, people / whole if whole else 0.0))
    return tuple(found)
