"""The reference of communes: all of France, read from the files beside this module.

What · communes, their former codes, EPCI, cantons, arrondissements, départements, régions,
contours, shared borders. Producer · Insee, DGCL, La Poste, DILA, IGN. Licence · Licence Ouverte
2.0. Vintage · 1 January 2026, populations 2023; `provenance.yaml` says it file by file. Built by
`tools/construire_reference.py`.

Tables are cached: treat them as read-only (polars tables are, unless a caller insists).
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.figures import Source

if TYPE_CHECKING:
    import polars as pl
    import shapely

FOLDER = Path(__file__).parent
PROVENANCE = FOLDER / "provenance.yaml"


@cache
def communes() -> "pl.DataFrame":
    """Return the communes, one row each, sorted by code.

    The 45 arrondissements municipaux stand instead of Paris, Lyon and Marseille. Columns:
    `code_commune`, `nom` (with its article), `charniere` (``"du Puy-en-Velay"``), `type`
    (``"commune"`` or ``"arrondissement municipal"``), `code_parent` (the city of an
    arrondissement), `population` (inhabitants; null where unknown), `millesime_population`,
    `siren_epci`, `code_canton`, `code_arrondissement`, `code_departement`, `code_region` (null
    overseas outside the régions), `codes_postaux`, `longitude`, `latitude`, `origine_point`
    (``"mairie"`` or ``"contour"``), `x_m`, `y_m`, `epsg`, `superficie_km2` (of the contour,
    waters included), `origine_contour` (``"commune"`` or ``"anciennes communes"``).

    Always true
    -----------
    Every code is there once, in ascending order.
    A commune has a point exactly when it has a contour.

    Examples
    --------
    >>> import polars as pl
    >>> communes().filter(pl.col("code_departement") == "43")["population"].sum()
    228654
    """
    return _table("communes")


@cache
def communes_fusionnees() -> "pl.DataFrame":
    """Return the codes that are no longer those of a commune, and the commune they became.

    Columns: `ancien_code`, `code_commune` (null for a city given by its arrondissements), `nom`
    (null where unknown), `nature` (``"commune déléguée"``, ``"commune associée"``,
    ``"ancien code"``, ``"ville à arrondissements"``).

    Always true
    -----------
    No former code is the code of a commune; every target is.
    """
    return _table("communes_fusionnees")


@cache
def communes_retablies() -> "pl.DataFrame":
    """Return the communes that were, on 1 January 2024, a part of another one.

    Columns: `code_commune`, `code_origine`, `premier_millesime` (first year of the restored
    commune). A figure of `code_origine` of an earlier year covers them too.
    """
    return _table("communes_retablies")


@cache
def noms_anciens() -> "pl.DataFrame":
    """Return names of communes of yesterday: `nom`, `code_commune` (the commune of today)."""
    return _table("noms_anciens")


@cache
def epci() -> "pl.DataFrame":
    """Return the EPCI with own taxation: `siren_epci`, `nom`, `charniere`, `nature`,
    `nature_en_clair`.
    """
    return _table("epci")


@cache
def cantons() -> "pl.DataFrame":
    """Return the cantons and pseudo-cantons: `code_canton`, `nom`, `charniere`, `type`,
    `composition`, `code_departement`, `a_des_communes`.

    A commune shared between cantons is a pseudo-canton (`type` is ``"ville"`` or
    ``"commune nouvelle"``); a canton that is only a fraction of a commune has no commune
    (`a_des_communes` is false).
    """
    return _table("cantons")


@cache
def departements() -> "pl.DataFrame":
    """Return the départements and the overseas collectivités: `code_departement`, `nom`,
    `nom_avec_article`, `charniere`, `code_region`, `code_chef_lieu`.
    """
    return _table("departements")


@cache
def regions() -> "pl.DataFrame":
    """Return the 18 régions: `code_region`, `nom`, `nom_avec_article`, `charniere`,
    `code_chef_lieu`.
    """
    return _table("regions")


@cache
def arrondissements() -> "pl.DataFrame":
    """Return the arrondissements of départements: `code_arrondissement`, `nom`, `charniere`,
    `code_departement`.
    """
    return _table("arrondissements")


@cache
def voisins() -> "pl.DataFrame":
    """Return the borders between communes: `code_a`, `code_b`, `longueur_km`.

    Always true
    -----------
    `code_a` is less than `code_b`, each pair is there once, and its border has a length.
    """
    return _table("voisins")


def contours(codes: Iterable[str]) -> "dict[str, shapely.Geometry]":
    """Return the contours of some communes, in longitude and latitude.

    Parameters
    ----------
    codes
        Codes of communes; those that have no contour, or are unknown, are left out of the result.

    Always true
    -----------
    Contours are valid, and two neighbours have exactly the same border: no gap, no overlap.

    Examples
    --------
    >>> sorted(contours(["43157", "00000"]))
    ['43157']
    """
    import polars as pl
    import shapely

    wanted = pl.lit(sorted(set(codes)), dtype=pl.List(pl.String))
    rows = (
        pl.scan_parquet(FOLDER / "contours.parquet")
        .filter(pl.col("code_commune").is_in(wanted))
        .collect()
    )
    geometries = shapely.from_wkb(rows["wkb"].to_list())
    return dict(zip(rows["code_commune"].to_list(), geometries, strict=True))


def source(name: str) -> Source:
    """Return a source of the reference, under its key in ``provenance.yaml``.

    Raises
    ------
    LookupError
        When no source has this key.

    Examples
    --------
    >>> source("insee-populations").vintage
    '2023'
    """
    known = provenance()["sources"]
    if name not in known:
        raise LookupError(f"source « {name} » inconnue ; sources connues : {', '.join(known)}")
    return Source(key=name, **known[name])


@cache
def provenance() -> dict[str, Any]:
    """Return what ``provenance.yaml`` says: the sources, and of each file its rows and checksum."""
    import yaml

    content: dict[str, Any] = yaml.safe_load(PROVENANCE.read_text(encoding="utf-8"))
    return content


def _table(name: str) -> "pl.DataFrame":
    import polars as pl

    return pl.read_parquet(FOLDER / f"{name}.parquet")
