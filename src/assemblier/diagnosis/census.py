"""The censuses of supply that are known (BPE, registers of practice): one at a time.

Two censuses are never added up: a territory is described by the newest one that covers most of its
inhabitants.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np

from assemblier.data import facts
from assemblier.diagnosis.coverage import known_part
from assemblier.figures import Provenance
from assemblier.maths.arrays import Array
from assemblier.sources.equipment_types import types_of
from assemblier.sources.stored import Stored, state, stored
from assemblier.territory import described, index

TYPES = {
    "medecin_generaliste": ("D201", "D265"),
    "chirurgien_dentiste": ("D221", "D277"),
    "sage_femme": ("D231",),
    "infirmier": ("D232",),
    "masseur_kinesitherapeute": ("D233",),
    "orthophoniste": ("D235",),
    "pedicure_podologue": ("D237",),
    "dieteticien": ("D242",),
    "psychologue": ("D243",),
    "maison_de_sante": ("D113",),
    "laboratoire": ("D302",),
    "pharmacie": ("D301", "D307"),
}
"""Codes of each kind in the nomenclatures of the BPE: the first one until 2023, D3xx until 2019.

Those that an imported file of labels names are added (`sources.equipment_types`)."""

EMBEDDED_YEAR = 2025
IMPLIED = (
    "Équipements : une commune que la base ne liste pas n'en a aucun, dans un département dont "
    "elle décrit toutes les intercommunalités."
)


@dataclass(frozen=True, eq=False)
class Census:
    """What one census counts of one kind.

    Attributes
    ----------
    kind
        A key of `TYPES`.
    counts
        By commune; a commune that is absent is unknown.
    year
        Of the census; 0 where it is not dated.
    vintage
        As people read it: ``"BPE 2025"``.
    provenance
        Whom to cite.
    types
        Codes of the nomenclature that were counted.
    """

    kind: str
    counts: Mapping[str, float]
    year: int
    vintage: str
    provenance: Provenance
    types: tuple[str, ...] = field(default=())

    def of(self, codes: Sequence[str]) -> Array:
        """Return the number in some communes: (communes,), nan where unknown."""
        return np.array([self.counts.get(code, np.nan) for code in codes], dtype=np.float64)


def census(codes: Sequence[str], kind: str) -> Census:
    """Return the census that describes some communes best: the newest that covers most of them.

    Parameters
    ----------
    codes
        Communes.
    kind
        A key of `TYPES`.

    Raises
    ------
    KeyError
        When the kind is unknown.

    Always true
    -----------
    The embedded census, when none covers most of the inhabitants.

    Examples
    --------
    >>> census(["43157"], "pharmacie").vintage
    'BPE 2025'
    """
    return _census(tuple(codes), kind, state())


def covering(codes: Sequence[str], kind: str) -> tuple[Census, ...]:
    """Return the censuses that cover most of the inhabitants of some communes, newest first."""
    return tuple(_covering(codes, kind))


@lru_cache(maxsize=2048)
def _census(codes: tuple[str, ...], kind: str, _state: tuple[str, ...]) -> Census:
    return next(_covering(codes, kind), _embedded()[kind])


def _covering(codes: Sequence[str], kind: str) -> Iterator[Census]:
    people = np.nan_to_num(index().population[index().positions(codes)])
    for one in censuses(kind):
        if known_part(one.of(codes), people) is not None:
            yield one


def censuses(kind: str) -> tuple[Census, ...]:
    """Return every census known of a kind, newest first; an imported one before the embedded."""
    imported = _imported(kind, state())
    every = [*imported, _embedded()[kind]]
    return tuple(sorted(every, key=lambda one: -one.year))


@lru_cache(maxsize=64)
def _imported(kind: str, _state: tuple[str, ...]) -> tuple[Census, ...]:
    found = [_read(kind, one) for one in stored("equipements")]
    found += [_practices(kind, one) for one in stored("exercices")]
    return tuple(one for one in found if one is not None)


def _practices(kind: str, table: Stored) -> Census | None:
    """Return the places of practice of a register (RPPS, directory) for a profession, or None.

    Self-employed practice only, as the BPE counts it; a register without a date is not used, since
    nothing says whether it is newer.
    """
    import polars as pl

    if not table.year:
        return None
    rows = table.rows("profession", (kind,))
    is_own = pl.col("mode_exercice").is_null() | (pl.col("mode_exercice") == "liberal")
    listed = rows.filter(is_own).group_by("code_commune").agg(pl.col("effectif").sum())
    if listed.is_empty():
        return None
    counts = {code: float(count) for code, count in listed.iter_rows()}
    counts, is_implied = _with_implied_zeros(counts, table)
    origin = Provenance((table.source,), IMPLIED if is_implied else "")
    vintage = f"{table.source.producer}, {table.vintage}"
    return Census(kind, counts, table.year, vintage, origin)


def _read(kind: str, table: Stored) -> Census | None:
    """Return what one imported file counts of a kind, None when it does not hold it."""
    import polars as pl

    rows = table.rows("type_equipement", tuple(dict.fromkeys((*TYPES[kind], *types_of(kind)))))
    if rows.is_empty():
        return None
    rows = rows.filter(pl.col("millesime") == pl.col("millesime").max())
    year = int(rows["millesime"][0])
    listed = rows.group_by("code_commune").agg(pl.col("effectif").sum())
    counts = {code: float(count) for code, count in listed.iter_rows()}
    counts, is_implied = _with_implied_zeros(counts, table)
    method = IMPLIED if is_implied else ""
    return Census(
        kind,
        counts,
        year,
        table.vintage if "BPE" in table.vintage else f"BPE {table.vintage}",
        Provenance((table.source,), method),
        tuple(sorted(rows["type_equipement"].unique().to_list())),
    )


def _with_implied_zeros(counts: dict[str, float], table: Stored) -> tuple[dict[str, float], bool]:
    """Return the counts with the zeros a census implies, and whether there are any.

    Several producers only list communes that have something. A département is described whole
    when the file lists a commune in each of the EPCI that lie there; elsewhere what is absent is
    unknown.
    """
    listed = frozenset(table.rows()["code_commune"].unique().to_list())
    groups = index().groups("code_departement")
    zeros = {
        code: 0.0
        for departement in described(listed)
        for code in groups.get(departement, ())
        if code not in counts
    }
    return {**zeros, **counts}, bool(zeros)


@cache
def _embedded() -> dict[str, Census]:
    origin = Provenance((facts.source("insee-bpe-2025"),))
    counts: dict[str, dict[str, float]] = {kind: {} for kind in TYPES}
    for table in (facts.professionnels(), facts.structures()):
        for code, kind, count in table.iter_rows():
            counts[kind][code] = float(count)
    vintage = f"BPE {EMBEDDED_YEAR}"
    return {
        kind: Census(kind, found, EMBEDDED_YEAR, vintage, origin) for kind, found in counts.items()
    }
