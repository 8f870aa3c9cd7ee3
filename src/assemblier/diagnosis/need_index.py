"""The need for care of the parts of a territory, in regard of what they have: four quadrants.

The need combines three characteristics, each as its gap to the mean of the parts: the share of
people of 75 or more, the living standard (lower is more need), the share of patients in ALD.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from assemblier import parameters
from assemblier.diagnosis import ages, context, illness, local
from assemblier.diagnosis.apl import mean_apl
from assemblier.errors import InputError, Problem
from assemblier.figures import Confidence, Figure, Nature, Provenance, unavailable
from assemblier.french import number
from assemblier.maths.arrays import Array
from assemblier.territory import Perimeter, at_scale, population

WEIGHTS = "diagnostic.besoin_poids"
OLD = 75
COVERED = 0.9
"""A component counts when it is known for this part of the inhabitants."""

METHOD = (
    "Indice de besoin : moyenne pondérée, sur les composantes connues pour neuf habitants sur dix, "
    "de l'écart de chaque territoire à la moyenne des territoires, en écarts-types ; 0 est la "
    "moyenne, pondérée par la population."
)


class Quadrant(StrEnum):
    """Where a territory stands; the mean itself is on the high side of both axes."""

    PRIORITY = "besoin élevé, offre faible"
    SERVED = "besoin élevé, offre élevée"
    FRAGILE = "besoin faible, offre faible"
    EASY = "besoin faible, offre élevée"


@dataclass(frozen=True, slots=True)
class Component:
    """One characteristic: its key (as weights name it), its label, the sign of its need."""

    key: str
    label: str
    sign: int


COMPONENTS = (
    Component("age", f"part des {OLD} ans ou plus", 1),
    Component("revenu", "niveau de vie médian", -1),
    Component("ald", "part des patients en ALD", 1),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the territory.

    Attributes
    ----------
    values
        Each component, as known.
    need, supply
        The index, and the mean APL.
    quadrant
        Where it stands; None when the need or the supply is unknown.
    reason
        Why there, in words.
    """

    perimeter: Perimeter
    values: Mapping[str, Figure]
    need: Figure
    supply: Figure
    quadrant: Quadrant | None
    reason: str


@dataclass(frozen=True, slots=True)
class NeedAndSupply:
    """The parts of a territory, the highest need first, then those unknown.

    Attributes
    ----------
    weights
        Of each component that counts, by key: those known for nine inhabitants out of ten.
    left_out
        The other components, with what would bring them.
    supply_mean
        Mean APL of the whole territory: the limit between low and high supply.

    Always true
    -----------
    The order of the parts given does not change the class of any of them.
    A part whose need or supply is unknown is in no quadrant.
    """

    parts: tuple[Part, ...]
    weights: Mapping[str, float]
    left_out: Mapping[str, str]
    supply_mean: Figure

    def of(self, quadrant: Quadrant) -> tuple[Part, ...]:
        """Return the parts of a quadrant."""
        return tuple(part for part in self.parts if part.quadrant is quadrant)


def parse_weights(text: str) -> dict[str, float]:
    """Read weights as a command gives them: ``"age=2,revenu=1,ald=0"``.

    Raises
    ------
    InputError
        When a name or a number is wrong, or when no weight is above 0.

    Examples
    --------
    >>> parse_weights("age=2,ald=0.5")
    {'age': 2.0, 'revenu': 0.0, 'ald': 0.5}
    """
    keys = [one.key for one in COMPONENTS]
    found = dict.fromkeys(keys, 0.0)
    expected = "par exemple age=2,revenu=1,ald=1"
    for piece in text.split(","):
        name, _, value = (one.strip() for one in piece.partition("="))
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if name not in keys or not 0 <= weight < float("inf"):
            problem = Problem("--poids", f"« {piece} »", expected, "corriger ce poids")
            raise InputError([problem])
        found[name] = weight
    if not any(found.values()):
        raise InputError([Problem("--poids", "aucun poids", expected, "en donner un au moins")])
    return found


