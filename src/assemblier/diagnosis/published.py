"""The published APL of some communes, year by year: the imported files, then the embedded facts.

One file answers for a whole territory in a given year: two are never mixed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from assemblier.data import facts
from assemblier.diagnosis.apl import GP, MILLESIMES
from assemblier.figures import Provenance, Source
from assemblier.maths.arrays import Array
from assemblier.sources.stored import Stored, stored

if TYPE_CHECKING:
    import polars as pl

EMBEDDED = ("apl", "apl_65")


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """The APL of some communes in one year, from one file.

    Attributes
    ----------
    millesime
        The year.
    values
        (communes,) nan where unknown.
    standardised
        (communes,) standardised inhabitants, nan where unknown.
    source
        The file.
    """

    millesime: int
    values: Array
    standardised: Array
    source: Source

    @property
    def provenance(self) -> Provenance:
        """Return where it comes from."""
        return Provenance((self.source,))


def years(codes: Sequence[str], profession: str = GP, series: str = "apl") -> tuple[Year, ...]:
    """Return the APL of some communes, oldest year first.

    Parameters
    ----------
    codes
        Communes.
    profession
        As `apl.UNITS` names it.
    series
        As `apl.SERIES` names it.

    Always true
    -----------
    Each year is there once, from the file that knows most of the communes; between two that know
    as many, the one with standardised inhabitants, then an imported one before the embedded.
    """
    imported = [
        one for table in stored("apl_publiee") for one in _read(table, codes, profession, series)
    ]
    best: dict[int, Year] = {}
    for one in (*imported, *_embedded(codes, profession, series)):
        held = best.get(one.millesime)
        if held is None or _rank(one) > _rank(held):
            best[one.millesime] = one
    return tuple(best[year] for year in sorted(best))


def _rank(one: Year) -> tuple[int, int]:
    known = ~np.isnan(one.values)
    return int(known.sum()), int((~np.isnan(one.standardised) & known).sum())


def _read(table: Stored, codes: Sequence[str], profession: str, series: str) -> list[Year]:
    import polars as pl

    rows = table.rows("code_commune", tuple(codes)).filter(pl.col("profession") == profession)
    rows = rows.filter(pl.col(series).is_not_null())
    return [
        _year(int(str(year)), part, codes, series, table.source)
        for (year,), part in rows.partition_by("millesime", as_dict=True).items()
    ]


def _year(
    year: int, part: "pl.DataFrame", codes: Sequence[str], series: str, source: Source
) -> Year:
    columns = ("code_commune", series, "population_standardisee")
    known = {code: (value, weight) for code, value, weight in part.select(columns).iter_rows()}
    pairs = [known.get(code, (None, None)) for code in codes]
    table = np.array(pairs, dtype=np.float64).reshape(len(codes), 2)
    return Year(year, table[:, 0], table[:, 1], source)


def _embedded(codes: Sequence[str], profession: str, series: str) -> list[Year]:
    if profession != GP or series not in EMBEDDED:
        return []
    known = _facts(series)
    unknown = np.full(len(codes), np.nan)
    source = facts.source("drees-apl-mg")
    return [
        Year(
            year,
            np.array([known.get((code, year), np.nan) for code in codes], dtype=np.float64),
            unknown,
            source,
        )
        for year in MILLESIMES
    ]


@cache
def _facts(series: str) -> dict[tuple[str, int], float]:
    table = facts.apl_publiee().select("code_commune", "millesime", series)
    return {(code, year): value for code, year, value in table.iter_rows() if value is not None}
