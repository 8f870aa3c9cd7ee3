"""Why this score: every place that feeds it, and who competes for that place."""

from dataclasses import dataclass

import numpy as np

from assemblier.access.scores import Scores
from assemblier.errors import InputError, Problem
from assemblier.maths.arrays import Array
from assemblier.territory import index

SHOWN_RIVALS = 3


@dataclass(frozen=True, slots=True)
class Rival:
    """A commune whose people reach the same place.

    Attributes
    ----------
    code_commune, nom
        Which.
    share
        Of the demand on the place, 0 to 1.
    """

    code_commune: str
    nom: str
    share: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one place brings to the score of one commune.

    Attributes
    ----------
    site, nom_site, code_commune, nature
        The place.
    effectif, activite
        Who works there and how much, as they count.
    minutes, weight
        How far, and how much of it counts.
    patients
        Standardised inhabitants who share it, weighted.
    contribution
        What it brings, in the unit of the score.
    rivals
        The communes that ask most of it.
    """

    site: str
    nom_site: str
    code_commune: str
    nature: str
    effectif: float
    activite: float
    minutes: float
    weight: float
    patients: float
    contribution: float
    rivals: tuple[Rival, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score of one commune, place by place.

    Attributes
    ----------
    code_commune, nom
        The commune.
    score
        Its score.
    contributions
        Largest first.
    unknown
        Communes in reach whose supply is unknown.
    rivals
        Every commune that shares the places that feed the score, the commune itself included, each
        place counting for what it brings; largest share first.

    Always true
    -----------
    Contributions sum to the score.
    """

    code_commune: str
    nom: str
    score: float
    contributions: tuple[Contribution, ...]
    unknown: tuple[str, ...]
    rivals: tuple[Rival, ...] = ()


def explanation(found: Scores, code: str) -> Explanation:
    """Return what makes the score of one commune.

    Parameters
    ----------
    found
        Scores computed in the form of the DREES.
    code
        A commune of the perimeter.

    Always true
    -----------
    Contributions sum to the score within 0.01, whatever the profession.
    The shares of all who compete for its places sum to 1.

    Raises
    ------
    InputError
        When the commune is not in the perimeter, or the form is not the DREES one.
    """
    if code not in found.codes:
        raise InputError([_outside(code)])
    if found.variant != "e2sfca":
        raise InputError([_other_form(found.variant)])
    row = found.travel.homes.index(code)
    minutes = found.travel.minutes[[row], :].tocsr()
    weights = found.weights[[row], :].tocsr()
    minutes_of = dict(zip(minutes.indices.tolist(), minutes.data.tolist(), strict=True))
    by_place = found.weights.tocsc()
    people = np.nan_to_num(found.demand.standardised[index().positions(found.travel.homes)])
    offered = found.supply.by_commune()
    parts: list[Contribution] = []
    unknown: list[str] = []
    sharing = np.zeros(len(people))
    for place, weight in zip(weights.indices.tolist(), weights.data.tolist(), strict=True):
        commune = found.travel.places[place]
        if commune not in offered:
            unknown.append(commune)
        elif offered[commune] > 0:
            column = slice(by_place.indptr[place], by_place.indptr[place + 1])
            asked = people[by_place.indices[column]] * by_place.data[column]
            rivals = _rivals(found, by_place.indices[column], asked)
            if asked.sum() > 0:
                brought = found.ratio[place] * weight
                sharing[by_place.indices[column]] += brought * asked / asked.sum()
            parts += _sites(found, commune, place, minutes_of[place], weight, asked.sum(), rivals)
    parts.sort(key=lambda part: (-part.contribution, part.site))
    score = float(found.score[found.codes.index(code)])
    sharers = _rivals(found, np.arange(len(people)), sharing, len(people))
    return Explanation(code, _name(code), score, tuple(parts), tuple(sorted(unknown)), sharers)


def _sites(
    found: Scores,
    commune: str,
    place: int,
    minutes: float,
    weight: float,
    patients: float,
    rivals: tuple[Rival, ...],
) -> list[Contribution]:
    """Return the contribution of each site of a commune; the commune's is shared by activity."""
    import polars as pl

    table = found.supply.table.filter(pl.col("code_commune") == commune)
    total = float(table["activite"].sum())
    return [
        Contribution(
            row["site"],
            row["nom_site"],
            commune,
            row["nature"],
            row["effectif"],
            row["activite"],
            float(minutes),
            float(weight),
            float(patients),
            float(found.ratio[place] * weight * row["activite"] / total),
            rivals,
        )
        for row in table.iter_rows(named=True)
    ]


def _rivals(
    found: Scores, homes: np.ndarray, asked: Array, most: int = SHOWN_RIVALS
) -> tuple[Rival, ...]:
    total = asked.sum()
    order = np.argsort(-asked, kind="stable")[:most]
    return tuple(
        Rival(code, _name(code), float(asked[place] / total))
        for place in order
        if total > 0 and asked[place] > 0
        for code in [found.travel.homes[homes[place]]]
    )


def _name(code: str) -> str:
    return str(index().nom[index().positions([code])][0])


def _named(code: str) -> str:
    return f"{_name(code)} ({code})" if _is_known(code) else f"« {code} »"


def _is_known(code: str) -> bool:
    return code in index().codes


def _outside(code: str) -> Problem:
    return Problem(
        "--expliquer",
        f"{_named(code)} n'est pas une commune du territoire demandé",
        "le code d'une commune de ce territoire",
        "corriger le code, ou élargir le territoire",
    )


def _other_form(variant: str) -> Problem:
    return Problem(
        "--expliquer", f"forme « {variant} »", "la forme « e2sfca », celle de la DREES",
        "calculer les scores sous cette forme",
    )  # fmt: skip