def default_weights(on: date) -> dict[str, float]:
    """Return the weights of the parameter.

    Examples
    --------
    >>> default_weights(date(2026, 1, 1))
    {'age': 1.0, 'revenu': 1.0, 'ald': 1.0}
    """
    values = parameters.value(WEIGHTS, on)
    keys = (one.key for one in COMPONENTS)
    return {key: float(one) for key, one in zip(keys, values, strict=True)}


def need_and_supply(
    perimeter: Perimeter,
    on: date,
    weights: Mapping[str, float] | None = None,
    scale: str = "epci",
) -> NeedAndSupply:
    """Return the need and the supply of the parts of a territory.

    Parameters
    ----------
    perimeter
        The territory; a part that reaches beyond it is cut at its edge.
    on
        Date of the weights.
    weights
        Of each component; those of the parameter by default.
    scale
        A scale of `territory.at_scale`.
    """
    groups = at_scale(perimeter, scale).groups
    values = [_values(group) for group in groups]
    supply = [_supply(group) for group in groups]
    people = np.array([population(group).value or 0.0 for group in groups])
    return classified(groups, values, supply, people, weights or default_weights(on), on)


def _values(group: Perimeter) -> dict[str, Figure]:
    old = ages.share_from(local.pyramid(group), OLD)
    ald = illness.rate_of(group, illness.ALL_CONDITIONS)
    if ald and group.within:
        ald = replace(ald, note=" ".join(("Valeur du territoire entier.", ald.note)).strip())
    return {
        "age": old if old.is_known else context.old_share(group, OLD),
        "revenu": context.living_standard(group),
        "ald": ald or unavailable(COMPONENTS[2].label, "Cnam, part des patients en ALD", "%"),
    }


def _supply(group: Perimeter) -> Figure:
    published = local.published_apl(group)
    return mean_apl(published, max(published.millesimes))


def classified(
    groups: Sequence[Perimeter],
    values: Sequence[Mapping[str, Figure]],
    supply: Sequence[Figure],
    people: Array,
    weights: Mapping[str, float],
    on: date,
) -> NeedAndSupply:
    """Return the parts in their quadrants, from what is known of each.

    Parameters
    ----------
    groups, values, supply, people
        (parts,) the parts, their components, their mean APL, their inhabitants.
    weights
        Of each component; 0 leaves it out.
    on
        Date of the parameter that is cited.
    """
    # Sums of floats in the order of the codes: the order given changes nothing, not even a tie.
    rank = sorted(range(len(groups)), key=lambda place: groups[place].code)
    groups, values = [groups[place] for place in rank], [values[place] for place in rank]
    supply, people = [supply[place] for place in rank], people[rank]
    used = {
        one.key: weights.get(one.key, 0.0)
        for one in COMPONENTS
        if weights.get(one.key, 0.0) > 0
        and _is_covered([row[one.key].is_known for row in values], people)
    }
    index = _index(values, people, used)
    low = _mean([one.value for one in supply], people)
    parts = [
        _part(group, row, _need(row, used, float(score), on), one, low)
        for group, row, score, one in zip(groups, values, index, supply, strict=True)
    ]
    left_out = {
        one.label: next(row[one.key].missing for row in values if not row[one.key].is_known)
        for one in COMPONENTS
        if weights.get(one.key, 0.0) > 0 and one.key not in used and values
    }
    return NeedAndSupply(tuple(sorted(parts, key=_order)), used, left_out, _limit(supply, low))


