"""Published scores of two years, and the communes that change class between them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from assemblier.access.published import published
from assemblier.errors import UnavailableError
from assemblier.figures import Provenance
from assemblier.maths.arrays import Array
from assemblier.parameters import value

if TYPE_CHECKING:
    from assemblier.territory import Perimeter


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Published scores of two years.

    Attributes
    ----------
    codes
        (communes,).
    before_year, after_year
        The years.
    before, after
        (communes,) scores; nan where unknown.
    edges
        Inner edges of the classes of the map.
    provenance
        Of the scores.
    """

    codes: tuple[str, ...]
    before_year: int
    after_year: int
    before: Array
    after: Array
    edges: tuple[float, ...]
    provenance: Provenance

    def bands(self, score: Array) -> Array:
        """Return the class of each score, from 0; nan where unknown."""
        return np.where(np.isnan(score), np.nan, np.digitize(score, self.edges))

    @property
    def crossed(self) -> Array:
        """(communes,) classes gained, or lost when negative; nan where unknown."""
        return self.bands(self.after) - self.bands(self.before)

    @property
    def counts(self) -> tuple[int, int]:
        """Communes that go up a class at least, communes that go down."""
        return int((self.crossed > 0).sum()), int((self.crossed < 0).sum())


def published_change(
    perimeter: "Perimeter", profession: str, before: int, after: int | None = None
) -> Change:
    """Return the published scores of two years in a territory.

    Parameters
    ----------
    perimeter
        The territory.
    profession
        One of `access.PROFESSIONS`.
    before, after
        The years; the latest known after by default.

    Raises
    ------
    UnavailableError
        When a year is not known there.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> published_change(parse("departement:43"), "medecin_generaliste", 2022).after_year
    2024
    """
    first, last = published(profession, before), published(profession, after)
    then, now = (
        np.array([one.scores.get(code, np.nan) for code in perimeter.codes], float)
        for one in (first, last)
    )
    for wanted, score in ((before, then), (after or last.year, now)):
        if np.isnan(score).all():
            raise UnavailableError(
                f"APL publiée de {wanted}, {perimeter.nom}",
                "le classeur de l'APL par commune de la DREES pour cette année",
            )
    edges = value("apl.classes.bornes", date(max(before, 2018), 1, 1))[1:-1]
    sources = tuple(one.source for one in (first, last) if one.source)
    return Change(perimeter.codes, before, last.year, then, now, edges, Provenance(sources))
