"""What the tags of a way say to a driver: may one pass, which way, how fast."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assemblier.travel.roads.profile import Profile

KEYS = frozenset(
    {
        "highway",
        "route",
        "motorcar",
        "motor_vehicle",
        "vehicle",
        "access",
        "oneway",
        "oneway:motor_vehicle",
        "junction",
        "maxspeed",
        "maxspeed:forward",
        "maxspeed:backward",
        "zone:maxspeed",
        "source:maxspeed",
        "maxspeed:type",
        "surface",
        "tracktype",
        "service",
        "area",
        "tunnel",
        "duration",
    }
)
"""The tags that are read; the others never tell two ways apart."""

FERRY = "ferry"
ACCESS = ("motorcar", "motor_vehicle", "vehicle", "access")
"""From the most precise to the most general; the first that is present decides."""

OPEN = frozenset({"yes", "permissive", "designated", "official", "public"})
ROUNDABOUT = frozenset({"roundabout", "circular"})
MILE_KM = 1.609344
_SPEED = re.compile(r"^(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?$")
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,3}):(\d\d)$")
_ISO = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?$")


@dataclass(frozen=True, slots=True)
class Way:
    """One way, as a driver reads it.

    Attributes
    ----------
    class_of_road
        Rank in `Profile.classes`, −1 for a ferry.
    is_forward, is_backward
        Whether one may drive it in the order of its nodes, and against it.
    forward_kmh, backward_kmh
        The limits written on it, nan where none is.
    town
        1 in town, 0 out of town, nan where the tags do not say.
    factor
        Of the speed, for the surface and for roads kept for those who live there.
    is_roundabout, is_tunnel
        What it is.
    ferry_minutes
        How long the crossing takes, nan where the tags do not say.
    """

    class_of_road: int
    is_forward: bool = True
    is_backward: bool = True
    forward_kmh: float = float("nan")
    backward_kmh: float = float("nan")
    town: float = float("nan")
    factor: float = 1.0
    is_roundabout: bool = False
    is_tunnel: bool = False
    ferry_minutes: float = float("nan")


class Reader:
    """Reads tags with a profile, and counts what it leaves out.

    Examples
    --------
    >>> from datetime import date
    >>> from assemblier.travel.roads.profile import road_profile
    >>> reader = Reader(road_profile(date(2024, 1, 1)))
    >>> way = reader.way({"highway": "primary", "maxspeed": "70", "oneway": "yes"})
    >>> way.forward_kmh, way.is_backward
    (70.0, False)
    >>> reader.way({"highway": "residential", "access": "private"}) is None
    True
    >>> dict(reader.dropped)
    {'voies fermées aux voitures': 1}
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.dropped: Counter[str] = Counter()
        self.misread: Counter[str] = Counter()
        self._rank = {name: rank for rank, name in enumerate(profile.classes)}
        self._refused = frozenset(profile.names("acces.refus"))
        self._destination = frozenset(profile.names("acces.riverains"))
        self._closed = frozenset(profile.names("acces.classes_fermees"))
        self._useless = frozenset(profile.names("acces.dessertes_exclues"))

    def way(self, tags: Mapping[str, str]) -> Way | None:
        """Return a way, or None where no car passes; the reason is then counted."""
        highway = tags.get("highway", "")
        if highway not in self._rank:
            return self._ferry(tags) if tags.get("route") == FERRY else None
        reason = self._closed_by(highway, tags)
        if reason:
            self.dropped[reason] += 1
            return None
        forward, backward = _directions(highway, tags)
        if not (forward or backward):
            self.dropped["voies à sens changeant"] += 1
            return None
        general = self._limit(tags, "maxspeed")
        return Way(
            self._rank[highway],
            forward,
            backward,
            self._limit(tags, "maxspeed:forward", general),
            self._limit(tags, "maxspeed:backward", general),
            _town(tags),
            self._factor(tags),
            tags.get("junction") in ROUNDABOUT,
            tags.get("tunnel", "no") != "no",
        )

    def _ferry(self, tags: Mapping[str, str]) -> Way | None:
        # Without a word on cars, a ferry is taken for a passenger boat.
        allowed = next((tags[key] for key in ACCESS[:3] if key in tags), "no")
        if allowed in self._refused:
            self.dropped["bacs sans voitures"] += 1
            return None
        forward, backward = _directions(FERRY, tags)
        return Way(-1, forward, backward, ferry_minutes=minutes_of(tags.get("duration", "")))

    def _closed_by(self, highway: str, tags: Mapping[str, str]) -> str:
        access = next((tags[key] for key in ACCESS if key in tags), "")
        if access in self._refused:
            return "voies fermées aux voitures"
        if tags.get("area") == "yes":
            return "surfaces (places, parkings)"
        if tags.get("service") in self._useless and highway == "service":
            return "allées et accès privés"
        is_solid = tags.get("tracktype") == "grade1"
        if highway in self._closed and access not in OPEN and not is_solid:
            return "chemins sans mention d'ouverture"
        return ""

    def _factor(self, tags: Mapping[str, str]) -> float:
        profile, surface = self.profile, tags.get("surface", "")
        factor = 1.0
        if surface in self._paved:
            factor = profile.number("revetement.facteur_paves")
        elif surface in self._loose:
            factor = profile.number("revetement.facteur_non_revetus")
        access = next((tags[key] for key in ACCESS if key in tags), "")
        if access in self._destination:
            factor *= profile.number("acces.facteur_riverains")
        return factor

    @cached_property
    def _paved(self) -> frozenset[str]:
        return frozenset(self.profile.names("revetement.paves"))

    @cached_property
    def _loose(self) -> frozenset[str]:
        return frozenset(self.profile.names("revetement.non_revetus"))

    def _limit(self, tags: Mapping[str, str], key: str, default: float = float("nan")) -> float:
        """Return the limit a tag writes in km/h, nan where it writes none that is understood."""
        text = tags.get(key, "").strip().lower()
        if not text:
            return default
        written = _SPEED.match(text.split(";")[0])
        if written:
            kmh = float(written[1]) * (MILE_KM if written[2] == "mph" else 1)
            return kmh if kmh > 0 else default
        named = self._named_limits.get(text.rpartition(":")[2])
        if named is None:
            self.misread[f"{key}={tags[key]}"] += 1
            return default
        return named

    @cached_property
    def _named_limits(self) -> dict[str, float]:
        limit = {
            name.partition(".")[2]: float(value)
            for name, value in self.profile.values.items()
            if name.startswith("limite_kmh.")
        }
        return {
            "motorway": limit["autoroute"],
            "none": limit["autoroute"],
            "rural": limit["hors_agglomeration"],
            "urban": limit["agglomeration"],
            "zone30": limit["zone_30"],
            "30": limit["zone_30"],
            "walk": limit["zone_de_rencontre"],
            "living_street": limit["zone_de_rencontre"],
        }