def _index(
    values: Sequence[Mapping[str, Figure]], people: Array, used: Mapping[str, float]
) -> Array:
    """Return the index of each part: (parts,), nan where a component that counts is unknown."""
    total = np.zeros(len(values))
    for one in COMPONENTS:
        if one.key not in used:
            continue
        column = np.array([row[one.key].value for row in values], dtype=np.float64)
        here = ~np.isnan(column)
        mean = np.average(column[here], weights=people[here])
        spread = float(np.sqrt(np.average((column[here] - mean) ** 2, weights=people[here])))
        # Parts that are all alike differ by nothing, not by rounding.
        is_flat = spread <= 1e-12 * max(1.0, abs(float(mean)))
        gap = (column - mean) * (0.0 if is_flat else 1 / spread)
        total += used[one.key] * one.sign * gap
    whole = sum(used.values())
    return total / whole if whole else np.full(len(values), np.nan)


def _is_covered(known: Sequence[bool], people: Array) -> bool:
    """Say whether the parts where a component is known hold nine inhabitants out of ten."""
    whole = float(people.sum())
    return whole > 0 and float(people[np.array(known, dtype=bool)].sum()) >= COVERED * whole


def _mean(values: Sequence[float | None], people: Array) -> float | None:
    known = np.array([value is not None for value in values], dtype=bool)
    if not known.any() or not people[known].sum():
        return None
    shown = np.array([value for value in values if value is not None])
    return float(np.average(shown, weights=people[known]))


def _limit(supply: Sequence[Figure], low: float | None) -> Figure:
    label = "APL moyenne des territoires comparés"
    if low is None:
        missing = supply[0].missing if supply else "aucun territoire à comparer"
        return unavailable(label, missing)
    known = next(one for one in supply if one.is_known)
    method = Provenance(method="Moyenne des territoires, pondérée par la population.")
    return Figure(
        label,
        low,
        known.unit,
        vintage=known.vintage,
        provenance=known.provenance | method,
        decimals=2,
    )


def _need(row: Mapping[str, Figure], used: Mapping[str, float], score: float, on: date) -> Figure:
    label = "indice de besoin"
    absent = [row[key].missing for key in used or row if not row[key].is_known]
    if absent or not used:
        return unavailable(label, " ; ".join(dict.fromkeys(absent)) or "des poids non nuls")
    origin = Provenance(method=METHOD, parameters=(_told(used, on),))
    for key in used:
        origin = origin | row[key].provenance
    vintage = " ; ".join(dict.fromkeys(row[key].vintage for key in used))
    sure = Confidence.NON_CONFIRME
    return Figure(label, score, "", Nature.ESTIME, vintage, origin, 2, confidence=sure)


def _told(used: Mapping[str, float], on: date) -> str:
    said = ", ".join(f"{one.label} {used[one.key]:g}" for one in COMPONENTS if one.key in used)
    if used == {key: value for key, value in default_weights(on).items() if key in used}:
        return f"Poids : {said}. {parameters.explain(WEIGHTS, on).as_text()}"
    return f"Poids choisis par l'utilisateur : {said}."


def _part(
    group: Perimeter, row: Mapping[str, Figure], need: Figure, supply: Figure, low: float | None
) -> Part:
    if need.value is None or supply.value is None or low is None:
        return Part(group, row, need, supply, None, "besoin ou offre non disponible")
    # The score of a part like all others is a sum of roundings: it is the mean.
    is_needy, is_served = round(need.value, 9) >= 0, supply.value >= low
    quadrant = {
        (True, False): Quadrant.PRIORITY,
        (True, True): Quadrant.SERVED,
        (False, False): Quadrant.FRAGILE,
        (False, True): Quadrant.EASY,
    }[is_needy, is_served]
    reason = (
        f"besoin {number(need.value, 2)} {'≥' if is_needy else '<'} 0 ; "
        f"APL {number(supply.value, 2)} {'≥' if is_served else '<'} {number(low, 2)}"
    )
    return Part(group, row, need, supply, quadrant, reason)


def _order(part: Part) -> tuple[bool, float, str]:
    value = part.need.value
    return value is None, -(value or 0.0), part.perimeter.nom
