"""What a projection answers: every figure made, with its interval and its provenance."""

from collections.abc import Mapping
from dataclasses import dataclass

from assemblier.figures import Figure, Provenance
from assemblier.scenarios.projection.arrivals import Arrival
from assemblier.scenarios.projection.hypotheses import Hypotheses, Variant
from assemblier.scenarios.projection.practitioners import Practitioners
from assemblier.territory import Perimeter
from assemblier.zoning.doctors import Position


@dataclass(frozen=True, slots=True)
class Interval:
    """Median of the draws, and what eight draws in ten lie between.

    Attributes
    ----------
    low, median, high
        Tenth, fiftieth and ninetieth hundredth of the draws.

    Always true
    -----------
    The low end is not above the median, nor the median above the high end.
    """

    low: Figure
    median: Figure
    high: Figure


@dataclass(frozen=True, slots=True)
class Year:
    """One year.

    Attributes
    ----------
    stock
        Practitioners at the end of the year, those in cumul emploi-retraite included.
    exits, entries
        Those who ceased for good, and those who arrived, in the year.
    medical_time
        In full-time equivalents.
    density
        For 10,000 inhabitants; its inhabitants are those of the year where ages are projected.
    expected, leaving, coming
        The stock, the exits and the entries on average, computed without any draw.
    by_mode
        Entrants of the year on average, by key of `arrivals.MODES`.

    Always true
    -----------
    On average, the stock of a year is that of the year before, plus the entries, minus the exits.
    """

    year: int
    stock: Interval
    exits: Interval
    entries: Interval
    medical_time: Interval
    density: Interval
    expected: Figure
    leaving: Figure
    coming: Figure
    by_mode: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Score:
    """The APL of one commune, published today and at a horizon."""

    code: str
    nom: str
    today: Figure
    at: Interval


@dataclass(frozen=True, slots=True)
class Chance:
    """How many draws in a hundred put a territoire there."""

    position: Position
    share: Figure


@dataclass(frozen=True, slots=True)
class Zoned:
    """A territoire de vie-santé and where it may stand, on the APL that a zoning reads.

    Attributes
    ----------
    code, nom
        Its code and its name.
    today, position
        Its published APL (doctors of 65 or less) and where that puts it.
    at
        Its APL at the horizon.
    chances
        From the most fragile; they sum to 100 %.
    """

    code: str
    nom: str
    today: Figure
    position: Position | None
    at: Interval
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Scores and zones of one year.

    Attributes
    ----------
    year
        One of the horizons.
    mean
        Mean APL of the territory, weighted by its standardised inhabitants.
    communes
        Those whose score is published and not contradicted, in ascending order of codes.
    territoires
        Those that hold a commune of the territory; empty where their composition is not known.
    """

    year: int
    mean: Interval
    communes: tuple[Score, ...]
    territoires: tuple[Zoned, ...]


@dataclass(frozen=True, slots=True)
class Cliff:
    """The APL without those who are older than an age today.

    Attributes
    ----------
    age
        They are older than that.
    label
        In French.
    today, left
        Mean APL of all, and without them.
    lost
        In %, what the difference is of today's.
    communes
        Code, name, and the same for each commune.
    """

    age: int
    label: str
    today: Figure
    left: Figure
    lost: Figure
    communes: tuple[tuple[str, str, Figure, Figure], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one hypothesis moves when it alone is at its low or its high value.

    Attributes
    ----------
    key, label
        Of the hypothesis.
    low, high
        Its two values, written in French.
    stock
        Change of the median stock at the last horizon, at the low and at the high value.
    apl
        Change of the median of the mean APL; not available without a baseline.
    """

    key: str
    label: str
    low: str
    high: str
    stock: tuple[Figure, Figure]
    apl: tuple[Figure, Figure]


@dataclass(frozen=True, slots=True)
class Course:
    """What comes of one way to count the arrivals.

    Attributes
    ----------
    variant
        Where the number of arrivals comes from.
    is_given
        Whether the user said how many arrive.
    years, horizons
        As in `Projection`.
    """

    variant: Variant
    is_given: bool
    years: tuple[Year, ...]
    horizons: tuple[Horizon, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """What becomes of the practitioners of a territory, and of the access to them.

    Attributes
    ----------
    perimeter, practitioners, hypotheses, arrivals
        What was projected.
    years
        The first is the one the ages were told at.
    pessimistic
        The same, without national growth: fewer arrivals than departures.
    horizons, pessimistic_horizons
        Scores and zones, in each; empty without a baseline.
    cliff
        One for each age of the published series that is known.
    sensitivity
        Of what comes first; the greatest effect on the stock first.
    notes
        What the reader must know, in French.
    provenance
        Sources, method, parameters.

    Always true
    -----------
    The same graine gives the same figures.
    What comes first is without national growth, unless the user chose the arrivals.
    """

    perimeter: Perimeter
    practitioners: Practitioners
    hypotheses: Hypotheses
    arrivals: tuple[Arrival, ...]
    years: tuple[Year, ...]
    pessimistic: tuple[Year, ...]
    horizons: tuple[Horizon, ...]
    pessimistic_horizons: tuple[Horizon, ...]
    cliff: tuple[Cliff, ...]
    sensitivity: tuple[Effect, ...]
    notes: tuple[str, ...]
    provenance: Provenance

    @property
    def courses(self) -> tuple[Course, ...]:
        """What comes first, then what stands beside it if anything does.

        A rate observed on one year is not a forecast: it never comes first by itself.
        """
        found = self.hypotheses
        asked = Course(found.variant, found.gives_arrivals, self.years, self.horizons)
        if found.variant is Variant.SANS_CROISSANCE:
            return (asked,)
        prudent = Course(
            Variant.SANS_CROISSANCE, False, self.pessimistic, self.pessimistic_horizons
        )
        return (asked, prudent) if found.chooses_arrivals else (prudent, asked)
