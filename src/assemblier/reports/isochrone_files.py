"""Write isochrones: the extension of the file chooses the format."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from assemblier.errors import InputError, Problem
from assemblier.reports.document import Document, Map
from assemblier.reports.formats import FORMATS
from assemblier.reports.isochrone_document import isochrone_document
from assemblier.reports.isochrones import render
from assemblier.travel import RoadEngine
from assemblier.travel.roads.isochrones import Isochrone

DATA = (".geojson", ".json")
PICTURES = (".png", ".svg")
_REPORTS = {one.extension: one for one in FORMATS.values() if not one.file_name.endswith("/")}
EXTENSIONS = (*DATA, *PICTURES, *_REPORTS)


def check_extension(path: Path) -> None:
    """Refuse at once a file whose format is unknown.

    Raises
    ------
    InputError
        When the extension is not one of `EXTENSIONS`.
    """
    if path.suffix.lower() not in EXTENSIONS:
        expected = f"un fichier {', '.join(EXTENSIONS)}"
        raise InputError([Problem("-o", f"« {path} »", expected, "changer l'extension")])


def isochrone_file(
    engine: RoadEngine,
    code: str,
    surfaces: Sequence[Isochrone],
    on: dt.date,
    towards: bool,
    extension: str,
) -> bytes:
    """Return the file of some isochrones.

    Parameters
    ----------
    engine, code, surfaces, on, towards
        See `isochrone_document`.
    extension
        One of `EXTENSIONS`: data, a picture of the map, or the whole report.
    """
    if extension in DATA:
        return render(engine, code, surfaces, towards)
    document = isochrone_document(engine, code, surfaces, on, towards)
    if extension in PICTURES:
        return _picture(document, extension)
    format_ = _REPORTS[extension]
    return format_.files(document)[format_.file_name]


def _picture(document: Document, extension: str) -> bytes:
    from assemblier.reports.maps import map_svg
    from assemblier.reports.svg import svg_png

    (drawn,) = (block for block in document.blocks() if isinstance(block, Map))
    svg = map_svg(drawn, heading=True)
    return svg.encode() if extension == ".svg" else svg_png(svg)
