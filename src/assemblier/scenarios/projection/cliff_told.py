"""What ages told by the user change in the cliff: the activity of those older than an age."""

from dataclasses import dataclass

import numpy as np

from assemblier.access import Baseline
from assemblier.maths.arrays import Array
from assemblier.scenarios.projection.practitioners import Group, Practitioners

TOLD = (
    "Falaise, là où la liste dit les âges : l'APL publiée moins l'activité de ceux qui dépassent "
    "la borne, à parts égales entre les praticiens d'une commune et entre les âges d'une tranche ; "
    "ailleurs, la part que la série publiée y perd, ou rien où elle n'est pas publiée."
)

READING = (
    "La falaise lit les âges de la liste dans les communes qu'elle nomme, et la série publiée "
    "ailleurs."
)


@dataclass(frozen=True, slots=True, eq=False)
class ToldActivity:
    """What practitioners of a known age do, in the communes where one is counted.

    Attributes
    ----------
    known
        (places,) activity of those whose age is told.
    older
        (places,) activity of those of them who are older than the age.
    """

    known: Array
    older: Array


def tells_ages(now: Practitioners | None) -> bool:
    """Whether a list of the user tells an age in a commune it names."""
    return now is not None and any(
        one.commune in now.named and one.youngest is not None for one in now.groups
    )


def tells_every_age(now: Practitioners | None) -> bool:
    """Whether every practitioner is in a commune a list names, with an age."""
    return now is not None and all(
        one.commune in now.named and one.youngest is not None for one in now.groups
    )


def older_part(group: Group, age: int) -> float:
    """Return which part of a group of a known age is older than an age: its band is even.

    Examples
    --------
    >>> older_part(Group(1, 60, 64), 62), older_part(Group(1, 66, 66), 65)
    (0.4, 1.0)
    """
    low, high = group.youngest or 0, group.oldest or 0
    return max(0, high - max(low, age + 1) + 1) / (high - low + 1)


def told_activity(now: Practitioners, baseline: Baseline, age: int) -> ToldActivity:
    """Return the activity of those a list tells the age of.

    Always true
    -----------
    In a commune the activity told is at most that of the baseline, unless the list gives acts.
    """
    rank = {code: place for place, code in enumerate(baseline.places)}
    counts = np.rint(np.nan_to_num(baseline.counts))
    found = ToldActivity(np.zeros(len(rank)), np.zeros(len(rank)))
    for one in now.groups:
        place = rank.get(one.commune or "")
        is_read = place is not None and counts[place] > 0 and one.commune not in baseline.conflicts
        if place is None or not is_read or one.commune not in now.named or one.youngest is None:
            continue
        people = sum(other.count for other in now.groups if other.commune == one.commune)
        usual = baseline.fit.supply[place] / max(people, counts[place])
        acts = one.count * (usual if one.acts is None else one.acts)
        found.known[place] += acts
        found.older[place] += acts * older_part(one, age)
    return found


def without_older(baseline: Baseline, published: Array, told: ToldActivity) -> Array:
    """Return (homes,) the score without those older than an age.

    Parameters
    ----------
    baseline
        The situation today.
    published
        (homes,) the published score without them; the official one where nothing is lost.
    told
        What the list says.

    Always true
    -----------
    Where nobody's age is told it is the published one; no score is under 0.
    """
    operator, score = baseline.fit.operator, baseline.fit.score
    listed = np.asarray(operator @ told.known, np.float64)
    share = np.divide(listed, score, out=np.zeros_like(score), where=score > 0)
    elsewhere = (baseline.official - published) * (1 - np.minimum(share, 1))
    lost = np.asarray(operator @ told.older, np.float64)
    return np.asarray(np.maximum(baseline.official - elsewhere - lost, 0), np.float64)
