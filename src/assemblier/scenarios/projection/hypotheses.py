"""Everything a projection supposes: each value, its parameter, and how far it may be wrong."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self


class Variant(StrEnum):
    """Where the number of arrivals comes from."""

    OBSERVEE = "taux observés"
    """As many a year as the last table of flows tells, or as the rate given."""
    SANS_CROISSANCE = "sans croissance nationale"
    """Fewer than the departures: a part of them is replaced."""
    AUCUNE = "sans arrivée"


GIVEN_ARRIVALS = frozenset({"installations", "taux_installation"})
"""Hypotheses that say how many arrive."""
Series = tuple[tuple[int, float], ...]
"""Years and what happens in each."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One line of the table of hypotheses, for the reader.

    Attributes
    ----------
    key
        How it is named to edit it.
    label, unit
        In French.
    value
        What is used, written in French.
    low, high
        Between which values the sensitivity table moves it; empty where it does not.
    told
        The text it was read in or the hypothesis it is, or that the user gave it.
    is_edited
        Whether the user gave it.
    is_confirmed
        Whether its text was read.
    """

    key: str
    label: str
    unit: str
    value: str
    low: str
    high: str
    told: str
    is_edited: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """What a projection supposes. Shares are from 0 to 1.

    Attributes
    ----------
    exit_ages, exit_rates
        First age of each class, and the part of those who reach an age of it that ceases.
    exit_factor
        What the exit rates are multiplied by; a rate never passes 1.
    observed_exits
        Part of the practitioners that ceased in the last year known; the rates by age are then
        scaled so that the first year agrees. None: the rates as they are.
    unknown_ages, unknown_parts
        Ages of those whose age nobody told: first age of each class, part of each class.
    oldest
        Last age of an open class.
    has_cumul
        Whether some go on after they retire.
    cumul_age, cumul_share, cumul_years, cumul_time
        From which age, which part of them, how many years on average, at which part of their time.
    women, women_entrants
        Share of women among those present (sex unknown), among entrants.
    part_time_women, part_time_men, part_time
        Share of each who work part-time, and the part of a full time they work.
    variant
        Where the number of arrivals comes from.
    installation_rate
        Arrivals a year, as a part of the first stock (`Variant.OBSERVEE`).
    replacement
        Part of the departures that is replaced (`Variant.SANS_CROISSANCE`).
    installations
        Arrivals of the years listed, instead of the rate; empty: the rate.
    arrival_age
        Age of an entrant.
    training_years
        From the first year of studies to the installation.
    training_places
        By year of entry in studies, how many more will settle here once trained.
    local_students
        By year, young people of the territory who begin their studies.
    local_return
        Part of them that comes back to settle.
    salaried
        Share of the entrants who prefer to be employed by a centre de santé.
    horizons
        The years of the scores, in order; the last one ends the projection.
    draws, graine
        Number of runs, and what makes them the same again.
    on
        Date of the parameters.
    edited
        Keys the user gave.
    """

    exit_ages: tuple[int, ...]
    exit_rates: tuple[float, ...]
    exit_factor: float
    observed_exits: float | None
    unknown_ages: tuple[int, ...]
    unknown_parts: tuple[float, ...]
    oldest: int
    has_cumul: bool
    cumul_age: int
    cumul_share: float
    cumul_years: float
    cumul_time: float
    women: float
    women_entrants: float
    part_time_women: float
    part_time_men: float
    part_time: float
    variant: Variant
    installation_rate: float
    replacement: float
    installations: Series
    arrival_age: int
    training_years: int
    training_places: Series
    local_students: Series
    local_return: float
    salaried: float
    horizons: tuple[int, ...]
    draws: int
    graine: int
    on: date
    edited: frozenset[str] = frozenset()

    @property
    def gives_arrivals(self) -> bool:
        """Whether the user said how many arrive."""
        return self.variant is Variant.OBSERVEE and bool(self.edited & GIVEN_ARRIVALS)

    @property
    def chooses_arrivals(self) -> bool:
        """Whether the user chose where the number of arrivals comes from."""
        return self.gives_arrivals or "variante" in self.edited

    def prudent(self) -> Self:
        """Return the same without national growth: fewer arrivals than departures."""
        return replace(self, variant=Variant.SANS_CROISSANCE)

    def leading(self) -> Self:
        """Return what comes first: without national growth, unless the user chose the arrivals."""
        return self if self.chooses_arrivals else self.prudent()
