"""One pass over an OpenStreetMap extract: what a car needs of it, as arrays.

pyosmium filters in C++; Python sees only drivable ways, the few points with a barrier or a sign,
and turn restrictions. The coordinates of all points are held in memory for a small extract, in a
temporary file for a large one.
"""

import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assemblier.durable import file_sha256
from assemblier.errors import DataError, Problem, UnavailableError
from assemblier.travel.roads.profile import Profile
from assemblier.travel.roads.tags import ACCESS, FERRY, KEYS, OPEN, Reader, Way

INSTALL = 'pip install "assemblier[routes]"'
IN_MEMORY_BYTES = 600_000_000
"""Size of an extract from which coordinates go to a temporary file: about 16 bytes a point."""

SAID_EVERY = 20_000
SIGNS = ("traffic_signals", "stop", "give_way")
CAR = frozenset({"motorcar", "motor_vehicle", "vehicle"})
UNKNOWN = 2147483647
"""The coordinate osmium gives a point that is not in the extract."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """From one way, through one point, to another way: forbidden, or the only turn allowed."""

    from_way: int
    via: int
    to_way: int
    is_only: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """A barrier or a sign on a point; `direction` is 1 or −1 when only one direction sees it."""

    penalty: str
    direction: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """The drivable ways of an extract.

    Attributes
    ----------
    refs, x, y
        (points,) the points of the ways, one way after the other: identifiers, and degrees times
        1e7, `UNKNOWN` for a point that is not in the extract.
    first
        (ways + 1,) the first point of each way.
    way_ids
        (ways,) identifiers.
    kinds
        (ways,) place in `ways`: many ways are alike.
    ways
        What the tags say.
    blocked
        Points that no car passes.
    signs
        Points that take time.
    restrictions
        Turns.
    date
        Of the data, or ``"inconnue"``.
    dropped
        What was left out, and how many.
    misread
        Values of tags that were not understood, and how many.
    """

    refs: NDArray[np.int64]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    first: NDArray[np.int64]
    way_ids: NDArray[np.int64]
    kinds: NDArray[np.int32]
    ways: tuple[Way, ...]
    blocked: frozenset[int]
    signs: Mapping[int, Sign]
    restrictions: tuple[Restriction, ...]
    date: str
    dropped: Mapping[str, int]
    misread: Mapping[str, int]


@dataclass(slots=True)
class _Gathering:
    """What the pass fills."""

    reader: Reader
    refs: "array[int]" = field(default_factory=lambda: array("q"))
    xy: "array[int]" = field(default_factory=lambda: array("i"))
    first: "array[int]" = field(default_factory=lambda: array("q", [0]))
    way_ids: "array[int]" = field(default_factory=lambda: array("q"))
    kinds: "array[int]" = field(default_factory=lambda: array("i"))
    ways: list[Way] = field(default_factory=list)
    kind_of: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    reason_of: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    blocked: set[int] = field(default_factory=set)
    signs: dict[int, Sign] = field(default_factory=dict)
    restrictions: list[Restriction] = field(default_factory=list)


def read_extract(path: Path, profile: Profile, told: Callable[[str], None]) -> Extract:
    """Read the drivable ways of an extract.

    Parameters
    ----------
    path
        An ``.osm.pbf`` file.
    profile
        Says which classes of road are driven, and which barriers are passed.
    told
        Called from time to time with how far the reading is, in French.

    Raises
    ------
    DataError
        When the file cannot be read, is not an extract, is cut short, or holds no road.
    UnavailableError
        When osmium is not installed.
    """
    osmium = _osmium()
    _refuse_no_pbf(path)
    got = _Gathering(Reader(profile))
    with _explained(path), tempfile.TemporaryDirectory(prefix="assemblier-") as folder:
        date = _date(osmium, path)
        for one in _objects(osmium, path, profile, Path(folder)):
            if one.is_way():
                _take_way(got, one)
                if len(got.way_ids) % SAID_EVERY == 0:
                    told(f"Lecture de l'extrait : {len(got.way_ids)} voies")
            elif one.is_node():
                _take_point(got, one.id, dict(one.tags))
            else:
                _take_relation(got, one)
    if not got.way_ids:
        raise DataError([_no_road(path)])
    return _gathered(got, date)


def file_key(path: Path) -> str:
    """Return the sha256 of an extract.

    Raises
    ------
    DataError
        When it cannot be read.
    """
    try:
        return file_sha256(path)
    except OSError as error:
        raise DataError([_bad(path, f"fichier illisible ({error.strerror or error})")]) from error


def _osmium() -> Any:
    try:
        import osmium
    except ImportError as error:
        raise UnavailableError("lecture d'un extrait OpenStreetMap", INSTALL) from error
    return osmium


def _date(osmium: Any, path: Path) -> str:
    """Return the day of the data that the header of the extract says."""
    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        stamp: str = reader.header().get("osmosis_replication_timestamp")
    return stamp[:10] or "inconnue"


def _objects(osmium: Any, path: Path, profile: Profile, folder: Path) -> Iterator[Any]:
    """Return the ways, signed points and restrictions; osmium leaves the rest out."""
    storage = "flex_mem"
    if path.stat().st_size > IN_MEMORY_BYTES:
        storage = f"sparse_file_array,{folder / 'points'}"
    kinds, tag_filter = osmium.osm, osmium.filter.TagFilter
    roads = [("highway", name) for name in profile.classes]
    barriers = profile.names("acces.obstacles") + profile.names("acces.barrieres")
    on_points = [("highway", name) for name in SIGNS]
    on_points += [("barrier", name) for name in (*barriers, "toll_booth", "border_control")]
    found: Iterator[Any] = iter(
        osmium.FileProcessor(str(path))
        .with_locations(storage)
        .with_filter(tag_filter(*roads, ("route", FERRY)).enable_for(kinds.WAY))
        .with_filter(tag_filter(*on_points).enable_for(kinds.NODE))
        .with_filter(tag_filter(("type", "restriction")).enable_for(kinds.RELATION))
    )
    return found


def _take_way(got: _Gathering, way: Any) -> None:
    tags = tuple((tag.k, tag.v) for tag in way.tags if tag.k in KEYS)
    kind = got.kind_of.get(tags)
    if kind is None:
        kind = got.kind_of[tags] = _new_kind(got, tags)
    if kind < 0:
        got.dropped[got.reason_of[tags]] += 1
        return
    points = way.nodes
    if len(points) < 2:
        got.dropped["voies d'un seul point"] += 1
        return
    held = list(points)
    got.refs.extend([point.ref for point in held])
    got.xy.extend([one for point in held for one in (point.x, point.y)])
    got.first.append(len(got.refs))
    got.way_ids.append(way.id)
    got.kinds.append(kind)


def _new_kind(got: _Gathering, tags: tuple[tuple[str, str], ...]) -> int:
    """Read tags that no way had before; ways alike are read once."""
    before = Counter(got.reader.dropped)
    way = got.reader.way(dict(tags))
    if way is None:
        got.reason_of[tags] = next(iter(got.reader.dropped - before), "autres voies")
        return -1
    got.ways.append(way)
    return len(got.ways) - 1


def _take_point(got: _Gathering, ref: int, tags: dict[str, str]) -> None:
    profile, barrier = got.reader.profile, tags.get("barrier", "")
    access = next((tags[key] for key in ACCESS if key in tags), "")
    is_precise = any(key in tags for key in CAR)
    is_closed = access in profile.names("acces.refus") and bool(barrier or is_precise)
    if is_closed or (barrier in profile.names("acces.obstacles") and access not in OPEN):
        got.blocked.add(ref)
    elif sign := _sign(profile, barrier, tags):
        got.signs[ref] = sign


def _sign(profile: Profile, barrier: str, tags: dict[str, str]) -> Sign | None:
    if barrier == "toll_booth":
        return Sign("penalite.peage")
    if barrier == "border_control":
        return Sign("penalite.frontiere")
    if barrier in profile.names("acces.barrieres"):
        return Sign("penalite.barriere")
    highway = tags.get("highway", "")
    penalty = {
        "traffic_signals": "penalite.feu",
        "stop": "penalite.stop",
        "give_way": "penalite.cedez_le_passage",
    }.get(highway)
    said = tags.get(f"{highway}:direction", tags.get("direction", ""))
    return Sign(penalty, {"forward": 1, "backward": -1}.get(said, 0)) if penalty else None


def _take_relation(got: _Gathering, relation: Any) -> None:
    tags: dict[str, str] = dict(relation.tags)
    rule = tags.get("restriction:motorcar", tags.get("restriction", ""))
    excepted = tags.get("except", "").split(";")
    if not rule.startswith(("no_", "only_")) or "motorcar" in excepted:
        got.dropped["interdictions de tourner sans effet sur les voitures"] += 1
        return
    members = [(member.role, member.type, member.ref) for member in relation.members]
    via = [ref for role, kind, ref in members if role == "via" and kind == "n"]
    start = [ref for role, kind, ref in members if role == "from" and kind == "w"]
    end = [ref for role, kind, ref in members if role == "to" and kind == "w"]
    if len(via) != 1 or not start or not end:
        got.dropped["interdictions de tourner par plusieurs voies"] += 1
        return
    is_only = rule.startswith("only_")
    got.restrictions += [Restriction(a, via[0], b, is_only) for a in start for b in end]


def _gathered(got: _Gathering, date: str) -> Extract:
    xy = np.frombuffer(got.xy, dtype=np.int32).reshape(-1, 2)
    return Extract(
        np.frombuffer(got.refs, dtype=np.int64),
        xy[:, 0],
        xy[:, 1],
        np.frombuffer(got.first, dtype=np.int64),
        np.frombuffer(got.way_ids, dtype=np.int64),
        np.frombuffer(got.kinds, dtype=np.int32),
        tuple(got.ways),
        frozenset(got.blocked),
        got.signs,
        tuple(got.restrictions),
        date,
        dict(got.dropped),
        dict(got.reader.misread),
    )


def _refuse_no_pbf(path: Path) -> None:
    """Refuse what is not a PBF before osmium guesses a format from the name."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise DataError([_bad(path, f"fichier illisible ({error.strerror or error})")]) from error
    # Four bytes of length, then a block whose kind is written out.
    if b"OSMHeader" not in start:
        raise DataError([_bad(path, "fichier vide" if not start else "pas un PBF d'OpenStreetMap")])


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what osmium says of a bad file into a message."""
    try:
        yield
    except (RuntimeError, ValueError) as error:
        raise DataError([_bad(path, f"extrait coupé ou abîmé ({error})")]) from error


def _bad(path: Path, found: str) -> Problem:
    return Problem(
        str(path),
        found,
        "un extrait OpenStreetMap au format .osm.pbf, entier",
        "télécharger de nouveau l'extrait, puis relancer la même commande",
    )


def _no_road(path: Path) -> Problem:
    return Problem(
        str(path),
        "aucune route ouverte aux voitures",
        "un extrait OpenStreetMap d'un territoire, avec ses routes",
        "choisir un extrait complet du territoire",
    )
