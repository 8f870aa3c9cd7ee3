"""Contours des communes : réunir, réparer, simplifier comme une couverture, mesurer.

Une *couverture* est un pavage : deux communes voisines ont exactement la même limite, sans vide ni
recouvrement. Les contours d'origine n'en sont pas tout à fait une.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import shapely

from reference import projections
from reference.lecture import Ligne, connu

# Deux sommets à moins d'un mètre sont le même ; un vide de moins de cent mètres de large entre
# deux communes est un défaut de tracé, un vide plus large (enclave de Llívia) est vrai.
ACCROCHE_M = 1.0
VIDE_M = 100.0
TOLERANCE_M = 250.0
DECIMALES_DEGRE = 5
# En dessous, un écart de superficie vient de l'accroche des sommets et non d'une réparation.
ECART_VISIBLE_M2 = 100.0


@dataclass
class Constat:
    """Ce qui n'allait pas dans les contours d'un territoire, et ce qui en reste."""

    territoire: str
    contours: int
    polygones_discordants: int
    recouvrement_m2: float
    vides_avant: list[float]
    vides_apres: list[float]
    communes_modifiees: list[tuple[str, float]]
    discordants_apres: int
    sommets_avant: int
    sommets_apres: int
    ecart_superficie_max: tuple[str, float]


@dataclass
class Couverture:
    """Les contours réparés d'une projection, en mètres, et leur forme simplifiée en degrés."""

    epsg: int
    codes: list[str]
    repares: projections.Geometries
    simplifies: projections.Geometries
    constats: list[Constat] = field(default_factory=list)


def morceaux(
    lignes_2024: list[Ligne], actuels: dict[str, str]
) -> dict[str, list[shapely.Geometry]]:
    """Rend, par commune actuelle, les contours de 2024 qui la composent.

    `actuels` donne la commune actuelle de chaque code, ancien ou non. Une commune de 2024 dont une
    ancienne commune est redevenue commune depuis est prise par ses anciennes communes.
    """
    par_id = {ligne["id"]: ligne for ligne in lignes_2024}
    separees = communes_separees(lignes_2024, actuels)
    resultat: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for ligne in lignes_2024:
        if not connu(ligne["geometry"]):
            continue
        entiere = ligne["type"] in ("COM", "ARM") and ligne["code"] not in separees
        partie = (
            ligne["type"] in ("COMD", "COMA")
            and par_id[ligne["commune_parent_id"]]["code"] in separees
        )
        if (entiere or partie) and ligne["code"] in actuels:
            resultat[actuels[ligne["code"]]].append(shapely.from_wkb(ligne["geometry"]))
    return dict(resultat)


def communes_separees(lignes_2024: list[Ligne], actuels: dict[str, str]) -> dict[str, list[str]]:
    """Rend les communes de 2024 dont des parties sont aujourd'hui des communes : code, parties."""
    par_id = {ligne["id"]: ligne for ligne in lignes_2024}
    separees: dict[str, list[str]] = defaultdict(list)
    for ligne in lignes_2024:
        if ligne["type"] not in ("COMD", "COMA"):
            continue
        parent = par_id[ligne["commune_parent_id"]]["code"]
        if actuels[ligne["code"]] != actuels[parent]:
            separees[parent].append(ligne["code"])
    return {code: sorted(parties) for code, parties in separees.items()}


def couvrir(territoire: str, epsg: int, pieces: dict[str, list[shapely.Geometry]]) -> Couverture:
    """Répare, réunit et simplifie les contours d'un territoire d'une même projection."""
    proprietaires = [code for code in sorted(pieces) for _ in pieces[code]]
    bruts = projections.projeter(
        np.array([piece for code in sorted(pieces) for piece in pieces[code]]), epsg
    )
    propres = shapely.coverage_clean(bruts, gap_width=VIDE_M, snapping_distance=ACCROCHE_M)
    codes, repares = _reunir(proprietaires, propres)
    simples = shapely.coverage_simplify(repares, TOLERANCE_M)
    degres = shapely.normalize(projections.deprojeter(simples, epsg, DECIMALES_DEGRE))
    _exiger_couverture(territoire, degres)
    constat = _constater(territoire, (proprietaires, bruts), (codes, repares), (propres, simples))
    return Couverture(epsg, codes, repares, degres, [constat])


