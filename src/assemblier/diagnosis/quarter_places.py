"""What lies inside the priority quarters: their contours against addresses that have a position.

Contours come from the GeoJSON the ANCT publishes; positions from the imported FINESS and, for
practitioners, from a CSV whose addresses were located (the national address service does it).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.data.documents import cited
from assemblier.diagnosis.user_table import Reader, Row
from assemblier.diagnosis.wording import read_number
from assemblier.errors import DataError, Problem
from assemblier.figures import Figure, Nature, Provenance, Source
from assemblier.sources.stored import stored
from assemblier.territory import Perimeter, outline

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FILE = "ANCT, contours des quartiers prioritaires (GeoJSON, longitudes et latitudes WGS 84)"
COLUMNS = ("type", "longitude", "latitude", "date", "source")
CODES = ("code_qp", "code_qpv", "codeqp", "code")
NAMES = ("nom_qp", "nom_qpv", "lib_qp", "nom")
METHOD = "Compté dans le quartier : sa position est à l'intérieur ou sur le bord du contour."
TYPES = 60
"""Letters of a kind of place, at most: more is an address, which is never kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The contour of one quarter, in longitude and latitude."""

    code: str
    nom: str
    contour: "BaseGeometry"


@dataclass(frozen=True, slots=True)
class Place:
    """One position: what is there, never who."""

    kind: str
    longitude: float
    latitude: float
    source: Source


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """How many places of each kind lie in a quarter; a kind that is nowhere is not there."""

    code: str
    nom: str
    counts: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class QuarterPlaces:
    """The quarters that meet a territory, and what lies inside each.

    Attributes
    ----------
    quarters
        By code.
    inside, outside
        Places of the territory in a quarter, and in none.
    national
        Inhabitants of every quarter of France, as the guide of 2019 prints them.
    """

    quarters: tuple[QuarterCount, ...]
    inside: Figure
    outside: Figure
    national: Figure


def national_inhabitants() -> Figure:
    """Return the inhabitants of every priority quarter of France, as printed.

    Examples
    --------
    >>> national_inhabitants().value
    5.4
    """
    return cited("habitants_quartiers_prioritaires")


def read_contours(path: Path) -> tuple[Shape, ...]:
    """Read the contours of the quarters.

    Parameters
    ----------
    path
        A GeoJSON collection; each feature has a code (`CODES`) and a polygon.

    Raises
    ------
    DataError
        Every problem of the file: no GeoJSON, other coordinates than degrees, a feature without
        code or polygon.
    """
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    problems, found = [], []
    for number, feature in enumerate(_features(path), start=1):
        where = f"{path.name}, entité {number}"
        properties = {str(k).casefold(): v for k, v in (feature.get("properties") or {}).items()}
        code = _first(properties, CODES)
        try:
            contour = shape(feature["geometry"])
        except (KeyError, TypeError, AttributeError, ValueError, ShapelyError):
            contour = None
        if not code:
            problems.append(Problem(where, "pas de code", f"l'un de : {', '.join(CODES)}", _TAKE))
        elif contour is None or contour.geom_type not in ("Polygon", "MultiPolygon"):
            problems.append(Problem(where, f"{code} sans contour", "un polygone", _TAKE))
        elif not _is_in_degrees(contour):
            told = "des coordonnées qui ne sont pas des degrés"
            action = "convertir le fichier en WGS 84 (EPSG:4326)"
            problems.append(Problem(where, told, "des longitudes et latitudes", action))
        else:
            found.append(Shape(code, _first(properties, NAMES) or code, contour))
    if problems:
        raise DataError(problems[:SHOWN])
    return tuple(found)


SHOWN = 20
"""Problems told at most: a whole file in other coordinates says it as many times as it has rows."""

_TAKE = "reprendre le fichier de l'ANCT"


def _features(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        features = content["features"]
        return [dict(feature) for feature in features]
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = "un fichier illisible ou qui n'est pas une collection GeoJSON"
        raise DataError([Problem(str(path), found, FILE, _TAKE)]) from error


def _first(properties: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((str(properties[name]) for name in names if properties.get(name)), "")


def _is_in_degrees(contour: "BaseGeometry") -> bool:
    west, south, east, north = contour.bounds
    return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)


def read_places(path: Path) -> tuple[Place, ...]:
    """Read located addresses: columns type, longitude, latitude, date, source; no name is read.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, COLUMNS)
    found = []
    for row in reader.rows:
        kind = reader.text(row, "type")
        if len(kind) > TYPES:
            reader.problem(row, "type", "ce qui est compté, par exemple médecin généraliste")
        longitude = _degrees(reader, row, "longitude", 180)
        latitude = _degrees(reader, row, "latitude", 90)
        source = Source(
            f"adresses-{row.cells['source']}",
            reader.text(row, "source"),
            "Adresses localisées",
            row.cells["date"],
            licence="non précisée ; fournie par l'utilisateur",
        )
        found.append(Place(kind, longitude, latitude, source))
    reader.check()
    return tuple(found)


