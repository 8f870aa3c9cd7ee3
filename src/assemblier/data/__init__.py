"""The embedded data: the reference of communes, and facts re-entered from published sources.

`communes`, `communes_fusionnees`, `communes_retablies`, `noms_anciens`, `epci`, `cantons`,
`departements`, `regions`, `arrondissements`, `voisins` return polars tables; `contours` returns
geometries; `source` says where they come from. Importing this module reads nothing and imports
neither polars nor shapely.
"""

from assemblier.data.reference import (
    arrondissements,
    cantons,
    communes,
    communes_fusionnees,
    communes_retablies,
    contours,
    departements,
    epci,
    noms_anciens,
    regions,
    source,
    voisins,
)

__all__ = [
    "arrondissements",
    "cantons",
    "communes",
    "communes_fusionnees",
    "communes_retablies",
    "contours",
    "departements",
    "epci",
    "noms_anciens",
    "regions",
    "source",
    "voisins",
]
