"""The bassins de vie of a territory: how many practise there, how well each is served."""

from dataclasses import dataclass

from assemblier.diagnosis.apl import PublishedApl, mean_apl
from assemblier.diagnosis.bands import band_counts
from assemblier.diagnosis.census import census
from assemblier.diagnosis.local import equipment_in, published_apl
from assemblier.errors import UnavailableError
from assemblier.figures import Figure, Source
from assemblier.territory import Perimeter, at_scale, parse, population
from assemblier.territory.composed import composition

GP = "medecin_generaliste"
SCALE = "bassin_de_vie"
THIN = 1
"""A bassin with at most so many practitioners hangs on one departure."""


@dataclass(frozen=True, slots=True)
class Basin:
    """One bassin de vie, or the part of it that lies in the territory.

    Attributes
    ----------
    apl
        Mean published APL.
    practitioners
        General practitioners, by place of practice.
    threshold
        Consultations a year under which it is in deficit.
    is_deficit
        Whether its mean APL is under the threshold; None where it is unknown.
    is_thin
        Whether it has at most `THIN` practitioners; None where it is unknown.
    """

    perimeter: Perimeter
    inhabitants: Figure
    apl: Figure
    practitioners: Figure
    threshold: float
    is_deficit: bool | None
    is_thin: bool | None


@dataclass(frozen=True, slots=True)
class Basins:
    """The bassins de vie of a territory, the worst served first, then those unknown.

    Attributes
    ----------
    millesime
        Year of the APL.
    source
        The file that says which communes they are made of.
    outside
        Communes of the territory that are in none.
    """

    basins: tuple[Basin, ...]
    millesime: int
    source: Source
    outside: tuple[str, ...]

    @property
    def deficits(self) -> tuple[Basin, ...]:
        """Return those in deficit, the worst served first."""
        return tuple(basin for basin in self.basins if basin.is_deficit)

    @property
    def thin(self) -> tuple[Basin, ...]:
        """Return those that hang on one practitioner at most."""
        return tuple(basin for basin in self.basins if basin.is_thin)


def basins(perimeter: Perimeter, millesime: int | None = None) -> Basins:
    """Return the bassins de vie of a territory.

    Parameters
    ----------
    perimeter
        The territory; a bassin that reaches beyond it is cut at its edge.
    millesime
        Year of the APL; by default the latest that is known for most of the inhabitants.

    Raises
    ------
    UnavailableError
        When the composition of the bassins was not imported.

    Always true
    -----------
    Each commune is in one bassin, or outside, once.
    A bassin whose APL is unknown is never in deficit.
    """
    groups = at_scale(perimeter, SCALE)
    found = composition("bassin")
    if found is None:  # removed since by another process
        raise UnavailableError("bassins de vie", "la table d'appartenance géographique (Insee)")
    published = published_apl(perimeter)
    year = millesime or max(published.millesimes)
    rows = sorted((_basin(group, published, year) for group in groups.groups), key=_order)
    return Basins(tuple(rows), year, found.source, groups.outside)


def basin_of(code_commune: str) -> Perimeter:
    """Return the whole bassin de vie a commune is in.

    Raises
    ------
    UnavailableError
        When the composition of the bassins was not imported, or does not know the commune.
    """
    missing = "la table d'appartenance géographique des communes (Insee), bassins de vie"
    found = composition("bassin")
    for code, communes in found.members.items() if found else ():
        if code_commune in communes:
            return parse(f"bassin:{code}")
    raise UnavailableError(f"bassin de vie de la commune {code_commune}", missing)


def _basin(group: Perimeter, published: PublishedApl, year: int) -> Basin:
    own = published.part(group.codes)
    mean = mean_apl(own, year)
    threshold = band_counts(own, year).counters[1].threshold
    practitioners = equipment_in(census(group.codes, GP), group)
    return Basin(
        group,
        population(group),
        mean,
        practitioners,
        threshold,
        None if mean.value is None else mean.value < threshold,
        None if practitioners.value is None else practitioners.value <= THIN,
    )


def _order(basin: Basin) -> tuple[bool, float, str]:
    value = basin.apl.value
    return value is None, value if value is not None else 0.0, basin.perimeter.nom
