"""Groups of communes that touch, named by their main town: how people speak of zones."""

from collections.abc import Iterable
from dataclasses import dataclass

from assemblier import data
from assemblier.territory import index


@dataclass(frozen=True, slots=True)
class Sector:
    """Communes that touch each other.

    Attributes
    ----------
    nom
        Of the most populated commune.
    communes
        Codes, in ascending order.
    """

    nom: str
    communes: tuple[str, ...]


def sectors(codes: Iterable[str]) -> tuple[Sector, ...]:
    """Return some communes in groups that share a border, the largest group first.

    Parameters
    ----------
    codes
        Communes of the index.

    Always true
    -----------
    Each commune is in one sector, once.

    Examples
    --------
    >>> [sector.communes for sector in sectors(["43234", "43104", "43157"])]
    [('43104', '43234'), ('43157',)]
    """
    group_of = {code: code for code in sorted(set(codes))}

    def root(code: str) -> str:
        while group_of[code] != code:
            code = group_of[code]
        return code

    touching = data.voisins().select("code_a", "code_b").iter_rows()
    for one, other in touching:
        if one in group_of and other in group_of:
            first, second = sorted((root(one), root(other)))
            group_of[second] = first
    found: dict[str, list[str]] = {}
    for code in group_of:
        found.setdefault(root(code), []).append(code)
    named = [Sector(_main_town(members), tuple(members)) for members in found.values()]
    return tuple(sorted(named, key=lambda one: (-len(one.communes), one.communes)))


def _main_town(codes: list[str]) -> str:
    rows = index()
    places = rows.positions(codes)
    largest = max(places.tolist(), key=lambda row: rows.population[row])
    return str(rows.nom[largest])