def _reunir(
    proprietaires: list[str], propres: projections.Geometries
) -> tuple[list[str], projections.Geometries]:
    groupes: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, contour in zip(proprietaires, propres, strict=True):
        groupes[code].append(contour)
    codes = sorted(groupes)
    unions = [
        shapely.coverage_union_all(groupes[code]) if len(groupes[code]) > 1 else groupes[code][0]
        for code in codes
    ]
    return codes, np.array(unions)


def _exiger_couverture(territoire: str, degres: projections.Geometries) -> None:
    if shapely.is_empty(degres).any() or not shapely.is_valid(degres).all():
        raise SystemExit(f"{territoire} : un contour simplifié est vide ou invalide")
    if not shapely.coverage_is_valid(degres):
        raise SystemExit(f"{territoire} : les contours simplifiés ne forment pas une couverture")


def _constater(
    territoire: str,
    avant: tuple[list[str], projections.Geometries],
    apres: tuple[list[str], projections.Geometries],
    etapes: tuple[projections.Geometries, projections.Geometries],
) -> Constat:
    (proprietaires, bruts), (codes, repares), (propres, simples) = avant, apres, etapes
    ecarts = shapely.area(propres) - shapely.area(bruts)
    surface = shapely.area(repares)
    derive = np.abs(shapely.area(simples) / surface - 1)
    return Constat(
        territoire=territoire,
        contours=len(bruts),
        polygones_discordants=_discordants(bruts),
        recouvrement_m2=_recouvrement(bruts),
        vides_avant=_vides(bruts),
        vides_apres=_vides(repares),
        communes_modifiees=[
            (proprietaires[i], float(ecarts[i]))
            for i in np.argsort(-np.abs(ecarts), kind="stable")
            if abs(ecarts[i]) > ECART_VISIBLE_M2
        ],
        discordants_apres=_discordants(repares),
        sommets_avant=int(shapely.get_num_coordinates(repares).sum()),
        sommets_apres=int(shapely.get_num_coordinates(simples).sum()),
        ecart_superficie_max=(codes[int(derive.argmax())], float(derive.max())),
    )


def _discordants(contours: projections.Geometries) -> int:
    return int((~shapely.is_empty(shapely.coverage_invalid_edges(contours))).sum())


def _recouvrement(contours: projections.Geometries) -> float:
    """Rend la superficie comptée deux fois."""
    en_trop = float(shapely.area(contours).sum() - shapely.union_all(contours).area)
    # Sans recouvrement, il ne reste que l'arrondi de deux sommes.
    return en_trop if en_trop > 1.0 else 0.0


def _vides(contours: projections.Geometries) -> list[float]:
    """Rend les superficies des vides enclavés, de la plus grande à la plus petite, en m²."""
    trous = [
        shapely.Polygon(anneau).area
        for partie in shapely.get_parts(shapely.union_all(contours))
        for anneau in shapely.get_rings(partie)[1:]
    ]
    return sorted(trous, reverse=True)


def dessinees(lignes: list[Ligne]) -> set[str]:
    """Rend les communes qui ont un contour dans le paquet."""
    return {
        ligne["code"]
        for ligne in lignes
        if ligne["type"] in ("COM", "ARM") and connu(ligne["geometry"])
    }


def origines(
    lignes_2026: list[Ligne], lignes_2024: list[Ligne], actuels: dict[str, str]
) -> dict[str, str]:
    """Dit, par commune, si son contour est celui que publie le paquet ou s'il vient d'anciennes.

    Le contour récent d'une commune qui vient d'en absorber d'autres est encore l'ancien : il ne
    compte pour le sien que si aucune autre commune de 2024 ne s'y est jointe.
    """
    recents = dessinees(lignes_2026)
    separees = communes_separees(lignes_2024, actuels)
    jointes = {
        actuels[ligne["code"]]
        for ligne in lignes_2024
        if ligne["type"] == "COM"
        and ligne["code"] in actuels
        and actuels[ligne["code"]] != ligne["code"]
    }
    return {
        code: "anciennes communes"
        if code in jointes or code not in recents or code in separees
        else "commune"
        for code in morceaux(lignes_2024, actuels)
    }
