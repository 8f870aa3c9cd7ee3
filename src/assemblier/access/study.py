"""The indicator of a territory beside the published one: what the command line and reports show."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from assemblier.access.aggregation import PeopleUnder, mean_score, people_under
from assemblier.access.choice import chosen_supply
from assemblier.access.comparison import Agreement, agreement
from assemblier.access.method import latest
from assemblier.access.method import method as method_of
from assemblier.access.needs import needs
from assemblier.access.published import published as published_of
from assemblier.access.scores import Scores, scores
from assemblier.access.supply import Supply
from assemblier.figures import Provenance, Source
from assemblier.maths.arrays import Array
from assemblier.travel import ChainEngine, Engine, TableEngine

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
    published_source
        Of the published scores; None where none is known.
    engine
        What gave the minutes.
    age_limit
        Professionals older were not counted; None: all were.
    """

    perimeter: "Perimeter"
    found: Scores
    published: Array
    year: int
    published_source: Source | None
    engine: Engine
    age_limit: int | None = None

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
    def without_relief(self) -> np.ndarray:
        """(communes,) whether the minutes ignore the relief, which is unknown there."""
        if isinstance(self.engine, ChainEngine):
            return self.engine.without_relief(self.found.codes)
        return np.zeros(len(self.found.codes), dtype=bool)

    @property
    def agreement(self) -> Agreement | None:
        """How both agree, or None where nothing is published."""
        if np.isnan(self.published).all():
            return None
        return agreement(self.found.score, self.published, self.standardised)

    @property
    def provenance(self) -> Provenance:
        """Of the scores, and of the published ones where there are."""
        known = (self.published_source,) if self.published_source else ()
        return self.found.provenance | Provenance(known)

    def under(self, scores_: Array) -> PeopleUnder:
        """Return who lives under the statistical threshold, for general practitioners.

        Parameters
        ----------
        scores_
            (communes,) computed or published.
        """
        on = self.found.method.on
        threshold = float(latest("apl.seuils.sous_dense", on).value)
        strict = bool(latest("apl.seuils.strict", on).value)
        return people_under(scores_, self.population, threshold, strict=strict)


def study(
    perimeter: "Perimeter",
    profession: str,
    on: date,
    engine: Engine,
    year: int | None = None,
    supply: Supply | None = None,
    *,
    offer: str = "",
    age_limit: int | None = None,
    demand: str = "",
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
        Already chosen; else see `offer`.
    offer
        A key of `choice.NAMED` or the path of a file; by default the first known, in the order of
        `choice.ORDER`.
    age_limit
        Professionals older are not counted, here and in the published scores.
    demand
        A key of `needs.DEMANDS`; the published standardised population by default, where known.

    Raises
    ------
    InputError
        When the profession has no parameters, the supply says nothing of the territory, or a table
        of minutes holds none from one of its communes.
    """
    if isinstance(engine, TableEngine):
        engine.check_homes(perimeter.codes)
    method, people = needs(method_of(profession, on), demand, year)
    offered = supply or chosen_supply(method, perimeter.codes, offer, age_limit)
    found = scores(perimeter, method, offered, people, engine)
    known = published_of(profession, year, age_limit, perimeter.codes)
    scores_ = np.array([known.scores.get(code, np.nan) for code in perimeter.codes], float)
    has_any = not np.isnan(scores_).all()
    return Study(
        perimeter,
        found,
        scores_,
        known.year if has_any else 0,
        known.source if has_any else None,
        engine,
        age_limit,
    )
