"""What the DREES published: scores and standardised population, imported first, else delivered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assemblier.access.embedded import embedded_published, published_source
from assemblier.access.method import PROFESSIONS
from assemblier.figures import Source
from assemblier.sources.stored import Signature, Stored, state, stored

SERIES = {None: "apl", 65: "apl_65", 62: "apl_62", 60: "apl_60"}
"""The published series by age limit."""

PRODUCER = "drees-apl-"
"""How the keys of the workbooks of the DREES begin."""


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """The published indicator of one profession and one year.

    Attributes
    ----------
    year
        0 where nothing is known.
    scores
        By commune; a commune that is absent is unknown.
    standardised
        Standardised inhabitants by commune, where the file gives them.
    source
        The file; None where nothing is known.
    """

    year: int
    scores: Mapping[str, float]
    standardised: Mapping[str, float]
    source: Source | None


NOTHING = Published(0, {}, {}, None)
"""Nothing is known."""


def published(
    profession: str,
    year: int | None = None,
    age_limit: int | None = None,
    codes: Collection[str] = (),
) -> Published:
    """Return the published indicator of a profession.

    Parameters
    ----------
    profession
        One of `PROFESSIONS`.
    year
        The year wanted, or None for the latest known.
    age_limit
        One of `SERIES`; of another limit nothing is published.
    codes
        Communes: a document that has none of them is passed over for an older one that does.

    Always true
    -----------
    Every score is of the year it says.

    Examples
    --------
    >>> published("medecin_generaliste", 2023).year
    2023
    """
    if profession not in PROFESSIONS or age_limit not in SERIES:
        return NOTHING
    imported = _imported(profession, year, SERIES[age_limit], state())
    # Of one year, the workbook says more than what is delivered of it: it comes first.
    every = (*imported, _delivered(profession, year, age_limit))
    about = [one for one in every if not one.scores.keys().isdisjoint(codes)]
    return max(about or every, key=lambda one: one.year)


def standardised_people(profession: str, year: int | None = None) -> Published | None:
    """Return the published standardised population of a profession, or None.

    Parameters
    ----------
    profession
        One of `PROFESSIONS`.
    year
        Of the indicator, or None for the latest whose file gives that population.
    """
    read = (_read(table, profession, "apl", year) for table in _tables(profession))
    return next((one for one in read if one.standardised), None)


def standardised_years(profession: str) -> tuple[Published, ...]:
    """Return every published standardised population of a profession, the latest first."""
    read = (_read(table, profession, "apl", None) for table in _tables(profession))
    return tuple(one for one in read if one.standardised)


@lru_cache(maxsize=32)
def _imported(
    profession: str, year: int | None, series: str, _state: Signature
) -> tuple[Published, ...]:
    read = (_read(table, profession, series, year) for table in _tables(profession))
    return tuple(one for one in read if one.scores)


def _delivered(profession: str, year: int | None, age_limit: int | None) -> Published:
    if age_limit not in (None, 65):
        return NOTHING
    scores, known = embedded_published(profession, year, SERIES[age_limit])
    return Published(known, scores, {}, published_source() if scores else None)


def _tables(profession: str) -> tuple[Stored, ...]:
    """Return the imported workbooks of a profession, the latest year first."""
    key = f"{PRODUCER}{profession}"
    # Files read by a recipe have another key; the copy of the Observatoire only has one series.
    return tuple(sorted(stored("apl_publiee"), key=lambda one: (-one.year, one.source.key != key)))


@lru_cache(maxsize=16)
def _read(table: Stored, profession: str, series: str, year: int | None) -> Published:
    import polars as pl

    rows = table.rows("profession", (profession,))
    wanted = pl.col("millesime").max() if year is None else pl.lit(year)
    rows = rows.filter(pl.col("millesime") == wanted)
    if rows.is_empty():
        return NOTHING
    scores = rows.select("code_commune", series).drop_nulls()
    people = rows.select("code_commune", "population_standardisee").drop_nulls()
    return Published(
        int(rows["millesime"][0]),
        dict(scores.iter_rows()),
        dict(people.iter_rows()),
        table.source,
    )
