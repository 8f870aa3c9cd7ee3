"""People by age, projected by what became of each age between two censuses.

The ratio of those of an age at the second census to those who were five years younger at the first
holds deaths and moves together: C. Hamilton and J. Perry, « A short method for projecting
population by age from one decennial census to another », Social Forces, 41(2), 1962.
"""

from dataclasses import dataclass

import numpy as np

from assemblier.errors import ShapeError
from assemblier.maths.arrays import Array

MOTHERS = slice(4, 9)
"""Classes of five years from 20 to 44: those whose children the first class is."""


@dataclass(frozen=True, slots=True, eq=False)
class CohortChange:
    """What becomes of each class of five years, five years later.

    Attributes
    ----------
    ratios
        (classes - 1,) people of a class for one person of the class before it, five years ago.
        The last one is for the last two classes together.
    children
        Children under five for one person of 20 to 44.
    """

    ratios: Array
    children: float

    def after(self, people: Array) -> Array:
        """Return (…, classes) people five years later.

        Always true
        -----------
        It is linear in the people.
        """
        older = np.empty_like(people)
        older[..., 1:-1] = people[..., :-2] * self.ratios[:-1]
        older[..., -1] = (people[..., -2] + people[..., -1]) * self.ratios[-1]
        older[..., 0] = older[..., MOTHERS].sum(axis=-1) * self.children
        return older


def cohort_change(before: Array, after: Array, most: float = 3.0) -> CohortChange:
    """Return the ratios between two censuses five years apart.

    Parameters
    ----------
    before, after
        (classes,) people by class of five years from birth, the last one open; at least ten.
    most
        A ratio above it is that of a few people who moved: it is held there. A class that was
        empty keeps its people: 1.

    Always true
    -----------
    It brings the first census to the second, where no class was empty and no ratio held.

    Raises
    ------
    ShapeError
        When the classes differ or are fewer than ten.

    Examples
    --------
    >>> census = np.full(19, 100.0)
    >>> float(cohort_change(census, census).after(census)[5])
    100.0
    """
    before, after = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if before.shape != after.shape or before.ndim != 1 or len(before) < 10:
        raise ShapeError(f"recensements {before.shape}, {after.shape} : mêmes classes, dix ou plus")
    source = np.append(before[:-2], before[-2] + before[-1])
    ratios = np.divide(after[1:], source, out=np.ones(len(source)), where=source > 0)
    mothers = float(after[MOTHERS].sum())
    return CohortChange(np.minimum(ratios, most), float(after[0]) / mothers if mothers else 0.0)


def projected(people: Array, change: CohortChange, years: float) -> Array:
    """Return people after some years, between two steps of five in proportion.

    Parameters
    ----------
    people
        (…, classes).
    change
        From `cohort_change`.
    years
        From the census of `people`, ≥ 0.

    Always true
    -----------
    After no year they are the people given.
    Nobody is negative.
    """
    found, left = np.asarray(people, np.float64), years
    while left >= 5:
        found, left = change.after(found), left - 5
    return found + (change.after(found) - found) * (left / 5) if left else found
