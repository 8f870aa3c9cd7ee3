"""One perimeter seen at several scales: its groups of communes, and what it compares with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assemblier.errors import InputError, Problem, ShapeError, UnavailableError
from assemblier.territory.communes import index
from assemblier.territory.composed import composition
from assemblier.territory.grammar import ABSENT, COLUMNS, france, is_absent, of_place
from assemblier.territory.perimeter import Perimeter, restricted
from assemblier.territory.places import places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCALES = ("commune", "epci", "canton", "arrondissement", "departement", "region")
"""Scales a perimeter can be cut into."""

ABSENT_SCALES = {
    "bassin_de_vie": ABSENT["bassin"],
    "zone_emploi": ABSENT["zone_emploi"],
    "tvs": ABSENT["tvs"],
}
"""Scales whose composition is imported, and the official file that brings it."""

COMPOSED = {"bassin_de_vie": "bassin", "zone_emploi": "zone_emploi", "tvs": "tvs"}
"""The kind of place of each of them."""


@dataclass(frozen=True)
class Grouping:
    """The communes of a perimeter, grouped.

    Attributes
    ----------
    perimeter
        What is grouped.
    scale
        One of `SCALES`.
    groups
        One perimeter per group, restricted to `perimeter`.
    outside
        Communes of the perimeter that belong to no group at this scale.

    Always true
    -----------
    Each commune of the perimeter is in one group, or outside, once.
    """

    perimeter: Perimeter
    scale: str
    groups: tuple[Perimeter, ...]
    outside: tuple[str, ...]

    @cached_property
    def rank(self) -> "NDArray[np.intp]":
        """Return the group of each commune of the perimeter, -1 outside."""
        import numpy as np

        group_of = {code: rank for rank, group in enumerate(self.groups) for code in group.codes}
        return np.array([group_of.get(code, -1) for code in self.perimeter.codes], dtype=np.intp)

    def sums(self, values: "Sequence[float] | NDArray[np.float64]") -> "NDArray[np.float64]":
        """Return the sum of an additive indicator over each group.

        Parameters
        ----------
        values
            One per commune of the perimeter, in the order of its codes; nan where unknown.

        Returns
        -------
            One per group; nan where a commune of the group is unknown.

        Always true
        -----------
        Sums over the groups, and the communes outside, add up to the sum over the perimeter.

        Raises
        ------
        ShapeError
            When there is not one value per commune.
        """
        import numpy as np

        given = np.asarray(values, dtype=np.float64)
        if given.shape != (len(self.perimeter.codes),):
            raise ShapeError(
                f"{self.perimeter.nom} : {given.shape} valeurs pour "
                f"{len(self.perimeter.codes)} communes"
            )
        placed = self.rank >= 0
        return np.bincount(
            self.rank[placed], weights=given[placed], minlength=len(self.groups)
        ).astype(np.float64)


def at_scale(perimeter: Perimeter, scale: str) -> Grouping:
    """Return the communes of a perimeter grouped at a scale.

    Parameters
    ----------
    perimeter
        What to cut; a group that reaches beyond it is cut at its edge.
    scale
        One of `SCALES`, or of `ABSENT_SCALES` once its composition is imported.

    Raises
    ------
    UnavailableError
        For a scale whose composition is not imported (`bassin_de_vie`, `zone_emploi`, `tvs`).
    InputError
        For a scale that does not exist.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> len(at_scale(parse("departement:43"), "epci").groups)
    11
    """
    if scale in COMPOSED and is_absent(COMPOSED[scale]):
        raise UnavailableError(f"composition des territoires « {scale} »", ABSENT_SCALES[scale])
    if scale not in (*SCALES, *COMPOSED):
        known = ", ".join((*SCALES, *ABSENT_SCALES))
        raise InputError([Problem("échelle", f"« {scale} »", known, "choisir une de ces échelles")])
    inside = frozenset(perimeter.codes)
    groups = tuple(
        restricted(whole, inside, perimeter.expression) for whole in _wholes(perimeter, scale)
    )
    placed = {code for group in groups for code in group.codes}
    outside = tuple(code for code in perimeter.codes if code not in placed)
    return Grouping(perimeter, scale, groups, outside)


def epci_of(perimeter: Perimeter) -> tuple[Perimeter, ...]:
    """Return the whole EPCI that have at least one commune in a perimeter.

    Their communes may lie outside it; `epci_within` cuts them at its edge.
    """
    return _wholes(perimeter, "epci")


def epci_within(perimeter: Perimeter) -> tuple[Perimeter, ...]:
    """Return the EPCI of a perimeter, restricted to its communes.

    Always true
    -----------
    `epci_of` and `epci_within` name the same EPCI, in the same order.
    """
    return at_scale(perimeter, "epci").groups


def companions(perimeter: Perimeter) -> tuple[Perimeter, ...]:
    """Return what a perimeter is always compared with: département(s), région(s), France.

    Those it contains already are left out.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> [p.nom for p in companions(parse("commune:43157"))]
    ['Haute-Loire', 'Auvergne-Rhône-Alpes', 'France']
    """
    inside = set(perimeter.codes)
    country = france()
    larger = (
        *_wholes(perimeter, "departement"),
        *_wholes(perimeter, "region"),
        *((country,) if inside.intersection(country.codes) else ()),
    )
    return tuple(place for place in larger if not inside.issuperset(place.codes))


def _wholes(perimeter: Perimeter, scale: str) -> tuple[Perimeter, ...]:
    """Return the whole territories of a scale that share a commune with a perimeter."""
    if scale in COMPOSED:
        return _composed_wholes(perimeter, COMPOSED[scale])
    rows = index()
    catalogue = places(scale)
    positions = rows.positions(perimeter.codes)
    column = rows.code_commune if scale == "commune" else getattr(rows, COLUMNS[scale])
    codes = sorted({code for code in column[positions].tolist() if code})
    return tuple(of_place(catalogue[code]) for code in codes)


def _composed_wholes(perimeter: Perimeter, kind: str) -> tuple[Perimeter, ...]:
    found = composition(kind)
    if found is None:
        return ()
    inside = frozenset(perimeter.codes)
    codes = [code for code, communes in found.members.items() if not inside.isdisjoint(communes)]
    return tuple(of_place(places(kind)[code]) for code in codes)
