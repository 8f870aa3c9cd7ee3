"""The maps of a document as GeoJSON (RFC 7946), for a geographic information system.

Longitude and latitude (WGS 84). Each commune of a map is a feature: the columns of the table of the
map as numbers, its code, its name, its class and its value as they are read, the vintage and the
source. What is unknown is null; a commune without contour has a null geometry.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assemblier.figures import Source
from assemblier.reports.document import Document, Map
from assemblier.reports.sheet import sheet_of, value_of
from assemblier.reports.typography import UNKNOWN

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_DECIMALS = 6
"""Of a degree: a tenth of a metre."""
_CODE = "code_commune"


def render(document: Document) -> dict[str, bytes]:
    """Return one GeoJSON file per map of a document, by name.

    Always true
    -----------
    Each commune of a map is one feature of its file.
    """
    maps = {block.key: block for block in document.blocks() if isinstance(block, Map)}
    return {f"{key}.geojson": render_map(drawn) for key, drawn in maps.items()}


def render_map(drawn: Map, geometries: "Mapping[str, BaseGeometry] | None" = None) -> bytes:
    """Return a map as a GeoJSON file.

    Parameters
    ----------
    drawn
        The map.
    geometries
        Contour of each commune in longitudes and latitudes; those of the embedded data by
        default.
    """
    shapes = geometries or drawn.shapes or _embedded(drawn)
    columns = _columns(drawn)
    features = ",\n".join(
        json.dumps(_feature(drawn, code, shapes.get(code), columns.get(code, {})), **_COMPACT)
        for code in drawn.class_of
    )
    head = json.dumps(_about(drawn), **_COMPACT).removesuffix("}")
    return f'{head},"features":[\n{features}\n]}}\n'.encode()


_COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}


def _embedded(drawn: Map) -> "Mapping[str, BaseGeometry]":
    from assemblier.data import contours

    found: Mapping[str, BaseGeometry] = contours(list(drawn.class_of))
    return found


def _about(drawn: Map) -> dict[str, Any]:
    """Return what the file says of itself."""
    from assemblier.data import source

    return {
        "type": "FeatureCollection",
        "name": drawn.key,
        "titre": drawn.title,
        "millesime": drawn.vintage,
        "sources": [_named(source) for source in drawn.provenance.sources],
        "licences": list(dict.fromkeys(one.licence for one in drawn.provenance.sources)),
        "methode": drawn.provenance.method,
        "contours": _named(source("ign-contours")),
    }


def _named(source: Source) -> str:
    words = (source.producer, source.title, source.vintage, source.page)
    return ", ".join(word for word in words if word)


def _feature(
    drawn: Map, code: str, shape: "BaseGeometry | None", columns: Mapping[str, Any]
) -> dict[str, Any]:
    rank = drawn.class_of[code]
    properties = {
        **columns,
        _CODE: code,
        "nom": drawn.name_of.get(code, code),
        "classe": None if rank is None else drawn.classes[rank].label,
        "valeur": drawn.value_of.get(code, UNKNOWN),
        "millesime": drawn.vintage,
        "source": " ; ".join(_named(source) for source in drawn.provenance.sources),
    }
    return {"type": "Feature", "properties": properties, "geometry": _geometry(shape)}


def _columns(drawn: Map) -> dict[str, dict[str, Any]]:
    """Return, for each commune, the row of the table of the map where its rows are communes."""
    table = drawn.table
    if len(table.codes) != len(table.rows):
        return {}
    sheet = sheet_of(table)
    keys = [column.key for column in sheet.columns]
    return {
        code: {key: value_of(cell) for key, cell in zip(keys, row, strict=True) if key != _CODE}
        for code, row in zip(table.codes, sheet.rows, strict=True)
    }


def _geometry(shape: "BaseGeometry | None") -> Any:
    """Return a geometry as GeoJSON: rings as the standard turns them, coordinates rounded."""
    if shape is None:
        return None
    import numpy as np
    import shapely

    turned = shapely.orient_polygons(shape)
    rounded = shapely.transform(turned, lambda points: np.round(points, _DECIMALS))
    return json.loads(shapely.to_geojson(rounded))
