"""The share of inhabitants in a commune under 2.5 consultations, of any territory, year by year.

Computed from the communes where most of them are known; else, for a département and for France in
2024, from the number of inhabitants a third party counted on the DREES workbook.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assemblier import territory
from assemblier.data.documents import cited
from assemblier.diagnosis import companions
from assemblier.diagnosis.apl import FILES, GP
from assemblier.diagnosis.bands import Counter, band_counts
from assemblier.diagnosis.local import published_apl
from assemblier.figures import Confidence, Figure, Nature, Provenance, unavailable
from assemblier.sources.stored import Signature, state
from assemblier.territory import Perimeter

THRESHOLD = 2.5
COUNTED = 2024
"""The year of the APL of the number of inhabitants the facts hold."""

LABEL = "part des habitants sous 2,5 consultations par an"
METHOD = (
    "Part : habitants des communes sous 2,5, comptés par un tiers en population totale, sur la "
    "population municipale."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One territory: the share of each year, in the order of `Comparison.years`."""

    name: str
    shares: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A territory beside its département, its région and France, year by year.

    Attributes
    ----------
    years
        Years of the APL, oldest first.
    lines
        The territory first.
    printed
        What the presentation prints for France.
    """

    years: tuple[int, ...]
    lines: tuple[Line, ...]
    printed: Figure


def under_2_5(perimeter: Perimeter, millesime: int) -> Figure:
    """Return the share of inhabitants under 2.5 consultations, its year in its vintage.

    Parameters
    ----------
    perimeter
        Any territory.
    millesime
        Year of the APL.

    Always true
    -----------
    Between 0 and 100 %, or not available: a year that is not known is never another one.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> round(under_2_5(parse("departement:43"), 2024).value, 1)
    16.2
    """
    found = _computed(perimeter, state()).get(millesime)
    if found is not None:
        return replace(found, label=f"{LABEL}, {perimeter.nom}")
    if millesime == COUNTED:
        return _counted(perimeter)
    return unavailable(LABEL, FILES[GP], "%", f"APL {millesime}")


@lru_cache(maxsize=64)
def _computed(perimeter: Perimeter, _state: Signature) -> dict[int, Figure]:
    """Return the share of each year for which most communes are known."""
    published = published_apl(perimeter)
    shares = (_share(band_counts(published, year).counters) for year in published.millesimes)
    pairs = zip(published.millesimes, shares, strict=True)
    return {year: share for year, share in pairs if share.is_known}


def _share(counters: Sequence[Counter]) -> Figure:
    return next(one.share for one in counters if one.threshold == THRESHOLD)


def _counted(perimeter: Perimeter) -> Figure:
    people = companions.people_under_2_5(perimeter)
    whole = territory.population(perimeter)
    if people.value is None or not whole.value:
        return unavailable(LABEL, FILES[GP], "%", f"APL {COUNTED}")
    return Figure(
        f"{LABEL}, {perimeter.nom}",
        100 * people.value / whole.value,
        "%",
        Nature.CALCULE,
        f"APL {COUNTED}, {whole.vintage}",
        people.provenance | whole.provenance | Provenance(method=METHOD),
        1,
        people,
        whole,
        confidence=Confidence.SECONDAIRE,
    )


def comparison(perimeter: Perimeter) -> Comparison:
    """Return the share of a territory and of its references, for every year it is known.

    Always true
    -----------
    The territory is the first line, and every line has one figure a year.
    """
    years = published_apl(perimeter).millesimes
    places = (perimeter, *territory.companions(perimeter))
    lines = tuple(Line(one.nom, tuple(under_2_5(one, year) for year in years)) for one in places)
    return Comparison(years, lines, cited("population_sous_dense_france"))
