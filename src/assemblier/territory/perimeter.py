"""A perimeter: some communes, and the name people give them together."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

KEY_LENGTH = 60
"""Longest key of a union; keys become file names."""


@dataclass(frozen=True, slots=True)
class Perimeter:
    """Some communes under one name.

    Attributes
    ----------
    expression
        How to ask for it again, with codes: ``"departement:43"``.
    kind
        ``"france"``, ``"region"``, ``"departement"``, ``"arrondissement"``, ``"epci"``,
        ``"canton"``, ``"commune"`` or ``"union"``.
    code
        Its code, empty for France and for a union.
    nom
        Its name: ``"Haute-Loire"``.
    codes
        Codes of its communes, in ascending order, each once.
    charniere
        Its name as a sentence continues: ``"de la Haute-Loire"``.
    avec_article
        Its name as a sentence begins, in lower case: ``"la Haute-Loire"``.
    within
        For the part of a territory that lies in another, the expression of that other; else empty.

    Always true
    -----------
    `codes` is sorted, without repetition, and never empty.
    """

    expression: str
    kind: str
    code: str
    nom: str
    codes: tuple[str, ...]
    charniere: str = ""
    avec_article: str = ""
    within: str = ""

    def __post_init__(self) -> None:
        if not self.codes:
            raise ValueError(f"{self.expression} : un périmètre a au moins une commune")
        if list(self.codes) != sorted(set(self.codes)):
            raise ValueError(f"{self.expression} : codes attendus triés, chacun une fois")

    @property
    def key(self) -> str:
        """Return a short name for files: letters, digits and hyphens."""
        full = f"{self.expression} dans {self.within}" if self.within else self.expression
        key = re.sub(r"[^0-9A-Za-z]+", "-", full.replace("+", "-et-"))
        if len(key) <= KEY_LENGTH:
            return key
        digest = f"{zlib.crc32(full.encode()):08x}"
        return f"union-{digest}"


def union(perimeters: Iterable[Perimeter]) -> Perimeter:
    """Return the communes of several perimeters together.

    Parameters
    ----------
    perimeters
        At least one; a repeated one counts once, and one alone is returned as it is.

    Always true
    -----------
    The order of the perimeters changes the name of the union, never its communes.

    Raises
    ------
    ValueError
        When there is no perimeter.
    """
    parts = tuple(dict.fromkeys(perimeters))
    if not parts:
        raise ValueError("union : au moins un périmètre")
    if len(parts) == 1:
        return parts[0]
    codes = sorted({code for part in parts for code in part.codes})
    return Perimeter(
        expression="+".join(part.expression for part in parts),
        kind="union",
        code="",
        nom=enumeration(part.nom for part in parts),
        codes=tuple(codes),
        charniere=enumeration(part.charniere for part in parts),
        avec_article=enumeration(part.avec_article for part in parts),
    )


def part_within(perimeter: Perimeter, other: Perimeter) -> Perimeter:
    """Return the part of a perimeter that lies in another: itself when it lies there whole.

    Parameters
    ----------
    perimeter, other
        Two perimeters that share a commune.

    Raises
    ------
    ValueError
        When they share none.
    """
    return restricted(perimeter, frozenset(other.codes), other.expression)


def restricted(perimeter: Perimeter, inside: frozenset[str], within: str) -> Perimeter:
    """Return the part of a perimeter whose communes are among some, under the name of these."""
    if inside.issuperset(perimeter.codes):
        return perimeter
    shared = tuple(code for code in perimeter.codes if code in inside)
    return replace(
        perimeter,
        nom=f"{perimeter.nom} (partie)",
        codes=shared,
        charniere=f"{perimeter.charniere} (partie)",
        avec_article=f"{perimeter.avec_article} (partie)",
        within=within,
    )


def enumeration(words: Iterable[str]) -> str:
    """Return words as a sentence lists them.

    Examples
    --------
    >>> enumeration(["Brioude", "Langeac", "Saugues"])
    'Brioude, Langeac et Saugues'
    """
    *first, last = words
    return f"{', '.join(first)} et {last}" if first else last
