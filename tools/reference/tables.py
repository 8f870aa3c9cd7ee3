"""Les tables de la référence, une fonction par fichier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import shapely

from reference import cantons, codes, noms, projections
from reference.contours import Couverture
from reference.lecture import Ligne, connu
from reference.points import Point

# Année de la population de chaque territoire ; partout ailleurs, populations de référence 2023.
MILLESIME_POPULATION = "2023"
MILLESIMES_POPULATION = {"976": "2017", "986": "2023", "987": "2022", "988": "2025"}


@dataclass(frozen=True)
class Geographie:
    """Ce que les contours apprennent de chaque commune."""

    points: Mapping[str, Point]
    superficies: Mapping[str, float]
    origines: Mapping[str, str]
    canton_de: Mapping[str, str]


def communes(
    lignes: list[dict[str, Any]], epci: list[dict[str, Any]], geographie: Geographie
) -> pl.DataFrame:
    """Une ligne par commune actuelle, arrondissements municipaux compris."""
    epci_de = {m["code"]: e["code"] for e in epci for m in e["membres"]}
    actuelles = codes.lignes_actuelles(lignes)
    table = pl.DataFrame(
        [_commune(c, epci_de, geographie) for c in actuelles],
        schema=_SCHEMA_COMMUNES,
        orient="row",
    )
    return table.sort("code_commune")


_SCHEMA_COMMUNES = {
    "code_commune": pl.String,
    "nom": pl.String,
    "charniere": pl.String,
    "type": pl.String,
    "code_parent": pl.String,
    "population": pl.Int32,
    "millesime_population": pl.String,
    "siren_epci": pl.String,
    "code_canton": pl.String,
    "code_arrondissement": pl.String,
    "code_departement": pl.String,
    "code_region": pl.String,
    "codes_postaux": pl.List(pl.String),
    "longitude": pl.Float64,
    "latitude": pl.Float64,
    "origine_point": pl.String,
    "x_m": pl.Float64,
    "y_m": pl.Float64,
    "epsg": pl.Int32,
    "superficie_km2": pl.Float64,
    "origine_contour": pl.String,
}


def _commune(
    c: dict[str, Any], epci_de: Mapping[str, str], geographie: Geographie
) -> dict[str, Any]:
    code, population = c["code"], c.get("population")
    parent = c.get("commune")
    superficie = geographie.superficies.get(code)
    return {
        "code_commune": code,
        "nom": c["nom"],
        "charniere": noms.avec_charniere(c["nom"], c.get("typeLiaison")),
        "type": "arrondissement municipal" if parent else "commune",
        "code_parent": parent,
        "population": population,
        "millesime_population": None if population is None else _millesime(c["departement"]),
        "siren_epci": epci_de.get(parent or code),
        "code_canton": geographie.canton_de.get(code),
        "code_arrondissement": c.get("arrondissement") or None,
        "code_departement": c["departement"],
        "code_region": None if c["zone"] == "com" else c["region"],
        "codes_postaux": c.get("codesPostaux", []),
        "superficie_km2": None if superficie is None else round(superficie, 3),
        "origine_contour": geographie.origines.get(code),
        **_position(code, geographie.points.get(code)),
    }


def _millesime(departement: str) -> str:
    return MILLESIMES_POPULATION.get(departement, MILLESIME_POPULATION)


def _position(code: str, point: Point | None) -> dict[str, Any]:
    epsg = projections.epsg(code)
    if point is None or epsg is None:
        return dict.fromkeys(("longitude", "latitude", "origine_point", "x_m", "y_m", "epsg"))
    metres = projections.projeter(shapely.points([[point.longitude, point.latitude]]), epsg)
    x, y = shapely.get_coordinates(metres)[0].round().tolist()
    return {
        "longitude": point.longitude,
        "latitude": point.latitude,
        "origine_point": point.origine,
        "x_m": x,
        "y_m": y,
        "epsg": epsg,
    }


def communes_fusionnees(lignes: list[dict[str, Any]], noms_2024: dict[str, str]) -> pl.DataFrame:
    """Une ligne par code qui n'est plus celui d'une commune."""
    return pl.DataFrame(
        [vars(f) for f in codes.fusionnees(lignes, noms_2024)],
        schema=dict.fromkeys(("ancien_code", "code_commune", "nom", "nature"), pl.String),
    )


def noms_anciens(
    lignes: list[dict[str, Any]], noms_2024: dict[str, str], actuels: Mapping[str, str]
) -> pl.DataFrame:
    """Une ligne par nom de commune d'autrefois : ce que les gens disent encore."""
    nom_actuel = {c["code"]: c["nom"] for c in codes.lignes_actuelles(lignes)}
    deleguees = {(c["nom"], c["code"]) for c in lignes if c["type"] in codes.NATURES}
    anciens = {
        (nom, actuels[code])
        for nom, code in {*deleguees, *((nom, code) for code, nom in noms_2024.items())}
        if code in actuels and nom != nom_actuel[actuels[code]]
    }
    return pl.DataFrame(sorted(anciens), schema=["nom", "code_commune"], orient="row")


