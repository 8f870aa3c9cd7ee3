"""Establishments of the FINESS register that were imported: hospitals, homes, prevention, centres.

Files may overlap: an establishment is counted once, as its newest file says. A département is known
when a file lists something in each of its EPCI; elsewhere an absence says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.sources.stored import state, stored
from assemblier.territory import Perimeter, described, index

FILE = "FINESS, extraction des établissements (établissements sanitaires, sociaux, pharmacies)"
MSP, CENTRE, CPTS = "603", "124", "604"

_FAMILY_CODES = (
    ("etablissements_de_sante", "101 106 109 114 122 127 128 129 131 141 146 156 161 292 355 362"),
    ("etablissements_de_sante", "365 415 425 617"),
    ("action_sociale", "165 177 182 183 186 189 190 202 207 209 214 246 252 255 354 382 437 445"),
    ("action_sociale", "446 448 449 460 500 502"),
    ("prevention_promotion", "178 197 223 228 230 286 347 616 638"),
)

CATEGORIES = {
    family: frozenset(
        code for name, codes in _FAMILY_CODES if name == family for code in codes.split()
    )
    for family, _ in _FAMILY_CODES
}
"""Codes of the categories of FINESS, by family of `ecosystem.FAMILIES`."""


@dataclass(frozen=True, slots=True)
class Establishment:
    """One establishment.

    Attributes
    ----------
    finess
        Its number.
    name, label
        Its name and what it is, as the register writes them.
    category
        Code of its category.
    source
        The file.
    """

    finess: str
    name: str
    category: str
    label: str
    code_commune: str
    source: Source


def establishments(codes: Sequence[str]) -> tuple[Establishment, ...]:
    """Return the establishments of some communes, in the order of their numbers.

    Always true
    -----------
    Each number is there once.
    """
    wanted = frozenset(codes)
    return tuple(one for one in _all(state()) if one.code_commune in wanted)


def is_known(codes: Sequence[str]) -> bool:
    """Say whether what lies in some communes is known: their départements are all described."""
    rows = index()
    departements = {str(rows.code_departement[row]) for row in rows.positions(codes)}
    return departements <= _described(state())


def of_family(family: str, codes: Sequence[str]) -> tuple[Establishment, ...]:
    """Return the establishments of a family of `CATEGORIES` in some communes."""
    categories = CATEGORIES[family]
    return tuple(one for one in establishments(codes) if one.category in categories)


def count(perimeter: Perimeter, category: str, label: str) -> Figure:
    """Return how many establishments of a category a territory has.

    Parameters
    ----------
    perimeter
        The territory.
    category
        Code of FINESS.
    label
        What is counted.
    """
    if not is_known(perimeter.codes):
        return unavailable(label, FILE, "structures")
    found = [one for one in establishments(perimeter.codes) if one.category == category]
    sources = tuple(dict.fromkeys(one.source for one in found)) or _sources()
    return Figure(
        label,
        float(len(found)),
        "structures",
        Nature.CALCULE,
        f"FINESS, {sources[0].vintage}",
        Provenance(sources),
    )


def _sources() -> tuple[Source, ...]:
    return tuple(one.source for one in stored("etablissements"))[:1]


@lru_cache(maxsize=4)
def _all(_state: tuple[str, ...]) -> tuple[Establishment, ...]:
    columns = ("finess", "nom", "categorie", "libelle_categorie", "code_commune")
    found: dict[str, Establishment] = {}
    for table in stored("etablissements"):
        for finess, name, category, label, code in table.rows().select(columns).iter_rows():
            if finess not in found:
                found[finess] = Establishment(
                    finess, name, category, label or category, code, table.source
                )
    return tuple(found[finess] for finess in sorted(found))


@lru_cache(maxsize=4)
def _described(_state: tuple[str, ...]) -> frozenset[str]:
    # A file of some establishments only (those that hold an authorisation) describes nothing whole.
    listed = frozenset(one.code_commune for one in _all(_state) if one.category in GENERAL)
    return described(listed)


GENERAL = frozenset(("620", "603", "500"))
"""Categories a general extraction always holds: pharmacies, maisons de santé, EHPAD."""
