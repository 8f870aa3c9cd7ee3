"""What a person can do with a file that no official layout recognises, from what it holds."""

import re
from collections.abc import Sequence
from pathlib import Path

from assemblier.errors import Problem
from assemblier.sources.layout import Sample

NOT_RECOGNISED = "un fichier dont la présentation n'est pas reconnue"
RECIPE = (
    "si ses lignes décrivent des communes ou d'autres territoires : décrire ses colonnes par une "
    "recette, à donner avec --modele RECETTE.yaml"
)
_EXPECTED = "l'un des fichiers officiels que liste « assemblier sources »"
_MAP = "réseau de rues et de routes : il sert à calculer des trajets, sans chiffre à reprendre"
_PROSE = "texte à lire, sans table à reprendre"
_PICTURE = "image, sans table à reprendre"
_DOCUMENT = (
    "document à lire : en recopier les tableaux dans un classeur, puis les décrire par une recette"
)
_UNKNOWN = "ni texte, ni classeur, ni JSON : demander à son producteur un CSV ou un classeur"
# Ends of names, for what is not a table: what is one is told by its content.
_BY_ENDING = {
    ".pbf": _MAP,
    ".osm": _MAP,
    ".md": _PROSE,
    ".pdf": _DOCUMENT,
    ".docx": _DOCUMENT,
    ".odt": _DOCUMENT,
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".svg": _PICTURE,
}
_SHOWN = 6


def unknown(path: Path, sample: Sample | None = None) -> Problem:
    """Return the problem of a file that no layout recognises, with what can be done with it.

    Examples
    --------
    >>> print(unknown(Path("carte.osm.pbf")).action)
    réseau de rues et de routes : il sert à calculer des trajets, sans chiffre à reprendre
    """
    return Problem(str(path), NOT_RECOGNISED, _EXPECTED, _action(path, sample))


def _action(path: Path, sample: Sample | None) -> str:
    by_ending = _BY_ENDING.get(path.suffix.lower())
    if by_ending:
        return by_ending
    if sample is None:
        return RECIPE
    match sample.container:
        case "texte" if not sample.separator:
            return _PROSE
        case "texte":
            return RECIPE + _columns(_widest(sample.rows))
        case "classeur":
            return RECIPE + (f" (feuilles : {_listed(sample.sheets)})" if sample.sheets else "")
        case "parquet":
            return f"renommer ses colonnes comme celles d'une table ; {RECIPE}"
        case "json":
            return RECIPE
        case "zip" | "7z":
            return "archive dont rien n'est reconnu : décrire son fichier par une recette"
        case _:
            return _UNKNOWN


def _widest(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the row that has most labels: the header, in most files."""
    return max(rows, key=lambda row: sum(map(bool, row)), default=())


# What pandas writes above the column of row numbers: the column has no name.
_UNNAMED = re.compile(r"Unnamed: ?\d+")


def _columns(labels: Sequence[str]) -> str:
    named = [label for label in labels if label and not _UNNAMED.fullmatch(label)]
    return f" (colonnes : {_listed(named)})" if named else ""


def _listed(names: Sequence[str]) -> str:
    more = "…" if len(names) > _SHOWN else ""
    return ", ".join(name[:40] for name in names[:_SHOWN]) + more