def communes_retablies(separees: dict[str, list[str]], actuels: Mapping[str, str]) -> pl.DataFrame:
    """Une ligne par commune qu'un millésime antérieur comptait dans une autre."""
    lignes = [
        (partie, origine)
        for origine, parties in separees.items()
        for partie in parties
        if actuels[partie] != actuels[origine]
    ]
    return pl.DataFrame(
        sorted(lignes), schema=["code_commune", "code_origine"], orient="row"
    ).with_columns(premier_millesime=pl.lit("2025"))


def epci(lignes: list[dict[str, Any]]) -> pl.DataFrame:
    """Une ligne par établissement public de coopération intercommunale à fiscalité propre."""
    return pl.DataFrame(
        [
            {
                "siren_epci": e["code"],
                "nom": e["nom"],
                "charniere": noms.epci_avec_charniere(e["nom"], e["type"]),
                "nature": e["type"],
                "nature_en_clair": noms.NATURES_EPCI[e["type"]],
            }
            for e in lignes
        ]
    ).sort("siren_epci")


def table_cantons(lignes: list[Ligne], departement_de: Mapping[str, str]) -> pl.DataFrame:
    """Une ligne par canton, ville ou commune nouvelle formant pseudo-canton."""
    return pl.DataFrame(
        [
            {
                "code_canton": c["code"],
                **_nom_canton(c),
                "type": cantons.TYPES[c["type"]],
                "composition": cantons.FRACTIONS.get(c["composition"], "communes entières"),
                "code_departement": departement_de[c["departement_id"]],
                "a_des_communes": connu(c["geometry"]),
            }
            for c in lignes
        ]
    ).sort("code_canton")


def _nom_canton(c: Ligne) -> dict[str, str]:
    type_nom = int(c["type_nom"])
    nom = noms.ARTICLES[type_nom] + c["nom"]
    genre = {"C": "canton", "V": "canton-ville", "N": "pseudo-canton"}[c["type"]]
    return {"nom": nom, "charniere": f"du {genre} {noms.avec_charniere(nom, type_nom)}"}


def departements(lignes: list[dict[str, Any]]) -> pl.DataFrame:
    """Une ligne par département ou collectivité d'outre-mer."""
    return pl.DataFrame(
        [
            {
                "code_departement": d["code"],
                **_nom(d),
                "code_region": None if d["zone"] == "com" else d["region"],
                "code_chef_lieu": d["chefLieu"],
            }
            for d in lignes
        ]
    ).sort("code_departement")


def regions(lignes: list[dict[str, Any]]) -> pl.DataFrame:
    """Une ligne par région ; les collectivités d'outre-mer n'en sont pas."""
    return pl.DataFrame(
        [
            {"code_region": r["code"], **_nom(r), "code_chef_lieu": r["chefLieu"]}
            for r in lignes
            if r["zone"] != "com"
        ]
    ).sort("code_region")


def arrondissements(lignes: list[dict[str, Any]]) -> pl.DataFrame:
    """Une ligne par arrondissement de département."""
    return pl.DataFrame(
        [
            {
                "code_arrondissement": a["code"],
                "nom": a["nom"],
                "charniere": noms.avec_charniere(a["nom"], a["typeLiaison"]),
                "code_departement": a["departement"],
            }
            for a in lignes
        ]
    ).sort("code_arrondissement")


def _nom(lieu: dict[str, Any]) -> dict[str, str]:
    return {
        "nom": lieu["nom"],
        "nom_avec_article": noms.avec_article(lieu["nom"], lieu["typeLiaison"]),
        "charniere": noms.avec_charniere(lieu["nom"], lieu["typeLiaison"]),
    }


def contours(couvertures: list[Couverture]) -> pl.DataFrame:
    """Une ligne par commune dessinée : contour en longitude et latitude, WKB."""
    lignes = [
        (code, forme)
        for c in couvertures
        for code, forme in zip(c.codes, shapely.to_wkb(c.simplifies).tolist(), strict=True)
    ]
    return pl.DataFrame(
        sorted(lignes), schema={"code_commune": pl.String, "wkb": pl.Binary}, orient="row"
    )


def voisins(limites: list[tuple[str, str, float]]) -> pl.DataFrame:
    """Une ligne par limite entre deux communes."""
    return pl.DataFrame(
        sorted(limites),
        schema={"code_a": pl.String, "code_b": pl.String, "longueur_km": pl.Float64},
        orient="row",
    ).with_columns(pl.col("longueur_km").round(3).cast(pl.Float32))
