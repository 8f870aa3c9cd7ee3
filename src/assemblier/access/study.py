"""The indicator of a territory beside the published one: what the command line and reports show."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from assemblier.access.aggregation import PeopleUnder, mean_score, people_under
from assemblier.access.comparison import Agreement, agreement
from assemblier.access.demand import PeopleByAge, resident_demand
from assemblier.access.embedded import (
    embedded_people,
    embedded_published,
    embedded_supply,
    published_source,
)
from assemblier.access.method import method as method_of
from assemblier.access.scores import Scores, scores
from assemblier.access.supply import Supply
from assemblier.figures import Provenance
from assemblier.maths.arrays import Array
from assemblier.parameters import value
from assemblier.travel import Engine

if TYPE_CHECKING:
    from assemblier.territory import Perimeter


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Computed and published, commune by commune and together.

    Attributes
    ----------
    perimeter
        The territory.
    found
        The computed scores.
    published
        (communes,) the published scores, nan where unknown.
    year
        Of the published scores; 0 where none is known.
    engine, by_age
        What the scores were computed with.
    """

    perimeter: "Perimeter"
    found: Scores
    published: Array
    year: int
    engine: Engine
    by_age: PeopleByAge | None

    @property
    def gap(self) -> Array:
        """(communes,) computed less published."""
        return self.found.score - self.published

    @property
    def population(self) -> Array:
        """(communes,) all residents."""
        return np.asarray(self.found.demand.total[self.found.rows], np.float64)

    @property
    def standardised(self) -> Array:
        """(communes,) standardised inhabitants."""
        return np.asarray(self.found.demand.standardised[self.found.rows], np.float64)

    @property
    def mean(self) -> float:
        """Mean computed score, weighted by standardised inhabitants."""
        return mean_score(self.found.score, self.standardised)

    @property
    def published_mean(self) -> float:
        """Mean published score, with the same weights; nan where nothing is published."""
        return mean_score(self.published, self.standardised)

    @property
    def agreement(self) -> Agreement | None:
        """How both agree, or None where nothing is published."""
        if np.isnan(self.published).all():
            return None
        return agreement(self.found.score, self.published, self.standardised)

    @property
    def provenance(self) -> Provenance:
        """Of the scores, and of the published ones where there are."""
        if not self.year:
            return self.found.provenance
        return self.found.provenance | Provenance((published_source(),))

    def under(self, scores_: Array) -> PeopleUnder:
        """Return who lives under the statistical threshold, for general practitioners.

        Parameters
        ----------
        scores_
            (communes,) computed or published.
        """
        on = self.found.method.on
        threshold = float(value("apl.seuils.sous_dense", on))
        strict = bool(value("apl.seuils.strict", on))
        return people_under(scores_, self.population, threshold, strict=strict)


def study(
    perimeter: "Perimeter",
    profession: str,
    on: date,
    engine: Engine,
    year: int | None = None,
    supply: Supply | None = None,
) -> Study:
    """Return the indicator of a profession in a territory, beside the published one.

    Parameters
    ----------
    perimeter
        The territory.
    profession
        One of `access.PROFESSIONS`.
    on
        Date of the parameters.
    engine
        Gives the minutes.
    year
        Of the published scores; the latest known by default.
    supply
        The delivered supply of Haute-Loire by default.

    Raises
    ------
    InputError
        When the profession has no parameters, or the supply says nothing of the territory.
    """
    method = method_of(profession, on)
    people = embedded_people(method)
    offered = supply or embedded_supply(method)
    found = scores(perimeter, method, offered, resident_demand(method, people), engine)
    known, printed = embedded_published(profession, year)
    published = np.array([known.get(code, np.nan) for code in perimeter.codes], float)
    has_any = bool(known) and not np.isnan(published).all()
    return Study(perimeter, found, published, printed if has_any else 0, engine, people)