def _directions(highway: str, tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether one drives in the order of the nodes, and against it."""
    oneway = tags.get("oneway:motor_vehicle", tags.get("oneway", ""))
    if oneway in ("yes", "true", "1"):
        return True, False
    if oneway in ("-1", "reverse"):
        return False, True
    if oneway == "reversible":
        return False, False
    is_implied = highway == "motorway" or tags.get("junction") in ROUNDABOUT
    return True, not is_implied or oneway in ("no", "false", "0")


def _town(tags: Mapping[str, str]) -> float:
    """Return 1 in town, 0 out of town, nan where no tag says."""
    for key in ("zone:maxspeed", "maxspeed:type", "source:maxspeed", "maxspeed"):
        kind = tags.get(key, "").lower().rpartition(":")[2]
        if kind in ("urban", "zone30", "30", "living_street") and ":" in tags.get(key, ""):
            return 1.0
        if kind in ("rural", "motorway") and ":" in tags.get(key, ""):
            return 0.0
    return float("nan")


def minutes_of(duration: str) -> float:
    """Return the minutes of a duration as OpenStreetMap writes it, nan where it is not understood.

    Examples
    --------
    >>> minutes_of("01:30"), minutes_of("25"), minutes_of("PT1H"), minutes_of("00:20:30")
    (90.0, 25.0, 60.0, 20.5)
    """
    text = duration.strip()
    if clock := _CLOCK.match(text):
        first, second, third = clock.groups()
        if first is None:
            return float(second) * 60 + float(third)
        return float(first) * 60 + float(second) + float(third) / 60
    if (iso := _ISO.match(text)) and any(iso.groups()):
        return float(iso[1] or 0) * 60 + float(iso[2] or 0)
    return float(text) if text.isdigit() and int(text) > 0 else float("nan")
