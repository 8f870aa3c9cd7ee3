"""Any measure of a perimeter, at another scale: commune, EPCI, canton, département, région."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from assemblier.territory import Perimeter, at_scale

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scaled(Generic[T]):
    """One measure of each part of a perimeter.

    Attributes
    ----------
    scale
        ``"commune"``, ``"epci"``…
    parts
        Each part, within the perimeter, and its measure.
    outside
        Codes of the communes that belong to no part at this scale.
    """

    scale: str
    parts: tuple[tuple[Perimeter, T], ...]
    outside: tuple[str, ...]


def by_scale(perimeter: Perimeter, scale: str, measure: Callable[[Perimeter], T]) -> Scaled[T]:
    """Return a measure of each part of a perimeter.

    Parameters
    ----------
    perimeter
        The territory.
    scale
        A scale of `territory.at_scale`.
    measure
        From a perimeter to whatever it measures: a figure, a count, two gauges.

    Always true
    -----------
    An additive measure of the parts, and of the communes outside, sums to that of the perimeter.

    Raises
    ------
    UnavailableError
        For a scale whose composition is not embedded; it names the file.

    Examples
    --------
    >>> from assemblier.territory import parse, population
    >>> found = by_scale(parse("departement:43"), "epci", population)
    >>> sum(people.value for _, people in found.parts)
    228654.0
    """
    grouping = at_scale(perimeter, scale)
    parts = tuple((group, measure(group)) for group in grouping.groups)
    return Scaled(scale, parts, grouping.outside)
