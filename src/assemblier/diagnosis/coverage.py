"""When a part of a perimeter is unknown: what may still be said of it, and the words for it."""

from assemblier.french import french_spaces, number
from assemblier.maths.arrays import Array
from assemblier.maths.inequality import Known, known

MOST = 0.5
"""A figure of a perimeter needs at least this share of its inhabitants to be covered."""


def known_part(values: Array, population: Array) -> Known | None:
    """Return the known part of a perimeter, None when it is not most of its inhabitants.

    Parameters
    ----------
    values
        (communes,) ≥ 0, nan where unknown.
    population
        (communes,) inhabitants, ≥ 0, none unknown.

    Always true
    -----------
    None exactly when the communes that are known hold less than half of the inhabitants, or none.
    """
    found = known(values, population)
    here = float(found.weights.sum())
    if here <= 0 or here < MOST * (here + found.excluded_weight):
        return None
    return found


def excluded_note(found: Known) -> str:
    """Say how many communes and people were left out because they are unknown; empty if none."""
    if not found.excluded_count:
        return ""
    share = 100 * found.excluded_weight / (found.excluded_weight + found.weights.sum())
    plural = "s" if found.excluded_count > 1 else ""
    return french_spaces(
        f"Sans {number(found.excluded_count)} commune{plural} que la source ne couvre pas "
        f"({number(share, 1)} % des habitants)."
    )
