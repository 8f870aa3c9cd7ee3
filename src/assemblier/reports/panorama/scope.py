"""What the panorama is about: the territory, the day, the territories it is compared with."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from assemblier import territory
from assemblier.diagnosis.presented import DEPARTEMENT as PRESENTED
from assemblier.reports.places import located
from assemblier.territory import Perimeter
from assemblier.travel import Engine

MAIN_TOWNS = 10


@dataclass(frozen=True)
class Scope:
    """The territory of a report and its day.

    Attributes
    ----------
    perimeter
        The territory.
    on
        The day of the report: it chooses the parameters in force.
    engine
        Gives the minutes, where the reader chose how; None leaves each figure its usual model.
    """

    perimeter: Perimeter
    on: dt.date
    engine: Engine | None = None

    @property
    def place(self) -> str:
        """Return the name of the territory."""
        return self.perimeter.nom

    @property
    def where(self) -> str:
        """Return the territory as a sentence places it: ``"en Haute-Loire"``, ``"à Saugues"``."""
        return located(self.perimeter)

    @cached_property
    def departements(self) -> frozenset[str]:
        """Return the codes of the départements the communes are in."""
        index = territory.index()
        rows = index.positions(self.perimeter.codes)
        return frozenset(index.code_departement[row] for row in rows)

    @property
    def holds_haute_loire(self) -> bool:
        """Whether every commune lies in the département the presentation describes."""
        return self.departements == {PRESENTED}

    @property
    def is_haute_loire(self) -> bool:
        """Whether the territory is the whole département the presentation describes."""
        return self.perimeter.expression == f"departement:{PRESENTED}"

    @cached_property
    def epci_parts(self) -> tuple[Perimeter, ...]:
        """Return the part of each EPCI that lies in the territory."""
        return territory.epci_within(self.perimeter)

    @cached_property
    def companions(self) -> tuple[Perimeter, ...]:
        """Return what the territory is always compared with."""
        return territory.companions(self.perimeter)

    @property
    def epci_note(self) -> str:
        """Say which EPCI are only counted in part; empty when all are whole."""
        cut = [part.nom for part in self.epci_parts if part.within]
        if not cut:
            return ""
        return f"Seules leurs communes {self.where} sont comptées : {', '.join(cut)}."

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the name of each commune of the territory and of its neighbours, by code."""
        index = territory.index()
        codes = (*self.perimeter.codes, *self.neighbours)
        rows = index.positions(codes)
        return {code: index.nom[row] for code, row in zip(codes, rows, strict=True)}

    @cached_property
    def neighbours(self) -> tuple[str, ...]:
        """Return the communes that share a border with the territory."""
        return territory.neighbours(self.perimeter.codes)

    @cached_property
    def main_towns(self) -> dict[str, str]:
        """Return the most populated communes of the territory: code and name."""
        index = territory.index()
        rows = index.positions(self.perimeter.codes)
        ranked = sorted(rows, key=lambda row: -(index.population[row] or 0))
        return {index.code_commune[row]: index.nom[row] for row in ranked[:MAIN_TOWNS]}
