"""What the presentation counts under 1 and 2.5 consultations, beside what the published APL gives.

The presentation uses the APL of 2021, which is not embedded: its figures are cited, ours are
those of the years that are, each with its vintage.
"""

from dataclasses import dataclass

from assemblier.data.documents import cited
from assemblier.diagnosis.apl import PublishedApl
from assemblier.diagnosis.bands import band_counts, bands, majority_notice
from assemblier.diagnosis.local import published_apl
from assemblier.diagnosis.presented import DEPARTEMENT
from assemblier.figures import Figure
from assemblier.territory import parse

ABOUT = 10.0
"""The presentation says « environ »: a figure of another year within this many % is close to it."""

PRINTED = 2021
"""The year of the printed APL."""

COUNTS = (
    ("apl_2021_communes_sous_1", 0, "communes"),
    ("apl_2021_habitants_sous_1", 0, "inhabitants"),
    ("apl_2021_communes_sous_2_5", 1, "communes"),
    ("apl_2021_habitants_sous_2_5", 1, "inhabitants"),
)
"""Printed figure, place of its threshold among the counters, what it counts."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One printed count and ours.

    Attributes
    ----------
    cited
        As printed, APL 2021.
    computed
        One for each later year that is known, oldest first.
    gaps
        computed − cited, in % of cited, in the same order.
    """

    cited: Figure
    computed: tuple[Figure, ...]
    gaps: tuple[Figure, ...]

    def is_close(self, place: int) -> bool:
        """Whether one of our years is within `ABOUT` of the printed figure."""
        return abs(self.gaps[place].known_value()) <= ABOUT


def presented_counts(series: str = "apl") -> tuple[Beside, ...]:
    """Return the four printed counts of Haute-Loire, each beside ours.

    Parameters
    ----------
    series
        ``"apl"`` (all doctors) or ``"apl_65"``; the presentation does not say which is its own.

    Examples
    --------
    >>> [beside.cited.value for beside in presented_counts()]
    [40.0, 6000.0, 129.0, 50000.0]
    """
    published = published_apl(parse(f"departement:{DEPARTEMENT}"), series)
    by_year = [band_counts(published, millesime).counters for millesime in later_years(published)]
    return tuple(
        _beside(
            cited(key),
            [
                counters[place].communes if what == "communes" else counters[place].inhabitants
                for counters in by_year
            ],
        )
        for key, place, what in COUNTS
    )


def later_years(published: PublishedApl) -> tuple[int, ...]:
    """Return the years of a published APL that follow the printed one."""
    return tuple(year for year in published.millesimes if year > PRINTED)


def presented_majority_notice() -> str:
    """Say why the printed majority class cannot hold most communes, with the printed count.

    Examples
    --------
    >>> "moins de la moitié" in presented_majority_notice()
    True
    """
    communes = len(parse(f"departement:{DEPARTEMENT}").codes)
    return majority_notice(
        communes, int(cited("apl_2021_communes_sous_2_5").known_value()), bands()[1]
    )


def _beside(printed: Figure, computed: list[Figure]) -> Beside:
    gaps = tuple(
        Figure(
            "écart avec le chiffre imprimé",
            100 * (figure.known_value() / printed.known_value() - 1),
            "%",
            vintage=figure.vintage,
            provenance=figure.provenance | printed.provenance,
            decimals=1,
            numerator=figure,
            denominator=printed,
        )
        for figure in computed
    )
    return Beside(printed, tuple(computed), gaps)
