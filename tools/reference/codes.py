"""Codes des communes : lesquelles existent, et ce que sont devenues les autres."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

VILLES_A_ARRONDISSEMENTS = ("13055", "69123", "75056")
NATURES = {"commune-deleguee": "commune déléguée", "commune-associee": "commune associée"}


@dataclass(frozen=True)
class Fusionnee:
    """Un code qui n'est plus celui d'une commune de la référence."""

    ancien_code: str
    code_commune: str | None
    nom: str | None
    nature: str


def lignes_actuelles(communes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rend les communes, les arrondissements municipaux à la place de Paris, Lyon et Marseille."""
    return sorted(
        (
            c
            for c in communes
            if (c["type"] == "commune-actuelle" and c["code"] not in VILLES_A_ARRONDISSEMENTS)
            or c["type"] == "arrondissement-municipal"
        ),
        key=lambda c: c["code"],
    )


def fusionnees(communes: list[dict[str, Any]], noms_2024: dict[str, str]) -> list[Fusionnee]:
    """Rend les codes qui ne sont plus ceux d'une commune, triés, chacun une fois.

    Une commune déléguée ou associée dit d'elle-même son chef-lieu : c'est plus récent que la liste
    des anciens codes d'une commune qui l'a rendue depuis (55273, 60455).
    """
    actuels = {c["code"] for c in lignes_actuelles(communes)}
    trouves: dict[str, Fusionnee] = {}
    for fusionnee in (*_deleguees(communes), *_anciens(communes, noms_2024)):
        if fusionnee.ancien_code not in actuels:
            trouves.setdefault(fusionnee.ancien_code, fusionnee)
    for ville in communes:
        if ville["code"] in VILLES_A_ARRONDISSEMENTS:
            trouves[ville["code"]] = Fusionnee(
                ville["code"], None, ville["nom"], "ville à arrondissements"
            )
    return [trouves[code] for code in sorted(trouves)]


def _deleguees(communes: list[dict[str, Any]]) -> Iterator[Fusionnee]:
    for c in communes:
        if c["type"] in NATURES:
            yield Fusionnee(c["code"], c["chefLieu"], c["nom"], NATURES[c["type"]])


def _anciens(communes: list[dict[str, Any]], noms_2024: dict[str, str]) -> Iterator[Fusionnee]:
    for c in communes:
        for ancien in c.get("anciensCodes", ()):
            # Deux anciens codes de Paris ou Lyon n'ont pas d'arrondissement : la ville n'est pas
            # une commune de la référence, son ancien code non plus.
            cible = None if c["code"] in VILLES_A_ARRONDISSEMENTS else c["code"]
            yield Fusionnee(ancien, cible, noms_2024.get(ancien), "ancien code")


def devenir(communes: list[dict[str, Any]]) -> dict[str, str]:
    """Rend la commune actuelle de chaque code, actuel ou ancien."""
    carte = {c["code"]: c["code"] for c in lignes_actuelles(communes)}
    for f in fusionnees(communes, {}):
        if f.code_commune is not None:
            carte[f.ancien_code] = f.code_commune
    return carte
