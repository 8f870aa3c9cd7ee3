"""Territories: the one index of communes, perimeters and their grammar, what lies around them.

`index` is the index every array of the program is on; `parse` turns what a person writes into a
`Perimeter`. Importing this package imports neither numpy nor polars nor shapely: they come with
the first use.
"""

from assemblier.territory.alignment import Aligned, Misfit, align
from assemblier.territory.communes import Communes, index
from assemblier.territory.described import described
from assemblier.territory.grammar import france, parse
from assemblier.territory.inhabitants import population
from assemblier.territory.neighbourhood import distance_km, halo, neighbours, outline
from assemblier.territory.perimeter import Perimeter, enumeration, part_within, union
from assemblier.territory.scales import (
    SCALES,
    Grouping,
    at_scale,
    companions,
    epci_of,
    epci_within,
)

__all__ = [
    "SCALES",
    "Aligned",
    "Communes",
    "Grouping",
    "Misfit",
    "Perimeter",
    "align",
    "at_scale",
    "companions",
    "described",
    "distance_km",
    "enumeration",
    "epci_of",
    "epci_within",
    "france",
    "halo",
    "index",
    "neighbours",
    "outline",
    "parse",
    "part_within",
    "population",
    "union",
]