def _degrees(reader: Reader, row: Row, column: str, most: float) -> float:
    value = read_number(row.cells[column])
    if value is None or abs(value) > most:
        reader.problem(row, column, f"des degrés, de -{most} à {most}")
        return 0.0
    return value


def imported_places() -> tuple[Place, ...]:
    """Return the establishments of the imported FINESS that have a position."""
    return tuple(_imported())


def _imported() -> Iterator[Place]:
    seen: set[str] = set()
    for table in stored("etablissements"):
        rows = table.rows().drop_nulls(["longitude", "latitude"])
        columns = ("finess", "libelle_categorie", "categorie", "longitude", "latitude")
        for finess, label, category, east, north in rows.select(columns).iter_rows():
            if finess not in seen:
                seen.add(finess)
                yield Place(label or category, east, north, table.source)


def quarter_places(
    perimeter: Perimeter, shapes: Sequence[Shape], places: Sequence[Place]
) -> QuarterPlaces:
    """Return what lies inside the quarters that meet a territory.

    Parameters
    ----------
    perimeter
        The territory; places outside it are left out.
    shapes, places
        As `read_contours`, `read_places` and `imported_places` return them.

    Always true
    -----------
    Places inside and outside the quarters sum to the places of the territory.
    A place on the edge of a contour is inside.
    """
    import numpy as np
    import shapely

    area = outline(perimeter.codes)
    shapely.prepare(area)
    here = [one for one in shapes if area.intersects(one.contour)]
    pairs = np.array([(one.longitude, one.latitude) for one in places]).reshape(-1, 2)
    points = shapely.points(pairs)
    kept = np.flatnonzero(shapely.covers(area, points))
    tree = shapely.STRtree(points[kept]) if len(kept) else None
    counted, held = [], set[int]()
    for one in sorted(here, key=lambda shape: shape.code):
        rows = kept[tree.query(one.contour, predicate="covers")] if tree is not None else kept
        held.update(rows.tolist())
        counted.append(
            QuarterCount(one.code, one.nom, _counts([places[row] for row in rows.tolist()]))
        )
    inside = [places[row] for row in sorted(held)]
    outside = [places[row] for row in kept.tolist() if row not in held]
    return QuarterPlaces(
        tuple(counted),
        _total("dans un quartier prioritaire", inside),
        _total("hors des quartiers prioritaires", outside),
        national_inhabitants(),
    )


def _counts(places: Sequence[Place]) -> dict[str, Figure]:
    kinds = sorted({one.kind for one in places})
    return {kind: _total(kind, [one for one in places if one.kind == kind]) for kind in kinds}


def _total(label: str, places: Sequence[Place]) -> Figure:
    sources = tuple(dict.fromkeys(one.source for one in places))
    vintage = ", ".join(dict.fromkeys(one.vintage for one in sources))
    origin = Provenance(sources, METHOD)
    return Figure(label, float(len(places)), "adresses", Nature.CALCULE, vintage, origin)
